namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>The largest data rate that a user equipment supports on one carrier.</summary>
/// <remarks>Static and pure; nothing is allocated. Source: 3GPP TS 38.306 section 4.1.2.</remarks>
public static class PeakRate
{
    /// <summary>Share of control signals and pilots, downlink below 7.125 GHz (FR1).</summary>
    public const double DownlinkOverheadFr1 = 0.14;

    /// <summary>Share of control signals and pilots, downlink above 24.25 GHz (FR2).</summary>
    public const double DownlinkOverheadFr2 = 0.18;

    /// <summary>Share of control signals and pilots, uplink below 7.125 GHz (FR1).</summary>
    public const double UplinkOverheadFr1 = 0.08;

    /// <summary>Share of control signals and pilots, uplink above 24.25 GHz (FR2).</summary>
    public const double UplinkOverheadFr2 = 0.10;

    /// <summary>The largest code rate, 948/1024.</summary>
    public const double MaximumCodeRate = 948.0 / 1024.0;

    /// <summary>Data rate, bit/s.</summary>
    /// <param name="layers">Spatial layers, 1 to 8.</param>
    /// <param name="bitsPerSymbol">Coded bits per symbol of the largest constellation, 1 to 10.</param>
    /// <param name="resourceBlocks">Resource blocks of 12 subcarriers on the carrier, at least 1.</param>
    /// <param name="numerology">Numerology mu, 0 to 6: subcarriers 15 kHz times 2^mu apart.</param>
    /// <param name="overheadShare">Share of control signals and pilots, in [0, 1).</param>
    /// <param name="scalingFactor">Factor f that the equipment signals, in (0, 1]; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double BitsPerSecond(
        int layers, int bitsPerSymbol, int resourceBlocks, int numerology, double overheadShare, double scalingFactor = 1.0)
    {
        var bitsPerElement = Guard.InRange(layers, 1, 8) * Guard.InRange(bitsPerSymbol, 1, 10) * MaximumCodeRate
            * Guard.InRange(scalingFactor, double.Epsilon, 1.0);
        var symbolsPerSecond = 14_000.0 * (1 << Guard.InRange(numerology, 0, 6));
        var kept = 1.0 - Guard.InRange(overheadShare, 0.0, Math.BitDecrement(1.0));
        return bitsPerElement * 12.0 * Guard.AtLeast(resourceBlocks, 1) * symbolsPerSecond * kept;
    }
}
