using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Simulation;

public sealed class RunSummaryTests
{
    [Fact]
    public void Figures_equal_those_worked_out_by_hand()
    {
        // Latencies 4, 1, 3, 2, 10: sorted 1, 2, 3, 4, 10. Quantiles by linear interpolation at (n - 1) p: median 3, p95 at 3.8, p99 at 3.96.
        var records = new[] { 4.0, 1, 3, 2, 10 }.Select((latency, i) => Record(i, latency)).ToArray();
        var summary = RunSummary.Of(records, 3);
        Assert.Equal(5, summary.Requests);
        Assert.Equal(4, summary.MeanLatencySeconds, 1e-12);
        Assert.Equal(3, summary.P50LatencySeconds, 1e-12);
        Assert.Equal(8.8, summary.P95LatencySeconds, 1e-12);
        Assert.Equal(9.76, summary.P99LatencySeconds, 1e-12);
        Assert.Equal(2, summary.MeanTimeToFirstTokenSeconds, 1e-12);
        Assert.Equal(4.4, summary.P95TimeToFirstTokenSeconds, 1e-12);
        Assert.Equal(8, summary.MeanCost, 1e-12);
        Assert.Equal(0.4, summary.MissedLatencyLimits, 1e-12);
        Assert.Equal(2, summary.MeanSplitPoint, 1e-12);
        Assert.Equal(14, summary.MeanDeviceJoules, 1e-12);
        Assert.Equal(0.7, summary.MeanServerGpuSeconds, 1e-12);
        Assert.Equal(0.05, summary.MeanNegativeLogLikelihoodIncrease, 1e-12);
        Assert.Equal(0.5, summary.MeanTokenRecoveryRate, 1e-12);

        // Only the requests with more than one token count: 0.2, 0.3, 0.4, 0.1 of the odd ones are 0.1 i for i = 1 .. 4.
        Assert.Equal(0.25, summary.MeanTimePerOutputTokenSeconds, 1e-12);
    }

    [Fact]
    public void One_request_is_its_own_summary()
    {
        var summary = RunSummary.Of([Record(0, 7)], double.PositiveInfinity);
        Assert.Equal((7, 7, 7, 7), (summary.MeanLatencySeconds, summary.P50LatencySeconds, summary.P95LatencySeconds, summary.P99LatencySeconds));
        Assert.Equal(0, summary.MissedLatencyLimits);
        Assert.Equal(0, summary.MeanTimePerOutputTokenSeconds);
        Assert.Throws<ArgumentException>(() => RunSummary.Of([], 1));
    }

    private static RequestRecord Record(int index, double latencySeconds) => new(
        index,
        index,
        0,
        0,
        1,
        new SplitBreakdown(
            index,
            new LatencyBreakdown { DeviceHeadSeconds = latencySeconds / 4, UplinkSeconds = latencySeconds / 2, ServerComputeSeconds = latencySeconds / 4 },
            new EnergyBreakdown(10, 4, 99, 99, 0.7),
            latencySeconds / 2,
            index * 0.1,
            1,
            1,
            1,
            1,
            0.05,
            0.5),
        2 * latencySeconds);
}
