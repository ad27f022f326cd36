using System.Globalization;

namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>Time division: a repeating pattern of downlink, special and uplink slots of 14 symbols each.</summary>
/// <remarks>
/// <para>A slot is D (downlink), U (uplink) or S (special: first downlink symbols, then a guard, then uplink symbols). "DDDDDDDSUU" with
/// the special slot 6:4:4 at 30 kHz repeats every 5 ms and leaves the uplink (2 * 14 + 4) / 140 = 0.229 of the time, the downlink 0.743, the guard 0.029.</para>
/// <para>Opportunities of a direction are the beginnings of its slots, and in a special slot the first of its symbols. A message waits for the next
/// opportunity, even where it becomes ready within a slot of its direction: what is sent was prepared before the slot.</para>
/// <para>Immutable, so safe to share between threads; equal when slots, special slot and numerology are.</para>
/// <para>Source: TS 38.213 section 11.1 (TDD-UL-DL-Pattern), TS 38.211 section 4.3.2 (slots).</para>
/// </remarks>
public sealed record TimeDivisionPattern : IDuplexing
{
    /// <summary>Symbols of a slot (normal cyclic prefix).</summary>
    public const int SymbolsPerSlot = 14;

    private const int MaximumSlots = 65536;

    /// <summary>Creates a pattern.</summary>
    /// <param name="slots">One letter per slot, D, S or U, at least one; upper case.</param>
    /// <param name="specialSlot">Symbols of a special slot as "downlink:guard:uplink", summing to 14; default "6:4:4".</param>
    /// <param name="numerology">mu of the subcarrier spacing 15 kHz * 2^mu, in [0, 6]; default 1, 30 kHz, slots of 0.5 ms.</param>
    /// <exception cref="ArgumentException">The pattern is empty or too long, has another letter, or the special slot is not three numbers that sum to 14; the message says which.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The numerology is out of range.</exception>
    public TimeDivisionPattern(string slots, string specialSlot = "6:4:4", int numerology = 1)
    {
        Guard.NotBlank(slots);
        Guard.NotBlank(specialSlot);
        if (slots.Length > MaximumSlots)
        {
            throw new ArgumentException(FormattableString.Invariant($"A pattern of {slots.Length} slots; at most {MaximumSlots} are allowed."), nameof(slots));
        }

        var wrong = slots.AsSpan().IndexOfAnyExcept('D', 'S', 'U');
        if (wrong >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{slots[wrong]}' at place {wrong + 1} of \"{slots}\": a slot is D (downlink), S (special) or U (uplink)."), nameof(slots));
        }

        Slots = slots;
        Numerology = Guard.InRange(numerology, 0, 6);
        (DownlinkSymbols, GuardSymbols, UplinkSymbols) = ParseSpecial(specialSlot);
    }

    /// <summary>One letter per slot: D, S or U.</summary>
    public string Slots { get; }

    /// <summary>mu of the subcarrier spacing 15 kHz * 2^mu.</summary>
    public int Numerology { get; }

    /// <summary>Downlink symbols of a special slot: its first.</summary>
    public int DownlinkSymbols { get; }

    /// <summary>Unused symbols of a special slot, between the directions.</summary>
    public int GuardSymbols { get; }

    /// <summary>Uplink symbols of a special slot: its last.</summary>
    public int UplinkSymbols { get; }

    /// <inheritdoc/>
    public int PeriodSlots => Slots.Length;

    /// <inheritdoc/>
    public double SlotSeconds => SlotSecondsOf(Numerology);

    /// <summary>Length of the pattern, seconds.</summary>
    public double PeriodSeconds => PeriodSlots * SlotSeconds;

    /// <summary>The part of the time that the uplink has, in [0, 1].</summary>
    public double UplinkShare => Share(LinkDirection.Uplink);

    /// <summary>The part of the time that the downlink has, in [0, 1].</summary>
    public double DownlinkShare => Share(LinkDirection.Downlink);

    /// <summary>The part of the time that the guard takes, in [0, 1]; the three shares sum to 1.</summary>
    public double GuardShare => (double)(Slots.Count(slot => slot == 'S') * GuardSymbols) / (PeriodSlots * SymbolsPerSlot);

    /// <summary>Mean wait of an uplink message that becomes ready at a uniformly random time, seconds; positive infinity without uplink.</summary>
    public double MeanUplinkWaitSeconds => MeanWaitSeconds(LinkDirection.Uplink);

    /// <summary>Longest wait of an uplink message, seconds; positive infinity without uplink.</summary>
    public double WorstUplinkWaitSeconds => WorstWaitSeconds(LinkDirection.Uplink);

    /// <summary>Length of a slot, 1 ms / 2^mu, seconds.</summary>
    /// <param name="numerology">mu of the subcarrier spacing 15 kHz * 2^mu, in [0, 6].</param>
    /// <exception cref="ArgumentOutOfRangeException">The numerology is out of range.</exception>
    public static double SlotSecondsOf(int numerology) => 1e-3 / (1 << Guard.InRange(numerology, 0, 6));

