using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Laws;

/// <summary>Policies are never handed the truth: worlds that look the same are treated the same until their outcomes differ.</summary>
public sealed class HonestyLaws
{
    private static readonly PriorErrors Large = new() { DeviceCompute = 1, DeviceBandwidth = 1, ServerCompute = 1, ServerBandwidth = 1, LinkBiasDb = 12, ServerLoad = 1 };

    [Fact]
    public void Greedy_decides_alike_in_worlds_that_look_alike()
    {
        var (exact, wrong) = Runs(scenario => new GreedyOnBelief(scenario.Objective, new SplitProfile(scenario.System, scenario.Limits)));
        Assert.Equal(exact.Decisions, wrong.Decisions);
        Assert.NotEqual(exact.Experiences.Select(e => e.Cost), wrong.Experiences.Select(e => e.Cost));
    }

    [Fact]
    public void The_model_based_agent_decides_alike_until_the_first_outcome_differs()
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var agentSeed = seed;
            var (exact, wrong) = Runs(scenario => new ModelBasedAgent(new Belief(scenario), agentSeed), seed);
            Assert.Equal(exact.Decisions[0], wrong.Decisions[0]);
        }
    }

    [Fact]
    public void The_state_oracle_does_know_the_truth()
    {
        var scenario = SmallScenarios.SingleTurns(60);
        int[] Splits(PriorErrors errors)
        {
            var world = new World(scenario with { Settings = scenario.Settings with { Errors = errors } }, 1);
            return [.. new ConversationSimulator(world, new StateOracle(world)).Run().Select(r => r.Breakdown.SplitPoint)];
        }

        Assert.NotEqual(Splits(PriorErrors.Exact), Splits(Large));
    }

    // Arrivals are far apart, so that requests finish in the order in which they start, however long they take.
    private static (RecordingPolicy Exact, RecordingPolicy Wrong) Runs(Func<Scenario, ISplitPolicy> create, ulong seed = 1)
    {
        RecordingPolicy Run(PriorErrors errors)
        {
            var scenario = SmallScenarios.SingleTurns(40);
            scenario = scenario with
            {
                Settings = scenario.Settings with { Errors = errors },
                Workload = scenario.Workload with { ArrivalsPerSecond = 1e-6 },
            };
            var policy = new RecordingPolicy(create(scenario));
            new ConversationSimulator(new World(scenario, seed), policy).Run();
            return policy;
        }

        var exact = Run(PriorErrors.Exact);
        var wrong = Run(Large);
        Assert.Equal(exact.Decisions.Select(d => d.Observation), wrong.Decisions.Select(d => d.Observation));
        return (exact, wrong);
    }
}
