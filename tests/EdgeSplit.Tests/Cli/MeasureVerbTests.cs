using System.Text.Json;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Quality.Measurement;
using EdgeSplit.Tests.Inference;

namespace EdgeSplit.Tests.Cli;

/// <summary><c>edgesplit measure</c> on a small random checkpoint.</summary>
public sealed class MeasureVerbTests : IDisposable
{
    private static readonly string[] Small = ["--windows", "6", "--context", "8", "--erasure", "0.1", "--snr", "5", "--bits", "4,8", "--weight-bits", "4", "--slices-only", "--no-leakage"];

    private readonly ToolRun tool = new();

    public MeasureVerbTests() => new RandomCheckpoint { Layers = 3 }.Write(tool.Folder);

    public void Dispose() => tool.Dispose();

    [Fact]
    public async Task Writes_the_same_table_to_file_and_as_json_and_removes_the_journal()
    {
        var output = tool.PathOf("table.json");
        var json = await tool.Succeed(["measure", tool.Folder, "--out", output, "--format", "json", "--name", "small", "--seed", "3", "--threads", "2", .. Small]);
        Assert.Equal(json, File.ReadAllText(output));
        Assert.False(File.Exists(output + ".partial"));
        var table = QualityTable.Read(output);
        Assert.Equal(("small", 3UL, 6, 8), (table.Model.Name, table.Seed, table.Text.Windows, table.Text.ContextTokens));
        Assert.Equal([1, 2], table.Cells.Select(cell => cell.Split).Distinct());
        Assert.Equal(2 * 5, table.Cells.Count); // 0.1, 1, 5 dB, 4 and 8 bits
        Assert.Equal(3 * 2, table.Weights.Count); // groups of 32, and rows

        Assert.Equal(json, await tool.Succeed(["measure", tool.Folder, "--format", "json", "--name", "small", "--seed", "3", "--threads", "1", .. Small]));
    }

    [Fact]
    public async Task Tables_are_narrow_and_csv_has_a_row_for_each_cell()
    {
        var text = await tool.Succeed(["measure", tool.Folder, "--windows", "6", "--context", "8", "--no-leakage"]);
        Assert.Contains("perplexity where this share of the values is erased", text, StringComparison.Ordinal);
        Assert.Contains("bits/row", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));

