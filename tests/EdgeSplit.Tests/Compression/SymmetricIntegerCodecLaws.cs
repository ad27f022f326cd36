using EdgeSplit.Core.Compression;

namespace EdgeSplit.Tests.Compression;

public sealed class SymmetricIntegerCodecLaws
{
    public static TheoryData<int> AllBits { get; } = [.. Enumerable.Range(2, 15)];

    /// <summary>The bits of single-precision results of the formula in models/reference/golden.py for one token, computed independently.</summary>
    [Theory]
    [InlineData(2, new uint[] { 0, 0, 0, 0, 3231501517, 1084017869, 0, 0 })]
    [InlineData(3, new uint[] { 0, 3218149649, 1070666001, 0, 3226538257, 1084017869, 0, 1070666001 })]
    [InlineData(4, new uint[] { 0, 3216192307, 1074161254, 0, 3224580915, 1084017869, 0, 1068708659 })]
    [InlineData(8, new uint[] { 1050544351, 3218689075, 1074739210, 0, 3225783063, 1084017869, 3172862175, 1066674257 })]
    [InlineData(16, new uint[] { 1050253005, 3218708711, 1074790356, 0, 3225839118, 1084017869, 3175912653, 1066611239 })]
    public void The_golden_values_of_the_reference_formula_come_back(int bits, uint[] golden)
    {
        float[] token = [0.3f, -1.7f, 2.25f, 0f, -3.1f, 4.9f, -0.05f, 1.15f];
        Assert.Equal(golden, Array.ConvertAll(CodecMessages.RoundTrip(new SymmetricIntegerCodec(bits), token, 1, 8), BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Halves_go_to_the_even_step()
    {
        // The largest magnitude is 7, so that INT4 has steps of 1.
        float[] token = [7, 0.5f, 1.5f, 2.5f, 3.5f, -0.5f, -1.5f, -2.5f, 6.5f, -6.5f, 0.49f, -0.51f];
        Assert.Equal([7, 0, 2, 2, 4, 0, -2, -2, 6, -6, 0, -1], CodecMessages.RoundTrip(new SymmetricIntegerCodec(4), token, 1, token.Length));
    }

    [Theory]
    [MemberData(nameof(AllBits))]
    public void Payload_and_values_are_those_of_a_naive_writer(int bits)
    {
        foreach (var scale in Enum.GetValues<QuantizationScale>())
        {
            foreach (var (tokens, dimension) in CodecMessages.Shapes)
            {
                var message = CodecMessages.WithOutliers(tokens, dimension);
                var codec = new SymmetricIntegerCodec(bits, scale);
                var (payload, length) = CodecMessages.Encode(codec, message, tokens, dimension);
                var (naive, levels) = Naive(message, tokens, dimension, bits, scale);
                Assert.Equal(naive.Count, length);
                Assert.Equal(naive, Enumerable.Range(0, naive.Count).Select(i => ((payload[i / 8] >> (i % 8)) & 1) != 0));
                var inPlace = message.ToArray();
                codec.RoundTrip(inPlace, tokens, dimension);
                Assert.Equal(levels, inPlace);
                Assert.Equal(
                    Array.ConvertAll(inPlace, BitConverter.SingleToUInt32Bits),
                    Array.ConvertAll(CodecMessages.RoundTrip(codec, message, tokens, dimension), BitConverter.SingleToUInt32Bits));
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllBits))]
    public void The_error_is_at_most_half_a_step(int bits)
    {
        const int tokens = 40, dimension = 200;
        foreach (var scale in Enum.GetValues<QuantizationScale>())
        {
            for (var seed = 0UL; seed < 5; seed++)
            {
                var message = CodecMessages.WithOutliers(tokens, dimension, seed);
                var back = CodecMessages.RoundTrip(new SymmetricIntegerCodec(bits, scale), message, tokens, dimension);
                var largest = Largest(message, tokens, dimension, scale);
                for (var i = 0; i < message.Length; i++)
                {
                    var step = largest[scale == QuantizationScale.Token ? i / dimension : i % dimension] / ((1 << (bits - 1)) - 1);
                    Assert.True(Math.Abs((double)message[i] - back[i]) <= (0.5 * step) + (Math.Abs(message[i]) / 4194304.0));
                }
            }
        }
    }

    [Fact]
    public void Bits_are_those_of_the_codes_and_a_scale_for_each_token_or_channel()
    {
        Assert.Equal((4L * 512 * 4096) + (32 * 512), new SymmetricIntegerCodec(4).PayloadBits(512, 4096));
        Assert.Equal((4L * 512 * 4096) + (32 * 4096), new SymmetricIntegerCodec(4, QuantizationScale.Channel).PayloadBits(512, 4096));
        Assert.Equal(36L * 4096, new SymmetricIntegerCodec(4, QuantizationScale.Channel).PayloadBits(1, 4096)); // a scale per value
        Assert.Equal(2L * 131_072 * 32_768 + (32 * 131_072), new SymmetricIntegerCodec(2).PayloadBits(131_072, 32_768)); // beyond 2^32
    }

    [Fact]
    public void A_token_of_zeros_stays_zero_beside_others_and_tiny_numbers_do_no_harm()
    {
        float[] message = [0, 0, 0, 1, -2, 3, float.Epsilon, -float.Epsilon, 0];
        var back = CodecMessages.RoundTrip(new SymmetricIntegerCodec(8), message, 3, 3);
        Assert.All(back[..3], value => Assert.Equal(0f, value));
        Assert.Equal(3f, back[5], 1e-6f);
        Assert.All(back[6..], value => Assert.InRange(Math.Abs(value), 0f, 1e-37f));
    }

    [Fact]
    public void A_code_that_no_encoder_writes_and_a_scale_that_is_none_are_refused()
    {
        var codec = new SymmetricIntegerCodec(4);
        var (payload, _) = CodecMessages.Encode(codec, CodecMessages.Gaussian(64), 1, 64);
        payload[20] = 0xFF; // codes are 0 to 14
        Assert.Contains("code", Assert.Throws<ArgumentException>(() => codec.Decode(payload, 1, 64, new float[64])).Message, StringComparison.Ordinal);
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, -1f })
        {
            BitConverter.TryWriteBytes(payload, bad);
            Assert.Contains("scale", Assert.Throws<ArgumentException>(() => codec.Decode(payload, 1, 64, new float[64])).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rounding_in_place_allocates_nothing_and_checks_its_values()
    {
        var values = CodecMessages.Gaussian(9 * 700);
        var (token, channel) = (new SymmetricIntegerCodec(5), new SymmetricIntegerCodec(5, QuantizationScale.Channel));
        token.RoundTrip(values, 9, 700);
        channel.RoundTrip(values, 9, 700);
        var before = GC.GetAllocatedBytesForCurrentThread();
        token.RoundTrip(values, 9, 700);
        channel.RoundTrip(values, 9, 700);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Throws<ArgumentOutOfRangeException>(() => token.RoundTrip(values, 9, 701));
        values[33] = float.NaN;
        Assert.Throws<ArgumentException>(() => channel.RoundTrip(values, 9, 700));
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Assert.Equal("Bits", Assert.Throws<ArgumentOutOfRangeException>(() => new SymmetricIntegerCodec(1)).ParamName);
        Assert.Equal("Bits", Assert.Throws<ArgumentOutOfRangeException>(() => new SymmetricIntegerCodec(17)).ParamName);
        Assert.Equal("Scale", Assert.Throws<ArgumentOutOfRangeException>(() => new SymmetricIntegerCodec(8, (QuantizationScale)2)).ParamName);
    }

    private static float[] Largest(float[] message, int tokens, int dimension, QuantizationScale scale)
    {
        var largest = new float[scale == QuantizationScale.Token ? tokens : dimension];
        for (var i = 0; i < message.Length; i++)
        {
            ref var shared = ref largest[scale == QuantizationScale.Token ? i / dimension : i % dimension];
            shared = Math.Max(shared, Math.Abs(message[i]));
        }

        return largest;
    }

    /// <summary>The definition, one value and one bit at a time.</summary>
    private static (List<bool> Bits, float[] Levels) Naive(float[] message, int tokens, int dimension, int bits, QuantizationScale scale)
    {
        var top = (1 << (bits - 1)) - 1;
        var scales = Array.ConvertAll(Largest(message, tokens, dimension, scale), largest => largest / top);
        var (written, levels) = (new List<bool>(), new float[message.Length]);
        foreach (var width in scales)
        {
            Put(BitConverter.SingleToUInt32Bits(width), 32);
        }

        for (var i = 0; i < message.Length; i++)
        {
            var width = scales[scale == QuantizationScale.Token ? i / dimension : i % dimension];
            var code = width > 0 ? Math.Clamp((int)MathF.Round(message[i] / width, MidpointRounding.ToEven), -top, top) : 0;
            levels[i] = code * width;
            Put((uint)(code + top), bits);
        }

        return (written, levels);

        void Put(uint number, int count) => written.AddRange(Enumerable.Range(0, count).Select(bit => ((number >> bit) & 1) != 0));
    }
}
