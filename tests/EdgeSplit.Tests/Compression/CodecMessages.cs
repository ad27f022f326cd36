using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Compression;

/// <summary>Hidden states for the codec tests, and one codec of each kind.</summary>
internal static class CodecMessages
{
    internal static readonly (int Tokens, int Dimension)[] Shapes = [(1, 1), (1, 2), (3, 1), (1, 64), (2, 17), (5, 33), (16, 64), (33, 130), (2, 1100)];

    internal static string[] Names { get; } =
    [
        "F32", "F16", "INT2", "INT3", "INT4", "INT5", "INT7", "INT8", "INT11", "INT15", "INT16", "INT4-channel", "INT8-channel",
        "top-k:0.5", "top-k:0.25", "top-k:0.03", "top-k:1", "INT2+entropy", "INT4+entropy", "INT8+entropy", "INT4-channel+entropy", "INT4+entropy:2.5",
    ];

    internal static float[] Gaussian(int count, double deviation = 1, ulong entity = 0)
    {
        var draws = new double[count];
        BlockVariates.FillNormal(StreamKey.Create(20250101, "codec-messages"), entity, 0, new NormalDistribution(0, deviation), draws);
        return Array.ConvertAll(draws, draw => (float)draw);
    }

    /// <summary>A Gaussian message with a few outlier channels, as language models have them.</summary>
    internal static float[] WithOutliers(int tokens, int dimension, ulong entity = 0)
    {
        var values = Gaussian(tokens * dimension, 0.7, entity);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= i % dimension % 29 == 3 ? 25 : 1;
        }

        return values;
    }

    internal static (byte[] Payload, long Bits) Encode(IActivationCodec codec, float[] message, int tokens, int dimension)
    {
        var buffer = new byte[(codec.PayloadBits(tokens, dimension) + 7) / 8];
        var bits = codec.Encode(message, tokens, dimension, buffer);
        return (buffer[..(int)((bits + 7) / 8)], bits);
    }

    internal static float[] RoundTrip(IActivationCodec codec, float[] message, int tokens, int dimension)
    {
        var values = new float[message.Length];
        codec.Decode(Encode(codec, message, tokens, dimension).Payload, tokens, dimension, values);
        return values;
    }
}
