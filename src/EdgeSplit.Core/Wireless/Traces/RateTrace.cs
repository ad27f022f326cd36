namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Rows of time and rate, replayed as a piecewise constant rate: each row holds until the next, the last one until the end.</summary>
/// <remarks>
/// <para>Time 0 of the trace is the time of the first row, which need not be 0 in the file (<see cref="OriginSeconds"/>). Rows may come at
/// irregular steps; of several rows at one instant the last one holds; a rate of 0 is an outage. Programs differ in how they use such rows
/// (held or interpolated); here the rate is held.</para>
/// <para>The end of the last row is the duration, which the caller states; a duration shorter than the rows cuts the tail off. Unstated, the
/// last row lasts as long as the last step above 0 before it (1 s where there is none), so that every row counts.</para>
/// <para>Laws: a constant rate gives exactly size / rate; two messages back to back end when one of the joint size ends (to rounding); the
/// end does not fall when size or start grow; <see cref="Bits"/> from the start to the end of a transfer gives its size back.</para>
/// <para>A downlink TCP rate is no uplink capacity, and a rate limited by its application (per-chunk rates of a video) lies below capacity.</para>
/// <para>Memory: 24 bytes per row. Immutable, so safe to share between threads; queries allocate nothing.</para>
/// </remarks>
public sealed class RateTrace : ICapacityTrace
{
    private readonly double[] _starts; // [rows + 1]: seconds from the first row; the last is the duration
    private readonly double[] _rates;  // [rows]: bit/s
    private readonly double[] _bits;   // [rows + 1]: bits from the first row to the start of the row; the last is the total
    private readonly double _constantRate; // where nothing ever changes, otherwise NaN

