using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Reads llama-bench's JSON: one array, one object, files that wrap the array, and one object a line.</summary>
internal sealed class JsonBenchmarkReader
{
    internal const int MaxDepth = 64;

    private static readonly JsonReaderOptions Options =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth, AllowMultipleValues = true };

    private readonly RowCollector<BenchmarkRow> _rows;
    private readonly LlamaBenchRecord?[] _records = new LlamaBenchRecord?[MaxDepth + 2];
    private readonly (string? Name, int Index)[] _path = new (string?, int)[MaxDepth + 2];
    private string _line = "";

    private JsonBenchmarkReader(RowCollector<BenchmarkRow> rows) => _rows = rows;

    /// <summary>Reads the text from its first line of JSON on; says whether it has one object a line.</summary>
    internal static bool Read(ReadOnlySpan<byte> bytes, BenchmarkStart start, RowCollector<BenchmarkRow> rows)
    {
        var reader = new JsonBenchmarkReader(rows);
        var isLines = JsonLines.Are(bytes[start.Start..]);
        if (isLines)
        {
            reader.ReadLines(bytes, start);
        }
        else
        {
            reader.ReadDocument(bytes[start.Start..], start.Line);
        }

        return isLines;
    }

    private void ReadLines(ReadOnlySpan<byte> bytes, BenchmarkStart start)
    {
        var lines = new TextLines(bytes, start.Start, start.Line);
        while (lines.MoveNext())
        {
            var line = lines.Line.Trim(" \t"u8);
            if (line.IsEmpty)
            {
                continue;
            }

            _line = FormattableString.Invariant($"line {lines.Number}");
            if (line.Length > BenchmarkBytes.MaxRowBytes)
            {
                _rows.Skip(_line, $"a row of more than {BenchmarkBytes.MaxRowBytes} bytes");
            }
            else if (line[0] is not ((byte)'{' or (byte)'['))
            {
                _rows.Skip(_line, $"{QuotedText.Of(Encoding.UTF8.GetString(line[..Math.Min(line.Length, 256)]))} is no JSON object");
            }
            else
            {
                ReadDocument(line, lines.Number);
            }
        }
    }

    private void ReadDocument(ReadOnlySpan<byte> bytes, int firstLine)
    {
        var reader = new Utf8JsonReader(bytes, Options);
        try
        {
            for (var value = 0; reader.Read(); value++)
            {
                _path[0] = (null, value);
                ReadValue(ref reader, 1, isReported: true);
            }
        }
        catch (JsonException error)
        {
            var line = firstLine + (error.LineNumber ?? 0);
            _rows.Skip(FormattableString.Invariant($"line {line}"), FormattableString.Invariant($"JSON that is damaged or ends too early at byte {error.BytePositionInLine ?? 0} of the line; what follows is not read"));
        }
    }

    /// <summary>Reads a value; one in the place of a row that is none is reported.</summary>
    private void ReadValue(ref Utf8JsonReader reader, int depth, bool isReported)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader, depth, isReported);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            {
                _path[depth] = (null, i);
                ReadValue(ref reader, depth + 1, isReported);
            }
        }
        else if (isReported)
        {
            _rows.Skip(Location(depth), "a value that is no object");
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, int depth, bool isReported)
    {
        var record = _records[depth] ??= new LlamaBenchRecord();
        record.Clear();
        var start = reader.TokenStartIndex;
        var before = _rows.Total;
        var isValid = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKnown = LlamaBenchColumns.TryFind(reader.ValueSpan, out var column);
            if (!isKnown)
            {
                _path[depth] = (PropertyName(ref reader), 0);
            }

            reader.Read();
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                ReadNested(ref reader, depth, record, isKnown ? column : null);
            }
            else if (isKnown)
            {
                isValid &= TrySet(ref reader, record, column);
            }
        }

        if (LlamaBenchRow.IsRow(record))
        {
            AddRow(record, depth, isValid, reader.BytesConsumed - start);
        }
        else if (isReported && before == _rows.Total)
        {
            _rows.Skip(Location(depth), "an object without n_prompt and n_gen");
        }
    }

    private void AddRow(LlamaBenchRecord record, int depth, bool isValid, long bytes)
    {
        var location = Location(depth);
        if (bytes > BenchmarkBytes.MaxRowBytes)
        {
            _rows.Skip(location, $"a row of more than {BenchmarkBytes.MaxRowBytes} bytes");
        }
        else if (!isValid)
        {
            _rows.Skip(location, "text that is no valid Unicode");
        }
        else if (LlamaBenchRow.From(record, location, out var reason) is { } row)
        {
            _rows.Add(row, location);
        }
        else
        {
            _rows.Skip(location, reason);
        }
    }

    /// <summary>The repetitions of a row; or a part of a wrapping object, which may hold rows.</summary>
    private void ReadNested(ref Utf8JsonReader reader, int depth, LlamaBenchRecord record, LlamaBenchColumn? column)
    {
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        if (isArray && column is LlamaBenchColumn.SampleRates or LlamaBenchColumn.SampleNanoseconds)
        {
            var samples = column == LlamaBenchColumn.SampleRates ? record.SampleRates : record.SampleNanoseconds;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var sample) && double.IsFinite(sample) && sample > 0)
                {
                    samples.Add(sample);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else
        {
            _path[depth] = column is { } known ? (LlamaBenchColumns.NameOf(known), 0) : _path[depth];
            ReadValue(ref reader, depth + 1, isReported: false);
        }
    }

    private static bool TrySet(ref Utf8JsonReader reader, LlamaBenchRecord record, LlamaBenchColumn column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.String when reader.ValueIsEscaped:
                try
                {
                    record.Set(column, reader.GetString());
                    return true;
                }
                catch (InvalidOperationException)
                {
                    // A lone surrogate behind \u.
                    return false;
                }

            default:
                record.Set(column, reader.ValueSpan);
                return true;
        }
    }

    private static string PropertyName(ref Utf8JsonReader reader)
    {
        const int longest = 64;
        var name = Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, longest)]);
        return string.Create(name.Length, name, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }

    private string Location(int depth)
    {
        if (_line.Length > 0 && depth == 1)
        {
            return _line;
        }

        var path = new StringBuilder(_line.Length > 0 ? _line + " $" : "$");
        if (_path[0].Index > 0)
        {
            path.Append(CultureInfo.InvariantCulture, $"({_path[0].Index + 1})");
        }

        for (var i = 1; i < depth; i++)
        {
            var (name, index) = _path[i];
            if (name is null)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else
            {
                path.Append('.').Append(name);
            }
        }

        return path.ToString();
    }
}
