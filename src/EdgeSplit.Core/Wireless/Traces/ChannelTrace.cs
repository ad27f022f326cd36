namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>A recorded channel log: the rate as a trace and, where the file has them, SNR and loss over the same time.</summary>
/// <remarks>
/// <para>Of several rows at one instant the last holds. A row without a rate leaves the rate before it in force; rows before the first rate
/// are skipped. An SNR or loss that is missing is unknown (NaN) until the next row that has one.</para>
/// <para>Immutable, so safe to share between threads; queries allocate nothing.</para>
/// </remarks>
public sealed class ChannelTrace
{
    private readonly StepSeries? _snrDb;
    private readonly StepSeries? _loss;

    internal ChannelTrace(RateTrace rate, StepSeries? snrDb, StepSeries? loss, int missingRates, int missingSnrs)
    {
        (Rate, _snrDb, _loss, MissingRates, MissingSnrs) = (rate, snrDb, loss, missingRates, missingSnrs);
    }

    /// <summary>The rate over time.</summary>
    public RateTrace Rate { get; }

    /// <summary>Whether the mapping named an SNR column.</summary>
    public bool HasSnr => _snrDb is not null;

    /// <summary>Whether the mapping named a loss column.</summary>
    public bool HasLoss => _loss is not null;

    /// <summary>Number of rows without a rate.</summary>
    public int MissingRates { get; }

    /// <summary>Number of rows without an SNR; 0 where the mapping names no SNR column.</summary>
    public int MissingSnrs { get; }

    /// <summary>Reads a file by a column mapping.</summary>
    /// <remarks>Takes CRLF, a byte order mark before the header, columns in any order and fields in double quotes. Every row must have as many
    /// fields as the header; a last row without a newline is taken only if its last field is one that the mapping does not use.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="columns">The mapping, for example <see cref="TraceColumns.Irish5G"/>.</param>
    /// <param name="durationSeconds">From the first rate to the end, seconds, positive; null: the last row lasts as long as the last step above 0, or 1 s.</param>
    /// <param name="end">What follows the end; by default the trace wraps.</param>
    /// <exception cref="TraceException">The file is missing, unreadable, empty, or breaks a rule: names file, line, column and text.</exception>
    /// <exception cref="ArgumentException">The path is blank or the duration is out of range.</exception>
    /// <exception cref="ArgumentNullException">The mapping is null.</exception>
    public static ChannelTrace Load(string path, TraceColumns columns, double? durationSeconds = null, TraceEnd end = TraceEnd.Wrap) =>
        TraceFile.Read(path, stream => Parse(stream, path, columns, durationSeconds, end));

    /// <summary>Reads a stream from its present position to its end, by the rules of <see cref="Load"/>.</summary>
    /// <param name="stream">The text; left open.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="columns">The mapping.</param>
    /// <param name="durationSeconds">From the first rate to the end, seconds, positive, or null.</param>
    /// <param name="end">What follows the end.</param>
    /// <exception cref="TraceException">The text is empty or breaks a rule.</exception>
    /// <exception cref="ArgumentNullException">The stream or the mapping is null.</exception>
    /// <exception cref="ArgumentException">The name is blank or the duration is out of range.</exception>
    public static ChannelTrace Parse(
        Stream stream, string name, TraceColumns columns, double? durationSeconds = null, TraceEnd end = TraceEnd.Wrap)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(columns);
        Guard.Positive(durationSeconds ?? 1.0, nameof(durationSeconds));
        return new ChannelReader(stream, Guard.NotBlank(name), columns).Read(durationSeconds, end);
    }

    /// <summary>SNR at an instant, dB; NaN where it is unknown: missing, no such column, or after a trace that stops.</summary>
    /// <param name="seconds">Time from the first rate, seconds, at least 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    public double SnrDbAt(double seconds) => At(_snrDb, seconds);

    /// <summary>Loss at an instant, a fraction in [0, 1]; NaN where it is unknown: missing, no such column, or after a trace that stops.</summary>
    /// <param name="seconds">Time from the first rate, seconds, at least 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    public double LossAt(double seconds) => At(_loss, seconds);

    private double At(StepSeries? series, double seconds)
    {
        Guard.NonNegative(seconds);
        if (series is null || (Rate.End == TraceEnd.Stop && seconds >= Rate.DurationSeconds))
        {
            return double.NaN;
        }

        var within = Rate.End == TraceEnd.Wrap
            ? TraceClock.Within(seconds, Rate.DurationSeconds, out _)
            : Math.Min(seconds, Math.BitDecrement(Rate.DurationSeconds));
        return series.At(Rate.OriginSeconds + within);
    }
}
