using System.Text.Json;
using EdgeSplit.Agents.Learning;

namespace EdgeSplit.Tests.Cli;

public sealed class TrainAndEvaluateTests
{
    [Fact]
    public async Task An_agent_is_trained_once_and_evaluated_in_the_worlds_of_compare()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var agent = run.PathOf("lin.agent");
        var rows = CsvText.Read(await run.Succeed("train", file, "--agent", "lin-ucb", "--out", agent, "--requests", "200", "--format", "csv"));
        Assert.Equal(("lin-ucb", "200", agent), (rows[0]["agent"], rows[0]["requests"], rows[0]["file"]));
        Assert.Equal("lin-ucb", AgentFile.ReadHeader(agent).Agent);

        var compared = CsvText.Read(await run.Succeed("compare", file, "--agents", "greedy-on-belief", "--format", "csv"));
        var frozen = CsvText.Read(await run.Succeed("evaluate", file, "--agent", agent, "--format", "csv"));
        Assert.Equal(["best-fixed", "state-oracle", "greedy-on-belief", "lin-ucb"], frozen.Select(row => row["policy"]));
        Assert.Equal(compared, frozen.Take(3));
        Assert.Equal(frozen, CsvText.Read(await run.Succeed("evaluate", file, "--agent", agent, "--frozen", "--format", "csv", "--threads", "1")));
        Assert.NotEqual(frozen[3], CsvText.Read(await run.Succeed("evaluate", file, "--agent", agent, "--learning", "--format", "csv"))[3]);

