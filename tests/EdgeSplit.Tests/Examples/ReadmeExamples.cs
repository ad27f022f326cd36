using System.Text.RegularExpressions;
using EdgeSplit.Cli;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Examples;

/// <summary>The README's commands, code and figures are those of the project.</summary>
[Collection("console and current folder")]
public sealed class ReadmeExamples
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "README.md"));

    [Fact]
    public void The_library_sample_of_the_readme_is_the_one_that_is_compiled()
    {
        var source = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "tests", "EdgeSplit.Tests", "Examples", "LibrarySample.cs"));
        var body = source[(source.IndexOf("// sample", StringComparison.Ordinal) + "// sample".Length)..source.IndexOf("// end of sample", StringComparison.Ordinal)];
        var compiled = Regex.Replace(body, "^        ", "", RegexOptions.Multiline).Trim();
        var printed = Block("library-sample");

        Assert.StartsWith("using EdgeSplit.Agents.Evaluation;\nusing EdgeSplit.Core.Simulation;\n", printed, StringComparison.Ordinal);
        Assert.Equal(compiled, printed[printed.IndexOf("\n\n", StringComparison.Ordinal)..].Trim());
    }

    [Fact]
    public void The_library_sample_runs_and_prints_three_splits_the_headroom_and_the_policies()
    {
        var (folder, console) = (Environment.CurrentDirectory, Console.Out);
        using var output = new StringWriter();
        try
        {
            Environment.CurrentDirectory = SharedData.RepositoryRoot;
            Console.SetOut(output);
            LibrarySample.Run();
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = folder;
        }

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Count(l => l.StartsWith("k = ", StringComparison.Ordinal)));
        Assert.Single(lines, l => l.StartsWith("headroom ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("model-based: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/channel-model.md")]
    public void Every_link_of_the_documents_is_one_that_scenarios_take(string document)
    {
        var folder = Directory.CreateTempSubdirectory("edgesplit-links-");
        try
        {
            foreach (var name in new[] { "my.up", "my.down" })
            {
                File.WriteAllText(Path.Combine(folder.FullName, name), "1\n5\n9\n");
            }

            foreach (var name in new[] { "up.csv", "down.csv" })
            {
                File.WriteAllText(Path.Combine(folder.FullName, name), "block,start_seconds,block_seconds,spectral_efficiency\n0,0,0.5,1.5\n1,0.5,0.5,2.5\n");
            }

            // A block is one object, or one link on each line.
            var blocks = Regex.Matches(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, document)), "^```json\n(.+?)^```", RegexOptions.Multiline | RegexOptions.Singleline);
            var links = blocks.Select(block => block.Groups[1].Value).SelectMany(text => text.StartsWith('{') ? [text] : text.Trim().Split('\n').Select(line => "{" + line + "}")).ToArray();
            Assert.True(links.Length >= 4, $"Found {links.Length} links.");
            foreach (var link in links)
            {
                Assert.NotNull(ScenarioFile.ParseLink(link, Path.Combine(folder.FullName, "scenario.json")).Link.CreateSampler());
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Every_edgesplit_command_of_the_readme_runs()
    {
        var commands = Regex.Matches(Readme, @"^dotnet run -c Release --project src/EdgeSplit\.Cli -- (.+)$", RegexOptions.Multiline);
        Assert.True(commands.Count >= 3, $"Found {commands.Count} commands.");
        var scratch = Directory.CreateTempSubdirectory("edgesplit-readme-");
        try
        {
            // What a reader of the README would have measured.
            File.WriteAllText(Path.Combine(scratch.FullName, "my-llama-bench.json"), Cli.MadeUpRuns.Json(Cli.MadeUpRuns.All));
            File.WriteAllText(Path.Combine(scratch.FullName, "my-other-runs.csv"), Cli.MadeUpRuns.Csv(Cli.MadeUpRuns.All));
            foreach (Match command in commands)
            {
                var words = command.Groups[1].Value.Split(' ').Select(w =>
                    w.StartsWith("scenarios/", StringComparison.Ordinal) || w.StartsWith("models/", StringComparison.Ordinal) ? Path.Combine(SharedData.RepositoryRoot, w)
                    : w.EndsWith(".svg", StringComparison.Ordinal) || w.StartsWith("my-", StringComparison.Ordinal) && w.Contains('.', StringComparison.Ordinal) ? Path.Combine(scratch.FullName, w) : w).ToList();
                if (words[0] == "compare")
                {
                    words.AddRange(["--seeds", "1", "--requests", "20"]);
                }

                if (words[0] == "reproduce")
                {
                    words.AddRange(["--seeds", "2", "--steps", "1200"]);
                }

                using var output = new StringWriter();
                using var error = new StringWriter();
                var code = await EdgeSplitTool.RunAsync([.. words], output, error, CancellationToken.None);
                Assert.True(code == 0, $"{command.Value} ended with {code}: {error}");
                Assert.NotEmpty(output.ToString());
                if (words[0] == "measure")
                {
                    Assert.Contains(Block("measure-output").Trim(), output.ToString(), StringComparison.Ordinal);
                }
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_picture_of_the_readme_is_what_the_tool_draws()
    {
        var drawn = Path.Combine(Path.GetTempPath(), $"edgesplit-{Environment.ProcessId}.svg");
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await EdgeSplitTool.RunAsync(
            ["sweep", Path.Combine(SharedData.RepositoryRoot, "scenarios", "llama2-7b-phone-5g.json"), "--plot", drawn], output, error, CancellationToken.None);
        Assert.Equal(0, code);
        Assert.Equal(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "images", "splits.svg")), File.ReadAllText(drawn));
        File.Delete(drawn);
    }

    [Fact]
    public void Every_file_that_the_readme_links_exists()
    {
        foreach (Match link in Regex.Matches(Readme, @"\]\((?!http)([^)]+)\)"))
        {
            var path = Path.Combine(SharedData.RepositoryRoot, link.Groups[1].Value);
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{link.Groups[1].Value} does not exist.");
        }

        foreach (Match scenario in Regex.Matches(Readme, @"scenarios/[\w.-]+\.json"))
        {
            Assert.True(File.Exists(Path.Combine(SharedData.RepositoryRoot, scenario.Value)), $"{scenario.Value} does not exist.");
        }
    }

    private static string Block(string name)
    {
        var block = Regex.Match(Readme, $@"<!-- {name} -->\n```\w*\n(.*?)\n```", RegexOptions.Singleline);
        Assert.True(block.Success, $"The README has no block called {name}.");
        return block.Groups[1].Value.Trim();
    }
}

/// <summary>Tests that redirect the console or change the current folder run one at a time.</summary>
[CollectionDefinition("console and current folder", DisableParallelization = true)]
public sealed class ConsoleAndCurrentFolder;
