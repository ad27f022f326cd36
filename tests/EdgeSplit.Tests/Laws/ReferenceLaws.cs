using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Laws;

/// <summary>What the three references promise: nothing beats the clairvoyant, the state oracle is the best that the present allows, and without uncertainty all agree.</summary>
public sealed class ReferenceLaws
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_policy_beats_the_clairvoyant_on_any_conversation(int seed)
    {
        var scenario = SmallScenarios.Conversations(120);
        var world = new World(scenario, (ulong)seed);
        var clairvoyant = ByConversation(Run(world, new ReplayedSplits("clairvoyant", new Clairvoyant(world).Plan())));
        var rivals = Enumerable.Range(0, SmallScenarios.Layers + 1).Select(k => (ISplitPolicy)new FixedSplit(k)).Concat(
        [
            new GreedyOnBelief(scenario.Objective, new SplitProfile(scenario.System, scenario.Limits)),
            new RandomSplit(1),
            new RandomSplit(2),
            new StateOracle(world),
            new ModelBasedAgent(new Belief(scenario), 1),
        ]);
        Assert.True(world.Schedule.Turns.ToArray().Count(t => t.ContextTokens > 0) > 20, "the test needs conversations of several turns");
        var strictlyBetter = 0;
        foreach (var rival in rivals)
        {
            var costs = ByConversation(Run(world, rival));
            for (var i = 0; i < costs.Length; i++)
            {
                Assert.True(clairvoyant[i] <= costs[i] * (1 + 1e-12), $"{rival.Name} beats the clairvoyant on conversation {i}: {costs[i]} < {clairvoyant[i]}");
                strictlyBetter += clairvoyant[i] < costs[i] ? 1 : 0;
            }
        }

        Assert.True(strictlyBetter > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_clairvoyant_finds_what_a_search_over_all_sequences_of_splits_finds(int seed)
    {
        var scenario = SmallScenarios.Conversations(3);
        scenario = scenario with { Workload = scenario.Workload with { MeanTurns = 1e6, MaximumTurns = 3 } };
        var world = new World(scenario, (ulong)seed);
        Assert.Equal(3, world.Schedule.Turns.ToArray().Count(t => t.Conversation == 0));
        var best = double.PositiveInfinity;
        const int Splits = SmallScenarios.Layers + 1;
        for (var code = 0; code < Splits * Splits * Splits; code++)
        {
            int[] plan = [code % Splits, code / Splits % Splits, code / Splits / Splits];
            best = Math.Min(best, Run(world, new ReplayedSplits("search", plan)).Sum(r => r.Cost));
        }

        Assert.Equal(best, Run(world, new ReplayedSplits("clairvoyant", new Clairvoyant(world).Plan())).Sum(r => r.Cost), 1e-9);
    }

    [Fact]
    public void The_clairvoyant_obeys_the_mask()
    {
        var scenario = SmallScenarios.Conversations(40) with { Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.6 } };
        var plan = new Clairvoyant(new World(scenario, 1)).Plan();
        Assert.All(plan, k => Assert.InRange(k, 2, SmallScenarios.Layers));
    }

    [Fact]
    public void Planning_can_be_cancelled()
    {
        var world = new World(SmallScenarios.Conversations(40), 1);
        Assert.Throws<OperationCanceledException>(() => new Clairvoyant(world).Plan(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Without_uncertainty_greedy_and_both_oracles_decide_alike()
    {
        var chosen = new HashSet<int>();
        foreach (var snrDb in new[] { -3.0, 0, 3, 6, 12 })
        {
            var scenario = SmallScenarios.Certain(60, snrDb);
            var world = new World(scenario, 5);
            Assert.Equal(world.Schedule.Turns[0].LevelDb, world.Schedule.Turns[0].ChannelEstimateDb, 1e-9);
            var clairvoyant = new Clairvoyant(world).Plan();
            var greedy = Run(world, new GreedyOnBelief(scenario.Objective, new SplitProfile(scenario.System, scenario.Limits))).Select(r => r.Breakdown.SplitPoint).ToArray();
            Assert.Equal(clairvoyant, greedy);
            Assert.Equal(clairvoyant, Run(world, new StateOracle(world)).Select(r => r.Breakdown.SplitPoint));
            chosen.UnionWith(greedy);
        }

        Assert.True(chosen.Count > 1, "the test has to meet situations with different answers");
    }

    /// <summary>Paired over 1,600 requests of 8 worlds: not worse by more than three standard errors, and by no more than 0.2 % of the cost.</summary>
    [Fact]
    public void In_expectation_the_state_oracle_is_not_worse_than_greedy_or_any_fixed_split()
    {
        var scenario = SmallScenarios.SingleTurns(200);
        var oracle = new List<double>();
        var rivals = new List<double>[SmallScenarios.Layers + 2];
        for (var i = 0; i < rivals.Length; i++)
        {
            rivals[i] = [];
        }

        for (var seed = 1UL; seed <= 8; seed++)
        {
            var world = new World(scenario, seed);
            oracle.AddRange(Run(world, new StateOracle(world, 8)).Select(r => r.Cost));
            for (var k = 0; k <= SmallScenarios.Layers; k++)
            {
                rivals[k].AddRange(Run(world, new FixedSplit(k)).Select(r => r.Cost));
            }

            rivals[^1].AddRange(Run(world, new GreedyOnBelief(scenario.Objective, new SplitProfile(scenario.System, scenario.Limits))).Select(r => r.Cost));
        }

        foreach (var rival in rivals)
        {
            var differences = oracle.Zip(rival, (o, r) => o - r).ToArray();
            var mean = differences.Average();
            var error = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1) / differences.Length);
            Assert.True(mean <= Math.Min(3 * error, 0.002 * rival.Average()), $"the oracle costs {mean} more (standard error {error}) than a rival of {rival.Average()}");
        }
    }

    [Fact]
    public void Imagined_futures_share_the_present_block_and_differ_later()
    {
        var world = new World(SmallScenarios.Conversations(10), 2);
        const int Blocks = 64;
        double[] Values(EdgeSplit.Core.Wireless.Transfers.IEfficiencyProcess process)
        {
            var values = new double[Blocks];
            process.Fill(0, values);
            var inParts = new double[Blocks];
            process.Fill(0, inParts.AsSpan(0, 3));
            process.Fill(3, inParts.AsSpan(3));
            Assert.Equal(values, inParts);
            return values;
        }

        Func<int, EdgeSplit.Core.Wireless.Transfers.IEfficiencyProcess>[] processes = [f => world.Uplink(4, f), f => world.Downlink(4, f), f => world.Server(4, f)];
        foreach (var process in processes)
        {
            var futures = Enumerable.Range(0, 5).Select(f => Values(process(f))).ToArray();
            Assert.All(futures, f => Assert.Equal(futures[0][0], f[0]));
            Assert.Equal(5, futures.Select(f => string.Join(' ', f[1..])).Distinct().Count());
        }

        Assert.Equal(world.Server(4).ReportedJobs, world.Server(4, 3).ReportedJobs);
    }

    /// <summary>With blocks longer than any request the present block is all there is to know, however far it lies from the mean.</summary>
    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(5)]
    public void Where_the_channel_stands_still_the_state_oracle_is_the_clairvoyant(double meanSnrDb)
    {
        var scenario = SmallScenarios.Certain(150, meanSnrDb);
        scenario = scenario with
        {
            Link = scenario.RadioLink with { NakagamiShape = 1, CoherenceSeconds = 60 },
            System = scenario.System with { Device = SmallScenarios.Roofline("slow", 4e9, 0.5e9, 4) },
            Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.6 },
        };
        var world = new World(scenario, 1);
        var plan = new Clairvoyant(world).Plan();
        Assert.True(plan.Distinct().Count() > 1);
        Assert.Equal(plan, Run(world, new StateOracle(world)).Select(r => r.Breakdown.SplitPoint));
    }

    [Fact]
    public void The_state_oracle_sees_imagined_futures_only()
    {
        var scenario = SmallScenarios.SingleTurns(60);
        var world = new World(scenario, 3);
        const int Futures = 3;
        var oracle = new StateOracle(world, Futures);
        var belief = new Belief(scenario);
        var simulator = new TurnSimulator(world);
        var compared = 0;
        for (var request = 0; request < 60; request++)
        {
            var observation = world.Observe(request, -1, 0);
            var decision = oracle.Decide(SmallScenarios.Context(belief, observation, request, request));
            for (var k = 0; k <= SmallScenarios.Layers; k++)
            {
                if (double.IsFinite(oracle.ExpectedCosts[k]))
                {
                    var mean = 0.0;
                    for (var future = 1; future <= Futures; future++)
                    {
                        simulator.Select(request, future);
                        mean += scenario.Objective.Cost(simulator.Run(k, belief.Plan(observation, k, Math.Round(observation.ExpectedOutputTokens)))) / Futures;
                    }

                    Assert.Equal(mean, oracle.ExpectedCosts[k]);
                    Assert.True(oracle.ExpectedCosts[decision.SplitPoint] <= mean);
                    compared++;
                }
            }
        }

        Assert.True(compared > 60);
    }

    [Fact]
    public void The_state_oracle_never_reads_the_true_length_of_the_answer()
    {
        // Both laws have 21 tokens in the mean and take one draw, so that everything else in the two worlds is the same.
        int[] Decisions(double minimum, double maximum)
        {
            var scenario = SmallScenarios.SingleTurns(150);
            scenario = scenario with { Workload = scenario.Workload with { OutputTokens = new Core.Randomness.UniformDistribution(minimum, maximum) } };
            var world = new World(scenario, 4);
            return [.. Run(world, new StateOracle(world)).Select(r => r.Breakdown.SplitPoint)];
        }

        Assert.Equal(Decisions(0, 41), Decisions(10, 31));
    }

    [Fact]
    public void Where_the_cache_lies_is_always_a_candidate_of_the_state_oracle()
    {
        // Moving the cache costs in proportion to the distance: its present place is a corner of the cost, which an end of a run of splits is not.
        var scenario = SmallScenarios.Conversations(60);
        scenario = scenario with { System = scenario.System with { Shape = SmallScenarios.Shape with { Layers = 12 } } };
        var world = new World(scenario, 1);
        var belief = new Belief(scenario);
        var request = world.Schedule.Turns.ToArray().ToList().FindIndex(t => t.ContextTokens > 0);
        var oracle = new StateOracle(world, 1);
        for (var at = 1; at < 12; at++)
        {
            var context = SmallScenarios.Context(belief, world.Observe(request, at, 0), request, 0);
            oracle.Decide(context);
            var neighbours = new[] { at - 1, at + 1 }.Any(k => k is > 0 and < 12 && double.IsFinite(oracle.ExpectedCosts[k]));
            Assert.True(!neighbours || double.IsFinite(oracle.ExpectedCosts[at]), $"cache at {at}: {string.Join(' ', oracle.ExpectedCosts.ToArray())}");
        }
    }

    private static IReadOnlyList<RequestRecord> Run(World world, ISplitPolicy policy) => new ConversationSimulator(world, policy).Run();

    private static double[] ByConversation(IReadOnlyList<RequestRecord> records) => [.. records.GroupBy(r => r.Conversation).OrderBy(g => g.Key).Select(g => g.Sum(r => r.Cost))];
}
