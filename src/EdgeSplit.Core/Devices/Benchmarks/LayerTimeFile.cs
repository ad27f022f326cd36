using System.Text;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Reads measured times per operation from a CSV.</summary>
/// <remarks>
/// Needed columns: device, op, phase (any, prefill, decode, per-sequence), time_us (microseconds). Known ones besides: model, dtype, tp, tokens, prefill_chunk, kv_prefill,
/// n_decode, kv_decode, m, k, n, activated_experts, flops_hand, weight_bytes_hand, notes, source_repo_path. Their order is free, others do not matter.
/// Limits and encodings are those of <see cref="BenchmarkFile"/>. Thread-safe.
/// </remarks>
public static class LayerTimeFile
{
    private const string Allowed = "a CSV whose header has the columns device, op, phase, time_us";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its rows, at least one.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="BenchmarkFileException">No such file, no such columns, too large, or no row that can be read.</exception>
    public static LayerTimeFileContent Read(string path) => Parse(BenchmarkBytes.Load(path), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The contents of a file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <returns>Its rows, at least one.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the text null.</exception>
    /// <exception cref="BenchmarkFileException">No such columns, too large, or no row that can be read.</exception>
    public static LayerTimeFileContent Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        Guard.NotBlank(name);
        return Parse(BenchmarkBytes.Of(text, name), name);
    }

    private static LayerTimeFileContent Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        var (start, line, delimiter) = FindHeader(bytes.Span, name);
        var rows = new RowCollector<LayerTimeRow>(name);
        using var records = CsvRecords.Open(bytes[start..], line, delimiter, rows.Skip);
        var columns = CsvHeader.Columns(records.Header, header => LayerTimeColumns.TryFind(header, out var column) ? column : (LayerTimeColumn?)null, name, line);
        var cells = new LayerTimeCells();
        while (records.Read(rows.Skip))
        {
            cells.Clear();
            for (var i = 0; i < columns.Length; i++)
            {
                if (columns[i] is { } column)
                {
                    cells[column] = records[i].Trim();
                }
            }

            if (cells.ToRow(records.Location, out var reason) is { } row)
            {
                rows.Add(row, records.Location);
            }
            else
            {
                rows.Skip(records.Location, reason);
            }
        }

        rows.ThrowWhereEmpty();
        return new LayerTimeFileContent(name, rows.Rows, rows.Skipped);
    }

    private static (int Start, int Line, char Delimiter) FindHeader(ReadOnlySpan<byte> bytes, string name)
    {
        var lines = new TextLines(bytes, 0, 1);
        while (lines.MoveNext())
        {
            if (lines.Line.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(lines.Line[..Math.Min(lines.Line.Length, BenchmarkBytes.MaxRowBytes)]);
            ReadOnlySpan<char> delimiters = [',', ';', '\t'];
            foreach (var delimiter in delimiters)
            {
                var names = CsvHeader.Names(text, delimiter);
                var missing = LayerTimeColumns.Missing(names);
                if (missing.Length == 0)
                {
                    return (lines.Start, lines.Number, delimiter);
                }

                if (LayerTimeColumns.AreEnough(names))
                {
                    throw new BenchmarkFileException(name, FormattableString.Invariant($"line {lines.Number}"), $"a header without {string.Join(", ", missing)}", Allowed);
                }
            }

            throw new BenchmarkFileException(name, FormattableString.Invariant($"line {lines.Number}"), $"the header {QuotedText.Of(text)}", Allowed);
        }

        throw new BenchmarkFileException(name, "file", "an empty file", Allowed);
    }
}
