using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Knowledge;

/// <summary>What a device or a scheduler can know of its channel when it decides: an estimate of the signal-to-noise ratio.</summary>
/// <remarks>
/// <para>An estimate is a pure function of (channel, key, entity, block of the time asked for): asking twice, or asking about other times in between, changes nothing. Estimators
/// nest: <c>new QuantisedKnowledge(1, new NoisyKnowledge(1.5, new DelayedKnowledge(0.008)))</c> is an estimate 8 ms old, with noise, told in whole decibels.</para>
/// <para>Implementations are immutable and safe to use from any thread, as far as the channel is; estimating allocates nothing.</para>
/// </remarks>
public interface IChannelEstimator
{
    /// <summary>The estimate of the channel's SNR that is at hand at a time.</summary>
    /// <param name="channel">The channel as it truly is.</param>
    /// <param name="timeSeconds">Time of the decision, seconds, at least 0.</param>
    /// <param name="key">Stream of the estimation errors; not the stream of the channel.</param>
    /// <param name="entity">The link.</param>
    /// <returns>The estimate, decibels; negative infinity where the channel is known to carry nothing.</returns>
    /// <exception cref="ArgumentNullException">The channel is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    double EstimateDb(ISnrProcess channel, double timeSeconds, StreamKey key, ulong entity);
}
