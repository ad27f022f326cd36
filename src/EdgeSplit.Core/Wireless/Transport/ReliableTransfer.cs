using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Messages over a slot-level link with HARQ and RLC: when the last bit arrives, and where the time went.</summary>
/// <remarks>
/// <para>After its grant a message takes the new-data slots of the link from the next slot boundary on, until its size is covered; it is complete when all
/// these blocks have been decoded, further rounds and RLC included. A slot belongs to a message that is ready by its start. The link is one under a full buffer: rounds of
/// blocks sent before the message take their slots, and the last block counts whole. A larger message never arrives earlier. A later one may: its first block
/// may be decoded at once where that of the earlier one was not.</para>
/// <para>A message costs as much as the simulation of the slots that it spans; nothing is allocated beyond what the link says. Not thread-safe, as its link.</para>
/// </remarks>
public sealed class ReliableTransfer
{
    private const double BoundaryTolerance = 1e-9; // of a slot: an instant at a boundary may have been rounded

    private readonly double _slotSeconds;

    /// <summary>Creates transfers over a link.</summary>
    /// <param name="link">The link; with RLC, without which bits are lost.</param>
    /// <param name="delay">What each message pays beside the air: the grant before it, way and protocol after it.</param>
    /// <param name="timeOutSeconds">Time after which a message is given up, counted from when it was ready, seconds, positive; default one hour.</param>
    /// <exception cref="ArgumentNullException">Link or delay is null.</exception>
    /// <exception cref="ArgumentException">The link has no RLC.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is NaN, infinite or not positive.</exception>
    public ReliableTransfer(AdaptedLink link, MessageDelay delay, double timeOutSeconds = LinkTimeline.DefaultHorizonSeconds)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(delay);
        if (!link.Options.HasRadioLinkControl)
        {
            throw new ArgumentException("Must have RLC: without it bits are lost for good.", nameof(link));
        }

        (Link, Delay) = (link, delay);
        TimeOutSeconds = Guard.Positive(timeOutSeconds);
        _slotSeconds = link.BlockSeconds;
    }

    /// <summary>The link.</summary>
    public AdaptedLink Link { get; }

    /// <summary>What each message pays beside the air.</summary>
    public MessageDelay Delay { get; }

    /// <summary>Time after which a message is given up, seconds.</summary>
    public double TimeOutSeconds { get; }

    /// <summary>Sends one message.</summary>
    /// <param name="readySeconds">Absolute time at which it is ready, seconds, at least 0, within the slots of the link.</param>
    /// <param name="bits">Size, bits, at least 0 and finite; a message without content still pays the fixed delay, but for no slot.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    public ReliableTransferResult Send(double readySeconds, double bits)
    {
        Guard.InRange(readySeconds, 0.0, (AdaptedLink.MaximumSlots * _slotSeconds) - Delay.GrantSeconds - _slotSeconds);
        Guard.NonNegative(bits);
        var deliverySeconds = Delay.OneWaySeconds + Delay.ProtocolSeconds;
        var startSeconds = readySeconds + Delay.GrantSeconds;
        var airLimitSeconds = readySeconds + TimeOutSeconds - deliverySeconds;
        if (bits == 0)
        {
            return startSeconds <= airLimitSeconds
                ? new(TransferStatus.Delivered, startSeconds + deliverySeconds, 0.0, Delay.GrantSeconds, 0.0, 0.0, 0.0, deliverySeconds, 0)
                : TimedOut(bits, 0, 0, 0);
        }

        var first = (long)Math.Ceiling((startSeconds / _slotSeconds) - BoundaryTolerance);
        var limit = Math.Min(AdaptedLink.MaximumSlots, (long)Math.Floor((airLimitSeconds / _slotSeconds) + BoundaryTolerance)); // the first slot that ends too late
        var (closed, air, repeated, transmissions) = (0L, 0L, 0L, 0L);
        var (unsent, undelivered, lastOrigin) = (bits, 0L, long.MaxValue);
        for (var slot = first; slot < limit;)
        {
            var part = Link.Slots(slot, limit - slot);
            foreach (ref readonly var record in part)
            {
                if (unsent > 0 && (record.Use == SlotUse.Closed || record.Use == SlotUse.NewData))
                {
                    closed += record.Use == SlotUse.Closed ? 1 : 0;
                    air += record.Use == SlotUse.NewData ? 1 : 0;
                    unsent -= record.NewBits;
                    undelivered += record.NewBits;
                    lastOrigin = unsent > 0 ? long.MaxValue : record.Slot;
                }
                else
                {
                    repeated++;
                }

                if (record.Round == 0 || record.OriginSlot < first || record.OriginSlot > lastOrigin)
                {
                    continue;
                }

                transmissions++;
                undelivered -= record.DeliveredBits;
                if (undelivered == 0 && lastOrigin != long.MaxValue)
                {
                    var endSeconds = (record.Slot + 1) * _slotSeconds;
                    var alignmentSeconds = Math.Max(0.0, (first * _slotSeconds) - startSeconds) + (closed * _slotSeconds);
                    return new(
                        TransferStatus.Delivered, endSeconds + deliverySeconds, bits, Delay.GrantSeconds, alignmentSeconds, air * _slotSeconds, repeated * _slotSeconds,
                        deliverySeconds, transmissions);
                }
            }

            slot += part.Length;
        }

        return TimedOut(bits, air, repeated, transmissions);
    }

    private ReliableTransferResult TimedOut(double bits, long air, long repeated, long transmissions)
    {
        var grantSeconds = Math.Min(Delay.GrantSeconds, TimeOutSeconds);
        var (airSeconds, repeatedSeconds) = (air * _slotSeconds, repeated * _slotSeconds);
        var alignmentSeconds = Math.Max(0.0, TimeOutSeconds - grantSeconds - airSeconds - repeatedSeconds);
        return new(TransferStatus.TimedOut, double.PositiveInfinity, bits, grantSeconds, alignmentSeconds, airSeconds, repeatedSeconds, 0.0, transmissions);
    }
}
