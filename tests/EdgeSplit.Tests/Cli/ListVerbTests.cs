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
    public async Task A_long_list_tells_sources_only_of_chosen_entries()
    {
        using var run = new ToolRun();
        var all = await run.Succeed("list", "devices");
        Assert.DoesNotContain("peak rate (", all, StringComparison.Ordinal);
        Assert.Matches(@"\n\d+ devices; sources: edgesplit list devices --only TEXT", all);
        var few = await run.Succeed("list", "devices", "--only", "RTX-4090");
        Assert.Contains("\nrtx-4090\n  peak rate (", few, StringComparison.Ordinal);
        Assert.DoesNotContain("--only", few, StringComparison.Ordinal);
        Assert.DoesNotContain("| a100", few, StringComparison.Ordinal);
        Assert.Contains("\nlte-20mhz-urban\n  ", await run.Succeed("list", "links"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("devices", "rtx-4090")]
    [InlineData("devices", "SHADERGPU")]
    [InlineData("models", "qwen3")]
    [InlineData("links", "wifi")]
    [InlineData("workloads", "azure")]
    [InlineData("formats", "Q4_")]
    [InlineData("agents", "state-oracle")]
    public async Task Only_chooses_the_same_entries_in_every_format(string what, string text)
    {
        using var run = new ToolRun();
        var all = CsvText.Read(await run.Succeed("list", what, "--format", "csv")).Select(row => row["name"]).ToArray();
        var rows = CsvText.Read(await run.Succeed("list", what, "--only", text, "--format", "csv")).Select(row => row["name"]).ToArray();
        Assert.InRange(rows.Length, 1, all.Length - 1);
        Assert.Equal(rows, all.Where(rows.Contains));
        Assert.All(all.Where(name => name.Contains(text, StringComparison.OrdinalIgnoreCase)), name => Assert.Contains(name, rows));
        using var json = JsonDocument.Parse(await run.Succeed("list", what, "--only", text, "--format", "json"));
        Assert.Equal(rows, json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!));
        var table = await run.Succeed("list", what, "--only", text);
        Assert.Equal(rows.Length + 2, table.Split('\n').Count(line => line.StartsWith('|')));
    }

    [Fact]
    public async Task A_text_that_nothing_contains_is_refused()
    {
        using var run = new ToolRun();
        var error = await run.Refuse("list", "models", "--only", "frobnicator");
        Assert.Contains("--only: found \"frobnicator\", which none of the models contains", error, StringComparison.Ordinal);
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
