using System.Globalization;
using System.Text.Json.Nodes;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Cli.Verbs;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes comparisons of policies.</summary>
internal static class ComparisonOutput
{
    private static readonly Column<PolicyResult>[] Columns =
    [
        new("policy", null, policy => policy.Name),
        new("isReference", null, policy => policy.IsReference),
        new("policyOrReference", "policy", policy => policy.IsReference ? policy.Name + " (reference)" : policy.Name),
        new("meanCostSeconds", "cost s", policy => policy.Summary.MeanCost, "0.000"),
        new("costAgainstBestFixed", null, policy => policy.CostAgainstBestFixed.Mean),
        new("costAgainstBestFixedLower", null, policy => policy.CostAgainstBestFixed.Lower),
        new("costAgainstBestFixedUpper", null, policy => policy.CostAgainstBestFixed.Upper),
        new("costAgainstBestFixedText", "against best fixed", policy => Percent(policy.CostAgainstBestFixed)),
        new("costAgainstGreedy", null, policy => policy.CostAgainstGreedy.Mean),
        new("costAgainstGreedyLower", null, policy => policy.CostAgainstGreedy.Lower),
        new("costAgainstGreedyUpper", null, policy => policy.CostAgainstGreedy.Upper),
        new("costAgainstGreedyText", "against greedy", policy => Percent(policy.CostAgainstGreedy)),
        new("meanLatencySeconds", "latency s", policy => policy.Summary.MeanLatencySeconds, "0.00"),
        new("p50LatencySeconds", null, policy => policy.Summary.P50LatencySeconds),
        new("p95LatencySeconds", "p95 s", policy => policy.Summary.P95LatencySeconds, "0.00"),
        new("p99LatencySeconds", null, policy => policy.Summary.P99LatencySeconds),
        new("meanTimeToFirstTokenSeconds", "TTFT s", policy => policy.Summary.MeanTimeToFirstTokenSeconds, "0.00"),
        new("p95TimeToFirstTokenSeconds", null, policy => policy.Summary.P95TimeToFirstTokenSeconds),
        new("meanTimePerOutputTokenSeconds", "TPOT s", policy => policy.Summary.MeanTimePerOutputTokenSeconds, "0.0000"),
        new("meanDeviceJoules", "device J", policy => policy.Summary.MeanDeviceJoules, "0.0"),
        new("meanServerGpuSeconds", "GPU s", policy => policy.Summary.MeanServerGpuSeconds, "0.000"),
        new("meanNegativeLogLikelihoodIncrease", "+nats/token", policy => policy.Summary.MeanNegativeLogLikelihoodIncrease, "0.0000"),
        new("meanTokenRecoveryRate", "recovery >=", policy => policy.Summary.MeanTokenRecoveryRate, "0.00"),
        new("missedLatencyLimits", "missed", policy => policy.Summary.MissedLatencyLimits, "0.0 %"),
        new("timedOut", null, policy => policy.Summary.TimedOut),
        new("meanSplitPoint", "mean k", policy => policy.Summary.MeanSplitPoint, "0.0"),
    ];

    // Texts made of other columns are for tables only.
    private static readonly Column<PolicyResult>[] DataColumns = [.. Columns.Where(column => column.Key != "policyOrReference" && !column.Key.EndsWith("Text", StringComparison.Ordinal))];

    internal static void Write(ToolConsole console, ResultFormat format, ComparisonResult result, bool details = false, DecisionTimes? times = null, IReadOnlyList<OffPolicyRow>? offPolicy = null)
    {
        switch (format)
        {
            case ResultFormat.Json:
                var json = Json(result, times);
                if (offPolicy is not null)
                {
                    json["offPolicy"] = OffPolicyOutput.Json(offPolicy);
                }

                JsonOutput.Write(console.Output, json);
                break;
            case ResultFormat.Csv:
                Column<PolicyResult>[] columns =
                [
                    .. DataColumns, .. HeadroomColumns(result.Headroom), .. ComparisonDetails.DataColumns(result), .. ComparisonDetails.TimeColumns(times),
                    .. offPolicy is null ? [] : OffPolicyOutput.DataColumns(result.Policies[^1].Name, offPolicy),
                ];
                CsvOutput.Write(console.Output, columns, result.Policies);
                break;
            default:
                WriteTable(console, result);
                ComparisonDetails.Write(console, result, details, times);
                break;
        }
    }

