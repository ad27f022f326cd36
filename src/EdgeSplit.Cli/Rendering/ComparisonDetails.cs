using System.Globalization;
using System.Text.Json.Nodes;
using EdgeSplit.Agents.Evaluation;

namespace EdgeSplit.Cli.Rendering;

/// <summary>What a comparison says beyond its main table: regret, limits met, non-inferiority, changes of regime, decision times.</summary>
internal static class ComparisonDetails
{
    private const double ReachedLevel = 0.05;

    private static readonly Column<PolicyResult>[] RegretColumns =
    [
        new("policy", "policy", policy => policy.Name),
        new("costAgainstStateOracle", "against state oracle", policy => ComparisonOutput.Percent(policy.CostAgainstStateOracle)),
        new("regretToClairvoyant", "regret to clairvoyant s", policy => Seconds(policy.Regret.ToClairvoyant)),
        new("regretToStateOracle", "to state oracle s", policy => Seconds(policy.Regret.ToStateOracle)),
        new("regretToBestFixed", "to best fixed s", policy => Seconds(policy.Regret.ToBestFixed)),
        new("staticRegret", "static regret s", policy => Seconds(policy.Regret.Static)),
        new("interquartileMean", "middle half of seeds", policy => ComparisonOutput.Percent(policy.Statistics.InterquartileMean)),
        new("probabilityOfImprovement", "better than greedy", policy => policy.Statistics.ProbabilityOfImprovement, "0 %"),
        new("requestsToReach", "requests to 5 %", policy => policy.Curve.RequestsToReach(ReachedLevel)),
    ];

    /// <summary>The figures in full, for CSV and JSON.</summary>
    internal static Column<PolicyResult>[] DataColumns(ComparisonResult result)
    {
        var limit = result.Scenario.Objective.LatencyLimitSeconds;
        return
        [
            .. Of("costAgainstStateOracle", policy => policy.CostAgainstStateOracle),
            .. Of("regretToClairvoyantSeconds", policy => policy.Regret.ToClairvoyant),
            .. Of("regretToStateOracleSeconds", policy => policy.Regret.ToStateOracle),
            .. Of("regretToBestFixedSeconds", policy => policy.Regret.ToBestFixed),
            .. Of("staticRegretSeconds", policy => policy.Regret.Static),
            new("metLatencyLimits", null, policy => 1 - policy.Summary.MissedLatencyLimits),
            new("isP95LatencyWithinLimit", null, policy => policy.Summary.P95LatencySeconds <= limit),
            new("requestsTo5PercentOfStateOracle", null, policy => policy.Curve.RequestsToReach(ReachedLevel)),
            .. Of("interquartileMeanAgainstStateOracle", policy => policy.Statistics.InterquartileMean),
            new("probabilityOfImprovementOverGreedy", null, policy => policy.Statistics.ProbabilityOfImprovement),
            new("nonInferiorityUpperBound", null, policy => policy.NonInferiority?.UpperBound),
            new("isNonInferior", null, policy => policy.NonInferiority?.IsNonInferior),
        ];
    }

    /// <summary>The decision times, where they were measured.</summary>
    internal static Column<PolicyResult>[] TimeColumns(DecisionTimes? times) =>
        times is null ? [] : [new("meanDecisionMicroseconds", null, policy => times.MeanMicroseconds(policy.Name))];

    /// <summary>Adds the figures to a policy's JSON.</summary>
    internal static void AddTo(JsonObject json, ComparisonResult result, PolicyResult policy, DecisionTimes? times)
    {
        foreach (var (key, value) in JsonOutput.Row([.. DataColumns(result), .. TimeColumns(times)], policy))
        {
            json[key] = value?.DeepClone();
        }

        json["performanceProfile"] = new JsonArray([.. SeedStatistics.Thresholds.Zip(policy.Statistics.Profile, (threshold, share) => (JsonNode?)new JsonObject
        {
            ["costAgainstStateOracleBelow"] = threshold,
            ["shareOfSeeds"] = share,
        })]);
        if (result.Phases.Count > 0)
        {
            json["regimePhases"] = new JsonArray([.. result.Phases.Zip(policy.PhasesAgainstStateOracle, (phase, interval) => (JsonNode?)new JsonObject
            {
                ["phase"] = phase.Name,
                ["firstRequest"] = phase.FirstRequest,
                ["endRequest"] = phase.EndRequest,
                ["costAgainstStateOracle"] = JsonOutput.Number(interval.Mean),
                ["lower"] = JsonOutput.Number(interval.Lower),
                ["upper"] = JsonOutput.Number(interval.Upper),
            })]);
        }
    }

