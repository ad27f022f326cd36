using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Policies;

public sealed class SplitPolicyTests
{
    private const SplitInfeasibility Ok = SplitInfeasibility.None;
    private const SplitInfeasibility No = SplitInfeasibility.DeviceMemory;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 4)]
    [InlineData(40, 4)]
    public void A_masked_fixed_split_takes_the_nearest_feasible_one(int wanted, int expected) =>
        Assert.Equal(expected, FixedSplit.NearestFeasible(wanted, [No, Ok, No, No, Ok, No]));

    [Fact]
    public void On_a_tie_the_nearest_feasible_split_is_the_deeper_one() =>
        Assert.Equal(3, FixedSplit.NearestFeasible(2, [No, Ok, No, Ok, No]));

    [Fact]
    public void Where_nothing_is_feasible_there_is_no_nearest_split() => Assert.Equal(-1, FixedSplit.NearestFeasible(1, [No, No, No]));

    [Fact]
    public void Device_only_and_server_only_are_the_two_ends()
    {
        var context = Context();
        Assert.Equal(new Decision(SmallScenarios.Layers, 1), FixedSplit.DeviceOnly(SmallScenarios.Layers).Decide(context));
        Assert.Equal(new Decision(0, 1), FixedSplit.ServerOnly().Decide(context));
        Assert.Equal(new Decision(2, 1), new FixedSplit(2).Decide(context));
        Assert.Equal(("device-only", "server-only", "fixed k=2"), (FixedSplit.DeviceOnly(5).Name, FixedSplit.ServerOnly().Name, new FixedSplit(2).Name));
    }

    [Fact]
    public void Random_is_uniform_over_the_feasible_splits_and_says_so()
    {
        var policy = new RandomSplit(7);
        var context = Context();
        context.Belief.Infeasibility[0] = context.Belief.Infeasibility[3] = No;
        const int Draws = 40_000;
        var counts = new int[SmallScenarios.Layers + 1];
        for (var request = 0; request < Draws; request++)
        {
            context.Set(request, request, SmallScenarios.Observation);
            var decision = policy.Decide(context);
            counts[decision.SplitPoint]++;
            Assert.Equal(0.25, decision.Propensity);
        }

        Assert.Equal(0, counts[0] + counts[3]);
        var expected = Draws / 4.0;
        var chiSquare = new[] { 1, 2, 4, 5 }.Sum(k => (counts[k] - expected) * (counts[k] - expected) / expected);
        Assert.True(chiSquare < 16.27, $"chi-square {chiSquare} with 3 degrees of freedom is beyond the 99.9 % point");
    }

    [Fact]
    public void Random_draws_are_addressed_by_seed_and_request()
    {
        int[] Splits(ulong seed, IEnumerable<int> requests)
        {
            var policy = new RandomSplit(seed);
            var context = Context();
            return [.. requests.Select(request =>
            {
                context.Set(request, 0, SmallScenarios.Observation);
                return policy.Decide(context).SplitPoint;
            })];
        }

        var forward = Splits(1, Enumerable.Range(0, 50));
        Assert.Equal(forward, Splits(1, Enumerable.Range(0, 50).Reverse()).Reverse());
        Assert.NotEqual(forward, Splits(2, Enumerable.Range(0, 50)));
    }

    [Fact]
    public void Greedy_takes_the_argmin_of_the_belief()
    {
        var scenario = SmallScenarios.Conversations(2);
        var belief = new Belief(scenario);
        var policy = new GreedyOnBelief(scenario.Objective, belief.Profile);
        var chosen = new HashSet<int>();
        for (var snrDb = -20; snrDb <= 40; snrDb += 2)
        {
            foreach (var prompt in new[] { 5, 50, 300, 1500 })
            {
                var context = SmallScenarios.Context(belief, SmallScenarios.Observation with { ChannelEstimateDb = snrDb, PromptTokens = prompt });
                var costs = Enumerable.Range(0, SmallScenarios.Layers + 1).Select(k => scenario.Objective.Cost(
                    context.Belief.LatencySeconds(k),
                    context.Belief.DeviceJoules[k],
                    context.Belief.ServerGpuSeconds[k],
                    belief.Profile.NegativeLogLikelihoodIncrease[k],
                    belief.Profile.TokenRecoveryRate[k])).ToArray();
                var decision = policy.Decide(context);
                Assert.Equal(new Decision(Array.IndexOf(costs, costs.Min()), 1), decision);
                chosen.Add(decision.SplitPoint);
            }
        }

        Assert.True(chosen.Count > 1, "the test has to meet situations with different answers");
    }

    [Fact]
    public void Greedy_never_takes_a_masked_split()
    {
        var scenario = SmallScenarios.Conversations(2);
        var belief = new Belief(scenario);
        var policy = new GreedyOnBelief(scenario.Objective, belief.Profile);
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        for (var left = SmallScenarios.Layers + 1; left > 0; left--)
        {
            var split = policy.Decide(context).SplitPoint;
            Assert.True(context.IsFeasible(split));
            context.Belief.Infeasibility[split] = No;
        }

        Assert.Equal(-1, policy.Decide(context).SplitPoint);
    }

    [Fact]
    public void Replayed_splits_are_those_of_the_plan()
    {
        var world = new World(SmallScenarios.Conversations(6), 3);
        int[] plan = [0, 5, 2, 3, 1, 4];
        var records = new ConversationSimulator(world, new ReplayedSplits("plan", plan)).Run();
        Assert.Equal(plan, records.Select(r => r.Breakdown.SplitPoint));
    }

    [Fact]
    public void A_masked_choice_is_refused_with_the_policy_request_and_reason()
    {
        var scenario = SmallScenarios.Conversations(4) with { Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.9 } };
        var world = new World(scenario, 1);
        var error = Assert.Throws<InvalidOperationException>(() => new ConversationSimulator(world, new ReplayedSplits("reckless", [0, 0, 0, 0])).Run());
        Assert.Contains("reckless", error.Message, StringComparison.Ordinal);
        Assert.Contains("split 0", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SplitInfeasibility.PrivacyLimit), error.Message, StringComparison.Ordinal);
    }

    private static DecisionContext Context() => SmallScenarios.Context(new Belief(SmallScenarios.Conversations(2)), SmallScenarios.Observation);
}
