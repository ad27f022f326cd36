using EdgeSplit.Agents.Bandits;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Bandits;

/// <summary>Bandits that correct the belief by factors, in worlds whose belief is wrong in a known way.</summary>
public sealed class BeliefBanditTests
{
    private const int Requests = 400;
    private const int Last = 100;

    /// <summary>The trap: the link is believed 15 dB worse than it is, so the device alone looks best, and it says nothing of the link.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Plain_LinUcb_stays_on_the_device_for_ever_and_forced_sampling_brings_it_out(int which)
    {
        var world = WrongProfiles.Create(Scenario(4e9, meanSnrDb: -8), which, linkBiasDb: -15);
        var costs = Enumerable.Range(2, 4).Select(k => Run(world, new FixedSplit(k)).Average(r => r.Cost)).ToArray();
        Assert.True(costs[0] < 0.95 * costs[^1], "offloading has to be clearly better");

        var plain = new MuLinUcb(new Belief(world.Scenario), new MuLinUcbOptions { ForcedSamplingExponent = 0, Regression = Certain });
        var stays = Run(world, plain);
        Assert.Equal(Requests, stays.Count(r => r.Breakdown.SplitPoint == SmallScenarios.Layers));
        Assert.Equal(0, plain.ForcedSamples);

        var forced = new MuLinUcb(new Belief(world.Scenario), new MuLinUcbOptions { Regression = Certain });
        var leaves = Run(world, forced).Skip(Requests - Last).Count(r => r.Breakdown.SplitPoint < SmallScenarios.Layers);
        Assert.True(leaves >= 0.8 * Last, $"{leaves} of {Last} offloaded");
        Assert.InRange(forced.ForcedSamples, 1, 20);
    }

    [Fact]
    public void Cuts_are_forced_at_the_squares_and_never_on_key_requests()
    {
        var belief = new Belief(Scenario(12e9, meanSnrDb: -20));
        var bandit = new MuLinUcb(belief, new MuLinUcbOptions { ForcedSamplingExponent = 0.5, Regression = Certain });
        var careful = new MuLinUcb(belief, new MuLinUcbOptions { ForcedSamplingExponent = 0.5, Regression = Certain, FirstTurnWeight = 0.5 });
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation with { ChannelEstimateDb = -20 });
        List<int> forcedAt = [];
        for (var n = 1; n <= 100; n++)
        {
            context.Set(n, n, context.Observation);
            if (bandit.Decide(context).SplitPoint < SmallScenarios.Layers)
            {
                forcedAt.Add(n);
            }

            Assert.Equal(SmallScenarios.Layers, careful.Decide(context).SplitPoint);
        }

