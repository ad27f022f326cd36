using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Tests.Placements;

namespace EdgeSplit.Tests.Environments;

/// <summary>What the environments use for speed equals what it stands for.</summary>
public class FastPathLaws
{
    private static readonly Scenario Scenario = EnvironmentScenarios.MultiTurn;

    [Theory]
    [InlineData("F16")]
    [InlineData("INT8")]
    [InlineData("INT8-channel")]
    public void The_totals_of_one_split_are_what_a_turn_measures_on_a_constant_channel(string codec)
    {
        var belief = new Belief(Scenario with { System = CodecLaws.With(Scenario.System, codec) });
        var process = new TurnProcess(belief.Profile);
        var point = new OperatingPoint(31e6, 87e6, 0.4);
        var channel = new ConstantChannel(Scenario, point);
        foreach (var (prompt, context, output, from) in new[] { (300, 0, 20, -1), (50, 1500, 30, 12), (7, 900, 1, 32), (400, 100, 2, 0), (1, 2000, 40, 20) })
        {
            for (var k = 0; k <= belief.Profile.Layers; k++)
            {
                var bits = from < 0 ? 0 : belief.Migration.MoveBits(from, k, context);
                var plan = new KeyValueMigrationPlan(
                    bits > 0 ? KeyValueMigrationKind.Move : KeyValueMigrationKind.None, new TurnWork(prompt, context, output, 128), k < from ? bits : 0, k > from ? bits : 0);
                process.Run(k, plan, channel);
                var measured = process.Breakdown();
                var total = belief.Profile.Total(k, plan, point);
                AssertClose(measured.Latency.DeviceSeconds, total.DeviceSeconds);
                AssertClose(measured.Latency.NetworkSeconds, total.NetworkSeconds);
                AssertClose(measured.Latency.ServerSeconds, total.ServerSeconds);
                AssertClose(measured.TimeToFirstTokenSeconds, total.TimeToFirstTokenSeconds);
                AssertClose(measured.Energy.DeviceJoules, total.DeviceJoules);
                AssertClose(measured.Energy.ServerGpuSeconds, total.ServerGpuSeconds);
                AssertClose(measured.Latency.TotalSeconds, total.LatencySeconds);
            }
        }
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("INT4")]
    public void Running_straight_through_gives_the_last_bit_of_the_stages(string codec)
    {
        var world = new World(Scenario with { System = CodecLaws.With(Scenario.System, codec) }, 2);
        var belief = new Belief(Scenario);
        var (staged, straight) = (new TurnProcess(world.Truth), new TurnProcess(world.Truth));
        var channel = new TurnChannel(Scenario);
        for (var request = 0; request < 40; request++)
        {
            ref readonly var turn = ref world.Schedule.Turns[request];
            var observation = world.Observe(request, 9, 0);
            for (var k = request % 4; k <= 32; k += 4)
            {
                var plan = belief.Plan(observation, k, turn.OutputTokens);
                channel.Reset(world.Uplink(request), world.Downlink(request), world.Server(request));
                straight.Run(k, plan, channel);
                var stage = staged.Begin(k, plan);
                while (stage.Kind != StageKind.Finished)
                {
                    if (stage.StreamedBits > 0)
                    {
                        staged.FirstTokenArrived(channel.DownlinkCompletionSeconds(stage.StartSeconds, stage.StreamedBits));
                    }

                    stage = staged.Complete(channel.CompletionSeconds(stage));
                }

                Assert.Equal(staged.Breakdown(), straight.Breakdown());
                Assert.Equal(staged.UplinkGoodputBitsPerSecond, straight.UplinkGoodputBitsPerSecond);
            }
        }
    }

    [Theory]
    [InlineData("llama-2-7b")]
    [InlineData("mixtral-8x7b")]
    [InlineData("mistral-7b-v0.1")]
    public void A_decode_step_is_the_general_evaluation_of_one_token(string model)
    {
        var system = Scenario.System with { Shape = ModelCatalog.Find(model).Shape };
        var fast = new SplitProfile(system);
        var general = new SplitProfile(system with { Device = new Wrapped(system.Device), Server = new Wrapped(system.Server) });
        foreach (var context in new[] { 0, 1, 1000, 4094, 4095, 4096, 4097, 9000 })
        {
            foreach (var k in new[] { 0, 1, 17, 31, 32 })
            {
                AssertClose(general.DevicePassSeconds(k, new ForwardPass(1, context)), fast.DevicePassSeconds(k, new ForwardPass(1, context)));
                AssertClose(general.ServerPassSeconds(k, new ForwardPass(1, context)), fast.ServerPassSeconds(k, new ForwardPass(1, context)));
            }
        }
    }

