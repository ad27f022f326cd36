using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.ModelBased;

public sealed class SurrogatePpoAgentTests
{
    [Fact]
    public void A_policy_trained_in_the_surrogate_unlearns_a_wrong_profile()
    {
        // The device is three times slower than the data sheet says.
        var scenario = SmallScenarios.SingleTurns(700);
        var world = WrongProfiles.Create(scenario, 1, device: 3);
        double Late(Core.Decisions.ISplitPolicy policy) => new ConversationSimulator(world, policy).Run().Skip(400).Average(r => r.Cost);
        var agent = new SurrogatePpoAgent(new Belief(world.Scenario), 1);
        var own = Late(agent);
        Assert.True(own < 1.05 * Late(new StateOracle(world)), "near the oracle");
        Assert.True(own < 0.95 * Late(new GreedyOnBelief(scenario.Objective, new Core.Placements.SplitProfile(scenario.System, scenario.Limits))), "better than the belief");

        // 20 updates of 32 steps in 15 imagined lanes, seven times.
        Assert.Equal(7 * 20 * 32 * 15, agent.ImaginedSteps);
    }

    [Fact]
    public void Equal_seeds_give_equal_runs_bit_for_bit()
    {
        var world = WrongProfiles.Create(SmallScenarios.SingleTurns(260), 1, device: 3);
        IReadOnlyList<RequestRecord> Run(ulong seed) => new ConversationSimulator(world, new SurrogatePpoAgent(new Belief(world.Scenario), seed)).Run();
        var first = Run(3);
        Assert.Equal(first, Run(3));
        Assert.NotEqual(first.Select(r => r.Propensity), Run(4).Select(r => r.Propensity));
    }

    [Fact]
    public void Without_an_imagined_lane_there_is_nothing_to_train_on() =>
        Assert.Throws<ArgumentException>(() => new SurrogatePpoAgent(new Belief(SmallScenarios.Conversations(2)), 1, new SurrogatePpoOptions { Lanes = 2, RealLanes = 2 }));
}
