using MathNet.Numerics.Statistics;

namespace EdgeSplit.Core.Simulation;

/// <summary>The figures of a stretch of requests.</summary>
/// <param name="Requests">Number of requests.</param>
/// <param name="MeanCost">Mean cost, seconds-equivalent.</param>
/// <param name="MeanLatencySeconds">Mean end-to-end latency, seconds.</param>
/// <param name="P50LatencySeconds">Median latency, seconds.</param>
/// <param name="P95LatencySeconds">95th percentile of latency, seconds.</param>
/// <param name="P99LatencySeconds">99th percentile of latency, seconds.</param>
/// <param name="MeanTimeToFirstTokenSeconds">Mean time to first token, seconds.</param>
/// <param name="P95TimeToFirstTokenSeconds">95th percentile of it, seconds.</param>
/// <param name="MeanTimePerOutputTokenSeconds">Mean time per output token, seconds, over the requests with more than one.</param>
/// <param name="MeanDeviceJoules">Mean device energy above idle, joules.</param>
/// <param name="MeanServerGpuSeconds">Mean server compute, seconds.</param>
/// <param name="MeanNegativeLogLikelihoodIncrease">Mean quality loss, nats per token.</param>
/// <param name="MeanTokenRecoveryRate">Mean leakage, 0..1.</param>
/// <param name="MissedLatencyLimits">Share of the requests above the objective's latency limit, or given up.</param>
/// <param name="TimedOut">Share of the requests that were given up because a message or a job took too long.</param>
/// <param name="MeanSplitPoint">Mean split point.</param>
public sealed record RunSummary(
    int Requests,
    double MeanCost,
    double MeanLatencySeconds,
    double P50LatencySeconds,
    double P95LatencySeconds,
    double P99LatencySeconds,
    double MeanTimeToFirstTokenSeconds,
    double P95TimeToFirstTokenSeconds,
    double MeanTimePerOutputTokenSeconds,
    double MeanDeviceJoules,
    double MeanServerGpuSeconds,
    double MeanNegativeLogLikelihoodIncrease,
    double MeanTokenRecoveryRate,
    double MissedLatencyLimits,
    double TimedOut,
    double MeanSplitPoint)
{
    /// <summary>Summarises requests.</summary>
    /// <param name="records">The requests, at least one.</param>
    /// <param name="latencyLimitSeconds">The objective's latency limit, seconds.</param>
    /// <exception cref="ArgumentException">There are no requests.</exception>
    public static RunSummary Of(IReadOnlyList<RequestRecord> records, double latencyLimitSeconds)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0)
        {
            throw new ArgumentException("At least one request is needed.", nameof(records));
        }

        var latency = Sorted(records.Select(r => r.Breakdown.Latency.TotalSeconds));
        var firstToken = Sorted(records.Select(r => r.Breakdown.TimeToFirstTokenSeconds));
        var perToken = records.Select(r => r.Breakdown.TimePerOutputTokenSeconds).Where(s => s > 0).DefaultIfEmpty(0);
        return new RunSummary(
            records.Count,
            records.Average(r => r.Cost),
            latency.Average(),
            Quantile(latency, 0.5),
            Quantile(latency, 0.95),
            Quantile(latency, 0.99),
            firstToken.Average(),
            Quantile(firstToken, 0.95),
            perToken.Average(),
            records.Average(r => r.Breakdown.Energy.DeviceJoules),
            records.Average(r => r.Breakdown.Energy.ServerGpuSeconds),
            records.Average(r => r.Breakdown.NegativeLogLikelihoodIncrease),
            records.Average(r => r.Breakdown.TokenRecoveryRate),
            records.Count(r => r.Breakdown.IsTimedOut || !(r.Breakdown.Latency.TotalSeconds <= latencyLimitSeconds)) / (double)records.Count,
            records.Count(r => r.Breakdown.IsTimedOut) / (double)records.Count,
            records.Average(r => r.Breakdown.SplitPoint));
    }

    private static double[] Sorted(IEnumerable<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    // Linear interpolation at (n - 1) p, the convention of rliable and NumPy.
    private static double Quantile(double[] sorted, double probability) =>
        SortedArrayStatistics.QuantileCustom(sorted, probability, QuantileDefinition.Excel);
}
