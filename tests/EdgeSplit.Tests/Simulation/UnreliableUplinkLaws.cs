using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless.Transport;
using EdgeSplit.Tests.Placements;

namespace EdgeSplit.Tests.Simulation;

/// <summary>An uplink that loses packets: the same losses for every split and policy, quality at the realised share, and nothing else changed.</summary>
public sealed class UnreliableUplinkLaws
{
    private const double Loss = 0.08;

    private static Scenario Lossy(int requests, IPacketLoss loss, string codec = "INT8", Scenario? of = null)
    {
        var scenario = of ?? TestScenarios.Lively(requests);
        return scenario with { System = CodecLaws.With(scenario.System, codec) with { UplinkErasure = new UplinkErasure(loss, ErasurePattern.Elements) } };
    }

    [Fact]
    public void The_quality_of_a_turn_is_that_of_the_share_that_was_lost_and_the_share_is_that_of_the_request_alone()
    {
        var scenario = Lossy(40, new IndependentLoss(Loss));
        var world = new World(scenario, 3);
        var belief = new Belief(scenario);
        var simulator = new TurnSimulator(world);
        var differing = 0;
        foreach (var turn in world.Schedule.Turns)
        {
            simulator.Select(turn.Request);
            var seen = world.Observe(turn.Request, 16, 0);
            foreach (var k in new[] { 0, 31, 5, 16, 32, 1 })
            {
                var plan = belief.Plan(seen, k, turn.OutputTokens);
                var share = world.ErasedShare(turn.Request, plan.Work.PromptTokens, turn.OutputTokens - 1);
                var run = simulator.Run(k, plan);
                Assert.Equal(world.Truth.NegativeLogLikelihoodIncreaseAt(k, share), run.NegativeLogLikelihoodIncrease);
                Assert.InRange(share, 0, 1);
                differing += k is > 0 and < 32 && run.NegativeLogLikelihoodIncrease != belief.Profile.NegativeLogLikelihoodIncrease[k] ? 1 : 0;
                if (k is 0 or 32)
                {
                    Assert.Equal(belief.Profile.NegativeLogLikelihoodIncrease[k], run.NegativeLogLikelihoodIncrease);
                }
            }
        }

        Assert.True(differing > 100);
        Assert.Equal(world.ErasedShare(7, 100, 20), new World(scenario, 3).ErasedShare(7, 100, 20));
        Assert.NotEqual(world.ErasedShare(7, 100, 20), world.ErasedShare(8, 100, 20));
        Assert.NotEqual(world.ErasedShare(7, 100, 20), world.ErasedShare(7, 100, 20, future: 1));
        Assert.NotEqual(world.ErasedShare(7, 100, 20), new World(scenario, 4).ErasedShare(7, 100, 20));
    }

    [Fact]
    public void Policies_meet_the_same_losses_and_the_ends_meet_none()
    {
        var scenario = Lossy(60, new IndependentLoss(Loss));
        scenario = scenario with { Workload = scenario.Workload with { MaximumTurns = 1, MeanTurns = 1 } };
        double[] Shares(int split)
        {
            var world = new World(scenario, 5);
            return [.. new ConversationSimulator(world, new FixedSplit(split)).Run().Select(record => record.Breakdown.NegativeLogLikelihoodIncrease)];
        }

        // Losses of all middle splits rise in the same share, so that equal shares are equal ranks.
        var (shallow, deep, all) = (Shares(3), Shares(29), Shares(32));
        Assert.Equal(shallow.Index().OrderBy(pair => pair.Item).Select(pair => pair.Index), deep.Index().OrderBy(pair => pair.Item).Select(pair => pair.Index));
        Assert.True(shallow.Distinct().Count() > 40);
        Assert.Single(all.Distinct());
    }

    [Fact]
    public void The_mean_realised_share_is_the_mean_loss_also_in_bursts()
    {
        foreach (var loss in new IPacketLoss[] { new IndependentLoss(Loss), GilbertElliottLoss.FromLossAndBurst(Loss, 6) })
        {
            var draws = UplinkErasureDraws.Of(Lossy(2, loss).System)!;
            double sum = 0, squares = 0;
            const int requests = 4000;
            for (var request = 0UL; request < requests; request++)
            {
                var share = draws.ErasedShare(11, request, 40, 10);
                (sum, squares) = (sum + share, squares + (share * share));
            }

            var (mean, deviation) = (sum / requests, Math.Sqrt((squares / requests) - (sum / requests * (sum / requests))));
            Assert.InRange(mean, Loss - (4 * deviation / Math.Sqrt(requests)), Loss + (4 * deviation / Math.Sqrt(requests)));
        }
    }

