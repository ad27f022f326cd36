using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Tests.Placements;

/// <summary>The prepared profile equals the naive evaluation of every split placement, total by total and part by part.</summary>
public sealed class SplitProfileLaws
{
    // Prompt, context, output: one token; a plain request; a second turn; windows of Gemma 3 (512) and Phi-3 (2047) and Gemma 2 (4096) crossed in prefill and in
    // decode; contexts at which the rooflines of softmax and attention change sides.
    private static readonly TurnWork[] Works =
    [
        new(1, 0, 1, 1),
        new(200, 0, 60, 512),
        new(35, 300, 2, 512),
        new(17, 480, 40, 512),
        new(700, 0, 30, 512),
        new(100, 1930, 60, 512),
        new(60, 4020, 40, 512),
        new(4200, 0, 25, 512),
        new(10, 900, 400, 512),
        new(500, 6000, 33, 512),
    ];

    private static readonly OperatingPoint[] Points = [new(20e6, 60e6, 1), new(0.3e6, 2.2e6, 1 / 3.7)];

    public static TheoryData<string> Models => [.. TestSystems.Models];

    [Theory]
    [MemberData(nameof(Models))]
    public void Totals_equal_the_naive_evaluation_of_every_split(string model)
    {
        var system = TestSystems.System(model);
        var profile = new SplitProfile(system);
        var totals = new SplitTotals(profile.Layers);
        foreach (var (work, point) in Cases())
        {
            profile.Totals(work, point, totals);
            foreach (var k in SomeSplits(profile.Layers))
            {
                var where = $"{model}, k = {k}, {work}, {point}";
                var naive = TestSystems.Naive(system, k, work, point);
                TestSystems.Near(naive.Nodes[0].ComputeSeconds, totals.DeviceSeconds[k], scale: naive.LatencySeconds, where: where);
                TestSystems.Near(naive.Nodes[1].ComputeSeconds, totals.ServerGpuSeconds[k], scale: naive.LatencySeconds, where: where);
                TestSystems.Near(naive.Nodes[1].ComputeSeconds / point.ServerShare, totals.ServerSeconds[k], scale: naive.LatencySeconds, where: where);
                TestSystems.Near(naive.Hops.Sum(h => h.ExposedWaitSeconds + h.ExposedAirSeconds), totals.NetworkSeconds[k], scale: 1e-9, where: where);
                TestSystems.Near(naive.LatencySeconds, totals.LatencySeconds(k), where: where);
                TestSystems.Near(naive.TimeToFirstTokenSeconds, totals.TimeToFirstTokenSeconds[k], where: where);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Breakdown_equals_the_naive_evaluation_part_by_part(string model)
    {
        var system = TestSystems.System(model);
        var profile = new SplitProfile(system);
        foreach (var (work, point) in Cases())
        {
            foreach (var k in SomeSplits(profile.Layers))
            {
                var where = $"{model}, k = {k}, {work}, {point}";
                var naive = TestSystems.Naive(system, k, work, point);
                var parts = profile.Breakdown(k, work, point);
                var up = naive.Hops.Where(h => h.Hop.From == Placement.DeviceNode).ToArray();
                var down = naive.Hops.Where(h => h.Hop.From == Placement.ServerNode).ToArray();
                TestSystems.Near(naive.Nodes[0].ComputeSeconds, parts.Latency.DeviceHeadSeconds, where: where);
                TestSystems.Near(naive.Nodes[1].ComputeSeconds, parts.Latency.ServerComputeSeconds, where: where);
                TestSystems.Near(naive.Nodes[1].ComputeSeconds * ((1 / point.ServerShare) - 1), parts.Latency.ServerQueueSeconds, scale: naive.LatencySeconds, where: where);
                TestSystems.Near(up.Sum(h => h.ExposedWaitSeconds), parts.Latency.UplinkWaitSeconds, where: where);
                TestSystems.Near(up.Sum(h => h.ExposedAirSeconds), parts.Latency.UplinkSeconds, where: where);
                TestSystems.Near(down.Sum(h => h.ExposedWaitSeconds), parts.Latency.DownlinkWaitSeconds, where: where);
                TestSystems.Near(down.Sum(h => h.ExposedAirSeconds), parts.Latency.DownlinkSeconds, where: where);
                TestSystems.Near(up.Sum(h => h.PrefillBits + h.DecodeBits), parts.UplinkBits, where: where);
                TestSystems.Near(down.Sum(h => h.PrefillBits + h.DecodeBits), parts.DownlinkBits, where: where);
                TestSystems.Near(naive.LatencySeconds, parts.Latency.TotalSeconds, where: where);
                TestSystems.Near(naive.TimeToFirstTokenSeconds, parts.TimeToFirstTokenSeconds, where: where);
                TestSystems.Near(naive.Nodes[0].WeightBytes + naive.Nodes[0].KeyValueBytes, parts.DeviceBytes, where: where);
                TestSystems.Near(naive.Nodes[1].WeightBytes + naive.Nodes[1].KeyValueBytes, parts.ServerBytes, where: where);
                var steps = work.DecodeSteps;
                TestSystems.Near(
                    steps > 0 ? (naive.LatencySeconds - naive.TimeToFirstTokenSeconds) / steps : 0, parts.TimePerOutputTokenSeconds, 1e-9, where: where);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Decode_that_crosses_from_moving_bytes_to_computing_equals_the_naive_sum(string model)
    {
        // Efficiencies chosen so that softmax overtakes activation bytes, and attention products KV bytes, at contexts of a few tokens to a few hundred.
        var system = TestSystems.System(model);
        foreach (var (attention, keyValues) in new[] { (0.0021, 1.0), (0.0005, 0.0085), (0.02, 0.35), (0.0101, 0.17) })
        {
            var slow = system with { Device = (RooflineProfile)system.Device with { AttentionEfficiency = attention, KeyValueBandwidthEfficiency = keyValues } };
            var profile = new SplitProfile(slow);
            var totals = new SplitTotals(profile.Layers);
            foreach (var work in new TurnWork[] { new(5, 0, 500, 512), new(300, 0, 300, 512), new(1, 1500, 600, 512) })
            {
                var last = profile.Layers;
                profile.Totals(work, Points[0], totals);
                TestSystems.Near(TestSystems.Naive(slow, last, work, Points[0]).LatencySeconds, totals.LatencySeconds(last), 1e-11, where: $"{model} {attention} {keyValues} {work}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Breakdown_equals_Totals(string model)
    {
        var profile = new SplitProfile(TestSystems.System(model));
        var totals = new SplitTotals(profile.Layers);
        foreach (var (whole, point) in Cases())
        {
            foreach (var work in new[] { whole, whole with { OutputTokens = whole.OutputTokens + 0.37 } })
            {
                profile.Totals(work, point, totals);
                for (var k = 0; k <= profile.Layers; k++)
                {
                    var where = $"{model}, k = {k}, {work}, {point}";
                    var parts = profile.Breakdown(k, work, point);
                    var scale = totals.LatencySeconds(k);
                    TestSystems.Near(totals.DeviceSeconds[k], parts.Latency.DeviceSeconds, scale: scale, where: where);
                    TestSystems.Near(totals.NetworkSeconds[k], parts.Latency.NetworkSeconds, scale: 1e-9, where: where);
                    TestSystems.Near(totals.ServerSeconds[k], parts.Latency.ServerSeconds, scale: scale, where: where);
                    TestSystems.Near(totals.TimeToFirstTokenSeconds[k], parts.TimeToFirstTokenSeconds, where: where);
                    TestSystems.Near(totals.DeviceJoules[k], parts.Energy.DeviceJoules, 1e-11, where: where);
                    TestSystems.Near(totals.ServerGpuSeconds[k], parts.Energy.ServerGpuSeconds, scale: scale, where: where);
                }
            }
        }
    }

    [Fact]
    public void Breakdown_parts_sum_to_the_total()
    {
        var profile = new SplitProfile(TestSystems.System("llama-2-7b"));
        for (var k = 0; k <= profile.Layers; k++)
        {
            var l = profile.Breakdown(k, Works[1], Points[1]).Latency;
            var sum = l.DeviceHeadSeconds + l.EncodeSeconds + l.UplinkWaitSeconds + l.UplinkSeconds + l.ServerQueueSeconds + l.ServerComputeSeconds + l.DownlinkWaitSeconds
                + l.DownlinkSeconds + l.DecompressSeconds + l.DeviceTailSeconds + l.KeyValueMigrationSeconds + l.WeightLoadSeconds;
            TestSystems.Near(sum, l.TotalSeconds);
            TestSystems.Near(l.DeviceSeconds + l.NetworkSeconds + l.ServerSeconds, l.TotalSeconds);
        }
    }

    [Fact]
    public void Latency_is_piecewise_linear_in_a_mean_number_of_output_tokens()
    {
        var profile = new SplitProfile(TestSystems.System("gemma-3-1b"));
        var totals = new SplitTotals(profile.Layers);
        double At(double output)
        {
            profile.Totals(new TurnWork(500, 0, output, 512), Points[1], totals);
            return totals.LatencySeconds(9);
        }

        for (var n = 1; n < 30; n++)
        {
            TestSystems.Near((0.75 * At(n)) + (0.25 * At(n + 1)), At(n + 0.25));
        }
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        var profile = new SplitProfile(TestSystems.System("three-layers"));
        var totals = new SplitTotals(3);
        var work = Works[1];
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.Totals(work, Points[0], new SplitTotals(4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.Totals(work with { PromptTokens = 0 }, Points[0], totals));
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.Totals(work with { ContextTokens = -1 }, Points[0], totals));
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.Totals(work with { OutputTokens = double.NaN }, Points[0], totals));
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.Totals(work, Points[0] with { UplinkBitsPerSecond = double.NaN }, totals));
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.Totals(work, Points[0] with { DownlinkBitsPerSecond = 0 }, totals));
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.Totals(work, Points[0] with { ServerShare = 1.01 }, totals));
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.Breakdown(4, work, Points[0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.Breakdown(-1, work, Points[0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.Mask(work, new SplitInfeasibility[5]));
    }

    [Fact]
    public void Totals_Breakdown_and_Mask_allocate_nothing()
    {
        var profile = new SplitProfile(TestSystems.System("gemma-2-2b"));
        var totals = new SplitTotals(profile.Layers);
        double Round()
        {
            var sum = 0.0;
            for (var i = 0; i < 100; i++)
            {
                var work = new TurnWork(100 + i, i, 50.5 + i, 512);
                profile.Totals(work, new OperatingPoint(1e6 + i, 2e6, 0.5), totals);
                profile.Mask(work, totals.Infeasibility);
                sum += totals.LatencySeconds(3) + profile.Breakdown(i % 26, work, new OperatingPoint(1e6 + i, 2e6, 0.5)).Latency.TotalSeconds;
            }

            return sum;
        }

        var first = Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(first, second);
    }

    private static IEnumerable<(TurnWork Work, OperatingPoint Point)> Cases() => Works.SelectMany((w, i) => Points.Skip(i % 2).Take(i < 2 ? 2 : 1).Select(p => (w, p)));

    // All of the small models; of the deep ones the ends and a few between, since the naive evaluator is slow.
    private static IEnumerable<int> SomeSplits(int layers) =>
        layers <= 4 ? Enumerable.Range(0, layers + 1) : [0, 1, 2, 5, layers / 2, layers - 2, layers - 1, layers];
}
