using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Compression;

public sealed class UniformQuantizerLaws
{
    private static readonly StreamKey Key = StreamKey.Create(20240611, "quantiser-laws");

    public static TheoryData<int> AllBits { get; } = [.. Enumerable.Range(1, 16)];

    [Theory]
    [MemberData(nameof(AllBits))]
    public void Quantising_twice_changes_nothing(int bits)
    {
        foreach (var clip in new[] { 0.001, 0.7, 1.0, 3.1415926, 1e5 })
        {
            var quantizer = new UniformQuantizer(bits, clip);
            var codes = Enumerable.Range(0, quantizer.Levels).Select(code => (ushort)code).ToArray();
            var (levels, again) = (new float[codes.Length], new ushort[codes.Length]);
            quantizer.Dequantize(codes, levels);
            quantizer.Quantize(levels, again);
            Assert.Equal(codes, again);
            var twice = levels.ToArray();
            quantizer.RoundTrip(twice);
            Assert.Equal(levels, twice);
        }
    }

    [Theory]
    [MemberData(nameof(AllBits))]
    public void The_error_is_at_most_half_a_step_inside_the_clip_range_and_beyond_it_values_saturate(int bits)
    {
        var quantizer = new UniformQuantizer(bits, 2.5);
        var values = Values(5000, 2.0);
        var levels = values.ToArray();
        quantizer.RoundTrip(levels);
        var half = 0.5 * quantizer.Step;
        var beyond = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (Math.Abs(values[i]) <= 2.5)
            {
                Assert.True(Math.Abs(levels[i] - values[i]) <= (half * 1.01) + 1e-7);
            }
            else
            {
                beyond++;
                Assert.Equal(Math.CopySign(2.5 - half, values[i]), levels[i], 1e-6);
            }
        }

        Assert.InRange(beyond, 500, 1500);
        float[] extremes = [float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue];
        quantizer.RoundTrip(extremes);
        Assert.All(extremes, (value, i) => Assert.Equal(i % 2 == 0 ? 2.5 - half : half - 2.5, value, 1e-6));
    }

    [Fact]
    public void Levels_are_the_middles_of_equal_cells_and_none_is_zero()
    {
        // Mid-rise with 2 bits and clip 2: cells of width 1, levels -1.5, -0.5, 0.5, 1.5.
        var quantizer = new UniformQuantizer(2, 2);
        float[] values = [-9, -1.01f, -1, -0.01f, 0, 0.99f, 1, 9];
        var codes = new ushort[8];
        quantizer.Quantize(values, codes);
        Assert.Equal([(ushort)0, 0, 1, 1, 2, 2, 3, 3], codes);
        quantizer.RoundTrip(values);
        Assert.Equal([-1.5f, -1.5f, -0.5f, -0.5f, 0.5f, 0.5f, 1.5f, 1.5f], values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(16)]
    public void Vectors_give_what_one_value_at_a_time_gives(int bits)
    {
        var quantizer = new UniformQuantizer(bits, 1.7);
        foreach (var length in new[] { 0, 1, 15, 16, 31, 32, 33, 100 })
        {
            var values = Values(length, 1.3);
            var (codes, levels, inPlace) = (new ushort[length], new float[length], values.ToArray());
            quantizer.Quantize(values, codes);
            quantizer.Dequantize(codes, levels);
            quantizer.RoundTrip(inPlace);
            Assert.Equal(levels, inPlace);
            for (var i = 0; i < length; i++)
            {
                var (code, level) = (new ushort[1], new float[1]);
                quantizer.Quantize(values.AsSpan(i, 1), code);
                quantizer.Dequantize(code, level);
                Assert.Equal(code[0], codes[i]);
                Assert.Equal(level[0], levels[i]);
                // the definition, in double precision; a value within rounding of a border may fall to either side
                var position = (values[i] / quantizer.Step) + (quantizer.Levels / 2);
                Assert.InRange(codes[i], Math.Floor(Math.Clamp(position - 0.01, 0, quantizer.Levels - 1)), Math.Floor(Math.Clamp(position + 0.01, 0, quantizer.Levels - 1)));
            }
        }
    }

    [Fact]
    public void A_code_out_of_range_is_read_as_the_largest()
    {
        var quantizer = new UniformQuantizer(3, 4);
        var codes = Enumerable.Repeat((ushort)60_000, 40).ToArray();
        var values = new float[40];
        quantizer.Dequantize(codes, values);
        Assert.All(values, value => Assert.Equal(3.5f, value));
    }

    [Fact]
    public void NaN_has_no_code_and_survives_the_round_trip()
    {
        var quantizer = new UniformQuantizer(4, 1);
        foreach (var place in new[] { 0, 17, 34 })
        {
            var values = new float[35];
            values[place] = float.NaN;
            Assert.Equal("values", Assert.Throws<ArgumentOutOfRangeException>(() => quantizer.Quantize(values, new ushort[35])).ParamName);
            quantizer.RoundTrip(values);
            Assert.All(values, (value, i) => Assert.Equal(i == place ? float.NaN : 0.0625f, value));
        }
    }

    [Fact]
    public void Empirical_distortion_at_the_best_clip_level_is_the_closed_form()
    {
        const int samples = 200_000;
        foreach (var (bits, deviation) in new[] { (2, 1.0), (4, 0.02), (6, 500.0) })
        {
            var values = Values(samples, deviation);
            var levels = values.ToArray();
            UniformQuantizer.OptimalForGaussian(bits, deviation).RoundTrip(levels);
            var noise = values.Zip(levels, (x, y) => (double)(x - y) * (x - y)).Average() / (deviation * deviation);
            Assert.InRange(10 * Math.Log10(noise), -GaussianQuantizerDistortion.OptimalSqnrDb(bits) - 0.08, -GaussianQuantizerDistortion.OptimalSqnrDb(bits) + 0.08);
        }
    }

    [Fact]
    public void Quantising_allocates_nothing()
    {
        var quantizer = new UniformQuantizer(8, 4);
        var (values, codes) = (Values(1003, 1), new ushort[1003]);
        quantizer.Quantize(values, codes);
        quantizer.Dequantize(codes, values);
        quantizer.RoundTrip(values);
        var before = GC.GetAllocatedBytesForCurrentThread();
        quantizer.Quantize(values, codes);
        quantizer.Dequantize(codes, values);
        quantizer.RoundTrip(values);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Refuses("Bits", () => _ = new UniformQuantizer(0, 1));
        Refuses("Bits", () => _ = new UniformQuantizer(17, 1));
        foreach (var bad in new[] { double.NaN, 0, -1, double.PositiveInfinity })
        {
            Refuses("ClipLevel", () => _ = new UniformQuantizer(8, bad));
            Refuses("standardDeviation", () => UniformQuantizer.OptimalForGaussian(8, bad));
        }

        Refuses("codes", () => new UniformQuantizer(8, 1).Quantize(new float[3], new ushort[2]));
        Refuses("values", () => new UniformQuantizer(8, 1).Dequantize(new ushort[3], new float[2]));
    }

    private static void Refuses(string parameter, Action call) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(call).ParamName);

    private static float[] Values(int count, double deviation)
    {
        var draws = new double[count];
        BlockVariates.FillNormal(Key, 0, 0, new NormalDistribution(0, deviation), draws);
        return Array.ConvertAll(draws, draw => (float)draw);
    }
}
