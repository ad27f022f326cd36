namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Running counts over slots.</summary>
internal struct SlotCounts
{
    private long _open;
    private long _stalled;
    private long _transmissions;
    private long _firstRounds;
    private long _firstRoundErrors;
    private long _endedBlocks;
    private long _endedRounds;
    private long _failedBlocks;
    private long _sentBits;
    private long _deliveredBits;
    private long _erasedBits;

    internal void Add(in AdaptedSlot slot, int maximumRounds)
    {
        _open += slot.Use == SlotUse.Closed ? 0 : 1;
        _stalled += slot.Use == SlotUse.Stalled ? 1 : 0;
        if (slot.Round == 0)
        {
            return;
        }

        _transmissions++;
        _firstRounds += slot.Round == 1 ? 1 : 0;
        _firstRoundErrors += slot.Round == 1 && !slot.IsDecoded ? 1 : 0;
        if (slot.IsDecoded || slot.Round == maximumRounds)
        {
            _endedBlocks++;
            _endedRounds += slot.Round;
            _failedBlocks += slot.IsDecoded ? 0 : 1;
        }

        _sentBits += slot.NewBits;
        _deliveredBits += slot.DeliveredBits;
        _erasedBits += slot.ErasedBits;
    }

    internal readonly AdaptedLinkStatistics ToStatistics(long slots, double seconds, long before, long after) => new(
        seconds, slots, _open, _stalled, _transmissions, _firstRounds, _firstRoundErrors, _endedBlocks, _endedRounds, _failedBlocks,
        _sentBits, _deliveredBits, _erasedBits, before, after);
}
