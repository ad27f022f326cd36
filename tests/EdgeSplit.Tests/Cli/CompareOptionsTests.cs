using System.Text.Json;

namespace EdgeSplit.Tests.Cli;

/// <summary>What compare offers beyond its main table.</summary>
public sealed class CompareOptionsTests
{
    private const string Throttled = "simulation.regimeChange={\"request\":20,\"deviceComputeFactor\":4,\"deviceBandwidthFactor\":4}";

    [Fact]
    public async Task Agents_are_chosen_by_name_and_the_rows_are_those_of_the_full_run()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var all = CsvText.Read(await run.Succeed("compare", file, "--format", "csv")).ToDictionary(row => row["policy"]);
        var some = CsvText.Read(await run.Succeed("compare", file, "--agents", "random, Device-Only", "--format", "csv"));
        Assert.Equal(["best-fixed", "state-oracle", "greedy-on-belief", "random", "device-only"], some.Select(row => row["policy"]));
        Assert.All(some, row => Assert.Equal(all[row["policy"]], row));
        var table = await run.Succeed("compare", file, "--agents", "device-only");
        Assert.DoesNotContain("server-only", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_stand_below_the_main_table_and_in_json_and_csv_always()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var plain = await run.Succeed("compare", file, "--clairvoyant", "--set", "objective.latencyLimitSeconds=30");
        var details = await run.Succeed("compare", file, "--clairvoyant", "--details", "--set", "objective.latencyLimitSeconds=30");
        Assert.StartsWith(plain, details, StringComparison.Ordinal);
        Assert.Contains("regret to clairvoyant s", details, StringComparison.Ordinal);
        Assert.Contains("random: ", details, StringComparison.Ordinal);
        Assert.DoesNotContain("regret to clairvoyant", await run.Succeed("compare", file, "--details"), StringComparison.Ordinal);

        var rows = CsvText.Read(await run.Succeed("compare", file, "--clairvoyant", "--format", "csv"));
        using var json = JsonDocument.Parse(await run.Succeed("compare", file, "--clairvoyant", "--format", "json"));
        foreach (var (row, policy) in rows.Zip(json.RootElement.GetProperty("policies").EnumerateArray()))
        {
            foreach (var key in new[] { "costAgainstStateOracle", "regretToClairvoyantSeconds", "regretToStateOracleSecondsUpper", "regretToBestFixedSeconds", "staticRegretSecondsLower", "metLatencyLimits" })
            {
                Assert.Equal(row.Number(key), policy.GetProperty(key).GetDouble());
            }

            Assert.Equal(row.Number("meanCostSeconds"), row.Number("regretToClairvoyantSeconds") + rows[0].Number("meanCostSeconds"), 9);
            Assert.Equal(JsonValueKind.Null, policy.GetProperty("isNonInferior").ValueKind); // two seeds
        }
    }

