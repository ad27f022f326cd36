using EdgeSplit.Core.Compression;

namespace EdgeSplit.Tests.Compression;

public sealed class TopKCodecLaws
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.7)]
    [InlineData(1)]
    public void The_largest_magnitudes_are_kept_as_a_sort_would_have_it(double share)
    {
        var codec = new TopKCodec(share);
        foreach (var (tokens, dimension) in CodecMessages.Shapes)
        {
            var message = CodecMessages.WithOutliers(tokens, dimension);
            for (var i = 0; i < message.Length; i += 3)
            {
                message[i] = i % 2 == 0 ? 0.5f : -0.5f; // ties
            }

            var back = CodecMessages.RoundTrip(codec, message, tokens, dimension);
            for (var token = 0; token < tokens; token++)
            {
                var row = message[(token * dimension)..((token + 1) * dimension)];
                var kept = Enumerable.Range(0, dimension).OrderByDescending(i => Math.Abs(row[i])).ThenBy(i => i).Take(codec.Kept(dimension)).ToHashSet();
                Assert.Equal(row.Select((value, i) => kept.Contains(i) ? (float)(Half)value : 0f), back[(token * dimension)..((token + 1) * dimension)]);
            }
        }
    }

    [Fact]
    public void The_squared_error_is_the_energy_of_what_is_dropped_and_the_rounding_of_the_rest()
    {
        const int tokens = 8, dimension = 500;
        var message = CodecMessages.WithOutliers(tokens, dimension);
        var back = CodecMessages.RoundTrip(new TopKCodec(0.2), message, tokens, dimension);
        var (error, dropped, energy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < message.Length; i++)
        {
            error += Math.Pow((double)message[i] - back[i], 2);
            dropped += back[i] == 0 ? Math.Pow(message[i], 2) : 0;
            energy += Math.Pow(message[i], 2);
        }

        Assert.InRange(error, dropped, dropped + (energy / 4194304)); // (2^-11)^2
    }

    [Fact]
    public void Bits_are_those_of_the_values_and_of_the_shorter_index()
    {
        // 4096 channels need 12 bits each: up to 341 of them are shorter than the bitmap.
        Assert.Equal(5 * (16L + 12) * 41, new TopKCodec(0.01).PayloadBits(5, 4096));
        Assert.Equal(5 * ((16L * 1024) + 4096), new TopKCodec(0.25).PayloadBits(5, 4096));
        Assert.Equal(16, new TopKCodec(0.5).PayloadBits(1, 1)); // a single channel needs no index
        Assert.Equal((1, 1, 2, 7), (new TopKCodec(0.001).Kept(10), new TopKCodec(0.149).Kept(10), new TopKCodec(0.15).Kept(10), new TopKCodec(0.7).Kept(10)));
    }

    [Theory]
    [InlineData(0.02)] // ascending numbers
    [InlineData(0.5)] // a bitmap
    public void An_index_that_no_encoder_writes_is_refused(double share)
    {
        var codec = new TopKCodec(share);
        var (payload, _) = CodecMessages.Encode(codec, CodecMessages.Gaussian(200), 2, 100);
        payload.AsSpan(2 * 2 * codec.Kept(100)).Clear();
        Assert.Throws<ArgumentException>(() => codec.Decode(payload, 2, 100, new float[200]));
        payload.AsSpan(2 * 2 * codec.Kept(100)).Fill(0xFF);
        Assert.Throws<ArgumentException>(() => codec.Decode(payload, 2, 100, new float[200]));
    }
}
