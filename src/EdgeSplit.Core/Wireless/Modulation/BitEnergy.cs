namespace EdgeSplit.Core.Wireless.Modulation;

/// <summary>Converts between the SNR per symbol, Es/N0, and the SNR per information bit, Eb/N0.</summary>
/// <remarks>Es/N0 = Eb/N0 x code rate x log2 of the constellation's points: 3.01, 6.02, 7.78 and 9.03 dB more for 4, 16, 64 and 256 points without coding. With matched filtering
/// at the Nyquist rate, the SNR of a link budget is Es/N0. Stateless, so safe to use from any thread.</remarks>
public static class BitEnergy
{
    /// <summary>Eb/N0 of a given Es/N0.</summary>
    /// <param name="esN0Linear">Es/N0, linear (not dB), at least 0.</param>
    /// <param name="constellationPoints">Points of the constellation, at least 2.</param>
    /// <param name="codeRate">Information bits per coded bit, in (0, 1]; 1 (no coding) if omitted.</param>
    /// <returns>Eb/N0, linear (not dB).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public static double EbN0Linear(double esN0Linear, int constellationPoints, double codeRate = 1.0) =>
        Guard.InRange(esN0Linear, 0.0, double.PositiveInfinity) / InformationBitsPerSymbol(constellationPoints, codeRate);

    /// <summary>Es/N0 of a given Eb/N0.</summary>
    /// <param name="ebN0Linear">Eb/N0, linear (not dB), at least 0.</param>
    /// <param name="constellationPoints">Points of the constellation, at least 2.</param>
    /// <param name="codeRate">Information bits per coded bit, in (0, 1]; 1 (no coding) if omitted.</param>
    /// <returns>Es/N0, linear (not dB).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public static double EsN0Linear(double ebN0Linear, int constellationPoints, double codeRate = 1.0) =>
        Guard.InRange(ebN0Linear, 0.0, double.PositiveInfinity) * InformationBitsPerSymbol(constellationPoints, codeRate);

    private static double InformationBitsPerSymbol(int constellationPoints, double codeRate) =>
        Math.Log2(Guard.AtLeast(constellationPoints, 2)) * Guard.InRange(codeRate, double.Epsilon, 1.0);
}