    /// <summary>The part of the time that a direction has, in [0, 1].</summary>
    /// <param name="direction">The direction.</param>
    public double Share(LinkDirection direction)
    {
        var symbols = 0;
        for (var slot = 0; slot < PeriodSlots; slot++)
        {
            symbols += SymbolsOf(direction, slot);
        }

        return (double)symbols / (PeriodSlots * SymbolsPerSlot);
    }

    /// <inheritdoc/>
    public double SlotShare(LinkDirection direction, long slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        return (double)SymbolsOf(direction, (int)(slot % PeriodSlots)) / SymbolsPerSlot;
    }

    /// <summary>The share slot by slot, so that a <see cref="SharedLink"/> replays the pattern.</summary>
    /// <param name="direction">The direction.</param>
    public PiecewiseShare SlotShares(LinkDirection direction)
    {
        var shares = new double[PeriodSlots];
        for (var slot = 0; slot < shares.Length; slot++)
        {
            shares[slot] = SlotShare(direction, slot);
        }

        return new PiecewiseShare(SlotSeconds, shares, PiecewiseExtension.Wrap);
    }

    /// <summary>Wait of a message until the next opportunity of its direction, seconds, 0 where it becomes ready exactly at one; positive infinity without any.</summary>
    /// <param name="direction">The direction.</param>
    /// <param name="readySeconds">Absolute time at which the message is ready, seconds, at least 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    public double WaitSeconds(LinkDirection direction, double readySeconds)
    {
        var phase = Guard.NonNegative(readySeconds) % PeriodSeconds / SlotSeconds * SymbolsPerSlot;
        for (var slot = 0; slot < 2 * PeriodSlots; slot++)
        {
            var opportunity = OpportunityOf(direction, slot);
            if (opportunity >= phase - 1e-9) // an instant at a boundary may have been rounded
            {
                return Math.Max(0.0, opportunity - phase) * SlotSeconds / SymbolsPerSlot;
            }
        }

        return double.PositiveInfinity;
    }

    /// <summary>Mean wait of a message that becomes ready at a uniformly random time, seconds; positive infinity if the direction has no slot.</summary>
    /// <remarks>With gaps between opportunities of lengths g1, g2, ... in a period T: the sum of g^2 / (2 T).</remarks>
    /// <param name="direction">The direction.</param>
    public double MeanWaitSeconds(LinkDirection direction)
    {
        var period = PeriodSlots * SymbolsPerSlot;
        return Gaps(direction) is { Squares: > 0 } gaps ? gaps.Squares * SlotSeconds / SymbolsPerSlot / (2.0 * period) : double.PositiveInfinity;
    }

    /// <summary>Longest wait of a message, the longest gap between opportunities, seconds; positive infinity if the direction has no slot.</summary>
    /// <param name="direction">The direction.</param>
    public double WorstWaitSeconds(LinkDirection direction) =>
        Gaps(direction) is { Longest: > 0 } gaps ? gaps.Longest * SlotSeconds / SymbolsPerSlot : double.PositiveInfinity;

    private int SymbolsOf(LinkDirection direction, int slot) => (Slots[slot], direction) switch
    {
        ('D', LinkDirection.Downlink) or ('U', LinkDirection.Uplink) => SymbolsPerSlot,
        ('S', LinkDirection.Downlink) => DownlinkSymbols,
        ('S', LinkDirection.Uplink) => UplinkSymbols,
        _ => 0,
    };

    /// <summary>The symbol, counted from the start of the pattern, with which a slot opens to a direction, or -1.</summary>
    private int OpportunityOf(LinkDirection direction, int slot)
    {
        var symbols = SymbolsOf(direction, slot % PeriodSlots);
        var offset = direction == LinkDirection.Uplink ? SymbolsPerSlot - symbols : 0;
        return symbols == 0 ? -1 : (slot * SymbolsPerSlot) + offset;
    }

    /// <summary>The gaps between opportunities over one period, in symbols: sum of squares and longest, 0 without opportunities.</summary>
    private (double Squares, double Longest) Gaps(LinkDirection direction)
    {
        var (squares, longest, last) = (0.0, 0.0, -1);
        for (var slot = 0; slot < 2 * PeriodSlots; slot++)
        {
            var opportunity = OpportunityOf(direction, slot);
            if (opportunity < 0)
            {
                continue;
            }

            if (last >= 0 && slot >= PeriodSlots)
            {
                double gap = opportunity - last;
                squares += gap * gap;
                longest = Math.Max(longest, gap);
            }

            last = opportunity;
        }

        return (squares, longest);
    }

    private static (int Downlink, int Guard, int Uplink) ParseSpecial(string specialSlot)
    {
        var parts = specialSlot.Split(':');
        Span<int> symbols = stackalloc int[3];
        var isValid = parts.Length == 3;
        for (var i = 0; isValid && i < 3; i++)
        {
            isValid = int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out symbols[i]) && symbols[i] <= SymbolsPerSlot;
        }

        return isValid && symbols[0] + symbols[1] + symbols[2] == SymbolsPerSlot
            ? (symbols[0], symbols[1], symbols[2])
            : throw new ArgumentException(
                FormattableString.Invariant($"\"{specialSlot}\": a special slot is three whole numbers downlink:guard:uplink that sum to {SymbolsPerSlot}, for example 6:4:4."), nameof(specialSlot));
    }
}
