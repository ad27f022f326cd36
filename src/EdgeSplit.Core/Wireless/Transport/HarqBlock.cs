namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>One transport block in a HARQ process.</summary>
internal struct HarqBlock
{
    internal long OriginSlot; // in which its bits were sent for the first time
    internal long FirstSlot;  // of its first round: the address of its draw
    internal long LastSlot;   // of its latest round
    internal double Draw;
    internal double CombinedSnrLinear;
    internal int Bits;        // user bits
    internal int Format;      // place in TransportFormats
    internal int Round;
    internal HarqState State;
}

/// <summary>What the sender does not know yet about a block.</summary>
internal enum HarqState
{
    Empty,
    Decoded,
    Failed,
}
