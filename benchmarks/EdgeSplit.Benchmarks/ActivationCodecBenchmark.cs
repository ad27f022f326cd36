using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Benchmarks;

/// <summary>Encoding and decoding the hidden state of a prompt (512 x 4096) and of one token (1 x 4096).</summary>
[MemoryDiagnoser]
public class ActivationCodecBenchmark
{
    private const int Dimension = 4096;

    private IActivationCodec codec = Float32Codec.Instance;
    private float[] message = [];
    private float[] values = [];
    private byte[] payload = [];

    /// <summary>Tokens of the message.</summary>
    [Params(1, 512)]
    public int Tokens { get; set; }

    /// <summary>Name of the codec; the projection has a basis of 256 directions.</summary>
    [Params("F32", "F16", "INT8", "INT4", "INT3", "INT4-channel", "top-k:0.25", "INT4+entropy", "low-rank:256")]
    public string Codec { get; set; } = "";

    /// <summary>Draws the message and encodes it once.</summary>
    [GlobalSetup]
    public void Setup()
    {
        // What the projection costs does not depend on the directions; a fit at 4096 would take minutes.
        codec = Codec.StartsWith("low-rank", StringComparison.Ordinal)
            ? new LowRankCodec(ActivationBasis.FromDirections(new float[Dimension], Directions(256)))
            : ActivationCodecs.Parse(Codec);
        var draws = new double[Tokens * Dimension];
        BlockVariates.FillNormal(StreamKey.Create(1, "benchmark"), 0, 0, new NormalDistribution(0, 1), draws);
        message = Array.ConvertAll(draws, draw => (float)draw);
        values = new float[message.Length];
        payload = new byte[(codec.PayloadBits(Tokens, Dimension) + 7) / 8];
        Encode();
    }

    [Benchmark(Baseline = true)]
    public long Encode() => codec.Encode(message, Tokens, Dimension, payload);

    [Benchmark]
    public void Decode() => codec.Decode(payload, Tokens, Dimension, values);

    private static float[] Directions(int rank)
    {
        var directions = new float[rank * Dimension];
        for (var r = 0; r < rank; r++)
        {
            directions[(r * Dimension) + r] = 1;
        }

        return directions;
    }
}
