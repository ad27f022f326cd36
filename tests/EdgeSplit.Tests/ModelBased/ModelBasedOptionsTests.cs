using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.ModelBased;

public sealed class ModelBasedOptionsTests
{
    private const int Splits = SmallScenarios.Layers + 1;

    [Fact]
    public void New_weights_need_no_new_data()
    {
        var world = new World(SmallScenarios.SingleTurns(150), 1);
        var agent = Trained(world, new ModelBasedOptions());
        var weights = new Objective { LatencyWeight = 0, DeviceJouleSeconds = 1 };
        agent.Objective = weights;

        // An agent whose scenario had the new weights from the start, taught by the same experiences, decides alike.
        var other = new World(world.Scenario with { Objective = weights }, 1);
        var recorder = new RecordingPolicy(new RandomSplit(1));
        new ConversationSimulator(world, recorder).Run();
        var fresh = new ModelBasedAgent(new Belief(other.Scenario), 1);
        foreach (var experience in recorder.Experiences)
        {
            fresh.Learn(experience);
        }

        var belief = new Belief(world.Scenario);
        foreach (var snrDb in new[] { -5, 5, 15 })
        {
            var context = SmallScenarios.Context(belief, SmallScenarios.Observation with { ChannelEstimateDb = snrDb });
            var (changed, own) = (new double[5 * Splits], new double[5 * Splits]);
            agent.Surrogate.PredictCosts(context, changed, weights);
            fresh.Surrogate.PredictCosts(context, own);
            Assert.Equal(own, changed);
        }
    }

    [Theory]
    [InlineData(LimitMethod.Lagrangian)]
    [InlineData(LimitMethod.VirtualQueue)]
    public void An_energy_budget_that_the_cheapest_splits_break_is_kept(LimitMethod method)
    {
        var scenario = SmallScenarios.SingleTurns(900);
        var (free, limited) = (0.0, 0.0);
        const int Counted = 500;
        const int Worlds = 3;
        var budget = 0.0;
        for (var seed = 1UL; seed <= Worlds; seed++)
        {
            var world = new World(scenario, seed);
            var own = Joules(world, new ModelBasedOptions(), Counted);
            budget = 0.85 * own;
            var kept = Joules(world, new ModelBasedOptions { Limits = [LongTermLimit.EnergyBudget(budget) with { Method = method }] }, Counted);
            free += own / Worlds;
            limited += kept / own / Worlds;
        }

        Assert.InRange(limited, 0.70, 0.90);
        Assert.True(free > 0);
    }

    [Fact]
    public void A_percentile_of_latency_is_kept_where_the_cheapest_splits_break_it()
    {
        var scenario = SmallScenarios.SingleTurns(900);
        scenario = scenario with { Objective = new Objective { LatencyWeight = 0.1, DeviceJouleSeconds = 1 } };
        var world = new World(scenario, 2);
        double[] Latencies(ModelBasedOptions options) =>
            [.. new ConversationSimulator(world, new ModelBasedAgent(new Belief(scenario), 1, options)).Run().Skip(400).Select(r => r.Breakdown.Latency.TotalSeconds).Order()];
        var free = Latencies(new ModelBasedOptions());
        var limit = free[(int)(0.8 * free.Length)];
        var kept = Latencies(new ModelBasedOptions { Limits = [LongTermLimit.LatencyPercentile(limit, 0.9)] });
        Assert.InRange(kept.Count(latency => latency > limit) / (double)kept.Length, 0, 0.13);
        Assert.InRange(free.Count(latency => latency > limit) / (double)free.Length, 0.19, 0.21);
    }

    [Fact]
    public void Every_rule_states_its_propensity()
    {
        var belief = new Belief(SmallScenarios.Conversations(2));
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        var greedy = new ModelBasedAgent(belief, 1, new ModelBasedOptions { Rule = DecisionRule.Mean });
        Assert.Equal(1, greedy.Decide(context).Propensity);
        var epsilon = new ModelBasedAgent(belief, 1, new ModelBasedOptions { Rule = DecisionRule.EpsilonGreedy, Epsilon = 0.3 });
        var counts = new int[Splits];
        var propensities = new double[Splits];
        const int Draws = 4000;
        for (var request = 0; request < Draws; request++)
        {
            var decision = epsilon.Decide(SmallScenarios.Context(belief, SmallScenarios.Observation, request, request));
            counts[decision.SplitPoint]++;
            propensities[decision.SplitPoint] = decision.Propensity;
        }

        Assert.Equal(1, propensities.Sum(), 1e-9);
        Assert.All(Enumerable.Range(0, Splits), k => Assert.Equal(propensities[k], counts[k] / (double)Draws, 0.03));
    }

    [Fact]
    public void Optimism_prefers_what_is_uncertain()
    {
        var belief = new Belief(SmallScenarios.Conversations(2));
        var surrogate = new SurrogateOptions { PriorScale = 1.5, NetworkPriorScale = 1.5 };
        var costs = new double[5 * Splits];
        var differ = 0;
        foreach (var snrDb in Enumerable.Range(-10, 30))
        {
            var context = SmallScenarios.Context(belief, SmallScenarios.Observation with { ChannelEstimateDb = snrDb });
            var optimist = new ModelBasedAgent(belief, 1, new ModelBasedOptions { Rule = DecisionRule.Optimism, Optimism = 4, Surrogate = surrogate, PlannedTurns = 1, LeastTries = 0 });
            var realist = new ModelBasedAgent(belief, 1, new ModelBasedOptions { Rule = DecisionRule.Mean, Surrogate = surrogate, PlannedTurns = 1, LeastTries = 0 });
            var (high, low) = (optimist.Decide(context).SplitPoint, realist.Decide(context).SplitPoint);
            optimist.Surrogate.PredictCosts(context, costs);
            double Spread(int k)
            {
                var members = Enumerable.Range(0, 5).Select(m => costs[(m * Splits) + k]).ToArray();
                return Math.Sqrt(members.Average(c => (c - members.Average()) * (c - members.Average())));
            }

            Assert.True(Spread(high) >= Spread(low), $"at {snrDb} dB");
            differ += high == low ? 0 : 1;
        }

        Assert.True(differ > 0, "the rules have to differ somewhere");
    }

    private static ModelBasedAgent Trained(World world, ModelBasedOptions options)
    {
        var recorder = new RecordingPolicy(new RandomSplit(1));
        new ConversationSimulator(world, recorder).Run();
        var agent = new ModelBasedAgent(new Belief(world.Scenario), 1, options);
        foreach (var experience in recorder.Experiences)
        {
            agent.Learn(experience);
        }

        return agent;
    }

    private static double Joules(World world, ModelBasedOptions options, int counted) =>
        new ConversationSimulator(world, new ModelBasedAgent(new Belief(world.Scenario), 1, options)).Run().TakeLast(counted).Average(r => r.Breakdown.Energy.DeviceJoules);
}
