using System.Runtime.CompilerServices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>A processor at one weight format: the rates of <see cref="RooflineProfile"/>, prepared so that a unit costs a few multiplications.</summary>
/// <remarks>Immutable value; safe to share between threads.</remarks>
public readonly record struct RooflineRates
{
    /// <summary>From so many tokens on, packed weights are unpacked ahead of the product; kernels for fewer unpack on the fly, at a price that grows with their number.</summary>
    internal const double UnpackAheadTokens = 64;

    /// <summary>Overhead of one operation, seconds.</summary>
    public double SecondsPerOperation { get; init; }

    /// <summary>Time of one FLOP of a matrix product, seconds.</summary>
    public double SecondsPerMatrixFlop { get; init; }

    /// <summary>Time of unpacking one byte of weights in the arithmetic units, seconds; 0 for weights that need none.</summary>
    public double UnpackSecondsPerWeightByte { get; init; }

    /// <summary>Time of moving one byte of weights, seconds.</summary>
    public double SecondsPerWeightByte { get; init; }

    /// <summary>Time of writing and rereading unpacked weights, per byte of packed weights, seconds; paid in full by products of 64 tokens and more, in proportion by those of 2 to 63, not by single tokens.</summary>
    public double UnpackTrafficSecondsPerWeightByte { get; init; }

    /// <summary>Matrix FLOP per weight byte of a product of one token.</summary>
    public double FlopPerWeightByteOfOneToken { get; init; }

    /// <summary>Exponent p of (compute^p + memory^p)^(1/p) in a matrix product; infinity is the larger of both.</summary>
    public double OverlapExponent { get; init; }

    /// <summary>Time of one FLOP of attention or of an elementwise operation, seconds.</summary>
    public double SecondsPerAttentionFlop { get; init; }

    /// <summary>Time of moving one byte of activations, seconds.</summary>
    public double SecondsPerActivationByte { get; init; }

    /// <summary>Time of moving one attention score between kernels, seconds; 0 where attention is fused.</summary>
    public double SecondsPerScore { get; init; }

    /// <summary>Time of moving one byte of the KV cache, seconds.</summary>
    public double SecondsPerKeyValueByte { get; init; }

    /// <summary>Time of one unit in one forward pass, seconds.</summary>
    /// <param name="cost">What the unit computes and moves in the pass.</param>
    public double Seconds(in UnitCost cost) =>
        (cost.Operations * SecondsPerOperation)
        + MatrixSeconds(cost.MatrixFlop, cost.WeightBytes)
        + Math.Max(cost.AttentionFlop * SecondsPerAttentionFlop, (cost.KeyValueReadBytes + cost.KeyValueWriteBytes) * SecondsPerKeyValueByte)
        + Math.Max(cost.ElementwiseFlop * SecondsPerAttentionFlop, (cost.ActivationBytes * SecondsPerActivationByte) + (cost.AttentionScores * SecondsPerScore));

    /// <summary>Time of the matrix products of a unit, seconds.</summary>
    /// <param name="flop">Their FLOP.</param>
    /// <param name="weightBytes">Weight bytes that they read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double MatrixSeconds(double flop, double weightBytes)
    {
        var compute = (flop * SecondsPerMatrixFlop) + (weightBytes * UnpackSecondsPerWeightByte);
        var memory = weightBytes * SecondsPerWeightByte;
        var traffic = 0.0;
        if (UnpackTrafficSecondsPerWeightByte > 0)
        {
            // Bytes unpacked ahead: none for one token, all from 64 on.
            var others = Math.Max(0, (flop / FlopPerWeightByteOfOneToken) - weightBytes);
            traffic = UnpackTrafficSecondsPerWeightByte * Math.Min(weightBytes, others * (1 / (UnpackAheadTokens - 1)));
        }

        return traffic + (OverlapExponent == 2 ? Math.Sqrt((compute * compute) + (memory * memory)) : Overlapped(compute, memory));
    }

    private double Overlapped(double compute, double memory)
    {
        var (larger, smaller) = compute > memory ? (compute, memory) : (memory, compute);
        return smaller <= 0 || double.IsPositiveInfinity(OverlapExponent) ? larger : larger * Math.Pow(1 + Math.Pow(smaller / larger, OverlapExponent), 1 / OverlapExponent);
    }
}
