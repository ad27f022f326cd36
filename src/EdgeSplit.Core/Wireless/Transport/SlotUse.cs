namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>What a slot of an adapted link carried.</summary>
public enum SlotUse
{
    /// <summary>Nothing: the slot belongs to the other direction.</summary>
    Closed,

    /// <summary>Nothing: every HARQ process waits for its feedback.</summary>
    Stalled,

    /// <summary>A block with data that was never sent before.</summary>
    NewData,

    /// <summary>A further round of a block that was not decoded.</summary>
    HarqRetransmission,

    /// <summary>A new block with data that RLC put back after a block had failed in all its rounds.</summary>
    RlcRetransmission,
}
