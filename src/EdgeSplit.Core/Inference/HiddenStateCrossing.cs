namespace EdgeSplit.Core.Inference;

/// <summary>What became of hidden states that crossed a link.</summary>
/// <param name="Messages">Messages sent.</param>
/// <param name="PayloadBits">Exact bits of the codec's payloads; 32 per value where no codec is set.</param>
/// <param name="Values">Values sent.</param>
/// <param name="ErasedValues">Values that did not arrive.</param>
/// <param name="Packets">Packets sent; one per message where no packets are set.</param>
/// <param name="LostPackets">Packets that did not arrive.</param>
public readonly record struct HiddenStateCrossing(long Messages, long PayloadBits, long Values, long ErasedValues, long Packets, long LostPackets)
{
    /// <summary>Share of the values that did not arrive, in [0, 1]; 0 where nothing was sent.</summary>
    public double ErasedShare => Values > 0 ? (double)ErasedValues / Values : 0;

    /// <summary>Both together.</summary>
    /// <param name="left">One account.</param>
    /// <param name="right">Another account.</param>
    public static HiddenStateCrossing operator +(in HiddenStateCrossing left, in HiddenStateCrossing right) => new(
        left.Messages + right.Messages,
        left.PayloadBits + right.PayloadBits,
        left.Values + right.Values,
        left.ErasedValues + right.ErasedValues,
        left.Packets + right.Packets,
        left.LostPackets + right.LostPackets);

    /// <summary>Both together.</summary>
    /// <param name="other">Another account.</param>
    public HiddenStateCrossing Add(in HiddenStateCrossing other) => this + other;
}
