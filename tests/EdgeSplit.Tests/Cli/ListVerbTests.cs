using System.Text.Json;

namespace EdgeSplit.Tests.Cli;

public sealed class ListVerbTests
{
    [Theory]
    [InlineData("models", "llama-2-7b", "source")]
    [InlineData("devices", "snapdragon-8-gen-3", "sources")]
    [InlineData("links", "5g-n78-20mhz-urban", "sources")]
    [InlineData("workloads", "arxiv-summarization", "source")]
    [InlineData("formats", "Q4_0", "llama7BSource")]
    [InlineData("agents", "state-oracle", "source")]
    public async Task Every_list_names_its_entries_and_their_sources_in_every_format(string what, string name, string source)
    {
        using var run = new ToolRun();
        var rows = CsvText.Read(await run.Succeed("list", what, "--format", "csv"));
        Assert.Contains(rows, row => row["name"] == name);
        Assert.All(rows, row => Assert.NotEqual("", row[source]));

        using var json = JsonDocument.Parse(await run.Succeed("list", what, "--format", "json"));
        Assert.Equal(rows.Select(row => row["name"]), json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!));
        Assert.Equal(rows.Select(row => row[source]), json.RootElement.EnumerateArray().Select(entry => entry.GetProperty(source).GetString()!));

        var table = await run.Succeed("list", what);
        Assert.All(rows, row => Assert.Contains("| " + row["name"] + " ", table, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_version_and_the_help_are_printed()
    {
        using var run = new ToolRun();
        Assert.Matches(@"^\d+\.\d+\.\d+", await run.Succeed("--version"));
        var help = await run.Succeed("--help");
        Assert.All(new[] { "sweep", "compare", "list", "Exit codes" }, word => Assert.Contains(word, help, StringComparison.Ordinal));
        Assert.Contains("--set", await run.Succeed("sweep", "--help"), StringComparison.Ordinal);
    }
}
