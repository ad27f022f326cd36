using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Learning;

public sealed class DecisionFeaturesTests
{
    private static readonly Scenario Scenario = SmallScenarios.Conversations(200);

    [Fact]
    public void Every_situation_of_a_run_lies_in_the_space_and_is_of_order_one()
    {
        var features = new DecisionFeatures(Scenario.Objective, new SplitProfile(Scenario.System, Scenario.Limits));
        var agent = new RecordingAgent(features.Length, features.ActionCount);
        new ConversationSimulator(new World(Scenario, 1), new AgentPolicy(agent, features)).Run();
        Assert.Equal(200, agent.Acts.Count);
        Assert.Equal(ObservationFeatures.Length + 1 + SmallScenarios.Layers + 1, features.Length);
        foreach (var (observation, _, _, _) in agent.Acts)
        {
            Assert.Equal(-1, features.Space.FirstOutside(observation));
            Assert.All(observation, value => Assert.InRange(value, -3, 3));
        }
    }

    [Fact]
    public void The_belief_part_is_the_logarithm_of_the_cost_over_the_least_and_masked_splits_look_as_bad_as_can_be()
    {
        var belief = new Belief(Scenario);
        var features = new DecisionFeatures(Scenario.Objective, belief.Profile);
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        context.Belief.Infeasibility[0] = SplitInfeasibility.PrivacyLimit;
        var values = new double[features.Length];
        features.Write(context, values);
        var costs = Enumerable.Range(0, SmallScenarios.Layers + 1).Select(k => Scenario.Objective.Cost(
            context.Belief.LatencySeconds(k),
            context.Belief.DeviceJoules[k],
            context.Belief.ServerGpuSeconds[k],
            belief.Profile.NegativeLogLikelihoodIncrease[k],
            belief.Profile.TokenRecoveryRate[k])).ToArray();
        var least = costs[1..].Min();
        Assert.Equal(Math.Log(least) / 4, values[ObservationFeatures.Length], 1e-12);
        var ratios = values[(ObservationFeatures.Length + 1)..];
        Assert.Equal(DecisionFeatures.LargestLogRatio, ratios[0]);
        for (var k = 1; k < costs.Length; k++)
        {
            Assert.Equal(Math.Min(DecisionFeatures.LargestLogRatio, Math.Log(costs[k] / least)), ratios[k], 1e-12);
        }

        Assert.Equal(0, ratios[1..].Min());
    }

    [Fact]
    public void Without_the_belief_nothing_depends_on_it()
    {
        var belief = new Belief(Scenario);
        var features = new DecisionFeatures(Scenario.Objective, belief.Profile, includeBelief: false);
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        var before = new double[ObservationFeatures.Length];
        features.Write(context, before);
        context.Belief.DeviceSeconds.AsSpan().Fill(7);
        context.Belief.NetworkSeconds.AsSpan().Fill(double.NaN);
        var after = new double[ObservationFeatures.Length];
        features.Write(context, after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Every_field_of_the_observation_moves_an_entry_and_the_cache_counts_as_a_share_of_the_depth()
    {
        var start = new Observation(8, 1e6, 2, 150, 20, 48, 100, 2, 1);
        Observation[] others =
        [
            start with { ChannelEstimateDb = 9 }, start with { RecentUplinkBitsPerSecond = 2e6 }, start with { ReportedServerJobs = 3 },
            start with { PromptTokens = 151 }, start with { ExpectedOutputTokens = 21 }, start with { MaximumOutputTokens = 49 },
            start with { ContextTokens = 101 }, start with { CacheSplitPoint = 3 }, start with { Turn = 2 },
        ];
        Assert.Equal(Observation.Length, others.Length);
        var seen = new HashSet<int>();
        var before = Write(start);
        foreach (var other in others)
        {
            var moved = Write(other).Select((value, i) => (value, i)).Where(x => x.value != before[x.i]).ToArray();
            Assert.True(seen.Add(Assert.Single(moved).i));
            Assert.True(moved[0].value > before[moved[0].i]);
        }

        Assert.Equal(0.4, before[9], 1e-12);
        Assert.Equal(0, Write(start with { CacheSplitPoint = -1 })[9]);
    }

    private static double[] Write(in Observation observation)
    {
        var values = new double[ObservationFeatures.Length];
        ObservationFeatures.Write(observation, 5, values);
        return values;
    }
}
