namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Which values of a hidden state travel in the same packet. See <see cref="HiddenStatePackets"/>.</summary>
public enum PacketLayout
{
    /// <summary>Neighbours stay together: a lost packet takes whole stretches of a token, or whole tokens.</summary>
    Contiguous,

    /// <summary>Neighbours are spread over the packets: a lost packet takes a thin share of every token.</summary>
    Interleaved,
}
