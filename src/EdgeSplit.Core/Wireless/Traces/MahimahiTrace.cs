namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>A Mahimahi packet-delivery file, replayed exactly: instants at which the link may deliver 1500 bytes.</summary>
/// <remarks>
/// <para>One whole number per line: milliseconds since the start, never decreasing; each line is one opportunity to deliver 1500 bytes,
/// a repeated value several in that millisecond. Bytes are accounted: small packets share an opportunity, a large message spans several; an
/// opportunity that nothing waits for is lost. The period is the last value, not last + 1, so that a first value of 0 falls on the
/// same instant as the last of the cycle before it.</para>
/// <para>A message uses opportunities strictly after its start, because the link burns those up to and including the present millisecond
/// before it takes an arrival. <see cref="Bits"/> therefore counts opportunities in (start, end]. Hence a message that starts at the
/// completion of another may end later than one of the joint size that was queued at once, and never earlier: what the first one
/// left of that millisecond is lost. Ask for the joint size where the second was in the queue already.</para>
/// <para>Opportunity n of absolute millisecond T lies at T / 1000.0 seconds to the last bit, so that a completion time may be given back as a start.</para>
/// <para>Memory: 4 bytes per line. Immutable, so safe to share between threads; queries allocate nothing.</para>
/// <para>Source: R. Netravali et al., "Mahimahi: accurate record-and-replay for HTTP", USENIX ATC 2015; rules as in link_queue of
/// ravinet/mahimahi.</para>
/// </remarks>
public sealed class MahimahiTrace : ICapacityTrace
{
    /// <summary>Size of one opportunity, bytes.</summary>
    public const int OpportunityBytes = 1500;

    private const double OpportunityBits = 8.0 * OpportunityBytes;
    private const double MaximumCount = 1L << 52; // milliseconds and opportunities stay exact as doubles

    private readonly uint[] _stamps; // milliseconds, ascending
    private readonly int _count;
    private readonly long _periodMilliseconds;

    /// <summary>Creates a trace from a schedule.</summary>
    /// <param name="milliseconds">Instants of the opportunities, milliseconds since the start, ascending; shape [opportunities], at least one, the last above 0.</param>
    /// <param name="end">What follows the last one: the format wraps; <see cref="TraceEnd.Stop"/> is possible, a list of instants has no rate to hold.</param>
    /// <exception cref="ArgumentException">The list is empty, decreases, or ends at 0; or the end is <see cref="TraceEnd.Hold"/>.</exception>
    public MahimahiTrace(ReadOnlySpan<uint> milliseconds, TraceEnd end = TraceEnd.Wrap)
        : this(Checked(milliseconds), milliseconds.Length, end)
    {
    }

    private MahimahiTrace(uint[] stamps, int count, TraceEnd end)
    {
        (_stamps, _count, _periodMilliseconds, End) = (stamps, count, stamps[count - 1], CheckedEnd(end));
        DurationSeconds = _periodMilliseconds / 1000.0;
        MeanBitsPerSecond = count * OpportunityBits * 1000.0 / _periodMilliseconds;
    }

    /// <summary>Number of opportunities in the file: its lines.</summary>
    public int Opportunities => _count;

    /// <summary>The first value, milliseconds.</summary>
    public long FirstMilliseconds => _stamps[0];

    /// <summary>The last value, which is the period, milliseconds.</summary>
    public long LastMilliseconds => _periodMilliseconds;

    /// <inheritdoc/>
    public double DurationSeconds { get; }

    /// <summary>Mean rate, bit/s: lines x 12000 bit over the last value.</summary>
    public double MeanBitsPerSecond { get; }

    /// <inheritdoc/>
    public TraceEnd End { get; }

    /// <summary>Instants of the opportunities of one period, milliseconds, ascending; shape [opportunities].</summary>
    public ReadOnlySpan<uint> Milliseconds => _stamps.AsSpan(0, _count);

    /// <summary>Reads a file.</summary>
    /// <remarks>Takes CRLF and a byte order mark. Every line must end with a newline, the last one too: without it, 120 cannot be told from
    /// a truncated 120002. Values up to 4 294 967 295 ms (49 days).</remarks>
    /// <param name="path">The file.</param>
    /// <param name="end">What follows the last opportunity; by default the file wraps.</param>
    /// <exception cref="TraceException">The file is missing, unreadable, empty, or breaks a rule: names file, line and text.</exception>
    /// <exception cref="ArgumentException">The path is blank or the end is <see cref="TraceEnd.Hold"/>.</exception>
    public static MahimahiTrace Load(string path, TraceEnd end = TraceEnd.Wrap) => TraceFile.Read(path, stream => Parse(stream, path, end));

