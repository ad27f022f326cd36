using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Knowledge;

/// <summary>Knowledge with an estimation error: normal in decibels, mean 0, independent from block to block.</summary>
/// <remarks>The error of block b is the first draw of RandomSource(key.Derive("estimation-error"), entity, b), so that estimates within a block agree. Immutable, so safe to share between
/// threads.</remarks>
/// <param name="StandardDeviationDb">Standard deviation of the error, decibels, at least 0.</param>
/// <param name="Source">What the error is added to; perfect knowledge if omitted.</param>
public sealed record NoisyKnowledge(double StandardDeviationDb, IChannelEstimator? Source = null) : IChannelEstimator
{
    private readonly NormalDistribution _error = new(0, Guard.NonNegative(StandardDeviationDb));

    /// <summary>Standard deviation of the error, decibels.</summary>
    public double StandardDeviationDb => _error.StandardDeviation;

    /// <summary>What the error is added to.</summary>
    public IChannelEstimator Source { get; } = Source ?? new PerfectKnowledge();

    /// <inheritdoc/>
    public double EstimateDb(ISnrProcess channel, double timeSeconds, StreamKey key, ulong entity)
    {
        var block = ChannelBlock.At(channel, timeSeconds);
        var random = new RandomSource(key.Derive("estimation-error"), entity, (ulong)block);
        return Source.EstimateDb(channel, timeSeconds, key, entity) + _error.Sample(ref random);
    }
}
