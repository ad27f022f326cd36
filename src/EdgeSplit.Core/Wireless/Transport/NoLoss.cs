using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Every packet arrives. It takes no draws.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record NoLoss : IPacketLoss
{
    /// <inheritdoc/>
    public double LossProbability => 0;

    /// <inheritdoc/>
    public void FillLosses(StreamKey key, ulong entity, ulong firstPacket, Span<bool> isLost) => isLost.Clear();
}
