namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>What an adapted link did over a range of slots.</summary>
/// <remarks>No bit is lost from sight: <c>WaitingBitsBefore + SentBits = DeliveredBits + ErasedBits + WaitingBitsAfter</c>, exactly.</remarks>
/// <param name="Seconds">Length of the range, seconds.</param>
/// <param name="Slots">Number of slots.</param>
/// <param name="OpenSlots">Slots that belong to the direction.</param>
/// <param name="StalledSlots">Slots in which every HARQ process waited for feedback.</param>
/// <param name="Transmissions">Blocks on the air, every round counted.</param>
/// <param name="FirstRounds">First transmissions.</param>
/// <param name="FirstRoundErrors">First transmissions that were not decoded.</param>
/// <param name="EndedBlocks">Blocks that were decoded or given up by HARQ in the range.</param>
/// <param name="EndedRounds">The rounds of those blocks together.</param>
/// <param name="FailedBlocks">Blocks that HARQ gave up.</param>
/// <param name="SentBits">Bits sent for the first time.</param>
/// <param name="DeliveredBits">Bits that arrived.</param>
/// <param name="ErasedBits">Bits lost for good; 0 with RLC.</param>
/// <param name="WaitingBitsBefore">Bits at the start of the range that had been sent before and had neither arrived nor been lost.</param>
/// <param name="WaitingBitsAfter">The same at its end.</param>
public readonly record struct AdaptedLinkStatistics(
    double Seconds, long Slots, long OpenSlots, long StalledSlots, long Transmissions, long FirstRounds, long FirstRoundErrors, long EndedBlocks, long EndedRounds,
    long FailedBlocks, long SentBits, long DeliveredBits, long ErasedBits, long WaitingBitsBefore, long WaitingBitsAfter)
{
    /// <summary>Bits that arrived per second, bit/s; NaN over no time.</summary>
    public double GoodputBitsPerSecond => DeliveredBits / Seconds;

    /// <summary>Share of first transmissions that were not decoded; NaN without any.</summary>
    public double FirstRoundErrorRate => (double)FirstRoundErrors / FirstRounds;

    /// <summary>Share of blocks that HARQ gave up; NaN without any.</summary>
    public double ResidualErrorRate => (double)FailedBlocks / EndedBlocks;

    /// <summary>Mean number of rounds of a block, from 1 to the limit; NaN without any.</summary>
    public double MeanTransmissions => (double)EndedRounds / EndedBlocks;
}
