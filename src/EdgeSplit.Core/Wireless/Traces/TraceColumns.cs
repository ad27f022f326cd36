namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Which columns of a delimited file hold time, rate, SNR and loss, and in which units.</summary>
/// <remarks>Columns are found by their name in the header, whatever their order; all others are ignored. Derive your own from a built-in one
/// with <c>with</c>. Immutable, so safe to share between threads.</remarks>
public sealed record TraceColumns
{
    /// <summary>The Irish 5G set, as written by G-NetTrack Pro: downlink TCP rate in kbit/s over time stamps of whole seconds, SNR in dB, <c>-</c> missing.</summary>
    /// <remarks>
    /// <para>The sampling is slightly faster than 1 Hz, so 7 to 13 % of the rows repeat a time stamp; the last one holds.</para>
    /// <para>The column <c>UL_bitrate</c> is the traffic of acknowledgements (0.06 to 0.17 Mbit/s on average), not uplink capacity: choosing it
    /// as rate column gives a link on which no upload was tried.</para>
    /// <para>On non-standalone 5G the SNR is that of the LTE anchor and hardly correlates with the rate.</para>
    /// <para>Source: D. Raca, D. Leahy, C. J. Sreenan, J. J. Quinlan, "Beyond throughput, the next generation: a 5G dataset with channel and
    /// context metrics", ACM MMSys 2020.</para>
    /// </remarks>
    public static TraceColumns Irish5G { get; } = new("DL_bitrate")
    {
        TimeColumn = "Timestamp",
        TimeFormat = "yyyy.MM.dd_HH.mm.ss",
        RateUnitBitsPerSecond = 1e3,
        SnrDbColumn = "SNR",
    };

    /// <summary>The 5Gophers set: downlink rate in Mbit/s over the number of the second.</summary>
    /// <remarks>
    /// <para>Files with a rate per operator need another rate column, such as <c>Verizon_throughput_mbps</c>. Where the number of the
    /// second starts again with each run, no time column (null) lays the runs end to end.</para>
    /// <para>Source: A. Narayanan et al., "A first look at commercial 5G performance on smartphones", WWW 2020; CC BY 4.0.</para>
    /// </remarks>
    public static TraceColumns FiveGophers { get; } = new("throughput_mbps") { TimeColumn = "seq_num", MissingMark = null };

    /// <summary>Creates a mapping: rate in Mbit/s, one row per second, nothing else.</summary>
    /// <param name="rateColumn">Name of the column of the rate, not blank.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public TraceColumns(string rateColumn) => RateColumn = rateColumn;

    /// <summary>Name of the column of the time.</summary>
    /// <value>Default null: the rows follow each other at <see cref="RowSeconds"/>.</value>
    public string? TimeColumn { get; init => field = value is null ? null : Guard.NotBlank(value, nameof(TimeColumn)); }

    /// <summary>How a time is written, at fixed places: y, M, d, H, m, s, f are digits, everything else stands for itself.</summary>
    /// <value>Default null: a number in units of <see cref="TimeUnitSeconds"/>.</value>
    public string? TimeFormat
    {
        get;
        init => field = value is null || TimeLayout.IsValid(value)
            ? value
            : throw new ArgumentException($"'{value}': must be ASCII with at least one of y, M, d, H, m, s, f.", nameof(TimeFormat));
    }

    /// <summary>What a time of 1 means where it is a number, seconds.</summary>
    /// <value>Default 1; positive.</value>
    public double TimeUnitSeconds { get; init => field = Guard.Positive(value, nameof(TimeUnitSeconds)); } = 1.0;

    /// <summary>Step of the rows where there is no column of the time, seconds.</summary>
    /// <value>Default 1; positive.</value>
    public double RowSeconds { get; init => field = Guard.Positive(value, nameof(RowSeconds)); } = 1.0;

    /// <summary>Name of the column of the rate.</summary>
    public string RateColumn { get; init => field = Guard.NotBlank(value, nameof(RateColumn)); }

    /// <summary>What a rate of 1 means, bit/s.</summary>
    /// <value>Default 1e6, Mbit/s; positive.</value>
    public double RateUnitBitsPerSecond { get; init => field = Guard.Positive(value, nameof(RateUnitBitsPerSecond)); } = 1e6;

    /// <summary>Name of the column of the SNR in dB.</summary>
    /// <value>Default null: none.</value>
    public string? SnrDbColumn { get; init => field = value is null ? null : Guard.NotBlank(value, nameof(SnrDbColumn)); }

    /// <summary>Name of the column of the loss as a fraction from 0 to 1.</summary>
    /// <value>Default null: none.</value>
    public string? LossColumn { get; init => field = value is null ? null : Guard.NotBlank(value, nameof(LossColumn)); }

    /// <summary>Text of a field without a value; a rate that is missing leaves the one before it in force, a missing SNR or loss is unknown.</summary>
    /// <value>Default <c>-</c>; null: every field must have a value; empty: an empty field is a missing value.</value>
    public string? MissingMark { get; init; } = "-";

    /// <summary>What separates the columns.</summary>
    /// <value>Default a comma; an ASCII character that occurs in no number, and no quote or line end.</value>
    public char Delimiter
    {
        get;
        init => field = char.IsAscii(value) && !char.IsAsciiLetterOrDigit(value) && value is not ('.' or '-' or '+' or '"' or '\r' or '\n')
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Delimiter), value, "Must be an ASCII character other than letters, digits, '.', '-', '+', quotes and line ends.");
    } = ',';
}
