namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Mutual information of square QAM in complex Gaussian noise: what no code can beat with that constellation.</summary>
/// <remarks>
/// <para>All points are equally likely. The values come from a table (32 points per octave of SNR, cubic between them), built on first
/// use by quadrature to about 1e-12; the table is within 1e-7 bit of it. It never falls with the SNR, never exceeds the bits per
/// symbol nor log2(1 + snr).</para>
/// <para>Static and immutable, so safe to use from any thread. Nothing is allocated.</para>
/// <para>Sources: G. Ungerboeck, "Channel coding with multilevel/phase signals", IEEE Trans. Inf. Theory 28(1), 1982; the slopes from
/// D. Guo, S. Shamai and S. Verdu, "Mutual information and minimum mean-square error in Gaussian channels", IEEE Trans. Inf. Theory
/// 51(4), 2005.</para>
/// </remarks>
public static class ConstellationCapacity
{
    private static readonly CapacityCurve[] Curves = [new(2, 7), new(4, 9), new(6, 11), new(8, 13)];

    /// <summary>Capacity of a constellation, bit per symbol.</summary>
    /// <param name="bitsPerSymbol">2 (QPSK), 4 (16QAM), 6 (64QAM) or 8 (256QAM).</param>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio per symbol, Es/N0, at least 0; infinity is allowed.</param>
    /// <returns>From 0 to <paramref name="bitsPerSymbol"/>, which is reached where the rest is below 1e-13.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such constellation, or the SNR is NaN or negative.</exception>
    public static double BitsPerSymbol(int bitsPerSymbol, double snrLinear) => snrLinear >= 0
        ? CurveOf(bitsPerSymbol).Capacity(snrLinear)
        : throw new ArgumentOutOfRangeException(nameof(snrLinear), snrLinear, "Must be at least 0.");

    /// <summary>The smallest SNR that reaches a capacity, linear (not dB): the inverse of <see cref="BitsPerSymbol"/>.</summary>
    /// <param name="bitsPerSymbol">2 (QPSK), 4 (16QAM), 6 (64QAM) or 8 (256QAM).</param>
    /// <param name="capacity">Capacity, bit per symbol, from 0 to <paramref name="bitsPerSymbol"/>.</param>
    /// <returns>The SNR; positive infinity at <paramref name="bitsPerSymbol"/> itself, which no finite SNR reaches.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such constellation, or the capacity is NaN or out of range.</exception>
    public static double SnrLinear(int bitsPerSymbol, double capacity) =>
        CurveOf(bitsPerSymbol).Snr(Guard.InRange(capacity, 0.0, bitsPerSymbol));

    /// <summary>The SNR at which the capacity of a row's constellation equals its efficiency, dB.</summary>
    internal static double SnrDbOf(ModulationAndCoding row) => Decibels.FromLinear(SnrLinear(row.BitsPerSymbol, row.SpectralEfficiency));

    private static CapacityCurve CurveOf(int bitsPerSymbol) => bitsPerSymbol is 2 or 4 or 6 or 8
        ? Curves[(bitsPerSymbol >> 1) - 1]
        : throw new ArgumentOutOfRangeException(nameof(bitsPerSymbol), bitsPerSymbol, "Must be 2, 4, 6 or 8.");
}