        var table = await run.Succeed("evaluate", file, "--agent", agent, "--seeds", "1", "--requests", "10", "--details");
        Assert.StartsWith("headroom ", table, StringComparison.Ordinal);
        Assert.EndsWith($"lin-ucb: from {agent}, as it is, without learning or exploring.\n", table, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await run.Succeed("evaluate", file, "--agent", agent, "--format", "json"));
        Assert.Equal(frozen[3].Number("meanCostSeconds"), json.RootElement.GetProperty("policies")[3].GetProperty("meanCostSeconds").GetDouble());
    }

    [Fact]
    public async Task Every_learner_that_can_be_saved_is_trained_saved_and_taken_up()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var learners = CsvText.Read(await run.Succeed("list", "agents", "--format", "csv")).Where(row => row["learns"] == "true").Select(row => row["name"]).ToArray();
        Assert.True(learners.Length >= 5);
        foreach (var name in learners)
        {
            var agent = run.PathOf(name + ".agent");
            await run.Succeed("train", file, "--agent", name, "--out", agent, "--requests", "40", "--seed", "7");
            var rows = CsvText.Read(await run.Succeed("evaluate", file, "--agent", agent, "--seeds", "1", "--requests", "20", "--format", "csv"));
            Assert.Equal(name, rows[^1]["policy"]);
        }
    }

    [Fact]
    public async Task A_training_that_was_ended_goes_on_from_its_checkpoint_to_the_same_file()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        string[] Train(string output, params string[] more) => ["train", file, "--agent", "model-based", "--out", run.PathOf(output), "--requests", "1500", .. more];
        await run.Succeed(Train("straight.agent"));

        using var ending = new CancellationTokenSource();
        var checkpoint = run.PathOf("run.checkpoint");

        // A thread of its own: those of the pool may all be busy with other tests until the training is over.
        var watcher = new Thread(() =>
        {
            while (!File.Exists(checkpoint))
            {
                Thread.Sleep(1);
            }

            ending.Cancel();
        });
        watcher.IsBackground = true;
        watcher.Start();
        var (code, output, error) = await run.Run(ending.Token, Train("cut.agent", "--checkpoint", checkpoint, "--checkpoint-every", "50"));
        watcher.Join();
        Assert.True(code == 130, $"ended with {code}: {output}{error}");
        Assert.False(File.Exists(run.PathOf("cut.agent")));

        await run.Succeed(Train("cut.agent", "--checkpoint", checkpoint, "--resume"));
        Assert.Equal(File.ReadAllBytes(run.PathOf("straight.agent")), File.ReadAllBytes(run.PathOf("cut.agent")));
    }

    [Fact]
    public async Task Training_can_stop_early_and_stay_with_one_device()
    {
        using var run = new ToolRun();
        using var json = JsonDocument.Parse(await run.Succeed(
            "train", run.Scenario(), "--agent", "sliding-window-ucb", "--out", run.PathOf("a.agent"), "--stop-window", "100", "--conversations-per-world", "1000000", "--format", "json"));
        Assert.True(json.RootElement.GetProperty("stoppedEarly").GetBoolean());
        Assert.InRange(json.RootElement.GetProperty("requests").GetInt32(), 200, 19_999);
    }

    [Fact]
    public async Task A_log_of_another_policy_tells_what_a_frozen_agent_would_cost()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var (agent, log) = (run.PathOf("a.agent"), run.PathOf("log.csv"));
        await run.Succeed("train", file, "--agent", "lin-ucb", "--out", agent, "--requests", "100");
        await run.Succeed("compare", file, "--agents", "random", "--log", log, "--requests", "400", "--seeds", "2");
        string[] evaluate = ["evaluate", file, "--agent", agent, "--off-policy", log, "--requests", "400"];
        using var json = JsonDocument.Parse(await run.Succeed([.. evaluate, "--format", "json"]));
        var estimates = json.RootElement.GetProperty("offPolicy").EnumerateArray().ToArray();
        Assert.Equal(["inversePropensity", "selfNormalised", "directMethod", "doublyRobust"], estimates.Select(row => row.GetProperty("estimator").GetString()!));
        Assert.All(estimates, row => Assert.Equal(800, row.GetProperty("decisions").GetInt32()));

        // One turn per conversation: what the log says of the agent is what it costs, within the error.
        var truth = json.RootElement.GetProperty("policies")[3].GetProperty("meanCostSeconds").GetDouble();
        var robust = estimates[3];
        Assert.InRange(robust.GetProperty("meanCostSeconds").GetDouble(), truth - (4 * robust.GetProperty("standardErrorSeconds").GetDouble()), truth + (4 * robust.GetProperty("standardErrorSeconds").GetDouble()));

        var csv = CsvText.Read(await run.Succeed([.. evaluate, "--format", "csv"]));
        Assert.Equal(robust.GetProperty("meanCostSeconds").GetDouble(), csv[3].Number("doublyRobustMeanCostSeconds"));
        Assert.Equal("", csv[0]["doublyRobustMeanCostSeconds"]);
        Assert.Contains("| doubly robust (DR) ", await run.Succeed(evaluate), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_cannot_be_used_is_refused_with_line_found_and_allowed()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var (agent, log) = (run.PathOf("a.agent"), run.PathOf("log.csv"));
        await run.Succeed("train", file, "--agent", "lin-ucb", "--out", agent, "--requests", "20");
        await run.Succeed("compare", file, "--agents", "random", "--log", log);
        var text = File.ReadAllLines(log);
        async Task Refused(string message, IEnumerable<string> lines, params string[] more)
        {
            File.WriteAllLines(log, lines);
            Assert.Contains(message, await run.Refuse(["evaluate", file, "--agent", agent, "--off-policy", log, .. more]), StringComparison.Ordinal);
        }

        var random = Array.FindIndex(text, line => line.StartsWith("random,", StringComparison.Ordinal));
        await Refused("what this scenario costs there", text, "--set", "server.load.meanJobs=3");
        await Refused("policy: found no rows of \"ppo\"; allowed: one of best-fixed, greedy-on-belief, random, state-oracle (--logged-by).", text, "--logged-by", "ppo");
        await Refused("propensity: found 1 in every row of \"greedy-on-belief\"", text, "--logged-by", "greedy-on-belief");
        await Refused("line 1: propensity: found no such column", text.Select(line => line.Replace("propensity", "chance", StringComparison.Ordinal)));
        await Refused("found no such column", []);
        await Refused($"line {random + 1}: costSeconds: found \"\"; allowed: a number.", text.Select((line, i) => i == random ? string.Join(',', line.Split(',').Select((cell, c) => c == 9 ? "" : cell)) : line));
        await Refused("request 0: request: found 1; allowed: 0", text.Where((_, i) => i != random));
        await Refused("request 0: propensity: found 0; allowed:", text.Select((line, i) => i == random ? string.Join(',', line.Split(',').Select((cell, c) => c == 7 ? "0" : cell)) : line));
        await Refused("request 0: splitPoint: found 99; allowed:", text.Select((line, i) => i == random ? string.Join(',', line.Split(',').Select((cell, c) => c == 6 ? "99" : cell)) : line));
        await Refused("no readable log", ["policy,seed,request,splitPoint,propensity,costSeconds", "random"]);
        Assert.Contains("found no readable log", await run.Refuse("evaluate", file, "--agent", agent, "--off-policy", run.PathOf("none.csv")), StringComparison.Ordinal);
        Assert.Contains("--logged-by: found \"random\" without --off-policy", await run.Refuse("evaluate", file, "--agent", agent, "--logged-by", "random"), StringComparison.Ordinal);

        // An agent that draws its decisions has no probability of the logged ones.
        File.WriteAllLines(log, text);
        await run.Succeed("train", file, "--agent", "shared-linear-bandit", "--out", agent, "--requests", "20");
        Assert.Contains("--off-policy: found an agent that draws", await run.Refuse("evaluate", file, "--agent", agent, "--off-policy", log), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "--agent", "ppp" }, "--agent: found the unknown agent \"ppp\"; allowed: did you mean \"ppo\"? one of ")]
    [InlineData(new[] { "--agent", "random" }, "--agent: found \"random\", which has nothing to train and save; allowed: one of ")]
    [InlineData(new[] { "--agent", "state-oracle" }, "--agent: found \"state-oracle\", which has nothing to train and save")]
    [InlineData(new[] { "--agent", "ppo", "--resume" }, "--resume: found no --checkpoint beside it")]
    [InlineData(new[] { "--agent", "ppo", "--checkpoint-every", "5" }, "--checkpoint-every: found no --checkpoint beside it")]
    [InlineData(new[] { "--agent", "ppo", "--resume", "--checkpoint", "nothing-here" }, "nothing-here: $: found a file that cannot be read")]
    [InlineData(new[] { "--agent", "ppo", "--requests", "0" }, "--requests: found \"0\"; allowed: a whole number in [1, 1000000000].")]
    [InlineData(new[] { "--agent", "ppo", "--seed", "-1" }, "--seed: found \"-1\"; allowed: a whole number in [0, 18446744073709551615].")]
    [InlineData(new[] { "--agent", "ppo", "--checkpoint", "no-such-folder/c" }, "--checkpoint: found \"no-such-folder/c\", which cannot be written")]
    [InlineData(new[] { "--agent", "ppo", "--set", "a=1,2" }, "--set: found a grid of 2 cells")]
    [InlineData(new string[0], "--agent")]
    public async Task Bad_input_to_train_is_refused(string[] options, string message)
    {
        using var run = new ToolRun();
        Assert.Contains(message, await run.Refuse(["train", run.Scenario(), "--out", run.PathOf("out.agent"), .. options]), StringComparison.Ordinal);
        Assert.False(File.Exists(run.PathOf("out.agent")));
    }

    [Fact]
    public async Task A_foreign_damaged_or_mismatching_agent_file_is_refused_with_file_place_found_and_expected()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var path = run.PathOf("a.agent");
        await run.Succeed("train", file, "--agent", "lin-ucb", "--out", path, "--requests", "10");
        var good = File.ReadAllBytes(path);
        var bad = run.PathOf("bad.agent");
        async Task Refused(byte[] content, string place, params string[] more)
        {
            File.WriteAllBytes(bad, content);
            var error = await run.Refuse(["evaluate", file, "--agent", bad, .. more]);
            Assert.StartsWith($"edgesplit: {bad}: {place}: found ", error, StringComparison.Ordinal);
            Assert.Contains("; expected: ", error, StringComparison.Ordinal);
        }

        await Refused([], "$");
        await Refused("{ \"name\": \"a scenario\" }"u8.ToArray(), "$");
        await Refused(good[..^20], "$.stateBytes");
        await Refused([.. good[..^1], (byte)~good[^1]], "$.stateSha256");
        await Refused(good, "$.settings.features.layers", "--set", "model=gpt2-medium");
        await Refused(good, "$.settings.features.entries", "--set", "simulation.prior=absent");
        await Refused(Renamed("lin-ucc"), "$.agent");
        await Refused(Renamed("squarec"), "$.agent");
        Assert.StartsWith($"edgesplit: {run.PathOf("none")}: $: found ", await run.Refuse("evaluate", file, "--agent", run.PathOf("none")), StringComparison.Ordinal);
        Assert.Contains("--frozen: found --learning beside it; allowed: one of the two.", await run.Refuse("evaluate", file, "--agent", path, "--frozen", "--learning"), StringComparison.Ordinal);

        // A name as long as the true one, so that every length stays right.
        byte[] Renamed(string name)
        {
            var content = good.ToArray();
            var at = content.AsSpan().IndexOf("\"lin-ucb\""u8);
            System.Text.Encoding.UTF8.GetBytes(name).CopyTo(content, at + 1);
            return content;
        }
    }
}
