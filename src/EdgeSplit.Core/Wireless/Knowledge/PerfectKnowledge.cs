using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Knowledge;

/// <summary>Perfect knowledge: the true SNR of the block in which the decision falls. It takes no draws.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record PerfectKnowledge : IChannelEstimator
{
    /// <inheritdoc/>
    public double EstimateDb(ISnrProcess channel, double timeSeconds, StreamKey key, ulong entity)
    {
        var block = ChannelBlock.At(channel, timeSeconds);
        Span<double> snrLinear = stackalloc double[1];
        channel.FillSnr(block, snrLinear);
        return Decibels.FromLinear(snrLinear[0]);
    }
}
