using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Tests.Placements;

namespace EdgeSplit.Tests.Decisions;

/// <summary>One positive number with a true zero.</summary>
public sealed class ObjectiveLaws
{
    private static readonly Objective Full = new()
    {
        LatencyWeight = 1.5,
        DeviceJouleSeconds = 0.25,
        ServerGpuSecondSeconds = 4,
        QualityNatSeconds = 8,
        LeakageSeconds = 3,
        LatencyLimitSeconds = 10,
        MissedLimitPenaltySeconds = 7,
    };

    [Fact]
    public void Cost_is_the_weighted_sum_worked_out_by_hand() =>
        Assert.Equal((1.5 * 2) + (0.25 * 6) + (4 * 0.5) + (8 * 0.125) + (3 * 0.5), Full.Cost(2, 6, 0.5, 0.125, 0.5));

    [Fact]
    public void Nothing_costs_nothing() => Assert.Equal(0, Full.Cost(0, 0, 0, 0, 0));

    [Fact]
    public void The_penalty_is_due_above_the_limit_and_not_at_it()
    {
        Assert.Equal(15, Full.Cost(10, 0, 0, 0, 0));
        var above = Math.BitIncrement(10.0);
        Assert.Equal((1.5 * above) + 7, Full.Cost(above, 0, 0, 0, 0));
        Assert.Equal(0, (Full with { MissedLimitPenaltySeconds = 7, LatencyLimitSeconds = double.PositiveInfinity, LatencyWeight = 0 }).Cost(1e9, 0, 0, 0, 0));
    }

    [Fact]
    public void Cost_of_a_breakdown_uses_its_parts_and_not_its_idle_energy()
    {
        var profile = new SplitProfile(TestSystems.System("llama-2-7b"));
        var parts = profile.Breakdown(5, new TurnWork(50, 0, 10, 64), new OperatingPoint(5e6, 5e6, 0.5));
        var expected = Full.Cost(parts.Latency.TotalSeconds, parts.Energy.DeviceJoules, parts.Energy.ServerGpuSeconds, parts.NegativeLogLikelihoodIncrease, parts.TokenRecoveryRate);
        Assert.True(expected > 0);
        Assert.Equal(expected, Full.Cost(parts));
        Assert.Equal(Full.Cost(parts), Full.Cost(parts));
        Assert.Equal(expected, Full.Cost(parts with { Energy = parts.Energy with { DeviceIdleJoules = 1e9, ServerJoules = 1e9 } }));
    }

    [Fact]
    public void Best_is_the_first_of_the_cheapest_feasible_splits()
    {
        var profile = new SplitProfile(TestSystems.Roomy("three-layers"));
        var totals = new SplitTotals(3);
        profile.Totals(new TurnWork(50, 0, 10, 64), new OperatingPoint(5e6, 5e6, 0.5), totals);
        totals.DeviceSeconds.AsSpan().Fill(1);
        totals.NetworkSeconds.AsSpan().Clear();
        totals.ServerSeconds.AsSpan().Clear();
        var costs = new double[4];
        var latency = new Objective();
        Assert.Equal(0, latency.Best(profile, totals, costs));
        totals.Infeasibility[0] = SplitInfeasibility.PrivacyLimit;
        Assert.Equal(1, latency.Best(profile, totals, costs));
        Assert.Equal([double.PositiveInfinity, 1, 1, 1], costs);
        totals.DeviceSeconds[3] = 0.5;
        Assert.Equal(3, latency.Best(profile, totals, costs));
        totals.Infeasibility.AsSpan().Fill(SplitInfeasibility.ServerMemory);
        Assert.Equal(-1, latency.Best(profile, totals, costs));
        Assert.Throws<ArgumentOutOfRangeException>(() => latency.Best(profile, totals, new double[3]));
    }

    [Fact]
    public void Weights_that_are_no_numbers_or_negative_are_refused()
    {
        foreach (var bad in new[] { double.NaN, -1, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new Objective { LatencyWeight = bad });
            Assert.Throws<ArgumentOutOfRangeException>(() => new Objective { DeviceJouleSeconds = bad });
            Assert.Throws<ArgumentOutOfRangeException>(() => new Objective { ServerGpuSecondSeconds = bad });
            Assert.Throws<ArgumentOutOfRangeException>(() => new Objective { QualityNatSeconds = bad });
            Assert.Throws<ArgumentOutOfRangeException>(() => new Objective { LeakageSeconds = bad });
            Assert.Throws<ArgumentOutOfRangeException>(() => new Objective { MissedLimitPenaltySeconds = bad });
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new Objective { LatencyLimitSeconds = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Objective { LatencyLimitSeconds = 0 });
    }

    [Fact]
    public void An_outcome_that_is_no_number_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Full.Cost(double.NaN, 0, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Full.Cost(0, double.NaN, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Full.Cost(1, 0, -1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Objective().Cost(1, 0, 0, double.NaN, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Objective().Cost(1, 0, 0, 0, double.PositiveInfinity));
    }

    [Fact]
    public void Cost_and_Best_allocate_nothing()
    {
        var profile = new SplitProfile(TestSystems.System("llama-2-7b"));
        var totals = new SplitTotals(32);
        profile.Totals(new TurnWork(50, 0, 10, 64), new OperatingPoint(5e6, 5e6, 0.5), totals);
        var costs = new double[33];
        var first = Full.Best(profile, totals, costs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = Full.Best(profile, totals, costs);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(first, second);
    }
}
