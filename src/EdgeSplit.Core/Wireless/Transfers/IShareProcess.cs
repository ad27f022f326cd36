namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>The share of a link that a scheduler grants to one device over time, constant on blocks of equal length.</summary>
/// <remarks>
/// <para>A share w in [0, 1] multiplies the rate at unchanged SNR: a fraction of the time slots, or of a bandwidth whose power is divided
/// alike. Block b covers [b * BlockSeconds, (b + 1) * BlockSeconds); blocks of the share and of the efficiency need not agree.</para>
/// <para>The values are a pure function of the block number. Implementations are immutable and safe to use from any thread.</para>
/// </remarks>
public interface IShareProcess
{
    /// <summary>Length of a block, seconds, positive and finite.</summary>
    double BlockSeconds { get; }

    /// <summary>The share in consecutive blocks.</summary>
    /// <param name="firstBlock">Number of the first block, at least 0.</param>
    /// <param name="share">Receives one value per block, pure number in [0, 1]; 0 is no grant.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first block is negative.</exception>
    void Fill(long firstBlock, Span<double> share);
}
