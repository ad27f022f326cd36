namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>How the two directions of a link divide its slots.</summary>
/// <remarks>Slot s covers the times [s * SlotSeconds, (s + 1) * SlotSeconds). Implementations are immutable and safe to use from any thread.</remarks>
public interface IDuplexing
{
    /// <summary>Length of a slot, seconds, positive and finite.</summary>
    double SlotSeconds { get; }

    /// <summary>Number of slots after which the division repeats, in [1, 65 536].</summary>
    int PeriodSlots { get; }

    /// <summary>The part of one slot that a direction has, in [0, 1].</summary>
    /// <param name="direction">The direction.</param>
    /// <param name="slot">Number of the slot, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slot is negative.</exception>
    double SlotShare(LinkDirection direction, long slot);
}
