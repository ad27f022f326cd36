using EdgeSplit.Cli;
using EdgeSplit.Tests.Simulation;

namespace EdgeSplit.Tests.Cli;

/// <summary>One run of the tool inside the test process, on scenario files in a folder of its own.</summary>
public sealed class ToolRun : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgesplit-test-");

    public string Folder => folder.FullName;

    /// <summary>Writes a scenario and returns its path.</summary>
    public string Scenario(string? text = null)
    {
        var path = PathOf(SmallScenario.FileName);
        File.WriteAllText(path, text ?? SmallScenario.With());
        return path;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public async Task<(int Code, string Output, string Error)> Run(CancellationToken cancellation, params string[] args)
    {
        Assert.True(folder.Exists);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await EdgeSplitTool.RunAsync(args, output, error, cancellation);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", output.ToString(), StringComparison.Ordinal);
        return (code, output.ToString(), error.ToString());
    }

    public Task<(int Code, string Output, string Error)> Run(params string[] args) => Run(CancellationToken.None, args);

    /// <summary>A run that must succeed without a word on standard error.</summary>
    public async Task<string> Succeed(params string[] args)
    {
        var (code, output, error) = await Run(args);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        return output;
    }

    /// <summary>A run that must be refused: code 2, nothing on standard output, a message of the tool's own. Returns the message.</summary>
    public async Task<string> Refuse(params string[] args)
    {
        var (code, output, error) = await Run(args);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("edgesplit: ", error, StringComparison.Ordinal);
        return error;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
