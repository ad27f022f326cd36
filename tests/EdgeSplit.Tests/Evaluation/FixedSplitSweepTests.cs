using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Evaluation;

public sealed class FixedSplitSweepTests
{
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.0)]
    [InlineData(3, 0.6)]
    public void The_sweep_equals_simulated_runs_bit_for_bit(int seed, double maximumTokenRecoveryRate)
    {
        var scenario = SmallScenarios.Conversations(80) with { Limits = new SplitLimits { MaximumTokenRecoveryRate = maximumTokenRecoveryRate } };
        var world = new World(scenario, (ulong)seed);
        var sweep = FixedSplitSweep.Run(world);
        for (var k = 0; k <= SmallScenarios.Layers; k++)
        {
            var records = new ConversationSimulator(world, new FixedSplit(k)).Run();
            Assert.Equal(records.Select(r => r.Cost), records.Select(r => sweep.Cost(k, r.Request)));
            Assert.Equal(records.Skip(30).Average(r => r.Cost), sweep.MeanCost(k, 50), 1e-12);
        }
    }

    /// <summary>Where memory masks device-only for the longest conversations, the sweep falls back request by request, and the cache moves.</summary>
    [Fact]
    public void The_sweep_equals_simulated_runs_where_the_mask_changes_within_a_conversation()
    {
        var scenario = SmallScenarios.Conversations(80);
        var weights = new SplitProfile(scenario.System).DeviceBytes(SmallScenarios.Layers, new TurnWork(1, 0, 1, 1));
        scenario = scenario with
        {
            System = scenario.System with { Device = SmallScenarios.Roofline("tight", 12e9, 1.5e9, 4) with { MemoryBytes = weights + 2e6, UsableMemoryShare = 1 } },
        };
        var world = new World(scenario, 1);
        var records = new ConversationSimulator(world, FixedSplit.DeviceOnly(SmallScenarios.Layers)).Run();
        Assert.True(records.Select(r => r.Breakdown.SplitPoint).Distinct().Count() > 1, "the mask has to matter");
        var sweep = FixedSplitSweep.Run(world);
        Assert.Equal(records.Select(r => r.Cost), records.Select(r => sweep.Cost(SmallScenarios.Layers, r.Request)));
    }

    [Fact]
    public void The_best_fixed_split_has_the_least_mean_and_is_one_that_was_really_run()
    {
        // Splits 0 and 1 are masked and run as 2: all three cost the same, and the best is called by its own name.
        var scenario = SmallScenarios.SingleTurns(60) with { Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.6 } };
        scenario = scenario with { System = scenario.System with { Device = SmallScenarios.Roofline("slow", 2e9, 0.2e9, 4) } };
        var sweep = FixedSplitSweep.Run(new World(scenario, 1));
        Assert.Equal(sweep.MeanCost(0, 60), sweep.MeanCost(2, 60));
        var best = sweep.Best(60);
        Assert.All(Enumerable.Range(0, SmallScenarios.Layers + 1), k => Assert.True(sweep.MeanCost(best, 60) <= sweep.MeanCost(k, 60)));
        Assert.Equal(2, best);
    }

    [Fact]
    public void A_request_without_any_feasible_split_is_named()
    {
        var scenario = SmallScenarios.SingleTurns(4) with { Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.6 } };
        scenario = scenario with { System = scenario.System with { Device = SmallScenarios.Roofline("tiny", 12e9, 1.5e9, 4) with { MemoryBytes = 1e6 } } };
        var error = Assert.Throws<InvalidOperationException>(() => FixedSplitSweep.Run(new World(scenario, 1)));
        Assert.Contains("Request 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => FixedSplitSweep.Run(new World(SmallScenarios.SingleTurns(4), 1), new CancellationToken(canceled: true)));
}
