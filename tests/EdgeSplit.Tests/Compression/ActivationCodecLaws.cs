using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Compression;

/// <summary>What holds for every codec.</summary>
public sealed class ActivationCodecLaws
{
    public static TheoryData<string> Names { get; } = [.. CodecMessages.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bits_are_those_that_are_written_and_no_others(string name)
    {
        var codec = ActivationCodecs.Parse(name);
        foreach (var (tokens, dimension) in CodecMessages.Shapes)
        {
            var message = CodecMessages.WithOutliers(tokens, dimension);
            var most = codec.PayloadBits(tokens, dimension);
            var buffer = Enumerable.Repeat((byte)0xA5, (int)((most + 7) / 8) + 9).ToArray();
            var bits = codec.Encode(message, tokens, dimension, buffer);
            Assert.Equal(codec.HasFixedRate, codec.HasFixedRate && bits == most);
            Assert.InRange(bits, 1, most);
            Assert.All(buffer[(int)((most + 7) / 8)..], rest => Assert.Equal(0xA5, rest));
            Assert.Equal(0, bits % 8 == 0 ? 0 : buffer[bits / 8] >> (int)(bits % 8));

            // The payload alone is enough, what lies behind it does not matter, and a byte less is too little.
            var payload = buffer[..(int)((bits + 7) / 8)];
            var (alone, among) = (new float[message.Length], new float[message.Length]);
            codec.Decode(payload, tokens, dimension, alone);
            codec.Decode(buffer, tokens, dimension, among);
            Assert.Equal(alone, among);
            Assert.ThrowsAny<ArgumentException>(() => codec.Decode(payload.AsSpan(..^1), tokens, dimension, new float[message.Length]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Expected_bits_are_affine_in_the_tokens_and_at_most_the_most(string name)
    {
        var codec = ActivationCodecs.Parse(name);
        foreach (var dimension in new[] { 1, 7, 64, 4096 })
        {
            var (first, step) = (codec.ExpectedPayloadBits(1, dimension), codec.ExpectedPayloadBits(2, dimension) - codec.ExpectedPayloadBits(1, dimension));
            foreach (var tokens in new[] { 1, 2, 3, 17, 1000, 100_000 })
            {
                var expected = codec.ExpectedPayloadBits(tokens, dimension);
                Assert.Equal(first + ((tokens - 1) * step), expected, 1e-12 * expected);
                Assert.InRange(expected, 1, codec.PayloadBits(tokens, dimension));
                Assert.True(!codec.HasFixedRate || expected == codec.PayloadBits(tokens, dimension));
            }
        }

        Assert.InRange(codec.ValueBits, 1e-6, 32);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_comes_back_is_finite_and_coding_it_again_gives_the_same(string name)
    {
        var codec = ActivationCodecs.Parse(name);
        foreach (var (tokens, dimension) in CodecMessages.Shapes)
        {
            var once = CodecMessages.RoundTrip(codec, CodecMessages.WithOutliers(tokens, dimension), tokens, dimension);
            var twice = CodecMessages.RoundTrip(codec, once, tokens, dimension);
            for (var i = 0; i < once.Length; i++)
            {
                Assert.Equal(once[i], twice[i], 1e-6f * Math.Abs(once[i]));
            }

            float[] extremes = [.. Enumerable.Range(0, tokens * dimension).Select(i => (i % 5) switch { 0 => float.MaxValue, 1 => -float.MaxValue, 2 => float.Epsilon, 3 => 0, _ => -1 })];
            Assert.All(CodecMessages.RoundTrip(codec, extremes, tokens, dimension), value => Assert.True(float.IsFinite(value)));
            Assert.All(CodecMessages.RoundTrip(codec, new float[tokens * dimension], tokens, dimension), value => Assert.Equal(0f, value));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_finite_messages_of_the_right_size_are_encoded(string name)
    {
        var codec = ActivationCodecs.Parse(name);
        var buffer = new byte[(codec.PayloadBits(3, 20) + 7) / 8];
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            foreach (var place in new[] { 0, 17, 59 })
            {
                var message = new float[60];
                message[place] = bad;
                var error = Assert.Throws<ArgumentException>(() => codec.Encode(message, 3, 20, buffer));
                Assert.Contains($"value {place} ", error.Message, StringComparison.Ordinal);
                Assert.Equal("hiddenState", error.ParamName);
            }
        }

        Assert.Equal("hiddenState", Assert.Throws<ArgumentOutOfRangeException>(() => codec.Encode(new float[59], 3, 20, buffer)).ParamName);
        Assert.Equal("payload", Assert.Throws<ArgumentOutOfRangeException>(() => codec.Encode(new float[60], 3, 20, buffer.AsSpan(1))).ParamName);
        Assert.Equal("hiddenState", Assert.Throws<ArgumentOutOfRangeException>(() => codec.Decode(buffer, 3, 20, new float[61])).ParamName);
        foreach (var call in new Action<int, int>[]
        {
            (tokens, dimension) => codec.PayloadBits(tokens, dimension), (tokens, dimension) => codec.ExpectedPayloadBits(tokens, dimension),
            (tokens, dimension) => codec.EncodeCost(tokens, dimension), (tokens, dimension) => codec.DecodeCost(tokens, dimension),
            (tokens, dimension) => codec.Encode([], tokens, dimension, buffer), (tokens, dimension) => codec.Decode(buffer, tokens, dimension, []),
        })
        {
            Assert.Equal("tokens", Assert.Throws<ArgumentOutOfRangeException>(() => call(0, 20)).ParamName);
            Assert.Equal("dimension", Assert.Throws<ArgumentOutOfRangeException>(() => call(3, -1)).ParamName);
            Assert.ThrowsAny<ArgumentException>(() => call(int.MaxValue, int.MaxValue));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_payload_gives_finite_values_or_an_argument_error(string name)
    {
        var codec = ActivationCodecs.Parse(name);
        const int tokens = 3, dimension = 50;
        var (payload, _) = CodecMessages.Encode(codec, CodecMessages.WithOutliers(tokens, dimension), tokens, dimension);
        var random = new RandomSource(StreamKey.Create(7, "damage"));
        var values = new float[tokens * dimension];
        for (var trial = 0; trial < 2000; trial++)
        {
            var damaged = payload[..(random.NextInt32(4) == 0 ? random.NextInt32(payload.Length + 1) : payload.Length)];
            for (var hit = 1 + random.NextInt32(trial % 20 == 0 ? 1000 : 4); hit > 0 && damaged.Length > 0; hit--)
            {
                damaged[random.NextInt32(damaged.Length)] = (byte)random.NextInt32(256);
            }

            try
            {
                codec.Decode(damaged, tokens, dimension, values);
                Assert.DoesNotContain(values, value => !float.IsFinite(value));
            }
            catch (ArgumentException)
            {
                // the other allowed end
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Coding_allocates_nothing(string name)
    {
        var codec = ActivationCodecs.Parse(name);
        const int tokens = 9, dimension = 300;
        var message = CodecMessages.WithOutliers(tokens, dimension);
        var (buffer, values) = (new byte[(codec.PayloadBits(tokens, dimension) + 7) / 8], new float[message.Length]);
        codec.Encode(message, tokens, dimension, buffer);
        codec.Decode(buffer, tokens, dimension, values);
        var before = GC.GetAllocatedBytesForCurrentThread();
        codec.Encode(message, tokens, dimension, buffer);
        codec.Decode(buffer, tokens, dimension, values);
        _ = codec.EncodeCost(tokens, dimension) + codec.DecodeCost(tokens, dimension);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Costs_grow_with_the_message_and_count_what_is_read_and_written(string name)
    {
        var codec = ActivationCodecs.Parse(name);
        foreach (var cost in new Func<int, CodecCost>[] { tokens => codec.EncodeCost(tokens, 256), tokens => codec.DecodeCost(tokens, 256) })
        {
            Assert.Equal(2 * (cost(3).ElementwiseFlop - cost(2).ElementwiseFlop), cost(4).ElementwiseFlop - cost(2).ElementwiseFlop, 1e-9);
            Assert.Equal(cost(2).Operations, cost(200).Operations);
            if (name != "F32")
            {
                Assert.True(cost(4).ElementwiseFlop >= 4 * 256);
                Assert.True(cost(4).Bytes >= (4.0 * 4 * 256) + (codec.PayloadBits(4, 256) / 8.0) - 1);
            }
        }
    }
}
