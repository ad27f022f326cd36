using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Compression;

/// <summary>The mid-rise uniform quantiser with 2^b levels between -c and c: values beyond the clip level c saturate.</summary>
/// <remarks>
/// <para>With step s = 2 c / 2^b, a value x gets the code floor(x/s) + 2^(b-1), kept within 0 and 2^b - 1, and code q stands for the level
/// (q + 1/2 - 2^(b-1)) s, the middle of its cell. No level is 0, and the levels lie symmetrically about it. Inside the clip range the error is at
/// most s/2, up to the rounding of single precision (below 1 % of a step at 16 bits, 2^-15 of a step at 8).</para>
/// <para>This is <b>not</b> the symmetric integer format of neural-network libraries (INT8 with codes -127 to 127): that one is mid-tread, has an odd
/// number of levels, one of them 0, and other distortion figures.</para>
/// <para>Mean distortion of a Gaussian signal is in <see cref="GaussianQuantizerDistortion"/>. Activations of language models have heavier tails:
/// with one scale for a whole tensor expect clearly more distortion.</para>
/// <para>Spans are worked on in vectors of 16 lanes, with the same bits on every processor; nothing is allocated. Immutable, so safe to share between threads.</para>
/// <para>Source: J. Max, "Quantizing for minimum distortion", IRE Transactions on Information Theory 6(1), 1960, pp. 7-12.</para>
/// </remarks>
public sealed record UniformQuantizer
{
    private const int Lanes = 16;

    private readonly float step;
    private readonly float levelsPerUnit;
    private readonly float lowest;
    private readonly float highest;

    /// <summary>Creates a quantiser.</summary>
    /// <param name="Bits">Bits per value b, in [1, 16].</param>
    /// <param name="ClipLevel">Largest magnitude before saturation c, in the unit of the values, in [1e-30, 1e30].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public UniformQuantizer(int Bits, double ClipLevel)
    {
        this.Bits = Guard.InRange(Bits, 1, 16);
        this.ClipLevel = Guard.InRange(ClipLevel, 1e-30, 1e30);
        step = (float)Step;
        levelsPerUnit = (float)(1.0 / Step);
        highest = (Levels / 2) - 0.5f;
        lowest = -highest;
    }

    /// <summary>Bits per value b.</summary>
    public int Bits { get; }

    /// <summary>Largest magnitude before saturation c, in the unit of the values.</summary>
    public double ClipLevel { get; }

    /// <summary>Number of levels, 2^b.</summary>
    public int Levels => 1 << Bits;

    /// <summary>Distance between neighbouring levels, 2 c / 2^b, in the unit of the values.</summary>
    public double Step => 2.0 * ClipLevel / Levels;

    /// <summary>The quantiser of least mean squared error for a Gaussian signal of mean 0.</summary>
    /// <param name="bits">Bits per value, in [1, 16].</param>
    /// <param name="standardDeviation">Standard deviation of the signal, in its unit, in [1e-20, 1e20].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static UniformQuantizer OptimalForGaussian(int bits, double standardDeviation) =>
        new(bits, GaussianQuantizerDistortion.OptimalClipSigmas(bits) * Guard.InRange(standardDeviation, 1e-20, 1e20));