    [Fact]
    public void The_infeasibility_of_one_split_is_its_entry_of_the_mask()
    {
        var system = Scenario.System with { Device = ((RooflineProfile)Scenario.System.Device) with { MemoryBytes = 5e9 }, Server = ((RooflineProfile)Scenario.System.Server) with { MemoryBytes = 12e9 } };
        var profile = new SplitProfile(system, Scenario.Limits);
        var mask = new SplitInfeasibility[33];
        foreach (var prompt in new[] { 1, 500, 2000, 3968, 3969 })
        {
            var work = new TurnWork(prompt, 0, 5, 128);
            profile.Mask(work, mask);
            Assert.Equal(mask, Enumerable.Range(0, 33).Select(k => profile.InfeasibilityAt(k, work)));
        }

        Assert.Contains(mask, reasons => reasons.HasFlag(SplitInfeasibility.DeviceMemory));
        Assert.Contains(mask, reasons => reasons.HasFlag(SplitInfeasibility.ServerMemory));
        Assert.Contains(mask, reasons => reasons.HasFlag(SplitInfeasibility.ContextLength));
    }

    [Fact]
    public void A_profile_on_other_processors_is_the_one_prepared_for_them()
    {
        var world = new World(Scenario, 2);
        var anew = new SplitProfile(world.Truth.System, Scenario.Limits);
        var work = new TurnWork(700, 200, 25, 128);
        var point = new OperatingPoint(2e7, 5e7, 0.5);
        for (var k = 0; k <= 32; k++)
        {
            Assert.Equal(anew.Breakdown(k, work, point), world.Truth.Breakdown(k, work, point));
        }
    }

    [Fact]
    public void A_load_process_that_is_put_to_another_turn_is_as_good_as_new()
    {
        var model = new ServerLoadModel { MeanJobs = 3 };
        var key = StreamKey.Create(5, "test/load");
        var reused = new ServerLoadProcess(model, 1, StreamKey.Create(1, "other"), 4);
        reused.JobsAt(30);
        reused.Reset(0.7, key, 9);
        var anew = new ServerLoadProcess(model, 0.7, key, 9);
        var (first, second) = (new double[40], new double[40]);
        reused.Fill(0, first);
        anew.Fill(0, second);
        Assert.Equal(second, first);
        Assert.Equal(anew.ReportedJobs, reused.ReportedJobs);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(300)]
    public void The_load_of_a_block_is_what_its_own_draws_say(double meanJobs)
    {
        var model = new ServerLoadModel { MeanJobs = meanJobs, MeanJobSeconds = 5 };
        var stay = Math.Exp(-model.BlockSeconds / model.MeanJobSeconds);
        var arrivals = new PoissonDistribution(meanJobs * (1 - stay));
        var key = StreamKey.Create(5, "test/load");
        for (var entity = 0UL; entity < 20; entity++)
        {
            var process = new ServerLoadProcess(model, 1, key, entity);
            var first = new RandomSource(key, entity);
            var jobs = new PoissonDistribution(meanJobs).SampleCount(ref first);
            for (var index = 1; index < 200; index++)
            {
                var random = new RandomSource(key, entity, (ulong)index);
                var left = 0;
                for (var job = 0; job < jobs; job++)
                {
                    left += random.NextUniform() < stay ? 1 : 0;
                }

                jobs = left + arrivals.SampleCount(ref random);
                Assert.Equal(jobs, process.JobsAt(index - process.ReportBlocks));
            }
        }
    }

    [Fact]
    public void Leaving_out_the_pause_moves_no_other_draw()
    {
        var model = new ConversationModel(Scenario);
        for (var conversation = 0; conversation < 20; conversation++)
        {
            var draw = model.Turn(3, conversation, 1, 12.3);
            Assert.Equal(draw with { ThinkSeconds = 0 }, model.Turn(3, conversation, 1, 12.3, hasThinkTime: false));
            Assert.True(draw.ThinkSeconds > 0);
        }
    }

    private static void AssertClose(double expected, double found) => Assert.Equal(expected, found, 1e-10 * Math.Max(1e-3, Math.Abs(expected)));

    private sealed class ConstantChannel(Scenario scenario, OperatingPoint point) : ITurnChannel
    {
        public double UplinkCompletionSeconds(double startSeconds, double bits) =>
            startSeconds + scenario.System.UplinkDelay.TotalSeconds + (bits / point.UplinkBitsPerSecond);

        public double ServerCompletionSeconds(double startSeconds, double gpuSeconds) => startSeconds + (gpuSeconds / point.ServerShare);

        public double DownlinkCompletionSeconds(double startSeconds, double bits) =>
            startSeconds + scenario.System.DownlinkDelay.TotalSeconds + (bits / point.DownlinkBitsPerSecond);
    }

    /// <summary>Hides that a profile is a roofline, so that nothing can be prepared.</summary>
    private sealed class Wrapped(IComputeProfile inner) : IComputeProfile
    {
        public string Name => inner.Name;

        public double MemoryBytes => inner.MemoryBytes;

        public double UsableMemoryBytes => inner.UsableMemoryBytes;

        public double IdleWatts => inner.IdleWatts;

        public double BusyWatts => inner.BusyWatts;

        public double OverheadSecondsPerPass => inner.OverheadSecondsPerPass;

        public double Seconds(in UnitCost cost, NumberFormat weights) => inner.Seconds(cost, weights);

        public IComputeProfile Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor) =>
            new Wrapped(inner.Perturbed(computeFactor, bandwidthFactor, overheadFactor));
    }
}