        Assert.Equal([1, 4, 9, 16, 25, 36, 49, 64, 81, 100], forcedAt);
        Assert.Equal(10, bandit.ForcedSamples);
        Assert.Equal(0, careful.ForcedSamples);
    }

    [Theory]
    [InlineData(1, 3.0, 0, 12e9, 8, 2)]
    [InlineData(2, 3.0, 0, 12e9, 8, 2)]
    [InlineData(1, 1 / 3.0, 0, 4e9, 8, 5)]
    [InlineData(2, 1 / 3.0, 0, 4e9, 8, 5)]
    [InlineData(1, 1.0, 10, 4e9, 6, 5)]
    [InlineData(2, 1.0, 10, 4e9, 6, 5)]
    public void The_shared_model_finds_the_optimum_where_the_belief_is_wrong_by_a_factor(int which, double device, double linkBiasDb, double deviceFlop, double meanSnrDb, int optimum)
    {
        var world = WrongProfiles.Create(Scenario(deviceFlop, meanSnrDb), which, device: device, linkBiasDb: linkBiasDb);
        var truth = Enumerable.Range(2, 4).MinBy(k => Run(world, new FixedSplit(k)).Average(r => r.Cost));
        Assert.Equal(optimum, truth);
        var splits = Run(world, new SharedLinearBandit(new Belief(world.Scenario), 1)).Skip(Requests - Last).Count(r => r.Breakdown.SplitPoint == optimum);
        Assert.True(splits >= 0.9 * Last, $"{splits} of {Last} optimal");
    }

    [Fact]
    public void Where_the_belief_is_exact_the_factors_stay_near_one()
    {
        var scenario = SmallScenarios.Certain(300);
        var bandit = new SharedLinearBandit(new Belief(scenario), 1);
        new ConversationSimulator(new World(scenario, 1), bandit).Run();
        Assert.All(bandit.Factors[..5].ToArray(), factor => Assert.InRange(factor, 0.85, 1.15));
        Assert.InRange(bandit.Factors[5], -0.3, 0.3);
    }

    [Fact]
    public void Saved_and_loaded_they_go_on_bit_for_bit()
    {
        var world = new World(SmallScenarios.Conversations(120), 3);
        AssertGoesOn(world, () => new SharedLinearBandit(new Belief(world.Scenario), 2));
        AssertGoesOn(world, () => new MuLinUcb(new Belief(world.Scenario)));
    }

    [Fact]
    public void A_decision_allocates_nothing()
    {
        var belief = new Belief(SmallScenarios.Conversations(2));
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        foreach (ISplitPolicy policy in new ISplitPolicy[] { new SharedLinearBandit(belief, 1), new MuLinUcb(belief) })
        {
            policy.Decide(context);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 20; i++)
            {
                policy.Decide(context);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void With_forgetting_the_weights_follow_a_change_and_fall_back_to_the_prior()
    {
        var keeps = new DiscountedRegression([1, 0], 0.5, 1);
        var forgets = new DiscountedRegression([1, 0], 0.5, 0.95);
        for (var i = 0; i < 600; i++)
        {
            var y = i < 400 ? 1 : 3;
            Update(keeps, [1, 0], y, 0.3);
            Update(forgets, [1, 0], y, 0.3);
        }

        Assert.Equal(5 / 3.0, keeps.Mean[0], 0.01);
        Assert.Equal(3, forgets.Mean[0], 0.05);
        Assert.Equal(0.25, forgets.Variance([0, 1]), 1e-12);

        // Rows without news fade all that was learned, down to the prior.
        for (var i = 0; i < 600; i++)
        {
            Update(forgets, [0, 0], 0, 0.3);
        }

        Assert.Equal(1, forgets.Mean[0], 1e-9);
        Assert.Equal(0.25, forgets.Variance([1, 0]), 1e-9);
    }

    [Fact]
    public void Posterior_draws_have_the_posterior_mean_and_covariance()
    {
        var regression = new DiscountedRegression([1, 0], 1, 1);
        Update(regression, [1, 0.5], 2, 0.5);
        Update(regression, [0.2, -1], 0, 0.5);
        const int Draws = 20_000;
        var (sum, product, weights) = (new double[2], new double[3], new double[2]);
        for (var i = 0; i < Draws; i++)
        {
            var random = new RandomSource(StreamKey.Create(1, "test/posterior"), (ulong)i);
            regression.Draw(ref random, weights);
            var (a, b) = (weights[0] - regression.Mean[0], weights[1] - regression.Mean[1]);
            sum[0] += a;
            sum[1] += b;
            product[0] += a * a;
            product[1] += b * b;
            product[2] += (a + b) * (a + b);
        }

        Assert.All(sum, value => Assert.Equal(0, value / Draws, 0.02));
        Assert.Equal(1, product[0] / Draws / regression.Variance([1, 0]), 0.05);
        Assert.Equal(1, product[1] / Draws / regression.Variance([0, 1]), 0.05);
        Assert.Equal(1, product[2] / Draws / regression.Variance([1, 1]), 0.05);
    }

    // Sure of its belief, as LinUCB is after some bad luck.
    private static BeliefBanditOptions Certain => new() { PriorDeviation = 0.4, Exploration = 0.1 };

    private static void Update(DiscountedRegression regression, double[] x, double y, double noise)
    {
        regression.Fade();
        regression.Add(x, y, noise);
        regression.Solve();
    }

    private static void AssertGoesOn<T>(World world, Func<T> create)
        where T : ISplitPolicy, ISavedAgent
    {
        var straight = new RecordingPolicy(create());
        new ConversationSimulator(world, straight).Run();
        var (first, second) = (create(), create());
        var half = straight.Experiences.Count / 2;
        foreach (var experience in straight.Experiences.Take(half))
        {
            first.Learn(experience);
        }

        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        first.SaveState(writer);
        var state = memory.ToArray();
        second.LoadState(new BinaryReader(new MemoryStream(state)));
        Assert.Throws<InvalidDataException>(() => second.LoadState(new BinaryReader(new MemoryStream(state, 0, state.Length - 1))));
        var context = SmallScenarios.Context(new Belief(world.Scenario), SmallScenarios.Observation);
        foreach (var experience in straight.Experiences.Skip(half))
        {
            first.Learn(experience);
            second.Learn(experience);
            context.Set(experience.Request, experience.Conversation, experience.Observation);
            Assert.Equal(first.Decide(context), second.Decide(context));
        }
    }

    private static Scenario Scenario(double deviceFlop, double meanSnrDb)
    {
        var scenario = SmallScenarios.SingleTurns(Requests);
        return scenario with
        {
            System = scenario.System with { Device = SmallScenarios.Roofline("device", deviceFlop, deviceFlop / 8, 4) },
            Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.6 },
            Link = SmallScenarios.Link(meanSnrDb, shadowingDb: 0),
            ServerLoad = new ServerLoadModel(),
            Workload = scenario.Workload with { PromptTokens = new UniformDistribution(120, 180) },
            Objective = new Objective { DeviceJouleSeconds = 0.01, ServerGpuSecondSeconds = 8 },
        };
    }

    private static IReadOnlyList<RequestRecord> Run(World world, ISplitPolicy policy) => new ConversationSimulator(world, policy).Run();
}
