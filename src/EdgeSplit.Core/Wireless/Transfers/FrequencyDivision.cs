namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>Frequency division: each direction has a band of its own and every slot of it.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
/// <param name="SlotSeconds">Length of a slot, seconds, positive.</param>
public sealed record FrequencyDivision(double SlotSeconds) : IDuplexing
{
    /// <inheritdoc/>
    public double SlotSeconds { get; } = Guard.Positive(SlotSeconds);

    /// <inheritdoc/>
    public int PeriodSlots => 1;

    /// <summary>The whole slot, 1.</summary>
    /// <inheritdoc/>
    public double SlotShare(LinkDirection direction, long slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        return 1.0;
    }
}
