using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>A link that was recorded by <see cref="TraceRecorder"/>: gives the same efficiency and SNR in each block, bit for bit.</summary>
/// <remarks>After the last block it wraps, holds or stops (efficiency and SNR 0), as chosen. Immutable, so safe to share between threads; filling allocates nothing.</remarks>
public sealed class RecordedLink : IEfficiencyProcess, ISnrProcess
{
    private const string AllowedNumber = "a number of at least 0 with a decimal point";

    private readonly double[] _efficiencies;
    private readonly double[] _snrs;
    private readonly bool[] _losses;

    private RecordedLink(double blockSeconds, double[] efficiencies, double[] snrs, bool[] losses, TraceEnd end)
    {
        (BlockSeconds, _efficiencies, _snrs, _losses, End) = (blockSeconds, efficiencies, snrs, losses, end);
    }

    /// <inheritdoc/>
    public double BlockSeconds { get; }

    /// <summary>Number of recorded blocks.</summary>
    public int Blocks => _efficiencies.Length;

    /// <summary>What follows the last block.</summary>
    public TraceEnd End { get; }

    /// <summary>Whether the recording holds an SNR.</summary>
    public bool HasSnr => _snrs.Length > 0;

    /// <summary>Whether each recorded block was lost; shape [blocks], empty where the recording holds no losses.</summary>
    public ReadOnlySpan<bool> Losses => _losses;

    /// <summary>Reads a recording.</summary>
    /// <param name="path">The file.</param>
    /// <param name="end">What follows the last block; by default the recording wraps.</param>
    /// <exception cref="TraceException">The file is missing, unreadable or not a whole recording: names file, line, column and text.</exception>
    /// <exception cref="ArgumentException">The path is blank.</exception>
    public static RecordedLink Load(string path, TraceEnd end = TraceEnd.Wrap) => TraceFile.Read(path, stream => Parse(stream, path, end));

    /// <summary>Reads a stream from its present position to its end.</summary>
    /// <param name="stream">The text; left open.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="end">What follows the last block.</param>
    /// <exception cref="TraceException">The text is not a whole recording.</exception>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public static RecordedLink Parse(Stream stream, string name, TraceEnd end = TraceEnd.Wrap)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var lines = new TraceLines(stream, Guard.NotBlank(name));
        var csv = new CsvRows(lines, ',', ["block", "block_seconds", "spectral_efficiency"], ["snr_linear", "lost"]);
        var (efficiencies, snrs, losses, blockSeconds) = (new List<double>(), new List<double>(), new List<bool>(), 0.0);
        while (csv.TryNext())
        {
            if (!TraceNumber.TryWhole(csv.Field(0), int.MaxValue, out var block) || block != (ulong)efficiencies.Count)
            {
                throw csv.Error(0, FormattableString.Invariant($"the block {efficiencies.Count}: blocks count from 0 without a gap"));
            }

            var length = Number(csv, 1);
            if (length == 0 || (block > 0 && length != blockSeconds))
            {
                throw csv.Error(1, "a block length above 0, the same in every row");
            }

            blockSeconds = length;
            efficiencies.Add(Number(csv, 2));
            if (csv.Has(3))
            {
                snrs.Add(Number(csv, 3));
            }

            if (csv.Has(4))
            {
                losses.Add(TraceNumber.TryWhole(csv.Field(4), 1, out var lost) ? lost == 1 : throw csv.Error(4, "0 or 1"));
            }
        }

        return efficiencies.Count > 0
            ? new RecordedLink(blockSeconds, [.. efficiencies], [.. snrs], [.. losses], end)
            : throw lines.FileError("a header without rows", "at least one block");
    }

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> spectralEfficiency) => Replay(_efficiencies, firstBlock, spectralEfficiency);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The recording holds no SNR, see <see cref="HasSnr"/>.</exception>
    public void FillSnr(long firstBlock, Span<double> snrLinear)
    {
        if (!HasSnr)
        {
            throw new InvalidOperationException("The recording holds no SNR.");
        }

        Replay(_snrs, firstBlock, snrLinear);
    }

    private void Replay(double[] values, long firstBlock, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        for (var i = 0; i < destination.Length; i++)
        {
            var block = firstBlock + i;
            destination[i] = block < values.Length ? values[block]
                : End == TraceEnd.Wrap ? values[block % values.Length]
                : End == TraceEnd.Hold ? values[^1]
                : 0.0;
        }
    }

    private static double Number(CsvRows csv, int slot) =>
        TraceNumber.TryFinite(csv.Field(slot), out var value) && value >= 0 ? value : throw csv.Error(slot, AllowedNumber);
}