    /// <summary>Reads a stream from its present position to its end, by the rules of <see cref="Load"/>.</summary>
    /// <param name="stream">The text; left open.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="end">What follows the last opportunity.</param>
    /// <exception cref="TraceException">The text is empty or breaks a rule.</exception>
    /// <exception cref="ArgumentException">The end is <see cref="TraceEnd.Hold"/>.</exception>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    public static MahimahiTrace Parse(Stream stream, string name, TraceEnd end = TraceEnd.Wrap)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckedEnd(end);
        var (stamps, count) = MahimahiReader.Read(stream, Guard.NotBlank(name));
        return new MahimahiTrace(stamps, count, end);
    }

    /// <summary>The longest time between two opportunities of one period that follow each other, seconds; 0 for a single one.</summary>
    public double LongestGapSeconds()
    {
        var gap = 0u;
        for (var i = 1; i < _count; i++)
        {
            gap = Math.Max(gap, _stamps[i] - _stamps[i - 1]);
        }

        return gap / 1000.0;
    }

    /// <summary>What the file allows between two instants, bits: 12 000 for each opportunity in (start, end].</summary>
    /// <param name="startSeconds">Start, seconds, at least 0 and finite; an opportunity at this very instant does not count.</param>
    /// <param name="endSeconds">End, seconds, at least the start and finite; an opportunity at this very instant counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is NaN, infinite, negative or beyond 2^52 ms, or the end lies before the start.</exception>
    public double Bits(double startSeconds, double endSeconds)
    {
        Guard.NonNegative(startSeconds);
        Guard.InRange(endSeconds, startSeconds, double.MaxValue);
        return (CountUntil(MillisecondOf(endSeconds)) - CountUntil(MillisecondOf(startSeconds))) * OpportunityBits;
    }

    /// <inheritdoc/>
    public double CompletionSeconds(double startSeconds, double bits)
    {
        if (!(startSeconds >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(startSeconds), startSeconds, "Must be at least 0.");
        }

        if (!(bits >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "Must be at least 0.");
        }

        if (bits == 0 || double.IsPositiveInfinity(startSeconds))
        {
            return startSeconds;
        }

        var needed = Math.Ceiling(bits / OpportunityBits);
        if (needed > MaximumCount)
        {
            return double.PositiveInfinity; // beyond 5e19 bits
        }

        var last = CountUntil(MillisecondOf(startSeconds)) + (long)needed - 1; // number of the opportunity that carries the last byte
        if (last < _count)
        {
            return _stamps[last] / 1000.0;
        }

        if (End == TraceEnd.Stop)
        {
            return double.PositiveInfinity;
        }

        var (cycle, index) = Math.DivRem(last, _count);
        return ((cycle * (double)_periodMilliseconds) + _stamps[index]) / 1000.0;
    }

    /// <summary>Rate during the millisecond (T, T + 1] with T the millisecond at or before an instant, bit/s: 12 Mbit/s for each opportunity in it.</summary>
    /// <param name="seconds">Time, seconds, at least 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite, negative or beyond 2^52 ms.</exception>
    public double RateAt(double seconds)
    {
        var millisecond = MillisecondOf(Guard.NonNegative(seconds));
        return (CountUntil(millisecond + 1) - CountUntil(millisecond)) * (OpportunityBits * 1000.0);
    }

    /// <summary>Adds the bits of one period to bins [k T, (k + 1) T), by the instants in the file.</summary>
    internal void AddTo(Span<double> bins, double binSeconds)
    {
        var binMilliseconds = binSeconds * 1000.0;
        foreach (var stamp in Milliseconds)
        {
            var bin = (long)(stamp / binMilliseconds);
            if (bin < bins.Length)
            {
                bins[(int)bin] += OpportunityBits;
            }
        }
    }

    /// <summary>The last whole millisecond T with T / 1000.0 at or before an instant.</summary>
    private static long MillisecondOf(double seconds)
    {
        var product = seconds * 1000.0;
        if (!(product < MaximumCount))
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "Must lie within 2^52 ms.");
        }

        var millisecond = (long)product;
        return (millisecond + 1) / 1000.0 <= seconds ? millisecond + 1 : millisecond / 1000.0 > seconds ? millisecond - 1 : millisecond;
    }

    /// <summary>Opportunities from the start of the replay to the end of a millisecond.</summary>
    private long CountUntil(long millisecond)
    {
        if (millisecond < _periodMilliseconds)
        {
            return CountWithin((uint)millisecond);
        }

        if (End == TraceEnd.Stop)
        {
            return _count;
        }

        var (cycle, within) = Math.DivRem(millisecond, _periodMilliseconds);
        if (cycle * (double)_count > MaximumCount)
        {
            throw new ArgumentOutOfRangeException(nameof(millisecond), millisecond, "Must lie within 2^52 opportunities of the start.");
        }

        return (cycle * _count) + CountWithin((uint)within);
    }

    private int CountWithin(uint millisecond) => SortedSearch.CountAtOrBelow(Milliseconds, millisecond);

    private static TraceEnd CheckedEnd(TraceEnd end) => end is TraceEnd.Wrap or TraceEnd.Stop
        ? end
        : throw new ArgumentException($"{end}: must be Wrap or Stop; a list of instants has no rate to hold.", nameof(end));

    private static uint[] Checked(ReadOnlySpan<uint> milliseconds)
    {
        if (milliseconds.IsEmpty)
        {
            throw new ArgumentException("Must hold at least one instant.", nameof(milliseconds));
        }

        for (var i = 1; i < milliseconds.Length; i++)
        {
            if (milliseconds[i] < milliseconds[i - 1])
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Must not decrease: {milliseconds[i]} ms follows {milliseconds[i - 1]} ms at place {i}."), nameof(milliseconds));
            }
        }

        return milliseconds[^1] > 0 ? milliseconds.ToArray() : throw new ArgumentException("The last instant is the period: must be above 0 ms.", nameof(milliseconds));
    }
}
