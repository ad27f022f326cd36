namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>A share that never changes; <see cref="SharedLink"/> takes its fast path for it.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
/// <param name="Share">Share of the link, pure number in [0, 1]; 1 is the whole link, 0 no grant at all.</param>
public sealed record ConstantShare(double Share) : IShareProcess
{
    /// <summary>The whole link.</summary>
    public static ConstantShare Whole { get; } = new(1.0);

    /// <summary>Share of the link, in [0, 1].</summary>
    public double Share { get; } = Guard.InRange(Share, 0.0, 1.0);

    /// <inheritdoc/>
    public double BlockSeconds => 1e9;

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        share.Fill(Share);
    }
}
