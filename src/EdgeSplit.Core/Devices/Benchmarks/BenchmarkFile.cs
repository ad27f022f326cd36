using System.Collections.ObjectModel;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Reads measured speeds from benchmark files: the output of llama.cpp's llama-bench in each of its formats, and CSV tables of published measurements.</summary>
/// <remarks>
/// The format is recognised by the content, not by the file's name; lines of a console around it do not matter.
/// A row that cannot be used is left out with its reason, and the others are kept: a benchmark that was broken off still gives its finished rows.
/// Files have at most 256 MiB and 2,000,000 rows of at most 1 MiB each, and at most 100,000 rows that cannot be read. UTF-8, and UTF-16 with a byte order mark. Thread-safe.
/// llama-bench tests <c>ppN</c> are prefill of N tokens, <c>tgN</c> decode of N tokens, <c>@ dN</c> behind N tokens in the cache (llama.cpp, tools/llama-bench/README.md).
/// </remarks>
public static class BenchmarkFile
{
    private static readonly ReadOnlyCollection<string> Names = Array.AsReadOnly(
        ["llama-bench json", "llama-bench jsonl", "llama-bench csv", "llama-bench md", "llama-bench sql", "measured csv"]);

    /// <summary>What can be read: <c>llama-bench json</c>, <c>jsonl</c>, <c>csv</c>, <c>md</c> and <c>sql</c>, and <c>measured csv</c>, a table with the columns model, quant (or format), device, backend, phase, tokens_per_s.</summary>
    public static IReadOnlyList<string> Formats => Names;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its rows, at least one.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="BenchmarkFileException">No such file, no known format, too large, or no row that can be read.</exception>
    public static BenchmarkFileContent Read(string path) => Parse(BenchmarkBytes.Load(path), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The contents of a file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <returns>Its rows, at least one.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the text null.</exception>
    /// <exception cref="BenchmarkFileException">No known format, too large, or no row that can be read.</exception>
    public static BenchmarkFileContent Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        Guard.NotBlank(name);
        return Parse(BenchmarkBytes.Of(text, name), name);
    }

    /// <summary>Reads a stream to its end and leaves it open.</summary>
    /// <param name="stream">The contents of a file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <returns>Its rows, at least one.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the stream null.</exception>
    /// <exception cref="BenchmarkFileException">No known format, too large, or no row that can be read.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static BenchmarkFileContent Parse(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Guard.NotBlank(name);
        return Parse(BenchmarkBytes.Load(stream, name), name);
    }

    private static BenchmarkFileContent Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        var start = BenchmarkStart.Find(bytes.Span, name);
        var rows = new RowCollector<BenchmarkRow>(name);
        var format = start.Format switch
        {
            BenchmarkFormat.Json => JsonBenchmarkReader.Read(bytes.Span, start, rows) ? 1 : 0,
            BenchmarkFormat.LlamaBenchCsv => 2,
            BenchmarkFormat.Markdown => 3,
            BenchmarkFormat.Sql => 4,
            _ => 5,
        };
        switch (start.Format)
        {
            case BenchmarkFormat.LlamaBenchCsv:
                CsvBenchmarkReader.ReadLlamaBench(bytes, start, rows);
                break;
            case BenchmarkFormat.MeasuredCsv:
                CsvBenchmarkReader.ReadMeasured(bytes, start, rows);
                break;
            case BenchmarkFormat.Markdown:
                MarkdownBenchmarkReader.Read(bytes.Span, rows);
                break;
            case BenchmarkFormat.Sql:
                SqlBenchmarkReader.Read(bytes.Span, start, rows);
                break;
        }

        rows.ThrowWhereEmpty();
        return new BenchmarkFileContent(name, Names[format], rows.Rows, rows.Skipped);
    }
}