    private static void WriteTable(ToolConsole console, ComparisonResult result)
    {
        var (headroom, settings) = (result.Headroom, result.Scenario.Settings);
        console.Output.WriteLine("headroom (best fixed split to state oracle): " + Percent(headroom.Fraction, signed: false) + " of the cost");
        if (!headroom.LearningCanMatter)
        {
            console.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"It is under {100 * Headroom.Least:0} %: choosing per request, and so learning, cannot matter in this scenario. Take the best fixed split."));
        }

        console.Output.WriteLine("best fixed split by seed: k = " + string.Join(", ", headroom.BestFixedSplitBySeed));
        console.Output.WriteLine();
        TableOutput.Write(console, settings.IsPriorAbsent ? [.. Columns.Select(MarkPrior)] : Columns, result.Policies);
        console.Output.WriteLine();
        console.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Scenario.Name}: {result.Seeds.Count} seeds from {settings.FirstSeed}, {settings.Requests} requests each, the last {settings.EvaluatedRequests} evaluated. Intervals are 95 %, paired over seeds; negative is cheaper. {Prior(result)}"));
        console.Output.WriteLine("References know what no deployed policy can; of the others, only those that learn change with time.");
        WriteMasked(console, result, "server-only", 0);
        WriteMasked(console, result, "device-only", result.Scenario.System.Layers);
        foreach (var policy in result.Policies.Where(policy => policy.Summary.TimedOut > 0))
        {
            console.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{policy.Name}: {policy.Summary.TimedOut:P2} of the requests timed out: a message took, or a job waited, over {settings.TimeoutSeconds} s. Each costs {result.Scenario.Objective.TimeOutPenaltySeconds} s on top of the time until then."));
        }

        SweepText.WriteSources(console.Output, result.Scenario);
    }

    // A row that bears the name of a split which the mask forbids would mislead.
    private static void WriteMasked(ToolConsole console, ComparisonResult result, string name, int wanted)
    {
        if (result.Policies.FirstOrDefault(policy => policy.Name == name)?.Summary.MeanSplitPoint is { } meanSplit && meanSplit != wanted)
        {
            console.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: k = {wanted} is masked in at least some requests; the nearest feasible split stands in for it (mean k {meanSplit:0.0})."));
        }
    }

    private static string Prior(ComparisonResult result)
    {
        var errors = result.Scenario.Settings.Errors;
        return errors == Core.Simulation.PriorErrors.Exact ? "The prior is exact." : string.Create(
            CultureInfo.InvariantCulture,
            $"The prior is {(result.Scenario.Settings.IsPriorAbsent ? "absent, and the world perturbed" : "perturbed")}; standard deviations: device compute {errors.DeviceCompute:0.###}, memory {errors.DeviceBandwidth:0.###}, server compute {errors.ServerCompute:0.###}, memory {errors.ServerBandwidth:0.###}, load {errors.ServerLoad:0.###} (all of logarithms), link {errors.LinkBiasDb:0.###} dB.");
    }

    private static Column<PolicyResult>[] HeadroomColumns(Headroom headroom) =>
    [
        new("headroom", null, _ => headroom.Fraction.Mean),
        new("headroomLower", null, _ => headroom.Fraction.Lower),
        new("headroomUpper", null, _ => headroom.Fraction.Upper),
        new("learningCanMatter", null, _ => headroom.LearningCanMatter),
    ];

    // Without a prior a policy that goes by it has what the others have not, and its row says so.
    private static Column<PolicyResult> MarkPrior(Column<PolicyResult> column) => column.Key != "policyOrReference" ? column
        : column with { Value = policy => policy.Entry is { UsesPrior: true, IsReference: false } ? policy.Name + " (has the prior)" : column.Value(policy) };

    private static JsonObject Json(ComparisonResult result, DecisionTimes? times)
    {
        var (headroom, settings) = (result.Headroom, result.Scenario.Settings);
        return new JsonObject
        {
            ["scenario"] = result.Scenario.Name,
            ["seeds"] = new JsonArray([.. result.Seeds.Select(seed => (JsonNode?)seed)]),
            ["requests"] = settings.Requests,
            ["evaluatedRequests"] = settings.EvaluatedRequests,
            ["headroom"] = new JsonObject
            {
                ["fraction"] = JsonOutput.Number(headroom.Fraction.Mean),
                ["lower"] = JsonOutput.Number(headroom.Fraction.Lower),
                ["upper"] = JsonOutput.Number(headroom.Fraction.Upper),
                ["learningCanMatter"] = headroom.LearningCanMatter,
                ["bestFixedSplitBySeed"] = new JsonArray([.. headroom.BestFixedSplitBySeed.Select(split => (JsonNode?)split)]),
            },
            ["policies"] = new JsonArray([.. result.Policies.Select(policy =>
            {
                var json = JsonOutput.Row(DataColumns, policy);
                json["meanCostSecondsBySeed"] = new JsonArray([.. policy.MeanCostBySeed.Select(JsonOutput.Number)]);
                ComparisonDetails.AddTo(json, result, policy, times);
                return json;
            })]),
            ["sources"] = new JsonArray([.. SweepText.Sources(result.Scenario).Select(source => new JsonObject
            {
                ["what"] = source.What,
                ["source"] = source.Source,
                ["warning"] = source.Warning,
            })]),
        };
    }

    internal static string Percent(Interval interval, bool signed = true)
    {
        var format = signed ? "+0.0;-0.0;0.0" : "0.0";
        string Text(double share) => (100 * share).ToString(format, CultureInfo.InvariantCulture);
        return double.IsNaN(interval.Lower) ? Text(interval.Mean) + " %" : $"{Text(interval.Mean)} % [{Text(interval.Lower)}, {Text(interval.Upper)}]";
    }
}
