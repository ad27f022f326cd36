using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>The outcome of one message over a slot-level link, and where its time went.</summary>
/// <remarks>The five parts sum to <see cref="TotalSeconds"/>. After a time-out that is the time-out itself, and what was only waited for counts as alignment.</remarks>
/// <param name="Status">Whether every bit arrived.</param>
/// <param name="CompletionSeconds">Absolute time at which the receiver has the whole message, seconds; positive infinity after a time-out.</param>
/// <param name="Bits">Size of the message, bits.</param>
/// <param name="GrantSeconds">Wait for permission to send, seconds.</param>
/// <param name="AlignmentSeconds">Wait for the start of a slot and for slots of the direction, until the last bit was sent for the first time, seconds.</param>
/// <param name="AirSeconds">Slots that carried bits of the message for the first time, seconds.</param>
/// <param name="RetransmissionSeconds">Slots that further rounds, RLC or the wait for feedback took meanwhile, and from the last first transmission until every bit had arrived, seconds.</param>
/// <param name="DeliverySeconds">Way and protocol after the air, seconds.</param>
/// <param name="Transmissions">Blocks on the air with bits of the message, every round counted.</param>
public readonly record struct ReliableTransferResult(
    TransferStatus Status, double CompletionSeconds, double Bits, double GrantSeconds, double AlignmentSeconds, double AirSeconds, double RetransmissionSeconds,
    double DeliverySeconds, long Transmissions)
{
    /// <summary>From the moment the message was ready until its completion or its time-out, seconds.</summary>
    public double TotalSeconds => GrantSeconds + AlignmentSeconds + AirSeconds + RetransmissionSeconds + DeliverySeconds;

    /// <summary>Size over total time, bit/s; 0 after a time-out and for an empty message.</summary>
    public double GoodputBitsPerSecond => Status == TransferStatus.Delivered && Bits > 0 ? Bits / TotalSeconds : 0.0;
}
