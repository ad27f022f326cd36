namespace EdgeSplit.Core.Compression;

/// <summary>Round-to-nearest quantisation of weights: symmetric, b bits, one half-precision scale per group of g consecutive weights of a row.</summary>
/// <remarks>
/// <para>In the spirit of the block formats Q8_0 and Q4_0 of llama.cpp, without calibration data. scale = max|w| / (2^(b-1) - 1) over the group, rounded to half precision;
/// q = w / scale rounded half to even and kept within -(2^(b-1) - 1) and 2^(b-1) - 1; the weight becomes q scale. A group that does not fill the end of a row is
/// shorter; no group reaches over two rows. Bits per weight: b + 16 / g.</para>
/// <para>Error: |w - w'| &lt;= scale / 2 + 2^-11 max|w| of the group: half a step, and what the rounding of the scale takes from the largest weights. Where the scale lies below
/// 2^-14 its own step of 2^-24 counts: at most (2^(b-1) - 1) 2^-25 more.</para>
/// <para>Nothing is allocated. Immutable, so safe to share between threads.</para>
/// </remarks>
public sealed record WeightGroupQuantizer
{
    private const float LargestHalf = 65504f;

    /// <summary>Creates a quantiser.</summary>
    /// <param name="Bits">Bits per weight b, in [2, 8].</param>
    /// <param name="GroupSize">Weights that share a scale g, at least 1; 32 if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public WeightGroupQuantizer(int Bits, int GroupSize = 32)
    {
        this.Bits = Guard.InRange(Bits, 2, 8);
        this.GroupSize = Guard.AtLeast(GroupSize, 1);
    }

    /// <summary>Bits per weight b, without the scales.</summary>
    public int Bits { get; }

    /// <summary>Weights that share a scale g.</summary>
    public int GroupSize { get; }

    /// <summary>Bits per weight, scales included, in rows of whole groups: b + 16 / g.</summary>
    public double BitsPerWeight => Bits + (16.0 / GroupSize);

    /// <summary>Replaces every weight by its level, in place.</summary>
    /// <param name="weights">The matrix, finite, row-major; shape [rows, columns].</param>
    /// <param name="columns">Weights of a row, at least 1; the length is a multiple of it.</param>
    /// <exception cref="ArgumentException">A weight is NaN or infinite or too large for a half-precision scale (that is, above 65,504 (2^(b-1) - 1)), or the span is no whole number
    /// of rows. The weights are then unchanged.</exception>
    public void RoundTrip(Span<float> weights, int columns)
    {
        Guard.AtLeast(columns, 1);
        if (weights.Length % columns != 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"Must be whole rows of {columns}; there are {weights.Length} weights."), nameof(weights));
        }

        var top = SymmetricRounding.Top(Bits);
        if (MessageShape.FirstNotFinite(weights) is var at and >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"Weights are finite: weight {at} is {weights[at]}."), nameof(weights));
        }

        if (SymmetricRounding.LargestMagnitude(weights) is var largest && largest > LargestHalf * top)
        {
            throw new ArgumentException(FormattableString.Invariant($"Must be at most {LargestHalf * top} in magnitude; found {largest}."), nameof(weights));
        }

        var group = Math.Min(GroupSize, columns);
        Span<float> scale = stackalloc float[1];
        for (var row = 0; row <= weights.Length - columns; row += columns)
        {
            for (var column = 0; column < columns; column += group)
            {
                var part = weights.Slice(row + column, Math.Min(group, columns - column));
                scale[0] = (float)HalfPrecision.Round(SymmetricRounding.LargestMagnitude(part) / top);
                SymmetricRounding.RoundTrip(part, scale, top);
            }
        }
    }
}