    /// <summary>Replaces values by codes.</summary>
    /// <param name="values">What to quantise; infinities saturate; shape [values].</param>
    /// <param name="codes">Receives the codes, each in [0, 2^b - 1]; shape [values].</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ, or a value is NaN, for which there is no code.</exception>
    public void Quantize(ReadOnlySpan<float> values, Span<ushort> codes)
    {
        Guard.SameLength(codes.Length, values.Length, nameof(codes));
        var (scale, low, high, offset) = (Vector512.Create(levelsPerUnit), Vector512.Create(lowest), Vector512.Create(highest), Vector512.Create(highest));
        var numbers = Vector512<float>.AllBitsSet;
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(codes);
        var i = 0;
        for (; i + (2 * Lanes) <= values.Length; i += 2 * Lanes)
        {
            var (first, second) = (Vector512.LoadUnsafe(ref from, (nuint)i), Vector512.LoadUnsafe(ref from, (nuint)(i + Lanes)));
            numbers &= Vector512.Equals(first, first) & Vector512.Equals(second, second);
            var firstCodes = Vector512.ConvertToInt32(Cell(first, scale, low, high) + offset).AsUInt32();
            var secondCodes = Vector512.ConvertToInt32(Cell(second, scale, low, high) + offset).AsUInt32();
            Vector512.Narrow(firstCodes, secondCodes).StoreUnsafe(ref to, (nuint)i);
        }

        var allNumbers = Vector512.EqualsAll(numbers.AsUInt32(), Vector512<uint>.AllBitsSet);
        for (; i < values.Length; i++)
        {
            allNumbers &= !float.IsNaN(values[i]);
            codes[i] = (ushort)(int)(Cell(values[i]) + highest);
        }

        if (!allNumbers)
        {
            throw new ArgumentOutOfRangeException(nameof(values), double.NaN, "Must be numbers: there is no code for NaN.");
        }
    }

    /// <summary>Replaces codes by the levels that they stand for.</summary>
    /// <param name="codes">The codes, each in [0, 2^b - 1]; shape [values]. A larger code is read as the largest.</param>
    /// <param name="values">Receives the levels; shape [values].</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    public void Dequantize(ReadOnlySpan<ushort> codes, Span<float> values)
    {
        Guard.SameLength(values.Length, codes.Length, nameof(values));
        var (scale, offset, largest) = (Vector512.Create(step), Vector512.Create(highest), Vector512.Create((ushort)(Levels - 1)));
        ref var from = ref MemoryMarshal.GetReference(codes);
        ref var to = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + (2 * Lanes) <= codes.Length; i += 2 * Lanes)
        {
            var (first, second) = Vector512.Widen(Vector512.Min(Vector512.LoadUnsafe(ref from, (nuint)i), largest));
            ((Vector512.ConvertToSingle(first.AsInt32()) - offset) * scale).StoreUnsafe(ref to, (nuint)i);
            ((Vector512.ConvertToSingle(second.AsInt32()) - offset) * scale).StoreUnsafe(ref to, (nuint)(i + Lanes));
        }

        for (; i < codes.Length; i++)
        {
            values[i] = (Math.Min(codes[i], Levels - 1) - highest) * step;
        }
    }

    /// <summary>Replaces every value by the level of its code, in place: what the far end reads after <see cref="Quantize"/> and <see cref="Dequantize"/>.</summary>
    /// <param name="values">The values, changed in place; infinities saturate, NaN stays NaN; shape [values].</param>
    public void RoundTrip(Span<float> values)
    {
        var (scale, low, high, width) = (Vector512.Create(levelsPerUnit), Vector512.Create(lowest), Vector512.Create(highest), Vector512.Create(step));
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + Lanes <= values.Length; i += Lanes)
        {
            (Cell(Vector512.LoadUnsafe(ref first, (nuint)i), scale, low, high) * width).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            values[i] = Cell(values[i]) * step;
        }
    }

    /// <summary>The middle of the value's cell, in steps: a whole number and a half.</summary>
    private static Vector512<float> Cell(Vector512<float> values, Vector512<float> scale, Vector512<float> low, Vector512<float> high)
    {
        var middle = Vector512.Floor(values * scale) + Vector512.Create(0.5f);
        // Comparisons, not Min and Max: NaN compares false and so stays NaN on every processor.
        middle = Vector512.ConditionalSelect(Vector512.GreaterThan(middle, high), high, middle);
        return Vector512.ConditionalSelect(Vector512.LessThan(middle, low), low, middle);
    }

    private float Cell(float value)
    {
        var middle = MathF.Floor(value * levelsPerUnit) + 0.5f;
        middle = middle > highest ? highest : middle;
        return middle < lowest ? lowest : middle;
    }
}
