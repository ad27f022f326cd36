using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Small-scale fading over time: the power gain of a flat channel in each block, mean 1.</summary>
/// <remarks>Block b covers the times [b * BlockSeconds, (b + 1) * BlockSeconds), b = 0, 1, 2, ... The gains are a pure function of the block number and of what the
/// process was made from: filling twice, in another order or in other portions gives the same bits. Immutable and safe to share between threads unless an
/// implementation says otherwise.</remarks>
public interface IFadingProcess
{
    /// <summary>Length of a block, seconds, positive and finite.</summary>
    double BlockSeconds { get; }

    /// <summary>The law of the gain of any one block.</summary>
    IFadingModel Law { get; }

    /// <summary>The gains of consecutive blocks.</summary>
    /// <param name="firstBlock">Number of the first block, at least 0.</param>
    /// <param name="powerGainsLinear">Receives one gain per block, linear (not dB), at least 0, mean 1; shape [blocks].</param>
    /// <exception cref="ArgumentOutOfRangeException">The first block is negative.</exception>
    void FillGains(long firstBlock, Span<double> powerGainsLinear);

    /// <summary>Another course that is still possible given the present: it has this process's gain in block 0, and draws of its own after it.</summary>
    /// <param name="key">Stream of the other course's draws.</param>
    /// <returns>A process whose law is that of this one given the channel in block 0, as far as the implementation says.</returns>
    IFadingProcess AnotherFuture(StreamKey key);
}
