namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>A share given as an explicit list of values, one per block, for example a scheduler's grants or a TDD pattern.</summary>
/// <remarks>After the last value it holds or wraps, as chosen by <see cref="Extension"/>. The values are copied. Immutable, so safe to
/// share between threads.</remarks>
public sealed class PiecewiseShare : IShareProcess
{
    private readonly double[] _values;

    /// <summary>Creates a share from a list.</summary>
    /// <param name="blockSeconds">Length of a block, seconds, positive.</param>
    /// <param name="share">Values in [0, 1]; shape [blocks], at least one.</param>
    /// <param name="extension">What follows the last value; by default it holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN or outside [0, 1], or the block is not positive.</exception>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public PiecewiseShare(double blockSeconds, ReadOnlySpan<double> share, PiecewiseExtension extension = PiecewiseExtension.Hold)
    {
        BlockSeconds = Guard.Positive(blockSeconds);
        Extension = extension;
        _values = PiecewiseValues.Checked(share, 1.0, nameof(share));
    }

    /// <inheritdoc/>
    public double BlockSeconds { get; }

    /// <summary>What follows the last value.</summary>
    public PiecewiseExtension Extension { get; }

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> share) => PiecewiseValues.Fill(_values, Extension, firstBlock, share);
}
