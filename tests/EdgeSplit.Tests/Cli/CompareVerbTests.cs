using System.Text.Json;

namespace EdgeSplit.Tests.Cli;

public sealed class CompareVerbTests
{
    [Fact]
    public async Task The_headroom_comes_first_and_where_it_is_small_the_table_says_that_learning_cannot_matter()
    {
        using var run = new ToolRun();
        var lines = (await run.Succeed("compare", run.Scenario())).Split('\n');
        Assert.StartsWith("headroom (best fixed split to state oracle): ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("It is under 5 %: choosing per request, and so learning, cannot matter", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("best fixed split by seed: k = 0, 0", lines[2], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("| best-fixed (reference)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("| greedy-on-belief", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_masked_split_is_never_reported_as_the_best_fixed_one()
    {
        using var run = new ToolRun();
        using var json = JsonDocument.Parse(await run.Succeed("compare", run.Scenario(), "--set", "objective.maximumTokenRecoveryRate=0.5", "--format", "json"));
        var best = json.RootElement.GetProperty("headroom").GetProperty("bestFixedSplitBySeed").EnumerateArray().Select(split => split.GetInt32());
        Assert.Equal([5, 5], best);
    }

    [Fact]
    public async Task The_output_does_not_depend_on_the_number_of_threads()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        foreach (var format in new[] { "table", "json", "csv" })
        {
            var one = await run.Succeed("compare", file, "--format", format, "--threads", "1", "--log", run.PathOf("one.csv"));
            var two = await run.Succeed("compare", file, "--format", format, "--threads", "2", "--log", run.PathOf("two.csv"));
            Assert.Equal(one, two);
            Assert.Equal(File.ReadAllBytes(run.PathOf("one.csv")), File.ReadAllBytes(run.PathOf("two.csv")));
        }
    }

    [Fact]
    public async Task Json_and_csv_say_the_same_and_every_policy_is_listed_among_the_agents()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var rows = CsvText.Read(await run.Succeed("compare", file, "--format", "csv", "--clairvoyant"));
        using var json = JsonDocument.Parse(await run.Succeed("compare", file, "--format", "json", "--clairvoyant"));
        var policies = json.RootElement.GetProperty("policies").EnumerateArray().ToArray();
        Assert.Equal(rows.Count, policies.Length);
        foreach (var (row, policy) in rows.Zip(policies))
        {
            Assert.Equal(row["policy"], policy.GetProperty("policy").GetString());
            Assert.Equal(row.Number("meanCostSeconds"), policy.GetProperty("meanCostSeconds").GetDouble());
            Assert.Equal(row.Number("headroom"), json.RootElement.GetProperty("headroom").GetProperty("fraction").GetDouble());
            Assert.Equal(2, policy.GetProperty("meanCostSecondsBySeed").GetArrayLength());
        }

        var agents = CsvText.Read(await run.Succeed("list", "agents", "--format", "csv")).ToDictionary(row => row["name"], row => row["isReference"]);
        Assert.All(rows, row => Assert.Equal(row["isReference"], agents[row["policy"]]));
    }

    [Fact]
    public async Task The_log_has_one_row_per_request_and_its_means_are_those_of_the_table()
    {
        using var run = new ToolRun();
        var log = run.PathOf("log.csv");
        var policies = CsvText.Read(await run.Succeed("compare", run.Scenario(), "--format", "csv", "--log", log));
        var rows = CsvText.Read(File.ReadAllText(log));
        Assert.Equal(policies.Count * 2 * 40, rows.Count);
        Assert.All(policies, policy => Assert.Equal(
            policy.Number("meanCostSeconds"),
            rows.Where(row => row["policy"] == policy["policy"] && row["isEvaluated"] == "true").Average(row => row.Number("costSeconds")),
            9));
        Assert.DoesNotContain('\r', File.ReadAllText(log));
        Assert.Equal(2, Directory.GetFiles(run.Folder).Length);
    }

    [Fact]
    public async Task Seeds_and_requests_can_be_chosen()
    {
        using var run = new ToolRun();
        using var json = JsonDocument.Parse(await run.Succeed("compare", run.Scenario(), "--seeds", "1", "--requests", "10", "--set", "simulation.firstSeed=9", "--format", "json"));
        Assert.Equal([9], json.RootElement.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetInt32()));
        Assert.Equal((10, 5), (json.RootElement.GetProperty("requests").GetInt32(), json.RootElement.GetProperty("evaluatedRequests").GetInt32()));

        // One seed has no interval: null, not NaN.
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("headroom").GetProperty("lower").ValueKind);
    }

    [Fact]
    public async Task A_run_that_is_ended_early_leaves_no_file_and_keeps_an_old_one()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var log = run.PathOf("log.csv");
        File.WriteAllText(log, "old");

        using var ending = new CancellationTokenSource();
        var running = Task.Run(() => run.Run(ending.Token, "compare", file, "--requests", "100000", "--seeds", "4", "--log", log));
        while (!running.IsCompleted && Directory.GetFiles(run.Folder, "*.tmp").Length == 0)
        {
            await Task.Delay(5);
        }

        await ending.CancelAsync();
        var (code, output, error) = await running;
        Assert.Equal(130, code);
        Assert.Equal("", output);
        Assert.Equal("edgesplit: ended early\n", error);
        Assert.Equal("old", File.ReadAllText(log));
        Assert.Equal([log, file], Directory.GetFiles(run.Folder).Order());
    }

    [Fact]
    public async Task A_run_that_fails_says_so_in_one_line_with_code_1_and_leaves_no_file()
    {
        using var run = new ToolRun();

        // The typical request fits, the longest ones do not fit anywhere.
        const string workload = "{\"promptTokens\":{\"quantiles\":[[0,1],[0.9,2],[1,1000]]},\"outputTokens\":{\"constant\":8},\"maximumOutputTokens\":16}";
        var (code, output, error) = await run.Run(
            "compare", run.Scenario(), "--log", run.PathOf("log.csv"), "--set", "workload=" + workload, "--set", "device.memoryBytes=1e7", "--set", "server.memoryBytes=2.75e8");
        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Matches("^edgesplit: Request [0-9]+ has no feasible split", error);
        Assert.Single(Directory.GetFiles(run.Folder));
    }
}
