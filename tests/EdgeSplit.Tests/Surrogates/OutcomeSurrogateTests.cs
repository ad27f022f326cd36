using EdgeSplit.Agents.Policies;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Surrogates;

public sealed class OutcomeSurrogateTests
{
    private const int Splits = SmallScenarios.Layers + 1;
    private static readonly SurrogateOptions NoPrior = new() { PriorScale = 0, NetworkPriorScale = 0 };

    [Fact]
    public void Where_the_networks_say_nothing_the_cost_is_the_objective_of_the_belief()
    {
        var scenario = SmallScenarios.Conversations(2);
        scenario = scenario with { Objective = scenario.Objective with { QualityNatSeconds = 3, LatencyLimitSeconds = 1, MissedLimitPenaltySeconds = 5 } };
        var belief = new Belief(scenario);
        var surrogate = new OutcomeSurrogate(belief, NoPrior, StreamKey.Create(1, "test"));
        var expected = new double[Splits];
        foreach (var context in new[] { -10, 0, 20 }.Select(snrDb => SmallScenarios.Context(belief, SmallScenarios.Observation with { ChannelEstimateDb = snrDb })))
        {
            context.Belief.Infeasibility[3] = Core.Placements.SplitInfeasibility.DeviceMemory;
            scenario.Objective.Best(belief.Profile, context.Belief, expected);
            Assert.Equal(double.PositiveInfinity, expected[3]);
            var costs = Predict(surrogate, context);
            for (var member = 0; member < surrogate.Members; member++)
            {
                Assert.Equal(expected, costs.AsSpan(member * Splits, Splits).ToArray());
            }
        }
    }

    /// <summary>Members spread around the belief by about the prior scale: their mean log factor is within three standard errors of 0.</summary>
    [Fact]
    public void Before_any_data_the_members_spread_around_the_belief()
    {
        var scenario = SmallScenarios.Conversations(2);
        var belief = new Belief(scenario);
        var expected = new double[Splits];
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        scenario.Objective.Best(belief.Profile, context.Belief, expected);
        var surrogate = new OutcomeSurrogate(belief, new SurrogateOptions { Members = 200 }, StreamKey.Create(1, "test"));
        var costs = Predict(surrogate, context);
        for (var k = 0; k < Splits; k++)
        {
            var logs = Enumerable.Range(0, surrogate.Members).Select(m => Math.Log(costs[(m * Splits) + k] / expected[k])).ToArray();
            var mean = logs.Average();
            var deviation = Math.Sqrt(logs.Average(x => (x - mean) * (x - mean)));
            Assert.InRange(deviation, 0.02, 0.8);
            Assert.InRange(mean, (-3 * deviation / Math.Sqrt(200)) - 0.05, (3 * deviation / Math.Sqrt(200)) + 0.05);
        }
    }

    /// <summary>Device 2 times slower, link 6 dB worse, server 1.5 times slower; only splits 2 and 5 are tried.</summary>
    [Fact]
    public void It_learns_a_wrong_profile_where_it_tried_and_stays_unsure_where_it_did_not()
    {
        const int Learnt = 400;
        const int Requests = 500;
        var scenario = SmallScenarios.Certain(Requests, meanSnrDb: 10);
        var world = WrongProfiles.Create(scenario, 1, device: 2, server: 1.5, linkBiasDb: 6);
        int[] tried = [2, 5];
        var surrogate = Teach(world, request => tried[request % 2], Learnt, new SurrogateOptions());
        Assert.Equal(Learnt, surrogate.Experiences);

        var belief = new Belief(world.Scenario);
        var simulator = new TurnSimulator(world);
        var predicted = new double[Splits];
        var simulated = new double[Splits];
        var believed = new double[Splits];
        var spread = new double[Splits];
        for (var request = Learnt; request < Requests; request++)
        {
            var observation = world.Observe(request, -1, 0);
            var context = SmallScenarios.Context(belief, observation, request, request);
            var costs = Predict(surrogate, context);
            var beliefCosts = new double[Splits];
            scenario.Objective.Best(belief.Profile, context.Belief, beliefCosts);
            simulator.Select(request);
            for (var k = 0; k < Splits; k++)
            {
                var members = Enumerable.Range(0, surrogate.Members).Select(m => costs[(m * Splits) + k]).ToArray();
                var mean = members.Average();
                predicted[k] += mean;
                spread[k] += Math.Sqrt(members.Average(c => (c - mean) * (c - mean))) / mean;
                simulated[k] += scenario.Objective.Cost(simulator.Run(k, belief.Plan(observation, k, world.Schedule.Turns[request].OutputTokens)));
                believed[k] += beliefCosts[k];
            }
        }

        foreach (var k in tried)
        {
            Assert.InRange(predicted[k] / simulated[k], 0.96, 1.04);
            Assert.True(believed[k] < 0.85 * simulated[k], "the belief has to be wrong");
        }

        Assert.True(spread[0] > 2 * Math.Max(spread[2], spread[5]), $"spread by split: {string.Join(' ', spread)}");
    }

