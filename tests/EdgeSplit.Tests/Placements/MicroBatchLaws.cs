using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Placements;

/// <summary>The prepared profile equals the naive evaluation where prompts run in parts, on two processors, or on a profile that is no roofline.</summary>
public sealed class MicroBatchLaws
{
    private const int MicroBatch = 96;

    private static readonly OperatingPoint Point = new(20e6, 60e6, 1 / 3.7);

    // Prompts of one token, and about one to three micro-batches; a context that fills windows (Gemma 3: 512, Phi-3: 2047, Gemma 2: 4096) within a part and before it.
    private static readonly TurnWork[] Works =
    [
        new(1, 0, 3, 8),
        new(MicroBatch - 1, 0, 2, 8),
        new(MicroBatch, 450, 5, 8),
        new(MicroBatch + 1, 480, 1, 8),
        new((2 * MicroBatch) - 1, 2000, 4, 8),
        new(2 * MicroBatch, 4050, 3, 8),
        new((2 * MicroBatch) + 1, 0, 6, 8),
        new((3 * MicroBatch) - 40, 4090, 2, 8),
        new(3 * MicroBatch, 300, 7, 8),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var model in new[] { "gemma-2-2b", "gemma-3-1b", "phi-3-mini-4k", "mixtral-8x7b", "three-layers", "one-layer" })
            {
                foreach (var profile in new[] { "roofline", "single tokens", "phases", "outside", "outside in phases" })
                {
                    cases.Add(model, profile);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Totals_equal_the_naive_evaluation_of_every_split(string model, string kind)
    {
        var system = System(model, kind);
        var profile = new SplitProfile(system);
        var totals = new SplitTotals(profile.Layers);
        foreach (var work in Works)
        {
            profile.Totals(work, Point, totals);
            foreach (var k in new[] { 0, 1, profile.Layers / 2, profile.Layers - 1, profile.Layers }.Distinct())
            {
                var where = $"{model}, {kind}, k = {k}, {work}";
                var naive = TestSystems.Naive(system, k, work, Point);
                TestSystems.Near(naive.Nodes[0].ComputeSeconds, totals.DeviceSeconds[k], scale: naive.LatencySeconds, where: where);
                TestSystems.Near(naive.Nodes[1].ComputeSeconds, totals.ServerGpuSeconds[k], scale: naive.LatencySeconds, where: where);
                TestSystems.Near(naive.LatencySeconds, totals.LatencySeconds(k), where: where);
                TestSystems.Near(naive.TimeToFirstTokenSeconds, totals.TimeToFirstTokenSeconds[k], where: where);

                var parts = profile.Breakdown(k, work, Point);
                TestSystems.Near(naive.Nodes[0].ComputeSeconds, parts.Latency.DeviceHeadSeconds, where: where);
                TestSystems.Near(naive.Nodes[1].ComputeSeconds, parts.Latency.ServerComputeSeconds, where: where);
                TestSystems.Near(naive.LatencySeconds, parts.Latency.TotalSeconds, where: where);
                TestSystems.Near(naive.TimeToFirstTokenSeconds, parts.TimeToFirstTokenSeconds, where: where);
                TestSystems.Near(totals.DeviceJoules[k], parts.Energy.DeviceJoules, 1e-11, where: where);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Breakdown_equals_Totals_for_a_mean_number_of_output_tokens(string model, string kind)
    {
        var profile = new SplitProfile(System(model, kind));
        var totals = new SplitTotals(profile.Layers);
        foreach (var work in Works.Select(work => work with { OutputTokens = work.OutputTokens + 0.37 }))
        {
            profile.Totals(work, Point, totals);
            for (var k = 0; k <= profile.Layers; k++)
            {
                TestSystems.Near(totals.LatencySeconds(k), profile.Breakdown(k, work, Point).Latency.TotalSeconds, where: $"{model}, {kind}, k = {k}, {work}");
            }
        }
    }

    [Fact]
    public void A_prompt_in_parts_reads_the_weights_again_and_costs_no_less()
    {
        var whole = new SplitProfile(System("three-layers", "roofline") with { Device = Device(int.MaxValue) });
        var parts = new SplitProfile(System("three-layers", "roofline"));
        foreach (var tokens in new[] { 1, MicroBatch, MicroBatch + 1, 5 * MicroBatch })
        {
            var work = new TurnWork(tokens, 0, 1, 1);
            var (one, many) = (At(whole, work), At(parts, work));
            Assert.True(tokens <= MicroBatch ? one == many : one < many, $"{tokens}: {one} and {many}");
        }

        static double At(SplitProfile profile, TurnWork work)
        {
            var totals = new SplitTotals(profile.Layers);
            profile.Totals(work, Point, totals);
            return totals.DeviceSeconds[profile.Layers];
        }
    }

    [Theory]
    [InlineData("roofline")]
    [InlineData("single tokens")]
    [InlineData("phases")]
    [InlineData("outside")]
    [InlineData("outside in phases")]
    public void Totals_Breakdown_and_Mask_allocate_nothing(string kind)
    {
        var profile = new SplitProfile(System("gemma-3-1b", kind));
        var totals = new SplitTotals(profile.Layers);
        double Round()
        {
            var sum = 0.0;
            for (var i = 0; i < 20; i++)
            {
                var work = new TurnWork(1 + (17 * i), 3 * i, 3.5 + i, 64);
                profile.Totals(work, Point, totals);
                profile.Mask(work, totals.Infeasibility);
                sum += totals.LatencySeconds(3) + profile.Breakdown(i % 26, work, Point).Latency.TotalSeconds;
            }

            return sum;
        }

        var first = Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(first, second);
    }

    private static SplitSystem System(string model, string kind)
    {
        var system = TestSystems.System(model);
        var server = (RooflineProfile)system.Server with { MicroBatchTokens = (2 * MicroBatch) - 7, OverheadSecondsPerPass = 3e-4 };
        return kind switch
        {
            "roofline" => system with { Device = Device(MicroBatch), Server = server },
            "single tokens" => system with { Device = Device(1), Server = server },
            "phases" => system with { Device = new PhaseProfile(Device(MicroBatch), Cores()), Server = new PhaseProfile(server, Device(7)) },
            "outside" => system with { Device = new LookedUp(MicroBatch, 1), Server = new LookedUp(40, 0.02) },
            _ => system with { Device = new PhaseProfile(new LookedUp(MicroBatch, 1), Device(3)), Server = new PhaseProfile(server, new LookedUp(5, 0.1)) },
        };
    }

    private static RooflineProfile Device(int microBatch) => DeviceCatalog.Find("snapdragon-8-gen-3").Profile with { MicroBatchTokens = microBatch, OverheadSecondsPerPass = 2e-3 };

    private static RooflineProfile Cores() => DeviceCatalog.Find("snapdragon-8-gen-3-cpu").Profile with { MicroBatchTokens = 11, OverheadSecondsPerPass = 7e-4 };

    /// <summary>A device model from outside that is no roofline: time is concave in the work, as of a table of measured layers.</summary>
    private sealed class LookedUp(int microBatchTokens, double slowness) : IComputeProfile
    {
        public string Name => "looked up";

        public double MemoryBytes => 64e9;

        public double UsableMemoryBytes => 60e9;

        public double IdleWatts => 1;

        public double BusyWatts => 7;

        public double OverheadSecondsPerPass => 1.5e-3 * slowness;

        public int MicroBatchTokens => microBatchTokens;

        public double Seconds(in UnitCost cost, NumberFormat weights) => slowness * (1e-6 + Math.Pow(cost.TotalFlop / 1e12, 0.9) + Math.Pow(cost.TotalBytes / 5e10, 0.95) + (weights.BitsPerValue * 1e-9));

        public IComputeProfile Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor) => new LookedUp(microBatchTokens, slowness * Math.Max(computeFactor, bandwidthFactor));
    }
}
