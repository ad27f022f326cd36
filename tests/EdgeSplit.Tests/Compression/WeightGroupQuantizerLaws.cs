using EdgeSplit.Core.Compression;

namespace EdgeSplit.Tests.Compression;

public sealed class WeightGroupQuantizerLaws
{
    public static TheoryData<int> AllBits { get; } = [.. Enumerable.Range(2, 7)];

    [Theory]
    [MemberData(nameof(AllBits))]
    public void Weights_are_those_of_the_definition_within_the_stated_error(int bits)
    {
        var top = (1 << (bits - 1)) - 1;
        foreach (var (rows, columns, group) in new[] { (3, 64, 32), (2, 70, 32), (4, 5, 8), (1, 1000, 128), (5, 33, 1), (2, 48, int.MaxValue) })
        {
            foreach (var deviation in new[] { 0.02, 1.0, 1e-6 })
            {
                var weights = CodecMessages.Gaussian(rows * columns, deviation);
                var rounded = weights.ToArray();
                new WeightGroupQuantizer(bits, group).RoundTrip(rounded, columns);
                for (var i = 0; i < weights.Length; i++)
                {
                    var start = (i / columns * columns) + (i % columns / group * group);
                    var part = weights[start..(int)Math.Min((long)start + group, ((i / columns) + 1) * columns)];
                    var largest = part.Max(Math.Abs);
                    var scale = (float)(Half)(largest / top);
                    var step = scale > 0 ? Math.Clamp(MathF.Round(weights[i] / scale, MidpointRounding.ToEven), -top, top) : 0f;
                    Assert.Equal(step * scale, rounded[i]);
                    Assert.True(Math.Abs((double)weights[i] - rounded[i]) <= (0.5 * scale) + (largest / 2048) + (top / 33554432.0) + (largest * 1e-6));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllBits))]
    public void Rounding_again_changes_nothing_but_the_last_place_of_the_scale(int bits)
    {
        var once = CodecMessages.Gaussian(64 * 64, 0.05);
        var quantizer = new WeightGroupQuantizer(bits);
        quantizer.RoundTrip(once, 64);
        var twice = once.ToArray();
        quantizer.RoundTrip(twice, 64);
        Assert.Equal(once, twice);
    }

    [Fact]
    public void More_bits_lose_less_and_bits_per_weight_count_the_scale()
    {
        var weights = CodecMessages.Gaussian(128 * 128, 0.05);
        var errors = Enumerable.Range(2, 7).Select(bits =>
        {
            var rounded = weights.ToArray();
            new WeightGroupQuantizer(bits, 64).RoundTrip(rounded, 128);
            return weights.Zip(rounded, (x, y) => Math.Pow((double)x - y, 2)).Sum();
        }).ToArray();
        Assert.Equal(errors.OrderDescending(), errors);
        Assert.Equal(8.5, new WeightGroupQuantizer(8).BitsPerWeight);
        Assert.Equal(4.125, new WeightGroupQuantizer(4, 128).BitsPerWeight);
    }

    [Fact]
    public void Bad_input_is_refused_and_leaves_the_weights_alone_and_rounding_allocates_nothing()
    {
        Assert.Equal("Bits", Assert.Throws<ArgumentOutOfRangeException>(() => new WeightGroupQuantizer(1)).ParamName);
        Assert.Equal("Bits", Assert.Throws<ArgumentOutOfRangeException>(() => new WeightGroupQuantizer(9)).ParamName);
        Assert.Equal("GroupSize", Assert.Throws<ArgumentOutOfRangeException>(() => new WeightGroupQuantizer(4, 0)).ParamName);
        var quantizer = new WeightGroupQuantizer(4);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => quantizer.RoundTrip(new float[7], 4)).ParamName);
        foreach (var bad in new[] { float.NaN, float.NegativeInfinity, 1e6f })
        {
            float[] weights = [0.3f, 0.7f, bad, 0];
            Assert.Equal("weights", Assert.Throws<ArgumentException>(() => quantizer.RoundTrip(weights, 2)).ParamName);
            Assert.Equal([0.3f, 0.7f, bad, 0], weights);
        }

        var many = CodecMessages.Gaussian(64 * 64);
        quantizer.RoundTrip(many, 64);
        var before = GC.GetAllocatedBytesForCurrentThread();
        quantizer.RoundTrip(many, 64);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
