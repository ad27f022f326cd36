using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Sends a hidden state once, without acknowledgement or repetition: what is lost stays lost, and the receiver knows what is missing.</summary>
/// <remarks>The opposite of a reliable transfer (<see cref="Transfers.LinkTimeline"/>), which turns loss into delay. Stateless, so safe to use from any thread.</remarks>
public static class UnreliableTransfer
{
    /// <summary>Sends all packets once.</summary>
    /// <param name="packets">The packets of the hidden state.</param>
    /// <param name="loss">Which packets are lost.</param>
    /// <param name="key">Stream of the losses.</param>
    /// <param name="entity">Whose packets these are: a link or a device.</param>
    /// <param name="firstPacket">Number of the first packet, on the entity's count of all its packets: where the last message ended, so that bursts go on across messages.</param>
    /// <param name="isLost">Receives true for each lost packet; shape [packets]. <see cref="HiddenStatePackets.FillErased"/> and <see cref="HiddenStatePackets.Erase"/> take it.</param>
    /// <returns>What was sent, and what arrived.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The span has another length.</exception>
    public static UnreliableTransferResult Send(
        HiddenStatePackets packets, IPacketLoss loss, StreamKey key, ulong entity, ulong firstPacket, Span<bool> isLost)
    {
        ArgumentNullException.ThrowIfNull(packets);
        ArgumentNullException.ThrowIfNull(loss);
        Guard.SameLength(isLost.Length, packets.Packets);
        loss.FillLosses(key, entity, firstPacket, isLost);
        return Summarise(packets, isLost);
    }

    /// <summary>What arrives and what does not, where it is known which packets are lost.</summary>
    /// <param name="packets">The packets of the hidden state.</param>
    /// <param name="isLost">True for each lost packet; shape [packets].</param>
    /// <exception cref="ArgumentNullException">The packets are null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The span has another length.</exception>
    public static UnreliableTransferResult Summarise(HiddenStatePackets packets, ReadOnlySpan<bool> isLost)
    {
        ArgumentNullException.ThrowIfNull(packets);
        Guard.SameLength(isLost.Length, packets.Packets);
        var (delivered, erased) = (0L, 0L);
        var (lost, valuesErased, gap, longestGap) = (0, 0, 0, 0);
        for (var packet = 0; packet < isLost.Length; packet++)
        {
            if (isLost[packet])
            {
                erased += packets.BitsIn(packet);
                valuesErased += packets.ValuesIn(packet);
                lost++;
                longestGap = Math.Max(longestGap, ++gap);
            }
            else
            {
                delivered += packets.BitsIn(packet);
                gap = 0;
            }
        }

        return new(packets.BitsSent, delivered, erased, packets.Packets, lost, packets.Values, valuesErased, longestGap);
    }
}
