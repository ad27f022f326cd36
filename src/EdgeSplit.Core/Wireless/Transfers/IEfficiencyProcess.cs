namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>A link's spectral efficiency over time, bit/s/Hz, constant on blocks of equal length: a coherence time, or a row of a trace.</summary>
/// <remarks>
/// <para>Block b covers the times [b * BlockSeconds, (b + 1) * BlockSeconds), b = 0, 1, 2, ... The values are a pure function of the block
/// number: filling twice, in another order or in other portions gives the same bits. Hence two policies see the same channel.</para>
/// <para>Implementations may remember where they were: one instance per thread unless they say otherwise. <see cref="LinkTimeline"/> turns a process into completion times.</para>
/// </remarks>
public interface IEfficiencyProcess
{
    /// <summary>Length of a block, seconds, positive and finite.</summary>
    double BlockSeconds { get; }

    /// <summary>The spectral efficiency of consecutive blocks.</summary>
    /// <param name="firstBlock">Number of the first block, at least 0.</param>
    /// <param name="spectralEfficiency">Receives one value per block, bit/s/Hz, at least 0 and finite; 0 is an outage.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first block is negative.</exception>
    void Fill(long firstBlock, Span<double> spectralEfficiency);
}
