using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes one CSV row per request.</summary>
internal static class RequestLog
{
    private static readonly Column<Row>[] Columns =
    [
        new("policy", null, row => row.Policy),
        new("seed", null, row => row.Seed),
        new("request", null, row => row.Record.Request),
        new("conversation", null, row => row.Record.Conversation),
        new("turn", null, row => row.Record.Turn),
        new("startSeconds", null, row => row.Record.StartSeconds),
        new("splitPoint", null, row => row.Record.Breakdown.SplitPoint),
        new("propensity", null, row => row.Record.Propensity),
        new("isEvaluated", null, row => row.IsEvaluated),
        new("costSeconds", null, row => row.Record.Cost),
        new("latencySeconds", null, row => row.Record.Breakdown.Latency.TotalSeconds),
        new("deviceHeadSeconds", null, row => row.Record.Breakdown.Latency.DeviceHeadSeconds),
        new("uplinkWaitSeconds", null, row => row.Record.Breakdown.Latency.UplinkWaitSeconds),
        new("uplinkSeconds", null, row => row.Record.Breakdown.Latency.UplinkSeconds),
        new("serverQueueSeconds", null, row => row.Record.Breakdown.Latency.ServerQueueSeconds),
        new("serverComputeSeconds", null, row => row.Record.Breakdown.Latency.ServerComputeSeconds),
        new("downlinkWaitSeconds", null, row => row.Record.Breakdown.Latency.DownlinkWaitSeconds),
        new("downlinkSeconds", null, row => row.Record.Breakdown.Latency.DownlinkSeconds),
        new("keyValueMigrationSeconds", null, row => row.Record.Breakdown.Latency.KeyValueMigrationSeconds),
        new("timeToFirstTokenSeconds", null, row => row.Record.Breakdown.TimeToFirstTokenSeconds),
        new("timePerOutputTokenSeconds", null, row => row.Record.Breakdown.TimePerOutputTokenSeconds),
        new("deviceComputeJoules", null, row => row.Record.Breakdown.Energy.DeviceComputeJoules),
        new("radioJoules", null, row => row.Record.Breakdown.Energy.RadioJoules),
        new("deviceIdleJoules", null, row => row.Record.Breakdown.Energy.DeviceIdleJoules),
        new("serverGpuSeconds", null, row => row.Record.Breakdown.Energy.ServerGpuSeconds),
        new("uplinkBits", null, row => row.Record.Breakdown.UplinkBits),
        new("downlinkBits", null, row => row.Record.Breakdown.DownlinkBits),
        new("negativeLogLikelihoodIncrease", null, row => row.Record.Breakdown.NegativeLogLikelihoodIncrease),
        new("tokenRecoveryRate", null, row => row.Record.Breakdown.TokenRecoveryRate),
        new("isTimedOut", null, row => row.Record.Breakdown.IsTimedOut),
    ];

    /// <summary>Writes every request.</summary>
    internal static void Write(TextWriter output, ComparisonResult result, CancellationToken cancellation) =>
        CsvOutput.Write(output, result.Scenario.Settings.RegimeChanges.Count == 0 ? Columns : [.. Columns, Regime(result.Scenario.Settings)], Rows(result, cancellation));

    private static Column<Row> Regime(SimulationSettings settings) => new("regime", null, row => settings.RegimeChanges.Count(change => change.Request <= row.Record.Request));

    private static IEnumerable<Row> Rows(ComparisonResult result, CancellationToken cancellation)
    {
        var evaluated = result.Scenario.Settings.EvaluatedRequests;
        foreach (var policy in result.Policies)
        {
            for (var seed = 0; seed < result.Seeds.Count; seed++)
            {
                cancellation.ThrowIfCancellationRequested();
                var records = policy.RecordsBySeed![seed];
                for (var i = 0; i < records.Count; i++)
                {
                    yield return new Row(policy.Name, result.Seeds[seed], i >= records.Count - evaluated, records[i]);
                }
            }
        }
    }

    private sealed record Row(string Policy, ulong Seed, bool IsEvaluated, RequestRecord Record);
}
