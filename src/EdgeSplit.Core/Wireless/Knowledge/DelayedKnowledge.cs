using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Knowledge;

/// <summary>Knowledge that comes late: what was known some time before the decision.</summary>
/// <remarks>Before the first report can have come, it is the knowledge of time 0. It takes no draws. Immutable, so safe to share between threads.</remarks>
/// <param name="DelaySeconds">Age of the knowledge: of the report and its way, seconds, at least 0.</param>
/// <param name="Source">What is delayed; perfect knowledge if omitted.</param>
public sealed record DelayedKnowledge(double DelaySeconds, IChannelEstimator? Source = null) : IChannelEstimator
{
    /// <summary>Age of the knowledge, seconds.</summary>
    public double DelaySeconds { get; } = Guard.NonNegative(DelaySeconds);

    /// <summary>What is delayed.</summary>
    public IChannelEstimator Source { get; } = Source ?? new PerfectKnowledge();

    /// <inheritdoc/>
    public double EstimateDb(ISnrProcess channel, double timeSeconds, StreamKey key, ulong entity) =>
        Source.EstimateDb(channel, Math.Max(0, Guard.NonNegative(timeSeconds) - DelaySeconds), key, entity);
}
