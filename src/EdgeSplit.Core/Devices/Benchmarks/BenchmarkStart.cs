using System.Text;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Where the rows of a text start and in which format.</summary>
/// <param name="Format">The format.</param>
/// <param name="Start">First byte that belongs to it.</param>
/// <param name="Line">Number of its line, from 1.</param>
/// <param name="Delimiter">Between the cells of a CSV.</param>
internal readonly record struct BenchmarkStart(BenchmarkFormat Format, int Start, int Line, char Delimiter)
{
    private const int MaxLinesBefore = 2_000_000;
    private const int MaxHeaderBytes = 64 * 1024;
    private const int FewestNames = 3;

    private const string Allowed = "llama-bench output (json, jsonl, csv, md or sql) or a CSV with the columns model, quant, device, backend, phase, tokens_per_s";

    /// <summary>Recognises the format by the first line that belongs to one; lines before it, such as a console's, do not matter.</summary>
    internal static BenchmarkStart Find(ReadOnlySpan<byte> bytes, string file)
    {
        var lines = new TextLines(bytes, 0, 1);
        var first = "";
        while (lines.MoveNext() && lines.Number <= MaxLinesBefore)
        {
            var line = lines.Line.Trim(" \t>"u8);
            if (line.IsEmpty)
            {
                continue;
            }

            if (line[0] is (byte)'{' or (byte)'[')
            {
                if (IsJson(bytes[(lines.Start + lines.Line.IndexOf(line[0]))..]))
                {
                    return new BenchmarkStart(BenchmarkFormat.Json, lines.Start, lines.Number, ',');
                }
            }

            var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, MaxHeaderBytes)]);
            if (first.Length == 0)
            {
                first = text;
            }

            if (line[0] == '|')
            {
                if (MarkdownTable.Columns(MarkdownTable.Cells(text)) is not null)
                {
                    return new BenchmarkStart(BenchmarkFormat.Markdown, 0, 1, ',');
                }
            }
            else if (IsSql(text))
            {
                return new BenchmarkStart(BenchmarkFormat.Sql, lines.Start, lines.Number, ',');
            }
            else if (FromHeader(text, file, lines.Number) is { } found)
            {
                return new BenchmarkStart(found.Format, lines.Start, lines.Number, found.Delimiter);
            }
        }

        var what = first.Length == 0 ? "an empty file" : $"a text in none of the known formats, which starts with {QuotedText.Of(first)}";
        throw new BenchmarkFileException(file, "file", what, Allowed);
    }

    /// <summary>An object, or an array that holds objects or arrays; a log line such as <c>[info] ...</c> is none.</summary>
    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var next = text[1..].IndexOfAnyExcept(" \t\r\n"u8);
        if (next < 0)
        {
            return true;
        }

        return text[0] == '{' ? text[1 + next] is (byte)'"' or (byte)'}' : text[1 + next] is (byte)'{' or (byte)'[' or (byte)']';
    }

    private static bool IsSql(string text)
    {
        var words = text.Split([' ', '\t', '('], 3, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1
            && ((words[0].Equals("INSERT", StringComparison.OrdinalIgnoreCase) && (words[1].Equals("INTO", StringComparison.OrdinalIgnoreCase) || words[1].Equals("OR", StringComparison.OrdinalIgnoreCase)))
                || (words[0].Equals("CREATE", StringComparison.OrdinalIgnoreCase) && words[1].Equals("TABLE", StringComparison.OrdinalIgnoreCase)));
    }

    private static (BenchmarkFormat Format, char Delimiter)? FromHeader(string text, string file, int line)
    {
        ReadOnlySpan<char> delimiters = [',', ';', '\t'];
        foreach (var delimiter in delimiters)
        {
            if (!text.Contains(delimiter, StringComparison.Ordinal))
            {
                continue;
            }

            var names = CsvHeader.Names(text, delimiter);
            var location = FormattableString.Invariant($"line {line}");
            if (LayerTimeColumns.AreEnough(names))
            {
                throw new BenchmarkFileException(file, location, "the columns of times per operation", Allowed);
            }

            var bench = names.Select(name => LlamaBenchColumns.TryFind(name, out var column) ? column : (LlamaBenchColumn?)null).OfType<LlamaBenchColumn>().ToArray();
            if (LlamaBenchColumns.AreEnough(bench))
            {
                return (BenchmarkFormat.LlamaBenchCsv, delimiter);
            }

            var missing = MeasuredSpeedColumns.Missing(names);
            if (missing.Count == 0)
            {
                return (BenchmarkFormat.MeasuredCsv, delimiter);
            }

            if (MeasuredSpeedColumns.Needed - missing.Count >= FewestNames)
            {
                throw new BenchmarkFileException(file, location, $"a header without {string.Join(", ", missing)}", Allowed);
            }

            if (bench.Length >= FewestNames && bench.Length * 2 > names.Length)
            {
                throw new BenchmarkFileException(file, location, "a llama-bench header without its model, its test or its speed", "the columns model_type, n_prompt, n_gen and avg_ts or avg_ns");
            }
        }

        return null;
    }
}
