namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>One row of a table of modulation and coding schemes or of channel quality indices.</summary>
/// <param name="Index">Number of the row in its table, at least 0.</param>
/// <param name="BitsPerSymbol">Coded bits per symbol (modulation order): 2, 4, 6 or 8.</param>
/// <param name="CodeRate">Information bits per coded bit, in (0, 1).</param>
/// <remarks>Rows come from <see cref="McsTable"/> and <see cref="CqiTable"/>. Immutable, so safe to share between threads.</remarks>
public readonly record struct ModulationAndCoding(int Index, int BitsPerSymbol, double CodeRate)
{
    /// <summary>Information bits per symbol, bit/s/Hz at one symbol per second and hertz: modulation order times code rate, not rounded.</summary>
    /// <remarks>The specification prints it rounded half up to four decimals: 2.40625 as 2.4063.</remarks>
    public double SpectralEfficiency => BitsPerSymbol * CodeRate;

    /// <summary>The constellation.</summary>
    public Modulation Modulation => (Modulation)BitsPerSymbol;
}
