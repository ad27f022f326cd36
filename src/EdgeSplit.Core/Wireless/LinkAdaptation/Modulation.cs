namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Square constellations of NR data channels; the number of a member is its bits per symbol.</summary>
/// <remarks>Source: 3GPP TS 38.211 section 5.1.</remarks>
public enum Modulation
{
    /// <summary>No constellation: the value of an enumeration that was never set.</summary>
    None = 0,

    /// <summary>QPSK, 2 bits per symbol.</summary>
    Qpsk = 2,

    /// <summary>16QAM, 4 bits per symbol.</summary>
    Qam16 = 4,

    /// <summary>64QAM, 6 bits per symbol.</summary>
    Qam64 = 6,

    /// <summary>256QAM, 8 bits per symbol.</summary>
    Qam256 = 8,
}