    /// <summary>Writes what stands below the main table.</summary>
    internal static void Write(ToolConsole console, ComparisonResult result, bool details, DecisionTimes? times)
    {
        foreach (var policy in result.Policies.Where(policy => policy.Entry is null or { Learns: true } && policy.NonInferiority is not null))
        {
            var test = policy.NonInferiority!;
            console.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{policy.Name}: {(test.IsNonInferior ? "not" : "not shown to be not")} inferior to {AgentCatalog.Greedy} at a margin of {100 * test.Margin:0.#} %; one-sided 95 % upper bound {100 * test.UpperBound:+0.0;-0.0;0.0} %."));
        }

        if (result.Phases.Count > 0)
        {
            WritePhases(console, result);
        }

        if (details)
        {
            WriteDetails(console, result);
        }

        if (times is not null)
        {
            console.Output.WriteLine();
            TableOutput.Write(
                console,
                [new Column<PolicyResult>("policy", "policy", policy => policy.Name), new("decision", "mean decision, microseconds", policy => times.MeanMicroseconds(policy.Name), "0.0")],
                result.Policies);
        }
    }

    private static void WritePhases(ToolConsole console, ComparisonResult result)
    {
        console.Output.WriteLine();
        console.Output.WriteLine("cost against the state oracle around each change of regime, by requests:");
        Column<PolicyResult>[] columns =
        [
            new("policy", "policy", policy => policy.Name),
            .. result.Phases.Select((phase, i) => new Column<PolicyResult>(phase.Name, phase.Name, policy => ComparisonOutput.Percent(policy.PhasesAgainstStateOracle[i]))),
        ];
        TableOutput.Write(console, columns, [.. result.Policies.Where(policy => policy.Name != AgentCatalog.StateOracle)]);
    }

    private static void WriteDetails(ToolConsole console, ComparisonResult result)
    {
        console.Output.WriteLine();
        TableOutput.Write(console, [.. RegretColumns.Where(column => column.Key != "regretToClairvoyant" || result.Policies[0].Regret.ToClairvoyant is not null)], result.Policies);
        console.Output.WriteLine();
        var limit = result.Scenario.Objective.LatencyLimitSeconds;
        console.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Regret is the mean extra cost per evaluated request, in seconds-equivalent; static regret is over all requests, against the one split that was cheapest on all of them. The middle half of the seeds is the interquartile mean against the state oracle, with a bootstrap interval; better than greedy is the probability of lying nearer to the state oracle on a random seed. The last column has the requests after which the cost is within {100 * ReachedLevel:0} % of the state oracle's."));
        if (double.IsFinite(limit))
        {
            foreach (var policy in result.Policies)
            {
                console.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{policy.Name}: {100 * (1 - policy.Summary.MissedLatencyLimits):0.0} % of the requests within {limit:0.##} s, p95 {policy.Summary.P95LatencySeconds:0.00} s {(policy.Summary.P95LatencySeconds <= limit ? "within" : "beyond")} the limit, {policy.Summary.MeanDeviceJoules:0.0} J of the device and {policy.Summary.MeanServerGpuSeconds:0.000} s of the server per request."));
            }
        }
    }

    private static Column<PolicyResult>[] Of(string key, Func<PolicyResult, Interval?> interval) =>
    [
        new(key, null, policy => interval(policy)?.Mean),
        new(key + "Lower", null, policy => interval(policy)?.Lower),
        new(key + "Upper", null, policy => interval(policy)?.Upper),
    ];

    private static string Seconds(Interval? interval)
    {
        static string Text(double seconds) => seconds.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);
        return interval is null ? "" : double.IsNaN(interval.Lower) ? Text(interval.Mean) : $"{Text(interval.Mean)} [{Text(interval.Lower)}, {Text(interval.Upper)}]";
    }
}
