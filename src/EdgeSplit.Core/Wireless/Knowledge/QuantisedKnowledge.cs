using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Knowledge;

/// <summary>Knowledge told in whole steps, for example whole decibels: the nearest multiple of the step, half a step off at most.</summary>
/// <remarks>It takes no draws. Immutable, so safe to share between threads. <see cref="ReportedLevel"/> has uneven steps.</remarks>
/// <param name="StepDb">Step, decibels, positive; 1 dB if omitted.</param>
/// <param name="Source">What is rounded; perfect knowledge if omitted.</param>
public sealed record QuantisedKnowledge(double StepDb = 1.0, IChannelEstimator? Source = null) : IChannelEstimator
{
    /// <summary>Step, decibels.</summary>
    public double StepDb { get; } = Guard.Positive(StepDb);

    /// <summary>What is rounded.</summary>
    public IChannelEstimator Source { get; } = Source ?? new PerfectKnowledge();

    /// <inheritdoc/>
    /// <remarks>Negative infinity stays so.</remarks>
    public double EstimateDb(ISnrProcess channel, double timeSeconds, StreamKey key, ulong entity) =>
        StepDb * Math.Round(Source.EstimateDb(channel, timeSeconds, key, entity) / StepDb);
}
