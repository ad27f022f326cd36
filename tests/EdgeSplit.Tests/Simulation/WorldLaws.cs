using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Tests.Placements;

namespace EdgeSplit.Tests.Simulation;

/// <summary>The truth of a seed: errors of the stated size, and processes that nothing but their address moves.</summary>
public sealed class WorldLaws
{
    private static readonly PriorErrors Sizes = new()
    {
        DeviceCompute = 0.4,
        DeviceBandwidth = 0.3,
        ServerCompute = 0.2,
        ServerBandwidth = 0.1,
        LinkBiasDb = 3,
        ServerLoad = 0.5,
    };

    [Fact]
    public void Hidden_errors_have_the_stated_size_over_seeds()
    {
        const int seeds = 4000;
        var draws = Enumerable.Range(0, seeds).Select(s => Logs(WorldErrors.Draw(Sizes, (ulong)s))).ToArray();
        double[] sizes = [0.4, 0.3, 0.2, 0.1, 3, 0.5];
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(0, draws.Average(d => d[i]) / sizes[i], 4 / Math.Sqrt(seeds));
            Assert.Equal(1, Math.Sqrt(draws.Average(d => d[i] * d[i])) / sizes[i], 4 / Math.Sqrt(2.0 * seeds));
            for (var j = 0; j < i; j++)
            {
                Assert.Equal(0, draws.Average(d => d[i] * d[j]) / sizes[i] / sizes[j], 4.5 / Math.Sqrt(seeds));
            }
        }
    }

    [Fact]
    public void Changing_one_size_moves_that_error_in_proportion_and_no_other()
    {
        var plain = Logs(WorldErrors.Draw(Sizes, 11));
        PriorErrors[] changed =
        [
            Sizes with { DeviceCompute = 0.8 },
            Sizes with { DeviceBandwidth = 0.6 },
            Sizes with { ServerCompute = 0.4 },
            Sizes with { ServerBandwidth = 0.2 },
            Sizes with { LinkBiasDb = 6 },
            Sizes with { ServerLoad = 1 },
        ];
        for (var i = 0; i < 6; i++)
        {
            var logs = Logs(WorldErrors.Draw(changed[i], 11));
            for (var j = 0; j < 6; j++)
            {
                Assert.Equal(i == j ? 2 * plain[j] : plain[j], logs[j], i == j ? 1e-12 : 0);
            }
        }
    }

    [Fact]
    public void Without_errors_the_world_is_the_public_profile()
    {
        Assert.Equal(new WorldErrors(1, 1, 1, 1, 0, 1), WorldErrors.Draw(PriorErrors.Exact, 5));
        var scenario = TestScenarios.Lively(20);
        var world = new World(scenario with { Settings = scenario.Settings with { Errors = PriorErrors.Exact } }, 5);
        var belief = new SplitProfile(scenario.System);
        var pass = new Core.Transformers.ForwardPass(100, 20);
        Assert.Equal(belief.DevicePassSeconds(7, pass), world.Truth.DevicePassSeconds(7, pass));
        Assert.Equal(belief.ServerPassSeconds(7, pass), world.Truth.ServerPassSeconds(7, pass));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PriorErrors { LinkBiasDb = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PriorErrors { DeviceCompute = -0.1 });
    }

    [Fact]
    public void Errors_change_speeds_and_the_link_and_leave_requests_and_jobs_alone()
    {
        var scenario = TestScenarios.Lively(40);
        var world = new World(scenario, 6);
        var exact = new World(scenario with { Settings = scenario.Settings with { Errors = PriorErrors.Exact } }, 6);
        Assert.Equal(exact.Schedule.Turns.ToArray(), world.Schedule.Turns.ToArray());
        for (var block = 0L; block < 100; block++)
        {
            Assert.Equal(exact.Server(3).JobsAt(block), world.Server(3).JobsAt(block));
        }

        // Compute-bound prefill scales with one factor and memory-bound decode with the other.
        var e = world.Errors;
        var prefill = new Core.Transformers.ForwardPass(1000, 0);
        var ratio = world.Truth.DevicePassSeconds(16, prefill) / exact.Truth.DevicePassSeconds(16, prefill);
        Assert.InRange(ratio, Math.Min(e.DeviceComputeFactor, e.DeviceBandwidthFactor) - 1e-9, Math.Max(e.DeviceComputeFactor, e.DeviceBandwidthFactor) + 1e-9);
        var decode = new Core.Transformers.ForwardPass(1, 0);
        Assert.Equal(e.DeviceBandwidthFactor, world.Truth.DevicePassSeconds(16, decode) / exact.Truth.DevicePassSeconds(16, decode), 0.05);

        // The link's bias is one factor on the SNR of both directions.
        var biased = (BlockFadingProcess)world.Uplink(4);
        var unbiased = (BlockFadingProcess)exact.Uplink(4);
        Assert.Equal(-e.LinkBiasDb, 10 * Math.Log10(biased.MeanSnrLinear / unbiased.MeanSnrLinear), 1e-9);
        var down = (BlockFadingProcess)exact.Downlink(4);
        Assert.Equal(scenario.Link.DownlinkOffsetDb, 10 * Math.Log10(down.MeanSnrLinear / unbiased.MeanSnrLinear), 1e-9);
        Assert.NotEqual(down.Key, unbiased.Key);
    }

    [Fact]
    public void Another_future_of_the_link_shares_the_present_block_only()
    {
        var world = new World(TestScenarios.Lively(10), 7);
        var truth = new double[64];
        var imagined = new double[64];
        var other = new double[64];
        foreach (var up in new[] { true, false })
        {
            (up ? world.Uplink(2) : world.Downlink(2)).Fill(0, truth);
            (up ? world.Uplink(2, 1) : world.Downlink(2, 1)).Fill(0, imagined);
            (up ? world.Uplink(2, 2) : world.Downlink(2, 2)).Fill(0, other);
            Assert.Equal(truth[0], imagined[0]);
            Assert.Equal(truth[0], other[0]);
            Assert.True(truth.Zip(imagined).Skip(1).Count(p => p.First != p.Second) > 20);
            Assert.True(other.Zip(imagined).Skip(1).Count(p => p.First != p.Second) > 20);

            // In pieces it is the same process.
            var piece = new double[5];
            var process = up ? world.Uplink(2, 1) : world.Downlink(2, 1);
            process.Fill(3, piece);
            Assert.Equal(imagined[3..8], piece);
            process.Fill(0, piece);
            Assert.Equal(imagined[..5], piece);
        }

        Assert.Throws<ArgumentException>(() => new ConditionalFutureProcess(new ConstantEfficiencyProcess(1, 1), new ConstantEfficiencyProcess(1, 2)));
    }

    [Fact]
    public void A_device_sees_what_a_device_can_know()
    {
        var world = new World(TestScenarios.Lively(60), 8);
        foreach (var turn in world.Schedule.Turns)
        {
            var seen = world.Observe(turn.Request, 9, 123e3);
            Assert.Equal(turn.ChannelEstimateDb, seen.ChannelEstimateDb);
            Assert.Equal(turn.Turn == 0 ? 0 : 123e3, seen.RecentUplinkBitsPerSecond);
            Assert.Equal(world.Server(turn.Request).ReportedJobs, seen.ReportedServerJobs);
            Assert.Equal(turn.ContextTokens == 0 ? -1 : 9, seen.CacheSplitPoint);
            Assert.Equal(world.Scenario.Workload.ExpectedOutputTokens, seen.ExpectedOutputTokens);
            Assert.Equal((turn.PromptTokens, turn.ContextTokens, turn.Turn, 128), (seen.PromptTokens, seen.ContextTokens, seen.Turn, seen.MaximumOutputTokens));
        }
    }

    [Fact]
    public void The_belief_takes_the_ergodic_rate_at_the_estimate_and_the_reported_share()
    {
        var world = new World(TestScenarios.Lively(40), 9);
        var belief = new Belief(world.Scenario);
        var link = world.Scenario.RadioLink;
        foreach (var turn in world.Schedule.Turns)
        {
            var seen = world.Observe(turn.Request, -1, 0);
            var point = belief.OperatingPoint(seen);
            Assert.Equal(1 / (1 + seen.ReportedServerJobs), point.ServerShare);
            double Ergodic(double snrDb, IRateLaw rate) => link.Fading.ErgodicSpectralEfficiency(Math.Pow(10, Math.Clamp(snrDb, -30, 60) / 10), rate);
            TestSystems.Near(link.UplinkGrantedHz * Ergodic(seen.ChannelEstimateDb, link.UplinkRate), point.UplinkBitsPerSecond, 1e-9);
            TestSystems.Near(link.DownlinkGrantedHz * Ergodic(seen.ChannelEstimateDb + world.Scenario.Link.DownlinkOffsetDb, link.DownlinkRate), point.DownlinkBitsPerSecond, 1e-4);
        }
    }

    private static double[] Logs(WorldErrors e) =>
    [
        Math.Log(e.DeviceComputeFactor), Math.Log(e.DeviceBandwidthFactor), Math.Log(e.ServerComputeFactor), Math.Log(e.ServerBandwidthFactor), e.LinkBiasDb, Math.Log(e.ServerLoadFactor),
    ];
}
