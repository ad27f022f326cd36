using System.Text;
using System.Text.Json;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>What a measurement has finished so far, line by line in a file, so that a killed run goes on where it was.</summary>
/// <remarks>
/// <para>JSON lines. The first names the format and the SHA-256 of everything that the numbers depend on; each other one is a <see cref="JournalRecord"/>. A line counts once its line
/// feed is written, so that a torn last line is measured again. Lines reach the operating system as they are written: they survive the process, not a power cut.</para>
/// <para>The file stays open and locked; another run on it is refused. Safe to append to from several threads.</para>
/// </remarks>
internal sealed class MeasurementJournal : IDisposable
{
    private const int LongestHeader = 1024;
    private const string FormatName = "edgesplit-measurement-journal";
    private const string Different = "; another output, or --restart to discard it";

    private readonly Lock gate = new();
    private readonly FileStream file;
    private readonly string path;
    private readonly Func<JournalRecord, bool> fits;

    private MeasurementJournal(FileStream file, string path, Func<JournalRecord, bool> fits)
    {
        this.file = file;
        this.path = path;
        this.fits = fits;
    }

    /// <summary>What an earlier run has finished.</summary>
    internal IReadOnlyList<JournalRecord> Finished { get; private set; } = [];

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="measurement">SHA-256 of everything that the numbers depend on.</param>
    /// <param name="restart">Whether to discard what is there.</param>
    /// <param name="fits">Whether a line is one of this measurement.</param>
    /// <exception cref="MeasurementJournalException">The file belongs to another measurement, is no journal, is in use or cannot be written.</exception>
    internal static MeasurementJournal Open(string path, string measurement, bool restart, Func<JournalRecord, bool> fits)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new MeasurementJournalException(path, "a journal that cannot be opened (" + error.Message.TrimEnd('.') + ")", "a file that can be written and that no other run uses", error);
        }

        var journal = new MeasurementJournal(file, path, fits);
        try
        {
            journal.Begin(measurement, restart);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Adds a line.</summary>
    internal void Append(JournalRecord record)
    {
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record) + "\n");
        lock (gate)
        {
            file.Write(line);
            file.Flush();
        }
    }

    public void Dispose() => file.Dispose();

    private void Begin(string measurement, bool restart)
    {
        var header = JsonSerializer.Serialize(new { format = FormatName, version = 1, measurement });
        if (restart)
        {
            file.SetLength(0);
        }

        var lines = ReadLines(out var end);
        if (lines.Count == 0)
        {
            RefuseOther(end);
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(header + "\n"));
            file.Flush();
            return;
        }

        if (lines[0] != header)
        {
            var isJournal = lines[0].Contains(FormatName, StringComparison.Ordinal);
            throw new MeasurementJournalException(
                path, isJournal ? "the journal of another measurement (plan, model, text, seed or version differ)" : "a file that is no journal", "the journal of this measurement" + Different);
        }

        Finished = [.. lines.Skip(1).Select((line, index) => Parse(line, index + 2))];
        file.SetLength(end); // a torn line goes: what follows must start on a line of its own
        file.Seek(0, SeekOrigin.End);
    }

    // A header torn by a kill is worth nothing; any other text without a line feed is somebody's file.
    private void RefuseOther(long end)
    {
        if (file.Length <= end)
        {
            return;
        }

        file.Seek(0, SeekOrigin.Begin);
        var start = new byte[(int)Math.Min(file.Length, LongestHeader)];
        file.ReadExactly(start);
        if (file.Length > LongestHeader || !("{\"format\":\"" + FormatName).StartsWith(Encoding.UTF8.GetString(start.AsSpan(0, Math.Min(start.Length, FormatName.Length))), StringComparison.Ordinal))
        {
            throw new MeasurementJournalException(path, "a file that is no journal", "the journal of this measurement" + Different);
        }
    }

    private List<string> ReadLines(out long end)
    {
        file.Seek(0, SeekOrigin.Begin);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var lines = new List<string>();
        end = 0;
        for (var at = Array.IndexOf(bytes, (byte)'\n'); at >= 0; at = Array.IndexOf(bytes, (byte)'\n', at + 1))
        {
            lines.Add(Encoding.UTF8.GetString(bytes, (int)end, at - (int)end));
            end = at + 1;
        }

        return lines;
    }

    private JournalRecord Parse(string line, int number)
    {
        JournalRecord? record = null;
        try
        {
            record = JsonSerializer.Deserialize<JournalRecord>(line);
        }
        catch (JsonException)
        {
            // told below, as a line of another shape
        }

        return record is not null && fits(record) ? record
            : throw new MeasurementJournalException(path, FormattableString.Invariant($"a broken line {number}"), "lines of this measurement" + Different);
    }
}
