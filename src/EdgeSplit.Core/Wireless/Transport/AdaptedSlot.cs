namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>One slot of an adapted link: what the channel was, what the scheduler knew, what was sent, and how it went.</summary>
/// <param name="Slot">Number of the slot.</param>
/// <param name="SnrLinear">SNR in the slot, linear (not dB).</param>
/// <param name="Use">What the slot carried; where it carried nothing the fields from <paramref name="Mcs"/> on are -1, 0 or false.</param>
/// <param name="ReportedCqi">Channel quality index that the scheduler knew, 0 for out of range; -1 where the SNR itself is reported.</param>
/// <param name="OffsetDb">Offset of the outer loop, dB; 0 without one.</param>
/// <param name="Mcs">Number of the modulation and coding scheme.</param>
/// <param name="Round">1 for the first transmission of a block, 2 for the second, ...</param>
/// <param name="CombinedSnrLinear">SNR that the decoder had after combining the rounds, linear (not dB).</param>
/// <param name="Bits">User bits in the block (padding is not counted).</param>
/// <param name="IsDecoded">Whether the block was decoded with this round.</param>
/// <param name="IsErased">Whether the bits were lost for good in this slot: the last round failed and nothing sends them again.</param>
/// <param name="OriginSlot">The slot in which these bits were sent for the first time.</param>
public readonly record struct AdaptedSlot(
    long Slot, double SnrLinear, SlotUse Use, int ReportedCqi, double OffsetDb, int Mcs, int Round, double CombinedSnrLinear, int Bits, bool IsDecoded, bool IsErased, long OriginSlot)
{
    /// <summary>Bits that arrived in this slot.</summary>
    public int DeliveredBits => IsDecoded ? Bits : 0;

    /// <summary>Bits that were lost for good in this slot.</summary>
    public int ErasedBits => IsErased ? Bits : 0;

    /// <summary>Bits that were sent for the first time in this slot.</summary>
    public int NewBits => Use == SlotUse.NewData ? Bits : 0;
}
