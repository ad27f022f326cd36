using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Simulation;

public sealed class SplitSweepTests
{
    [Fact]
    public void The_best_split_is_the_cheapest_feasible_row()
    {
        var sweep = SplitSweep.Run(SmallScenario.Read("objective", "{ \"maximumTokenRecoveryRate\": 0.5, \"deviceJouleSeconds\": 0.05 }"));
        Assert.Equal(sweep.Rows.Where(row => row.IsFeasible).MinBy(row => row.Cost)!.Breakdown.SplitPoint, sweep.Best);
        Assert.Equal(sweep.Best, sweep.Reason.Best);
        Assert.True(sweep.Rows[sweep.Best].IsPareto);
        Assert.All(sweep.Rows.Take(5), row => Assert.False(row.IsFeasible));
    }

    [Fact]
    public void Within_the_error_band_keeping_the_split_never_gains()
    {
        var sweep = SplitSweep.Run(SmallScenario.Read());
        Assert.Equal(6, sweep.Band.Count);
        Assert.All(sweep.Band, shift =>
        {
            Assert.True(shift.LossBelow >= 0 && shift.LossAbove >= 0);
            Assert.Equal(shift.LossBelow == 0, shift.BestBelow == sweep.Best);
            Assert.Equal(shift.LossAbove == 0, shift.BestAbove == sweep.Best);
        });
        Assert.Empty(SplitSweep.Run(SmallScenario.Read("simulation", "{ \"prior\": \"exact\" }")).Band);
    }

    [Fact]
    public void A_request_that_nothing_can_serve_has_no_best_split()
    {
        var scenario = SmallScenario.Read();
        var sweep = SplitSweep.Run(scenario, TypicalRequest.Of(scenario) with { ContextTokens = 2000 });
        Assert.Equal(-1, sweep.Best);
        Assert.Empty(sweep.Band);
        Assert.DoesNotContain(sweep.Rows, row => row.IsFeasible || row.IsPareto);
    }
}
