namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>The outcome of one message over a reliable link.</summary>
/// <param name="CompletionSeconds">Absolute time at which the receiver has the whole message, seconds; positive infinity if unreachable.</param>
/// <param name="Bits">Size of the message, bits.</param>
/// <param name="AirSeconds">Time from the first to the last bit on the air, outages included, seconds: the radio is active for so long.</param>
/// <param name="DelaySeconds">Fixed delay: grant, one-way and protocol, seconds.</param>
public readonly record struct TransferResult(double CompletionSeconds, double Bits, double AirSeconds, double DelaySeconds)
{
    /// <summary>From the moment the message was ready until its completion, seconds.</summary>
    public double TotalSeconds => AirSeconds + DelaySeconds;

    /// <summary>False when the transfer could not finish within the horizon.</summary>
    public bool IsReachable => double.IsFinite(CompletionSeconds);

    /// <summary>Whether the message arrived, or the horizon of the link ended the wait: the time-out.</summary>
    public TransferStatus Status => IsReachable ? TransferStatus.Delivered : TransferStatus.TimedOut;
}
