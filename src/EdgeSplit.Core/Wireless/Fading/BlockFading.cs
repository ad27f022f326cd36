using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Block fading: the gains of different blocks are independent draws of one law.</summary>
/// <remarks>Gain b is the first draw of RandomSource(key, entity, b, 0). The block is to be a coherence time (<see cref="Doppler"/>): within it the channel stands still, between blocks
/// it forgets everything, so that there is no Doppler spectrum and no level-crossing rate. Immutable, so safe to share between threads.</remarks>
/// <param name="Key">Stream of the draws.</param>
/// <param name="Entity">The link.</param>
/// <param name="Law">Law of the gain.</param>
/// <param name="BlockSeconds">Length of a block, seconds, positive.</param>
public sealed record BlockFading(StreamKey Key, ulong Entity, IFadingModel Law, double BlockSeconds) : IFadingProcess
{
    /// <inheritdoc/>
    public IFadingModel Law { get; } = Law ?? throw new ArgumentNullException(nameof(Law));

    /// <inheritdoc/>
    public double BlockSeconds { get; } = Guard.Positive(BlockSeconds);

    /// <inheritdoc/>
    public void FillGains(long firstBlock, Span<double> powerGainsLinear)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        Law.FillGains(Key, Entity, (ulong)firstBlock, powerGainsLinear);
    }

    /// <inheritdoc/>
    /// <remarks>The exact conditional law: the later blocks are drawn anew.</remarks>
    public IFadingProcess AnotherFuture(StreamKey key) => new OtherBlocks(this, this with { Key = key });

    private sealed class OtherBlocks(BlockFading present, BlockFading future) : IFadingProcess
    {
        public double BlockSeconds => present.BlockSeconds;

        public IFadingModel Law => present.Law;

        public void FillGains(long firstBlock, Span<double> powerGainsLinear)
        {
            future.FillGains(firstBlock, powerGainsLinear);
            if (firstBlock == 0 && powerGainsLinear.Length > 0)
            {
                present.FillGains(0, powerGainsLinear[..1]);
            }
        }

        public IFadingProcess AnotherFuture(StreamKey key) => present.AnotherFuture(key);
    }
}
