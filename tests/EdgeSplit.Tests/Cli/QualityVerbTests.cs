using System.Text.Json;
using EdgeSplit.Tests.Quality;

namespace EdgeSplit.Tests.Cli;

/// <summary>Codec, lossy uplink and quality tables on the command line.</summary>
public sealed class QualityVerbTests
{
    private static readonly string[] Lossy =
    [
        "--set", "objective.quality=table.json", "--set", "codec=INT8", "--set", "link.loss={\"model\":\"independent\",\"probability\":0.1}", "--set", "link.erasure=elements",
        "--set", "objective.qualityNatSeconds=5", "--set", "objective.leakage=ridge",
    ];

    [Fact]
    public async Task Sweep_prices_the_loss_names_its_source_and_warns_of_the_other_model()
    {
        using var run = new ToolRun();
        TestTables.Table.Write(run.PathOf("table.json"));
        var (code, output, error) = await run.Run(["sweep", run.Scenario(), .. Lossy]);
        Assert.Equal(0, code);
        Assert.Contains($"WARNING: Measured on {TestTables.ModelName}, used for gpt2", error, StringComparison.Ordinal);
        Assert.Contains("codec: INT8, ", output, StringComparison.Ordinal);
        Assert.Contains("unreliable uplink: 0.1 of the packets lost on average (1400 bytes, ", output, StringComparison.Ordinal);
        Assert.Contains("| encode s", output, StringComparison.Ordinal);
        Assert.Contains("quality loss: at half the loss ", output, StringComparison.Ordinal);
        Assert.Contains("quality of the hidden state that arrives: measured, quality table of six-layers, 10 windows of 32 tokens of made up", output, StringComparison.Ordinal);

        var json = JsonDocument.Parse((await run.Run(["sweep", run.Scenario(), .. Lossy, "--format", "json"])).Output).RootElement.GetProperty("cells")[0];
        Assert.Equal("INT8", json.GetProperty("hiddenStateCodec").GetString());
        Assert.True(json.GetProperty("qualityLoss").GetProperty("bestSplitAtTwiceQualityLoss").GetInt32() >= 0);
        var splits = json.GetProperty("splits").EnumerateArray().ToArray();
        Assert.True(splits[4].GetProperty("negativeLogLikelihoodIncrease").GetDouble() > 0.02 * 4); // what the weights of four layers lose by the table, and the damage
        Assert.True(splits[4].GetProperty("encodeSeconds").GetDouble() > 0);

        var csv = CsvText.Read((await run.Run(["sweep", run.Scenario(), .. Lossy, "--format", "csv"])).Output);
        Assert.Equal(13, csv.Count);
        Assert.All(csv, row => Assert.Equal(json.GetProperty("qualityLoss").GetProperty("bestSplitAtHalfQualityLoss").GetRawText(), row["bestSplitAtHalfQualityLoss"]));
    }

    [Fact]
    public async Task A_table_of_the_very_model_does_not_warn()
    {
        using var run = new ToolRun();
        (TestTables.Table with { Model = TestTables.Table.Model with { Name = "gpt2" } }).Write(run.PathOf("table.json"));
        var output = await run.Succeed(["sweep", run.Scenario(), .. Lossy]);
        Assert.Contains("quality table of gpt2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_runs_on_an_unreliable_link_and_does_not_depend_on_threads()
    {
        using var run = new ToolRun();
        TestTables.Table.Write(run.PathOf("table.json"));
        var one = await run.Run(["compare", run.Scenario(), .. Lossy, "--format", "csv", "--threads", "1", "--clairvoyant"]);
        var two = await run.Run(["compare", run.Scenario(), .. Lossy, "--format", "csv", "--threads", "2", "--clairvoyant"]);
        Assert.Equal((0, 0), (one.Code, two.Code));
        Assert.Equal(one.Output, two.Output);
        Assert.Contains("WARNING: Measured on six-layers", one.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_table_does_not_cover_ends_with_code_2()
    {
        using var run = new ToolRun();
        TestTables.Table.Write(run.PathOf("table.json"));
        foreach (var (set, message) in new[]
        {
            ("codec=INT2", "$.codec: found damage at split 1 that the quality source does not cover"),
            ("link.erasure={\"pattern\":\"elements\",\"recovery\":\"mean\"}", "$.link.erasure: found damage at split 1"),
            ("objective.leakage=exhaustive", "$.objective.leakage: found the unknown leakage curve \"exhaustive\""),
            ("objective.quality=none.json", "$.objective.quality: found a table that cannot be used"),
        })
        {
            foreach (var verb in new[] { "sweep", "compare" })
            {
                var others = Lossy.Where(other => other != "--set" && other.Split('=')[0] != set.Split('=')[0]).SelectMany(other => new[] { "--set", other });
                Assert.Contains(message, await run.Refuse([verb, run.Scenario(), .. others, "--set", set]), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Codecs_are_listed_with_their_bits()
    {
        using var run = new ToolRun();
        var rows = CsvText.Read(await run.Succeed("list", "codecs", "--format", "csv"));
        var eight = Assert.Single(rows, row => row["name"] == "INT8");
        Assert.Equal(("8", "true"), (eight["valueBits"], eight["canBePriced"]));
        Assert.Contains(rows, row => row["name"] == "top-k:0.5" && row["canBePriced"] == "false");
    }
}