    /// <summary>Creates a trace from rows.</summary>
    /// <param name="timesSeconds">Times of the rows, seconds, at least 0, never going back, at most 1e12; shape [rows], at least one.</param>
    /// <param name="ratesBitsPerSecond">Rates from these times on, bit/s, at least 0, at most 1e18; shape [rows].</param>
    /// <param name="durationSeconds">From the first row to the end, seconds, positive; null: the last row lasts as long as the last step above 0, or 1 s.</param>
    /// <param name="end">What follows the end; by default the trace wraps.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN, infinite or out of range, a time goes back, or the lengths differ.</exception>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public RateTrace(
        ReadOnlySpan<double> timesSeconds, ReadOnlySpan<double> ratesBitsPerSecond, double? durationSeconds = null, TraceEnd end = TraceEnd.Wrap)
        : this(RateRows.Of(timesSeconds, ratesBitsPerSecond), durationSeconds, end)
    {
    }

    /// <summary>Takes the tables of the rows over.</summary>
    internal RateTrace(RateRows rows, double? durationSeconds, TraceEnd end)
    {
        DurationSeconds = durationSeconds is { } stated ? Guard.Positive(stated, nameof(durationSeconds)) : rows.DefaultDurationSeconds();
        End = end;
        OriginSeconds = rows.OriginSeconds;
        (_starts, _rates, Rows) = rows.Close(DurationSeconds);
        _bits = new double[Rows + 1];
        for (var i = 0; i < Rows; i++)
        {
            _bits[i + 1] = _bits[i] + (_rates[i] * (_starts[i + 1] - _starts[i]));
        }

        MeanBitsPerSecond = _bits[Rows] / DurationSeconds;
        _constantRate = ConstantRate();
        if (!double.IsNaN(_constantRate))
        {
            MeanBitsPerSecond = _constantRate;
        }
    }

    /// <summary>Number of rows, those of repeated instants included; rows cut off by the duration do not count.</summary>
    public int Rows { get; }

    /// <summary>Time of the first row in its own time, seconds: what the trace calls 0.</summary>
    public double OriginSeconds { get; }

    /// <inheritdoc/>
    public double DurationSeconds { get; }

    /// <summary>Mean rate over the duration, bit/s: weighted by time, so not the mean of the rows where their steps differ.</summary>
    public double MeanBitsPerSecond { get; }

    /// <inheritdoc/>
    public TraceEnd End { get; }

    /// <summary>Starts of the rows, seconds from the first row; shape [rows].</summary>
    public ReadOnlySpan<double> RowStartsSeconds => _starts.AsSpan(0, Rows);

    /// <summary>Rates of the rows, bit/s; shape [rows].</summary>
    public ReadOnlySpan<double> RowRatesBitsPerSecond => _rates.AsSpan(0, Rows);

    /// <summary>Reads a file of two columns, time in seconds and rate, without a header, separated by spaces or tabs.</summary>
    /// <remarks>Takes CRLF and a byte order mark. Every row must end with a newline, the last one too: without it, 24. cannot be told from a truncated 24.2.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="rateUnitBitsPerSecond">What a rate of 1 in the file means, bit/s, positive; default 1e6, Mbit/s.</param>
    /// <param name="durationSeconds">From the first row to the end, seconds, positive; null: the last row lasts as long as the last step above 0, or 1 s.</param>
    /// <param name="end">What follows the end; by default the trace wraps.</param>
    /// <exception cref="TraceException">The file is missing, unreadable, empty, or breaks a rule: names file, line, field and text.</exception>
    /// <exception cref="ArgumentException">The path is blank or a number is out of range.</exception>
    public static RateTrace Load(
        string path, double rateUnitBitsPerSecond = 1e6, double? durationSeconds = null, TraceEnd end = TraceEnd.Wrap) =>
        TraceFile.Read(path, stream => Parse(stream, path, rateUnitBitsPerSecond, durationSeconds, end));

    /// <summary>Reads a stream from its present position to its end, by the rules of <see cref="Load"/>.</summary>
    /// <param name="stream">The text; left open.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="rateUnitBitsPerSecond">What a rate of 1 in the text means, bit/s, positive.</param>
    /// <param name="durationSeconds">From the first row to the end, seconds, positive, or null.</param>
    /// <param name="end">What follows the end.</param>
    /// <exception cref="TraceException">The text is empty or breaks a rule.</exception>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    /// <exception cref="ArgumentException">The name is blank or a number is out of range.</exception>
    public static RateTrace Parse(
        Stream stream, string name, double rateUnitBitsPerSecond = 1e6, double? durationSeconds = null, TraceEnd end = TraceEnd.Wrap)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Guard.Positive(rateUnitBitsPerSecond);
        Guard.Positive(durationSeconds ?? 1.0, nameof(durationSeconds));
        return new RateTrace(TimeRateReader.Read(stream, Guard.NotBlank(name), rateUnitBitsPerSecond), durationSeconds, end);
    }

    /// <inheritdoc/>
    public double Bits(double startSeconds, double endSeconds)
    {
        Guard.NonNegative(startSeconds);
        Guard.InRange(endSeconds, startSeconds, double.MaxValue);
        if (!double.IsNaN(_constantRate))
        {
            return _constantRate * (endSeconds - startSeconds);
        }

        var from = Locate(startSeconds);
        if (endSeconds - startSeconds <= EndOf(from.Row) - from.Within)
        {
            return RateOf(from.Row) * (endSeconds - startSeconds);
        }

        var to = Locate(endSeconds);
        return Math.Max(0.0, ((to.Period - from.Period) * _bits[Rows]) + (to.Bits - from.Bits));
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

        if (!double.IsNaN(_constantRate))
        {
            return _constantRate > 0 ? startSeconds + (bits / _constantRate) : double.PositiveInfinity;
        }

        var from = Locate(startSeconds);
        var rate = RateOf(from.Row);
        var rowEnd = EndOf(from.Row);
        if (rate > 0 && bits <= rate * (rowEnd - from.Within))
        {
            return Math.Max(startSeconds, Math.Min(startSeconds + (bits / rate), (from.Period * DurationSeconds) + rowEnd));
        }

        var left = _bits[Rows] - from.Bits; // bits until the end of this period
        return Math.Max(
            startSeconds,
            bits <= left ? (from.Period * DurationSeconds) + Invert(Math.Min(from.Bits + bits, _bits[Rows])) : Beyond(from.Period, bits - left));
    }

    /// <inheritdoc/>
    public double RateAt(double seconds)
    {
        Guard.NonNegative(seconds);
        return double.IsNaN(_constantRate) ? RateOf(Locate(seconds).Row) : _constantRate;
    }

    /// <summary>When bits have arrived that start with the first instant after a period.</summary>
    private double Beyond(double period, double bits)
    {
        var (total, lastRate) = (_bits[Rows], _rates[Rows - 1]);
        if (End == TraceEnd.Hold)
        {
            return lastRate > 0 ? DurationSeconds + (bits / lastRate) : double.PositiveInfinity;
        }

        if (End == TraceEnd.Stop || total == 0)
        {
            return double.PositiveInfinity;
        }

        var periods = Math.Ceiling(bits / total) - 1;
        var rest = Math.Clamp(Math.FusedMultiplyAdd(-periods, total, bits), 0.0, total);
        return ((period + 1 + periods) * DurationSeconds) + Invert(rest);
    }

    /// <summary>The time within a period by which so many bits, at most its total, have arrived since its start.</summary>
    private double Invert(double target)
    {
        var row = Math.Min(SortedSearch.CountBelow(_bits.AsSpan(1, Rows), target), Rows - 1); // the first row by whose end they have arrived
        var within = target - _bits[row];
        return within > 0 ? Math.Min(_starts[row] + (within / _rates[row]), _starts[row + 1]) : _starts[row];
    }

    /// <summary>The row that holds an instant, the period, the time within it and the bits since its start. The row after the last one is the rest of time where the trace stops.</summary>
    private (int Row, double Period, double Within, double Bits) Locate(double seconds)
    {
        if (End != TraceEnd.Wrap && seconds >= DurationSeconds)
        {
            return End == TraceEnd.Hold
                ? (Rows - 1, 0.0, seconds, _bits[Rows] + (_rates[Rows - 1] * (seconds - DurationSeconds)))
                : (Rows, 0.0, seconds, _bits[Rows]);
        }

        var within = TraceClock.Within(seconds, DurationSeconds, out var period);
        var row = SortedSearch.CountAtOrBelow(_starts.AsSpan(0, Rows), within) - 1; // the last one that starts at or before it; the first starts at 0
        return (row, period, within, Math.Min(_bits[row] + (_rates[row] * (within - _starts[row])), _bits[row + 1]));
    }

    private double RateOf(int row) => row < Rows ? _rates[row] : 0.0;

    private double EndOf(int row) => row < Rows - 1 || (row < Rows && End != TraceEnd.Hold) ? _starts[row + 1] : double.PositiveInfinity;

    private double ConstantRate()
    {
        if (End == TraceEnd.Stop)
        {
            return double.NaN;
        }

        for (var i = 0; i < Rows; i++)
        {
            if (_rates[i] != _rates[Rows - 1] && _starts[i + 1] > _starts[i])
            {
                return double.NaN;
            }
        }

        return _rates[Rows - 1];
    }
}
