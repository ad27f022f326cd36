namespace EdgeSplit.Core.Wireless.Energy;

/// <summary>A radio with states: idle, promotion, active, tail, and idle again. Energy of a sequence of transfers with gaps between them.</summary>
/// <remarks>
/// <para>A request that finds the radio idle first waits <see cref="PromotionSeconds"/>. After the last bit the radio stays awake for the tail of its
/// <see cref="Radio"/>; a transfer that comes before the tail ends cuts it short and needs no promotion. Requests are served one after the other. Many small
/// transfers, each within the tail of the one before, cost a tail each; the same bits in one piece cost one.</para>
/// <para>Energy while active and in the tail is that of <see cref="RadioEnergyModel"/>; promotion and idle powers are figures above the phone's base and stand as
/// they are.</para>
/// <para>Immutable, so safe to share between threads; a <c>with</c> expression is checked like a construction. Source: J. Huang et al., "A close examination of
/// performance and power characteristics of 4G LTE networks", MobiSys 2012.</para>
/// </remarks>
public sealed record RadioStateModel
{
    /// <summary>Where the figures of promotion and idling come from.</summary>
    /// <value>Not blank.</value>
    public required string Source { get; init => field = Guard.NotBlank(value, nameof(Source)); }

    /// <summary>Power while active, price per bit, and tail.</summary>
    /// <value>Not null.</value>
    public required RadioEnergyModel Radio
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>How long the radio takes from idle to active, seconds.</summary>
    /// <value>At least 0; default 0.</value>
    public double PromotionSeconds { get; init => field = Guard.NonNegative(value, nameof(PromotionSeconds)); }

    /// <summary>Power during promotion, watts.</summary>
    /// <value>At least 0; default 0.</value>
    public double PromotionWatts { get; init => field = Guard.NonNegative(value, nameof(PromotionWatts)); }

    /// <summary>Mean power while idle, paging included, watts.</summary>
    /// <value>At least 0; default 0.</value>
    public double IdleWatts { get; init => field = Guard.NonNegative(value, nameof(IdleWatts)); }

    /// <summary>LTE of a 2012 phone: promotion 0.26 s at 1.21 W; idle paging of 43 ms at 594 mW every 1.28 s, 20 mW on average.</summary>
    public static RadioStateModel Lte2012 { get; } = new()
    {
        Source = "Huang et al., MobiSys 2012, as the default LTE profile of AT&T's Application Resource Optimizer carries it (attdevsupport/ARO)",
        Radio = RadioEnergyModel.Lte2012,
        PromotionSeconds = 0.26,
        PromotionWatts = 1.21,
        IdleWatts = 0.594 * 0.043 / 1.28,
    };

    /// <summary>Time and energy by state over a period that begins at time 0 with an idle radio.</summary>
    /// <param name="transfers">The transfers, by time of request; shape [transfers].</param>
    /// <param name="untilSeconds">End of the period, seconds, finite; not before the last transfer is complete.</param>
    /// <exception cref="ArgumentOutOfRangeException">The requests are not in order of time, or the period ends before the last transfer.</exception>
    public RadioStateEnergy Energy(ReadOnlySpan<RadioTransfer> transfers, double untilSeconds) => Energy(transfers, untilSeconds, default);

    /// <summary>Time and energy by state over a period that begins at time 0 with an idle radio, and when each transfer is complete.</summary>
    /// <param name="transfers">The transfers, by time of request; shape [transfers].</param>
    /// <param name="untilSeconds">End of the period, seconds, finite; not before the last transfer is complete.</param>
    /// <param name="completionSeconds">Receives the time of each last bit, seconds; shape [transfers], or empty for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The requests are not in order of time, the period ends before the last transfer, or a length is wrong.</exception>
    public RadioStateEnergy Energy(ReadOnlySpan<RadioTransfer> transfers, double untilSeconds, Span<double> completionSeconds)
    {
        Guard.NonNegative(untilSeconds);
        if (!completionSeconds.IsEmpty)
        {
            Guard.SameLength(completionSeconds.Length, transfers.Length, nameof(completionSeconds));
        }

        var (promotion, transmit, receive, tail, idle) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var (transmitJoules, receiveJoules, tailJoules) = (0.0, 0.0, 0.0);
        var (now, requested) = (0.0, 0.0);
        var awakeUntil = double.NegativeInfinity; // idle at the start
        for (var i = 0; i < transfers.Length; i++)
        {
            var transfer = transfers[i];
            requested = Guard.InRange(transfer.RequestSeconds, requested, double.MaxValue, nameof(transfers));
            var start = Math.Max(now, requested);
            Rest(start);
            if (start > awakeUntil)
            {
                promotion += PromotionSeconds;
                start += PromotionSeconds;
            }

            transmit += transfer.UplinkSeconds;
            receive += transfer.DownlinkSeconds;
            transmitJoules += Radio.TransmitJoules(transfer.UplinkBits, transfer.UplinkSeconds);
            receiveJoules += Radio.ReceiveJoules(transfer.DownlinkBits, transfer.DownlinkSeconds);
            now = start + transfer.UplinkSeconds + transfer.DownlinkSeconds;
            awakeUntil = now + Radio.TailSeconds;
            if (!completionSeconds.IsEmpty)
            {
                completionSeconds[i] = now;
            }
        }

        Rest(Guard.InRange(untilSeconds, now, double.MaxValue));
        return new RadioStateEnergy(
            promotion, transmit, receive, tail, idle, promotion * PromotionWatts, transmitJoules, receiveJoules, tailJoules, idle * IdleWatts);

        void Rest(double until)
        {
            var gap = until - now;
            var awake = double.IsNegativeInfinity(awakeUntil) ? 0.0 : Math.Min(gap, Radio.TailSeconds);
            tail += awake;
            tailJoules += awake > 0 ? Radio.TailJoules(awake) : 0.0;
            idle += gap - awake;
        }
    }
}