    [Fact]
    public async Task Curves_have_a_row_for_every_policy_and_block()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var path = run.PathOf("curves.csv");
        var policies = CsvText.Read(await run.Succeed("compare", file, "--curves", path, "--curve-block", "15", "--format", "csv"));
        var rows = CsvText.Read(File.ReadAllText(path));
        Assert.Equal(policies.Count * 3, rows.Count);
        Assert.Equal(["15", "30", "40"], rows.Take(3).Select(row => row["blockEnd"]));
        Assert.Equal(["15", "15", "10"], rows.Take(3).Select(row => row["requests"]));
        Assert.All(rows.Where(row => row["agent"] == "state-oracle"), row => Assert.Equal(0, row.Number("costAgainstStateOracle")));
        var last = rows.Single(row => row["agent"] == "random" && row["blockEnd"] == "40");
        Assert.True(last.Number("costAgainstStateOracleLower") <= last.Number("costAgainstStateOracle"));
        await run.Succeed("compare", file, "--curves", path);
        Assert.Equal(policies.Count * 20, CsvText.Read(File.ReadAllText(path)).Count);
    }

    [Fact]
    public async Task A_change_of_regime_is_shown_window_by_window_and_named_in_the_log()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var log = run.PathOf("log.csv");
        var table = await run.Succeed("compare", file, "--set", Throttled, "--log", log);
        Assert.Contains("| before 20 ", table, StringComparison.Ordinal);
        Assert.Contains("| first 500 from 20 ", table, StringComparison.Ordinal);
        Assert.DoesNotContain("from 520", table, StringComparison.Ordinal);
        Assert.All(CsvText.Read(File.ReadAllText(log)), row => Assert.Equal(row.Number("request") < 20 ? "0" : "1", row["regime"]));

        using var json = JsonDocument.Parse(await run.Succeed("compare", file, "--set", Throttled, "--format", "json"));
        var phases = json.RootElement.GetProperty("policies")[0].GetProperty("regimePhases").EnumerateArray().ToArray();
        Assert.Equal([(0, 20), (20, 40)], phases.Select(phase => (phase.GetProperty("firstRequest").GetInt32(), phase.GetProperty("endRequest").GetInt32())));

        Assert.DoesNotContain("change of regime", await run.Succeed("compare", file, "--log", log), StringComparison.Ordinal);
        Assert.DoesNotContain("regime", File.ReadAllText(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_absent_prior_who_goes_by_it_is_marked()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var table = await run.Succeed("compare", file, "--set", "simulation.prior=absent");
        Assert.Contains("| greedy-on-belief (has the prior) ", table, StringComparison.Ordinal);
        Assert.Contains("| random ", table, StringComparison.Ordinal);
        Assert.Contains("The prior is absent, and the world perturbed;", table, StringComparison.Ordinal);
        Assert.DoesNotContain("has the prior", await run.Succeed("compare", file), StringComparison.Ordinal);

        // The world is that of the perturbed prior.
        Assert.Equal(
            await run.Succeed("compare", file, "--agents", "random", "--format", "csv", "--set", "simulation.prior=perturbed"),
            await run.Succeed("compare", file, "--agents", "random", "--format", "csv", "--set", "simulation.prior=absent"));
    }

    [Fact]
    public async Task Decision_times_are_added_on_request_and_change_nothing_else()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var plain = CsvText.Read(await run.Succeed("compare", file, "--agents", "random", "--format", "csv"));
        var timed = CsvText.Read(await run.Succeed("compare", file, "--agents", "random", "--format", "csv", "--decision-time"));
        Assert.All(timed, row => Assert.True(row.Number("meanDecisionMicroseconds") > 0));
        Assert.DoesNotContain("meanDecisionMicroseconds", plain[0].Keys);
        Assert.All(plain.Zip(timed), pair => Assert.All(pair.First, field => Assert.Equal(field.Value, pair.Second[field.Key])));
        Assert.Contains("mean decision, microseconds", await run.Succeed("compare", file, "--agents", "random", "--decision-time"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_twenty_seeds_on_learners_are_tested_for_non_inferiority()
    {
        using var run = new ToolRun();
        var table = await run.Succeed("compare", run.Scenario(), "--seeds", "20", "--requests", "10");
        Assert.Matches("\nmodel-based: not (shown to be not )?inferior to greedy-on-belief at a margin of 1 %; one-sided 95 % upper bound [+-]?[0-9.]+ %\\.\n", table);
        Assert.DoesNotContain("random: not", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "--agents", "randm" }, "--agents: found the unknown agent \"randm\"; allowed: did you mean \"random\"? one of clairvoyant, ")]
    [InlineData(new[] { "--agents", "random,,dqn" }, "--agents: found the unknown agent \"\"; allowed: one of clairvoyant, ")]
    [InlineData(new[] { "--agents", "random,RANDOM" }, "--agents: found \"random\" twice; allowed: each agent once.")]
    [InlineData(new[] { "--curve-block", "0" }, "--curve-block: found \"0\"; allowed: a whole number in [1, 10000000].")]
    [InlineData(new[] { "--curves", "no-such-folder/c.csv" }, "--curves: found \"no-such-folder/c.csv\", which cannot be written")]
    [InlineData(new[] { "--set", "simulation.prior=none" }, "$.simulation.prior: found the unknown prior \"none\"; allowed: ")]
    public async Task What_cannot_be_meant_is_refused(string[] options, string message)
    {
        using var run = new ToolRun();
        Assert.Contains(message, await run.Refuse(["compare", run.Scenario(), .. options]), StringComparison.Ordinal);
    }
}
