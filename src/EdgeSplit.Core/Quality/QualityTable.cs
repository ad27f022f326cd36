namespace EdgeSplit.Core.Quality;

/// <summary>Measured quality and leakage of one model, by split and damage: what <c>edgesplit measure</c> writes and simulations read.</summary>
/// <remarks>
/// <para>Plain data; interpolation is the work of <see cref="MeasuredQuality"/> and <see cref="MeasuredLeakage"/>. Immutable, safe to share between threads.</para>
/// <para>As a file: one JSON object, <c>"format": "edgesplit-quality-table"</c>, <c>"version": 1</c>, one cell per line. Fields of a damage that are
/// at their default are left out. Reading is strict: unknown keys, keys without meaning, duplicate cells, numbers out of range are errors.</para>
/// </remarks>
public sealed record QualityTable
{
    /// <summary>What the key <c>format</c> of a file says.</summary>
    public const string Format = "edgesplit-quality-table";

    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    /// <summary>The model.</summary>
    public required QualityTableModel Model { get; init; }

    /// <summary>The text.</summary>
    public required QualityTableText Text { get; init; }

    /// <summary>Seed of everything random in the measurement.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of the library that measured.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>The undamaged model.</summary>
    public required QualityEstimate Clean { get; init; }

    /// <summary>Damaged hidden states; a split and damage occurs once.</summary>
    public required IReadOnlyList<QualityCell> Cells { get; init; }

    /// <summary>Quantised weights; a number of layers, bits and group size occurs once.</summary>
    public IReadOnlyList<WeightCell> Weights { get; init; } = [];

    /// <summary>Attacks; a split, attack and damage occurs once.</summary>
    public IReadOnlyList<LeakageCell> Leakage { get; init; } = [];

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file, at most 64 MiB.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="QualityTableException">The file cannot be read or is not a quality table; the message names file, JSON path, what was found and what is allowed.</exception>
    public static QualityTable Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            var length = new FileInfo(path).Length;
            return length <= QualityTableReader.MostBytes ? Parse(File.ReadAllText(path), path)
                : throw new QualityTableException(path, "$", FormattableString.Invariant($"{length} bytes"), FormattableString.Invariant($"at most {QualityTableReader.MostBytes} bytes"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new QualityTableException(path, "$", "a file that cannot be read (" + error.Message.TrimEnd('.') + ")", "a quality table written by edgesplit measure", error);
        }
    }

    /// <summary>Reads a table from text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">Name of the file, for errors.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="QualityTableException">The text is not a quality table.</exception>
    public static QualityTable Parse(string json, string file)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(file);
        return QualityTableReader.Read(json, file);
    }

    /// <summary>The text of the table, cells sorted by split and damage.</summary>
    /// <exception cref="QualityTableException">The table holds what its reader would refuse: a number that is not finite or out of range, a cell twice.</exception>
    public string ToJson()
    {
        var text = QualityTableWriter.Write(this);

        // What is written can be read: the reader's checks are the only ones.
        _ = QualityTableReader.Read(text, "the table to write");
        return text;
    }

    /// <summary>Writes the table beside its place and renames it, so that an interrupted run leaves no half file.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="QualityTableException">The table holds what its reader would refuse; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = ToJson();
        var part = path + ".part";
        try
        {
            File.WriteAllText(part, text);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
