namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>A link whose spectral efficiency never changes: a transfer takes exactly size / rate.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
/// <param name="SpectralEfficiency">Efficiency, bit/s/Hz, at least 0 and finite.</param>
/// <param name="BlockSeconds">Length of a block, seconds, positive; the default of 1e9 puts every simulation into one block, where size / rate
/// is exact to the last bit.</param>
public sealed record ConstantEfficiencyProcess(double SpectralEfficiency, double BlockSeconds = 1e9) : IEfficiencyProcess
{
    /// <summary>Efficiency, bit/s/Hz.</summary>
    public double SpectralEfficiency { get; } = Guard.NonNegative(SpectralEfficiency);

    /// <inheritdoc/>
    public double BlockSeconds { get; } = Guard.Positive(BlockSeconds);

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> spectralEfficiency)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        spectralEfficiency.Fill(SpectralEfficiency);
    }
}
