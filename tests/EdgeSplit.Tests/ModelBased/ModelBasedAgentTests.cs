using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.ModelBased;

public sealed class ModelBasedAgentTests
{
    [Fact]
    public void Equal_seeds_give_equal_runs_bit_for_bit_and_other_seeds_do_not()
    {
        var world = new World(SmallScenarios.Conversations(80), 1);
        IReadOnlyList<RequestRecord> Run(ulong seed) => new ConversationSimulator(world, new ModelBasedAgent(new Belief(world.Scenario), seed)).Run();
        var first = Run(3);
        Assert.Equal(first, Run(3));
        Assert.NotEqual(first.Select(r => r.Breakdown.SplitPoint), Run(4).Select(r => r.Breakdown.SplitPoint));
    }

    [Fact]
    public void Without_a_prior_and_without_data_it_decides_as_the_belief_does()
    {
        var scenario = SmallScenarios.Conversations(2);
        var belief = new Belief(scenario);
        var agent = new ModelBasedAgent(belief, 1, new ModelBasedOptions { Surrogate = new SurrogateOptions { PriorScale = 0, NetworkPriorScale = 0 } });
        var costs = new double[SmallScenarios.Layers + 1];
        foreach (var snrDb in new[] { -10, 0, 10, 20 })
        {
            var context = SmallScenarios.Context(belief, SmallScenarios.Observation with { ChannelEstimateDb = snrDb });
            var decision = agent.Decide(context);
            Assert.Equal(scenario.Objective.Best(belief.Profile, context.Belief, costs), decision.SplitPoint);
            Assert.Equal(1, decision.Propensity);
        }
    }

    [Fact]
    public void The_member_is_drawn_once_per_conversation_and_the_propensity_is_the_share_of_members()
    {
        var belief = new Belief(SmallScenarios.Conversations(2));
        var agent = new ModelBasedAgent(belief, 1, new ModelBasedOptions { Surrogate = new SurrogateOptions { PriorScale = 1, NetworkPriorScale = 1 } });
        var counts = new Dictionary<int, (int Count, double Propensity)>();
        const int Conversations = 2000;
        for (var conversation = 0; conversation < Conversations; conversation++)
        {
            var decision = agent.Decide(SmallScenarios.Context(belief, SmallScenarios.Observation, conversation, conversation));
            Assert.Equal(decision, agent.Decide(SmallScenarios.Context(belief, SmallScenarios.Observation, conversation + 7, conversation)));
            counts[decision.SplitPoint] = (counts.GetValueOrDefault(decision.SplitPoint).Count + 1, decision.Propensity);
        }

        Assert.True(counts.Count > 1, "the members have to disagree");
        Assert.Equal(1, counts.Values.Sum(c => c.Propensity), 1e-12);
        Assert.All(counts.Values, c => Assert.Equal(c.Propensity, c.Count / (double)Conversations, 0.05));
    }

    [Fact]
    public void It_never_takes_a_masked_split()
    {
        var belief = new Belief(SmallScenarios.Conversations(2));
        var agent = new ModelBasedAgent(belief, 1);
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        for (var left = SmallScenarios.Layers + 1; left > 0; left--)
        {
            var split = agent.Decide(context).SplitPoint;
            Assert.True(context.IsFeasible(split));
            context.Belief.Infeasibility[split] = SplitInfeasibility.DeviceMemory;
        }

        Assert.Equal(-1, agent.Decide(context).SplitPoint);
    }

    [Fact]
    public void A_decision_allocates_nothing()
    {
        var belief = new Belief(SmallScenarios.Conversations(2));
        var agent = new ModelBasedAgent(belief, 1);
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        for (var i = 0; i < 50; i++)
        {
            agent.Decide(context);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            agent.Decide(context);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