    [Fact]
    public void The_share_is_that_of_the_packets_counted_one_by_one_and_more_loss_loses_the_same_and_more()
    {
        var system = Lossy(2, new IndependentLoss(0.3)).System;
        var values = system.PacketValues;
        Assert.Equal((int)(8.0 * 1400 / (system.HiddenStateBitsPerToken / 4096)), values);
        var (all, none) = (UplinkErasureDraws.Of(system with { UplinkErasure = new UplinkErasure(new Every(false)) })!, UplinkErasureDraws.Of(system with { UplinkErasure = null }));
        Assert.Null(none);
        Assert.Equal(1, all.ErasedShare(1, 0, 3, 2));

        // 3 tokens of 4096 values: the first packet of the prompt's message and the first of the decode steps.
        var first = UplinkErasureDraws.Of(system with { UplinkErasure = new UplinkErasure(new Every(true)) })!;
        Assert.Equal(2.0 * values / (5 * 4096), first.ErasedShare(1, 0, 3, 2), 1e-15);
        var (less, more) = (UplinkErasureDraws.Of(system)!, UplinkErasureDraws.Of(system with { UplinkErasure = new UplinkErasure(new IndependentLoss(0.4), ErasurePattern.Elements) })!);
        for (var request = 0UL; request < 50; request++)
        {
            Assert.True(more.ErasedShare(1, request, 10, 10) >= less.ErasedShare(1, request, 10, 10));
        }
    }

    [Fact]
    public void A_link_that_loses_nothing_is_a_reliable_one_to_the_last_bit()
    {
        var reliable = TestScenarios.Lively(30);
        var noLoss = reliable with { System = reliable.System with { UplinkErasure = new UplinkErasure(new NoLoss()) } };
        Assert.True(new World(noLoss, 1).IsUplinkReliable);
        Assert.Equal(new ConversationSimulator(new World(reliable, 1), new FixedSplit(9)).Run(), new ConversationSimulator(new World(noLoss, 1), new FixedSplit(9)).Run());
    }

    [Fact]
    public void Loss_costs_the_hidden_state_quality_and_reliable_messages_repetitions()
    {
        var reliable = new SplitProfile(CodecLaws.With(TestSystems.System("llama-2-7b"), "INT8"));
        var lossy = new SplitProfile(reliable.System with { UplinkErasure = new UplinkErasure(new IndependentLoss(0.2), ErasurePattern.Elements) });
        var (work, point) = (new TurnWork(100, 500, 20, 64), new OperatingPoint(1e6, 4e6, 1));
        Assert.Equal(reliable.Breakdown(0, work, point).UplinkBits / 0.8, lossy.Breakdown(0, work, point).UplinkBits, 1e-6);
        Assert.Equal(reliable.Breakdown(9, work, point).UplinkBits, lossy.Breakdown(9, work, point).UplinkBits);
        Assert.Equal(reliable.Breakdown(9, work, point).Latency, lossy.Breakdown(9, work, point).Latency);
        Assert.True(lossy.NegativeLogLikelihoodIncrease[9] > reliable.NegativeLogLikelihoodIncrease[9]);
        Assert.Equal(reliable.NegativeLogLikelihoodIncrease[0], lossy.NegativeLogLikelihoodIncrease[0]);
        Assert.Equal(lossy.NegativeLogLikelihoodIncrease[9], lossy.NegativeLogLikelihoodIncreaseAt(9, 0.2));

        var fast = point with { UplinkBitsPerSecond = 1e12, ServerShare = 0.01 };
        var (once, again) = (new KeyValueMigration(reliable).Plan(20, 4, work, fast), new KeyValueMigration(lossy).Plan(20, 4, work, fast));
        Assert.Equal(KeyValueMigrationKind.Move, once.Kind);
        Assert.Equal(once.UplinkBits / 0.8, again.UplinkBits, 1e-3);
        Assert.Equal(new KeyValueMigration(reliable).Plan(4, 20, work, fast with { DownlinkBitsPerSecond = 1e12 }), new KeyValueMigration(lossy).Plan(4, 20, work, fast with { DownlinkBitsPerSecond = 1e12 }));
    }

