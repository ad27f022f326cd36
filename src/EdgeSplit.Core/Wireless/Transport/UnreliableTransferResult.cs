namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>The outcome of one hidden state sent once over an unreliable link.</summary>
/// <param name="BitsSent">Bits of all packets, headers included.</param>
/// <param name="BitsDelivered">Bits of the packets that arrived, headers included.</param>
/// <param name="BitsErased">Bits of the packets that were lost, headers included: sent = delivered + erased, exactly.</param>
/// <param name="Packets">Number of packets sent.</param>
/// <param name="PacketsLost">Number of packets lost.</param>
/// <param name="Values">Number of values sent.</param>
/// <param name="ValuesErased">Number of values that did not arrive.</param>
/// <param name="LongestGapPackets">Length of the longest run of lost packets, packets.</param>
public readonly record struct UnreliableTransferResult(
    long BitsSent, long BitsDelivered, long BitsErased, int Packets, int PacketsLost, int Values, int ValuesErased, int LongestGapPackets)
{
    /// <summary>Share of the values that did not arrive, in [0, 1]; 0 where nothing was sent.</summary>
    public double ErasedShare => Values > 0 ? (double)ValuesErased / Values : 0;

    /// <summary>Whether everything arrived.</summary>
    public bool IsComplete => PacketsLost == 0;
}
