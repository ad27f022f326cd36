namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>How a reliable transfer ended.</summary>
public enum TransferStatus
{
    /// <summary>Every bit arrived.</summary>
    Delivered,

    /// <summary>The time-out passed first.</summary>
    TimedOut,
}
