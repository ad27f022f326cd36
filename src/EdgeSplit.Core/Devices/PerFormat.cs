using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>One number for each class of weight format a processor treats alike: a peak rate, or an efficiency.</summary>
/// <remarks>
/// <para>The class follows from the bits per value: at least 24 is 32-bit; at least 10 is 16-bit; at least 7 is 8-bit; below
/// that, low-bit. Low-bit weights (INT4, the GGUF blocks from Q6_K down) are decompressed on the way into a product of another
/// format, so that their rate is rarely the data sheet's INT4 rate.</para>
/// <para>Immutable value. The unit is the user's: FLOP/s for rates (a multiply-accumulate is two operations), none for efficiencies.</para>
/// </remarks>
/// <param name="Bits32">Weights of 24 bits and more (F32).</param>
/// <param name="Bits16">Weights of 10 to 24 bits (F16, BF16).</param>
/// <param name="Bits8">Weights of 7 to 10 bits (INT8, Q8_0).</param>
/// <param name="LowBit">Weights under 7 bits (INT4, Q6_K, Q5_K_M, Q4_K_M, ...).</param>
public readonly record struct PerFormat(double Bits32, double Bits16, double Bits8, double LowBit)
{
    /// <summary>Weights of fewer bits are packed: they are unpacked on the way into a product.</summary>
    internal const double Bits16Least = 10;

    /// <summary>The same number for every class.</summary>
    /// <param name="value">The number.</param>
    public static PerFormat Uniform(double value) => new(value, value, value, value);

    /// <summary>The number that holds for a weight format.</summary>
    /// <param name="weights">The weight format; its bits per value decide.</param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    public double For(NumberFormat weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var bits = weights.BitsPerValue;
        return bits < 7 ? LowBit : bits < Bits16Least ? Bits8 : bits < 24 ? Bits16 : Bits32;
    }

    internal static PerFormat Positive(PerFormat table, string name)
    {
        Guard.Positive(table.Bits32, name);
        Guard.Positive(table.Bits16, name);
        Guard.Positive(table.Bits8, name);
        Guard.Positive(table.LowBit, name);
        return table;
    }

    internal static PerFormat Efficiency(PerFormat table, string name)
    {
        Positive(table, name);
        Guard.InRange(table.Bits32, 0, RooflineProfile.MaximumEfficiency, name);
        Guard.InRange(table.Bits16, 0, RooflineProfile.MaximumEfficiency, name);
        Guard.InRange(table.Bits8, 0, RooflineProfile.MaximumEfficiency, name);
        Guard.InRange(table.LowBit, 0, RooflineProfile.MaximumEfficiency, name);
        return table;
    }
}
