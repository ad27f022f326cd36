using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Which packets of an unreliable link are lost.</summary>
/// <remarks>
/// <para>Whether packet n of an entity is lost is a pure function of (key, entity, n): filling twice, in another order or in other portions gives the same
/// answers, so that two policies see the same losses. The packets of an entity are numbered 0, 1, 2, ... in the order in which they are sent.</para>
/// <para>Implementations are immutable and safe to use from any thread, and filling allocates nothing. Give losses a stream of their own,
/// for example <c>StreamKey.Create(seed, "loss/uplink")</c>.</para>
/// </remarks>
public interface IPacketLoss
{
    /// <summary>The probability that any one packet is lost, averaged over entities, in [0, 1].</summary>
    double LossProbability { get; }

    /// <summary>Tells which of consecutive packets are lost.</summary>
    /// <param name="key">Stream of the losses.</param>
    /// <param name="entity">Whose packets these are: a link or a device.</param>
    /// <param name="firstPacket">Number of the first packet.</param>
    /// <param name="isLost">Receives true for each lost packet; shape [packets].</param>
    void FillLosses(StreamKey key, ulong entity, ulong firstPacket, Span<bool> isLost);
}
