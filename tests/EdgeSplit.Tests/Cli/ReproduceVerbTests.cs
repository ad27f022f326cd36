using System.Text.Json;

namespace EdgeSplit.Tests.Cli;

public sealed class ReproduceVerbTests
{
    private static readonly string[] Short = ["reproduce", "adaptive-layer-splitting", "--seeds", "2", "--steps", "400"];

    [Fact]
    public async Task Returns_are_the_same_in_every_format_and_on_any_number_of_threads()
    {
        using var run = new ToolRun();
        string[] returns = [.. Short, "--only", "returns"];
        var table = await run.Succeed([.. returns, "--threads", "1"]);
        Assert.Equal(table, await run.Succeed([.. returns, "--threads", "2"]));
        Assert.StartsWith("returns on the paper's surrogate, 2 seeds, 200 starts", table, StringComparison.Ordinal);
        Assert.Contains("| optimum                   | 3.17637 |  1.000 |         100.0 % |", table, StringComparison.Ordinal);
        Assert.Contains("| always towards 1          | 3.10854 |  0.000 |", table, StringComparison.Ordinal);
        Assert.Contains("2.7958", table, StringComparison.Ordinal);
        Assert.DoesNotContain("CPU", table, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(await run.Succeed([.. returns, "--format", "json"]));
        var learners = json.RootElement.GetProperty("returns").GetProperty("learners").EnumerateArray().ToArray();
        Assert.Equal(["ppo-as-published", "ppo-tuned", "a2c", "dqn", "planning"], learners.Select(row => row.GetProperty("policy").GetString()));
        Assert.False(json.RootElement.TryGetProperty("surrogateStepSeconds", out _));
        var rows = CsvText.Read(await run.Succeed([.. returns, "--format", "csv"]));
        foreach (var learner in learners)
        {
            var own = rows.Where(row => row["part"] == "returns" && row["policy"] == learner.GetProperty("policy").GetString() && row["figure"] == "meanReturn").ToArray();
            Assert.Equal(["1", "2"], own.Select(row => row["seed"]));
            Assert.Equal(learner.GetProperty("returns").EnumerateArray().Select(value => value.GetDouble()), own.Select(row => row.Number("value")));
            Assert.Equal(own.Average(row => row.Number("value")), learner.GetProperty("meanReturn").GetDouble(), 1e-12);
        }
    }

    [Fact]
    public async Task Each_part_can_be_had_alone()
    {
        using var run = new ToolRun();
        var splits = CsvText.Read(await run.Succeed([.. Short, "--only", "splits", "--format", "csv"]));
        Assert.Equal(4 * 30 * 9, splits.Count);
        Assert.All(splits, row => Assert.InRange(row.Number("value"), 1, 10));
        Assert.Contains("more noise, deeper split", await run.Succeed([.. Short, "--only", "splits"]), StringComparison.Ordinal);

        var measured = await run.Succeed([.. Short, "--only", "measured"]);
        Assert.Contains("best fixed split (1)", measured, StringComparison.Ordinal);
        Assert.Contains("PPO beats DQN on measured perplexity", measured, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await run.Succeed([.. Short, "--only", "measured", "--format", "json"]));
        Assert.Equal(6, json.RootElement.GetProperty("measured").GetProperty("policies").GetArrayLength());
        Assert.False(json.RootElement.TryGetProperty("returns", out _));
    }

    [Fact]
    public async Task Times_are_beside_the_results_and_do_not_change_them()
    {
        using var run = new ToolRun();
        string[] one = ["reproduce", "adaptive-layer-splitting", "--seeds", "1", "--steps", "400", "--only", "returns", "--format", "json"];
        using var plain = JsonDocument.Parse(await run.Succeed(one));
        using var timed = JsonDocument.Parse(await run.Succeed([.. one, "--time"]));
        Assert.True(timed.RootElement.GetProperty("surrogateStepSeconds").GetDouble() >= 0);
        static double[] Returns(JsonDocument json) => [.. json.RootElement.GetProperty("returns").GetProperty("learners").EnumerateArray().Select(row => row.GetProperty("meanReturn").GetDouble())];
        Assert.Equal(Returns(plain), Returns(timed));
        Assert.True(timed.RootElement.GetProperty("returns").GetProperty("learners")[0].TryGetProperty("meanProcessorSeconds", out _));
    }

    public static TheoryData<string[], string> BadCommandLines => new()
    {
        { ["reproduce"], "Required argument missing" },
        { ["reproduce", "wdmoe"], "reproduce: found the unknown experiment \"wdmoe\"; allowed: adaptive-layer-splitting." },
        { [.. Short, "--only", "all"], "--only: found \"all\"; allowed: returns, splits, measured, quality." },
        { [.. Short[..2], "--seeds", "0"], "--seeds: found \"0\"; allowed: a whole number in [1, 10000]." },
        { [.. Short[..2], "--steps", "399"], "--steps: found \"399\"; allowed: a whole number in [400, 100000000]." },
        { [.. Short[..2], "--threads", "x"], "--threads: found \"x\"" },
        { [.. Short, "--time", "--threads", "2"], "--threads: found 2 with --time; allowed: 1" },
        { [.. Short, "--model", "models"], "--model: found without --time" },
        { [.. Short, "--time", "--model", "no-such-folder"], "no-such-folder" },
        { [.. Short, "--format", "xml"], "--format: found \"xml\"" },
    };

    [Theory]
    [MemberData(nameof(BadCommandLines))]
    public async Task A_bad_command_line_is_refused_with_what_was_found_and_what_is_allowed(string[] args, string expected)
    {
        using var run = new ToolRun();
        Assert.Contains(expected, await run.Refuse(args), StringComparison.Ordinal);
    }
}