    [Fact]
    public void What_device_only_cannot_show_is_not_learnt_from_it()
    {
        var scenario = SmallScenarios.SingleTurns(120);
        scenario = scenario with { Objective = scenario.Objective with { DeviceJouleSeconds = 0 } };
        var world = WrongProfiles.Create(scenario, 1, device: 2, server: 1.5, linkBiasDb: 6);
        var surrogate = Teach(world, _ => SmallScenarios.Layers, 120, NoPrior);
        var belief = new Belief(world.Scenario);
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        var expected = new double[Splits];
        scenario.Objective.Best(belief.Profile, context.Belief, expected);
        var costs = Predict(surrogate, context);
        for (var member = 0; member < surrogate.Members; member++)
        {
            Assert.Equal(expected[0], costs[member * Splits]);
            Assert.InRange(costs[(member * Splits) + SmallScenarios.Layers] / expected[^1], 1.5, 2.3);
        }
    }

    [Fact]
    public void Members_differ_after_learning_from_noisy_outcomes()
    {
        var world = new World(SmallScenarios.SingleTurns(60), 1);
        var surrogate = Teach(world, request => request % Splits, 60, NoPrior);
        var costs = Predict(surrogate, SmallScenarios.Context(new Belief(world.Scenario), SmallScenarios.Observation));
        Assert.Equal(surrogate.Members, Enumerable.Range(0, surrogate.Members).Select(m => costs[(m * Splits) + 2]).Distinct().Count());
    }

    [Fact]
    public void Equal_seeds_learn_bit_for_bit_the_same_and_other_seeds_do_not()
    {
        var world = new World(SmallScenarios.Conversations(60), 1);
        double[] Learnt(ulong seed) => Predict(
            Teach(world, request => request % Splits, 60, new SurrogateOptions(), seed),
            SmallScenarios.Context(new Belief(world.Scenario), SmallScenarios.Observation));
        var first = Learnt(1);
        Assert.Equal(first, Learnt(1));
        Assert.NotEqual(first, Learnt(2));
        Assert.All(first, cost => Assert.True(double.IsFinite(cost) && cost > 0));
    }

    [Fact]
    public void Prediction_and_learning_allocate_nothing()
    {
        var world = new World(SmallScenarios.Conversations(60), 1);
        var recorder = new RecordingPolicy(new RandomSplit(1));
        new ConversationSimulator(world, recorder).Run();
        var belief = new Belief(world.Scenario);
        var surrogate = new OutcomeSurrogate(belief, new SurrogateOptions { Capacity = 16 }, StreamKey.Create(1, "test"));
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        var costs = new double[surrogate.Members * Splits];
        var experiences = recorder.Experiences.ToArray();
        void Work()
        {
            foreach (ref readonly var experience in experiences.AsSpan())
            {
                surrogate.Learn(experience);
                surrogate.PredictCosts(context, costs);
            }
        }

        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(16, surrogate.Experiences);
    }

    [Fact]
    public void A_buffer_of_another_length_is_refused()
    {
        var belief = new Belief(SmallScenarios.Conversations(2));
        var surrogate = new OutcomeSurrogate(belief, new SurrogateOptions(), StreamKey.Create(1, "test"));
        Assert.Throws<ArgumentOutOfRangeException>(() => surrogate.PredictCosts(SmallScenarios.Context(belief, SmallScenarios.Observation), new double[3]));
    }

    private static double[] Predict(OutcomeSurrogate surrogate, DecisionContext context)
    {
        var costs = new double[surrogate.Members * Splits];
        surrogate.PredictCosts(context, costs);
        return costs;
    }

    private static OutcomeSurrogate Teach(World world, Func<int, int> split, int learnt, SurrogateOptions options, ulong seed = 1)
    {
        var recorder = new RecordingPolicy(new ReplayedSplits("teacher", [.. Enumerable.Range(0, world.Schedule.Turns.Length).Select(split)]));
        new ConversationSimulator(world, recorder).Run();
        var surrogate = new OutcomeSurrogate(new Belief(world.Scenario), options, StreamKey.Create(seed, "test"));
        foreach (var experience in recorder.Experiences.Where(e => e.Request < learnt))
        {
            surrogate.Learn(experience);
        }

        return surrogate;
    }
}