        var csv = await tool.Succeed(["measure", tool.Folder, "--format", "csv", .. Small]);
        var lines = csv.TrimEnd('\n').Split('\n');
        Assert.Equal(1 + 1 + 10 + 6, lines.Length);
        Assert.StartsWith("kind,split,layers,erasureProbability", lines[0], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == ','), line.Count(c => c == ',')));
    }

    [Fact]
    public async Task Draws_a_plot()
    {
        var plot = tool.PathOf("plot.svg");
        await tool.Succeed(["measure", tool.Folder, "--plot", plot, .. Small]);
        var svg = System.Xml.Linq.XDocument.Load(plot);
        var ns = svg.Root!.Name.Namespace;
        Assert.Equal(2, svg.Descendants(ns + "polyline").Count()); // clean, and 10 %
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_from_a_journal_and_refuses_that_of_another_measurement()
    {
        var output = tool.PathOf("table.json");
        string[] command = ["measure", tool.Folder, "--out", output, "--name", "small", "--format", "json", .. Small];
        using (var ending = new CancellationTokenSource())
        {
            await ending.CancelAsync();
            Assert.Equal(130, (await tool.Run(ending.Token, command)).Code);
        }

        var json = await tool.Succeed(command);
        File.WriteAllText(output + ".partial", "{\"format\":\"edgesplit-measurement-journal\",\"version\":1,\"measurement\":\"00\"}\n");
        Assert.Contains("another measurement", await tool.Refuse(command), StringComparison.Ordinal);
        Assert.True(File.Exists(output + ".partial"));
        Assert.Equal(json, await tool.Succeed([.. command, "--restart"]));
        Assert.False(File.Exists(output + ".partial"));
    }

    [Fact]
    public async Task Measures_on_text_and_on_token_ids()
    {
        var ids = tool.PathOf("ids.txt");
        File.WriteAllText(ids, string.Join(' ', Enumerable.Range(0, 49).Select(i => i % 32)));
        var table = QualityTable.Parse(await tool.Succeed(["measure", tool.Folder, "--tokens", ids, "--format", "json", .. Small]), "output");
        Assert.Equal(("ids.txt", 6), (table.Text.Source, table.Text.Windows));

        new RandomCheckpoint { Layers = 3, Vocabulary = 256 }.Write(tool.Folder);
        var words = tool.PathOf("words.txt");
        File.WriteAllText(words, new string('a', 49));
        table = QualityTable.Parse(await tool.Succeed(["measure", tool.Folder, "--text", words, "--format", "json", .. Small]), "output");
        Assert.Equal(("words.txt", 6), (table.Text.Source, table.Text.Windows));
    }

    [Theory]
    [InlineData("--windows", "-3", "--windows: found \"-3\"; allowed: a whole number in [2,")]
    [InlineData("--windows", "1", "--windows")]
    [InlineData("--context", "64", "--context: found 64; allowed: at most 63")]
    [InlineData("--seed", "-1", "--seed")]
    [InlineData("--threads", "0", "--threads")]
    [InlineData("--splits", "0", "--splits: found \"0\"")]
    [InlineData("--splits", "1,3", "--splits: found 3; allowed: 1 to 2")]
    [InlineData("--splits", "none", "--splits: found none")]
    [InlineData("--splits", "1,,2", "--splits: found \"\"")]
    [InlineData("--erasure", "1.5", "--erasure: found \"1.5\"")]
    [InlineData("--erasure", "NaN", "--erasure: found \"NaN\"")]
    [InlineData("--bits", "1", "--bits: found \"1\"")]
    [InlineData("--weight-bits", "9", "--weight-bits: found \"9\"")]
    [InlineData("--name", " ", "--name")]
    [InlineData("--out", "/no/such/folder/table.json", "--out: found")]
    [InlineData("--text", "/no/such/file", "/no/such/file")]
    [InlineData("--tokens", "/no/such/file", "/no/such/file")]
    [InlineData("--plot", "/no/such/folder/plot.svg", "--plot: found")]
    public async Task Refuses_options_that_cannot_be_used(string option, string value, string message)
    {
        if (option == "--text")
        {
            new RandomCheckpoint { Layers = 3, Vocabulary = 256 }.Write(tool.Folder);
        }

        Assert.Contains(message, await tool.Refuse("measure", tool.Folder, option, value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_texts_that_cannot_be_used()
    {
        string File_(string text)
        {
            var path = tool.PathOf("input.txt");
            File.WriteAllText(path, text);
            return path;
        }

        Task<string> Tokens(string text, params string[] more) => tool.Refuse(["measure", tool.Folder, "--tokens", File_(text), "--context", "4", .. more]);
        Assert.Contains("found \"32\"; expected: a token id in [0, 31]", await Tokens("1 2 32 4"), StringComparison.Ordinal);
        Assert.Contains("found 8 tokens; expected: at least 9", await Tokens("1 2 3 4 5 6 7 8"), StringComparison.Ordinal);
        Assert.Contains("--windows: found 3; allowed: at most 2", await Tokens("1 2 3 4 5 6 7 8 9", "--windows", "3"), StringComparison.Ordinal);
        Assert.Contains("found no token ids", await Tokens(""), StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", await tool.Refuse("measure", tool.Folder, "--text", File_("words")), StringComparison.Ordinal);
        Assert.Contains(" to measure leakage, or --no-leakage", await Tokens("1 2 3 4 5 6 7 8 9"), StringComparison.Ordinal);
        Assert.Contains("--tokens", await tool.Refuse("measure", tool.Folder, "--text", File_("1"), "--tokens", File_("1")), StringComparison.Ordinal);
        Assert.Contains("--out", await tool.Refuse("measure", tool.Folder, "--out", tool.PathOf("config.json")), StringComparison.Ordinal);
        Assert.Contains("--plot", await tool.Refuse("measure", tool.Folder, "--plot", tool.PathOf("model.safetensors")), StringComparison.Ordinal);
        Assert.Contains("--out", await tool.Refuse("measure", tool.Folder, "--tokens", File_("1"), "--out", tool.PathOf("input.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_checkpoints_that_cannot_be_used()
    {
        Task<string> Refuse() => tool.Refuse(["measure", tool.Folder, .. Small]);
        var weights = tool.PathOf("model.safetensors");
        var config = tool.PathOf("config.json");
        var whole = File.ReadAllBytes(weights);

        File.WriteAllBytes(weights, whole[..^100]);
        Assert.Contains("model.safetensors", await Refuse(), StringComparison.Ordinal);
        File.WriteAllBytes(weights, whole);

        var good = File.ReadAllText(config);
        File.WriteAllText(config, good.Replace("\"llama\"", "\"gpt2\"", StringComparison.Ordinal));
        Assert.Contains("gpt2", await Refuse(), StringComparison.Ordinal);

        File.WriteAllText(config, new RandomCheckpoint { Layers = 4 }.ConfigurationJson());
        Assert.Contains("model.layers.3.", await Refuse(), StringComparison.Ordinal);

        File.WriteAllText(config, new RandomCheckpoint { Layers = 3, IntermediateSize = 20 }.ConfigurationJson());
        Assert.Contains("mlp", await Refuse(), StringComparison.Ordinal);

        File.WriteAllText(config, good);
        BitConverter.GetBytes(float.NaN).CopyTo(whole, whole.Length - 8);
        File.WriteAllBytes(weights, whole);
        Assert.Contains("NaN", await Refuse(), StringComparison.Ordinal);

        File.Delete(weights);
        Assert.Contains("no weights", await Refuse(), StringComparison.Ordinal);
        Assert.Contains("neither folder nor file", await tool.Refuse("measure", tool.PathOf("nothing.safetensor")), StringComparison.Ordinal);

        new RandomCheckpoint { Layers = 1 }.Write(tool.Folder);
        Assert.Contains("1 layer", await Refuse(), StringComparison.Ordinal);
    }
}