    [Fact]
    public void Prediction_equals_simulation_with_a_codec_that_loses_values()
    {
        var still = TestScenarios.Still(20);
        var scenario = still with { System = CodecLaws.With(still.System, "INT6") };
        var world = new World(scenario, 2);
        var belief = new Belief(scenario);
        var simulator = new TurnSimulator(world);
        var totals = new SplitTotals(belief.Profile.Layers);
        foreach (var turn in world.Schedule.Turns)
        {
            simulator.Select(turn.Request);
            var seen = world.Observe(turn.Request, 12, 0);
            belief.Predict(seen, turn.OutputTokens, totals);
            for (var k = 0; k <= belief.Profile.Layers; k++)
            {
                var run = simulator.Run(k, belief.Plan(seen, k, turn.OutputTokens));
                TestSystems.Near(totals.LatencySeconds(k), run.Latency.TotalSeconds, 1e-9, where: $"request {turn.Request}, k = {k}");
                TestSystems.Near(totals.TimeToFirstTokenSeconds[k], run.TimeToFirstTokenSeconds, 1e-9, where: $"request {turn.Request}, k = {k}");
                TestSystems.Near(totals.DeviceJoules[k], run.Energy.DeviceJoules, 1e-9, where: $"request {turn.Request}, k = {k}");
                TestSystems.Near(totals.ServerGpuSeconds[k], run.Energy.ServerGpuSeconds, 1e-9, where: $"request {turn.Request}, k = {k}");
                Assert.Equal(belief.Profile.NegativeLogLikelihoodIncrease[k], run.NegativeLogLikelihoodIncrease);
                Assert.Equal(k is > 0 and < 32, run.Latency.EncodeSeconds > 0);
            }
        }
    }

    [Fact]
    public void Decisions_do_not_know_which_packets_will_be_lost()
    {
        int[] Decisions(IPacketLoss loss)
        {
            var world = new World(Lossy(40, loss), 1);
            var policy = new GreedyOnBelief(world.Scenario.Objective, new SplitProfile(world.Scenario.System, world.Scenario.Limits));
            return [.. new ConversationSimulator(world, policy).Run().Select(record => record.Breakdown.SplitPoint)];
        }

        // The same mean, other packets.
        Assert.Equal(Decisions(new IndependentLoss(Loss)), Decisions(GilbertElliottLoss.FromLossAndBurst(Loss, 20)));
    }

    [Fact]
    public void A_batched_environment_costs_what_a_single_one_does()
    {
        var scenario = Lossy(2, new IndependentLoss(Loss));
        var single = new SplitEnvironment(scenario, new SplitEnvironmentOptions { EpisodesPerWorld = 2 });
        var batch = new BatchedSplitEnvironment(scenario, new BatchedEnvironmentOptions { Environments = 1, EpisodesPerWorld = 2 });
        var (observations, rewards, mask) = (new double[Observation.Length], new double[1], new bool[33]);
        var (terminated, truncated) = (new bool[1], new bool[1]);
        batch.Reset(4, observations, mask);
        single.Reset(4);
        var seen = new HashSet<double>();
        for (var step = 0; step < 30; step++)
        {
            var action = 1 + (step % 31);
            batch.Step([action], observations, rewards, terminated, truncated, mask);
            var result = single.Step(action);
            TestSystems.Near(result.Reward, rewards[0], 1e-9, where: $"step {step}");
            seen.Add(rewards[0]);
            if (terminated[0])
            {
                single.Reset();
            }
        }

        Assert.True(seen.Count > 25);
    }

    /// <summary>Every packet is lost, or the first of each message only.</summary>
    private sealed class Every(bool firstOnly) : IPacketLoss
    {
        public double LossProbability => 0.5;

        public void FillLosses(EdgeSplit.Core.Randomness.StreamKey key, ulong entity, ulong firstPacket, Span<bool> isLost)
        {
            for (var i = 0; i < isLost.Length; i++)
            {
                isLost[i] = !firstOnly || firstPacket + (ulong)i == 0;
            }
        }
    }
}
