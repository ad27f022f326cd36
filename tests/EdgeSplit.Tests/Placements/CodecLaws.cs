using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Tests.Quality;

namespace EdgeSplit.Tests.Placements;

/// <summary>A codec changes bits, encoding, decoding and quality of middle splits, alike in totals, breakdowns and the naive evaluation, and nothing else.</summary>
public sealed class CodecLaws
{
    private static readonly TurnWork[] Works = [new(1, 0, 1, 1), new(200, 0, 60, 512), new(35, 300, 2, 512), new(700, 0, 30, 512)];

    private static readonly OperatingPoint Point = new(0.7e6, 2.2e6, 1 / 3.7);

    internal static SplitSystem With(SplitSystem system, string codec) => system with
    {
        Codec = ActivationCodecs.Parse(codec),
        SplitLoss = new MeasuredSplitLoss(new MeasuredQuality(TestTables.Table), system.FormatLoss),
    };

    [Theory]
    [InlineData("llama-2-7b", "INT8")]
    [InlineData("gemma-3-1b", "INT8-channel")]
    [InlineData("three-layers", "INT4")]
    [InlineData("one-layer", "INT8")]
    [InlineData("gpt2", "INT16")]
    public void Totals_breakdown_and_one_split_equal_the_naive_evaluation(string model, string codec)
    {
        var system = With(TestSystems.System(model), codec);
        var profile = new SplitProfile(system);
        var totals = new SplitTotals(profile.Layers);
        foreach (var work in Works)
        {
            profile.Totals(work, Point, totals);
            for (var k = 0; k <= profile.Layers; k++)
            {
                var where = $"{model}, {codec}, k = {k}, {work}";
                var naive = TestSystems.Naive(system, k, work, Point);
                var parts = profile.Breakdown(k, work, Point);
                var one = profile.Total(k, new KeyValueMigrationPlan(KeyValueMigrationKind.None, work, 0, 0), Point);
                TestSystems.Near(naive.LatencySeconds, totals.LatencySeconds(k), where: where);
                TestSystems.Near(naive.LatencySeconds, parts.Latency.TotalSeconds, where: where);
                TestSystems.Near(naive.LatencySeconds, one.LatencySeconds, where: where);
                TestSystems.Near(naive.TimeToFirstTokenSeconds, totals.TimeToFirstTokenSeconds[k], where: where);
                TestSystems.Near(naive.TimeToFirstTokenSeconds, parts.TimeToFirstTokenSeconds, where: where);
                TestSystems.Near(naive.TimeToFirstTokenSeconds, one.TimeToFirstTokenSeconds, where: where);
                TestSystems.Near(naive.Nodes[0].ComputeSeconds, parts.Latency.DeviceHeadSeconds + parts.Latency.EncodeSeconds, where: where);
                TestSystems.Near(naive.Nodes[1].ComputeSeconds, parts.Energy.ServerGpuSeconds, where: where);
                TestSystems.Near(parts.Latency.ServerComputeSeconds + parts.Latency.DecompressSeconds, totals.ServerGpuSeconds[k], scale: naive.LatencySeconds, where: where);
                TestSystems.Near(parts.Energy.DeviceJoules, totals.DeviceJoules[k], 1e-11, where: where);
                TestSystems.Near(parts.Energy.DeviceJoules, one.DeviceJoules, 1e-11, where: where);
                TestSystems.Near(naive.Hops.Where(h => h.Hop.From == Placement.DeviceNode).Sum(h => h.PrefillBits + h.DecodeBits), parts.UplinkBits, where: where);
                Assert.Equal(k > 0 && k < profile.Layers, parts.Latency.EncodeSeconds > 0);
                Assert.Equal(k > 0 && k < profile.Layers, parts.Latency.DecompressSeconds > 0);
            }
        }
    }

    [Theory]
    [InlineData("INT8")]
    [InlineData("INT8-channel")]
    public void The_affine_law_holds_with_a_codec(string codec)
    {
        var profile = new SplitProfile(With(TestSystems.Roomy("llama-2-7b"), codec));
        var totals = new SplitTotals(profile.Layers);
        profile.Totals(new TurnWork(300, 0, 40, 64), Point, totals);
        foreach (var values in new[] { totals.DeviceSeconds, totals.ServerGpuSeconds, totals.NetworkSeconds, totals.DeviceJoules, totals.TimeToFirstTokenSeconds })
        {
            for (var k = 2; k < profile.Layers - 1; k++)
            {
                TestSystems.Near(values[k] - values[k - 1], values[k + 1] - values[k], 1e-9, Math.Abs(values[k]) + 1e-9, $"k = {k}");
            }
        }
    }

    [Fact]
    public void A_codec_named_as_the_activations_is_no_codec_to_the_last_bit()
    {
        var system = TestSystems.System("llama-3-8b");
        var (plain, named) = (new SplitProfile(system), new SplitProfile(system with { Codec = Float16Codec.Instance }));
        foreach (var work in Works)
        {
            for (var k = 0; k <= plain.Layers; k++)
            {
                Assert.Equal(plain.Breakdown(k, work, Point), named.Breakdown(k, work, Point));
            }
        }

        Assert.False(named.System.HasCodecWork);
    }

    [Fact]
    public void Bits_cross_as_the_codec_writes_them()
    {
        var system = With(TestSystems.System("llama-2-7b"), "INT8-channel");
        foreach (var tokens in new[] { 1, 2, 77 })
        {
            Assert.Equal(system.Codec!.ExpectedPayloadBits(tokens, 4096), system.HiddenStateBits(tokens), 1e-6);
        }

        Assert.True(system.HiddenStateBitsPerMessage > 0);
        Assert.Equal(16 * 4096, TestSystems.System("llama-2-7b").HiddenStateBits(1));
    }

    [Fact]
    public void Damage_without_a_source_that_prices_it_is_refused()
    {
        var system = TestSystems.System("llama-2-7b");
        Assert.Throws<ArgumentException>(() => new SplitProfile(system with { Codec = new SymmetricIntegerCodec(8) }));
        Assert.Throws<ArgumentException>(() => new SplitProfile(With(system, "INT2")));
        Assert.Throws<ArgumentException>(() => new SplitProfile(With(system, "top-k:0.5")));

        // A codec of one's own is priced at the damage that its owner names.
        var own = new SplitProfile(With(system, "top-k:0.5") with { DamageOfCodec = new HiddenStateDamage { Bits = 6 } });
        Assert.Equal(new SplitProfile(With(system, "INT6")).NegativeLogLikelihoodIncrease.ToArray(), own.NegativeLogLikelihoodIncrease.ToArray());
    }
}
