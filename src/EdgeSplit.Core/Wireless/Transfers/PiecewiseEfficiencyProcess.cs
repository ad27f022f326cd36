namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>A link whose spectral efficiency is an explicit list of values, one per block: a recorded or invented trace.</summary>
/// <remarks>After the last value it holds or wraps, as chosen by <see cref="Extension"/>; zeros are valid outages. The values are copied.
/// Immutable, so safe to share between threads.</remarks>
public sealed class PiecewiseEfficiencyProcess : IEfficiencyProcess
{
    private readonly double[] _values;

    /// <summary>Creates a process from a list.</summary>
    /// <param name="blockSeconds">Length of a block, seconds, positive.</param>
    /// <param name="spectralEfficiency">Values, bit/s/Hz, at least 0 and finite; shape [blocks], at least one.</param>
    /// <param name="extension">What follows the last value; by default it holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN, infinite or negative, or the block is not positive.</exception>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public PiecewiseEfficiencyProcess(
        double blockSeconds, ReadOnlySpan<double> spectralEfficiency, PiecewiseExtension extension = PiecewiseExtension.Hold)
    {
        BlockSeconds = Guard.Positive(blockSeconds);
        Extension = extension;
        _values = PiecewiseValues.Checked(spectralEfficiency, double.MaxValue, nameof(spectralEfficiency));
    }

    /// <inheritdoc/>
    public double BlockSeconds { get; }

    /// <summary>What follows the last value.</summary>
    public PiecewiseExtension Extension { get; }

    /// <summary>Number of values in the list.</summary>
    public int Blocks => _values.Length;

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> spectralEfficiency) =>
        PiecewiseValues.Fill(_values, Extension, firstBlock, spectralEfficiency);
}
