namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>How often blocks of each modulation and coding scheme fail at an SNR: what link adaptation chooses by and what decides whether a block is decoded.</summary>
/// <remarks>Implementations are immutable and safe to use from any thread. The error rate does not rise with the SNR.</remarks>
public interface IBlockErrorModel
{
    /// <summary>The schemes to choose from, at least one; the place of a row is the number of its scheme.</summary>
    IReadOnlyList<ModulationAndCoding> Schemes { get; }

    /// <summary>Probability that a transport block is received wrongly, in [0, 1].</summary>
    /// <param name="mcs">Number of the scheme.</param>
    /// <param name="snrLinear">Effective SNR, linear (not dB), at least 0.</param>
    /// <param name="transportBlockBits">Size of the block, bits, at least 1.</param>
    double TransportBlockErrorRate(int mcs, double snrLinear, int transportBlockBits);

    /// <summary>The SNR at which a receiver starts to report an index, linear (not dB); does not fall with the index.</summary>
    /// <param name="table">Table of channel quality indices.</param>
    /// <param name="cqi">Index, from 1 to the largest of the table.</param>
    /// <param name="targetBlockErrorRate">Block error rate that the report promises, in (0, 1).</param>
    double ReportSnrLinear(CqiTable table, int cqi, double targetBlockErrorRate);
}
