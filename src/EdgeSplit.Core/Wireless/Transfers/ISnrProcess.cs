namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>A link's signal-to-noise ratio over time, constant on blocks of equal length: what link adaptation and receivers start from.</summary>
/// <remarks>Block b covers the times [b * BlockSeconds, (b + 1) * BlockSeconds). The values are a pure function of the block number: filling twice, in another
/// order or in other portions gives the same bits. Implementations may remember where they were: one instance per thread unless they say otherwise.</remarks>
public interface ISnrProcess
{
    /// <summary>Length of a block, seconds, positive and finite.</summary>
    double BlockSeconds { get; }

    /// <summary>The SNR of consecutive blocks.</summary>
    /// <param name="firstBlock">Number of the first block, at least 0.</param>
    /// <param name="snrLinear">Receives one value per block, linear (not dB), at least 0 and finite; shape [blocks].</param>
    /// <exception cref="ArgumentOutOfRangeException">The first block is negative.</exception>
    void FillSnr(long firstBlock, Span<double> snrLinear);
}
