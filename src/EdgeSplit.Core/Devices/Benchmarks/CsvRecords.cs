using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>The records of a CSV from its header on.</summary>
/// <remarks>A row whose quote is not closed, or that is longer than <see cref="BenchmarkBytes.MaxRowBytes"/>, is reported and left out, so that the rows behind it are still read.</remarks>
internal sealed class CsvRecords : IDisposable
{
    private const int MaxLineBreaksInRow = 16;

    private readonly int _firstLine;
    private readonly StreamReader _reader;
    private readonly CsvParser _parser;

    private CsvRecords(byte[] bytes, int offset, int count, int firstLine, char delimiter)
    {
        _firstLine = firstLine;
        _reader = new StreamReader(new MemoryStream(bytes, offset, count, writable: false), Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        _parser = new CsvParser(_reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            BadDataFound = null,
            IgnoreBlankLines = true,
            AllowComments = false,
        });
        Header = _parser.Read() ? Fields() : [];
    }

    internal string[] Header { get; }

    /// <summary>Line of the record, the last where it spans several.</summary>
    internal int Line => _firstLine + _parser.RawRow - 1;

    internal string Location => FormattableString.Invariant($"line {Line}");

    internal string this[int field] => _parser[field];

    internal static CsvRecords Open(ReadOnlyMemory<byte> bytes, int firstLine, char delimiter, Action<string, string> skip)
    {
        var screened = Screen(bytes.Span, firstLine, (byte)delimiter, skip);
        return new CsvRecords(screened, 0, screened.Length, firstLine, delimiter);
    }

    /// <summary>The next record that has as many fields as the header; others are reported. A header that is repeated is passed over.</summary>
    internal bool Read(Action<string, string> skip)
    {
        while (_parser.Read())
        {
            var count = _parser.Count;
            if (count == Header.Length + 1 && _parser[count - 1].Length == 0)
            {
                count--;
            }

            if (count != Header.Length)
            {
                if (count > 1 || !string.IsNullOrWhiteSpace(_parser[0]))
                {
                    skip(Location, FormattableString.Invariant($"{count} fields where the header has {Header.Length}"));
                }
            }
            else if (!IsHeader())
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        _parser.Dispose();
        _reader.Dispose();
    }

    private string[] Fields()
    {
        var fields = new string[_parser.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = _parser[i].Trim();
        }

        return fields;
    }

    private bool IsHeader()
    {
        for (var i = 0; i < Header.Length; i++)
        {
            if (!_parser[i].AsSpan().Trim().SequenceEqual(Header[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Empties the lines that cannot be read as rows and keeps their ends, so that the numbers of the others stay.</summary>
    private static byte[] Screen(ReadOnlySpan<byte> bytes, int line, byte delimiter, Action<string, string> skip)
    {
        var kept = new byte[bytes.Length];
        var length = 0;
        var start = 0;
        while (start < bytes.Length)
        {
            var size = RowSize(bytes[start..], delimiter, out var lines, out var reason);
            if (reason is null)
            {
                bytes.Slice(start, size).CopyTo(kept.AsSpan(length));
                length += size;
            }
            else
            {
                skip(FormattableString.Invariant($"line {line}"), reason);
                kept[length++] = (byte)'\n';
            }

            start += size;
            line += lines;
        }

        return length == kept.Length ? kept : kept[..length];
    }

    /// <summary>Bytes and lines of the first row; of its first line where the row is bad.</summary>
    private static int RowSize(ReadOnlySpan<byte> bytes, byte delimiter, out int lines, out string? reason)
    {
        reason = null;
        lines = 1;
        var inQuotes = false;
        var isFieldStart = true;
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes[i];
            if (value == '\n' && !inQuotes)
            {
                return RowOrTooLong(bytes, i + 1, ref lines, ref reason);
            }

            if (value == '"' && (inQuotes || isFieldStart))
            {
                if (inQuotes && i + 1 < bytes.Length && bytes[i + 1] == '"')
                {
                    i++;
                }
                else
                {
                    inQuotes = !inQuotes;
                }
            }
            else if (value == '\n' && ++lines > MaxLineBreaksInRow)
            {
                break;
            }

            isFieldStart = value == delimiter && !inQuotes;
        }

        if (!inQuotes)
        {
            return RowOrTooLong(bytes, bytes.Length, ref lines, ref reason);
        }

        reason = "a quote that is not closed";
        lines = 1;
        var end = bytes.IndexOf((byte)'\n');
        return end < 0 ? bytes.Length : end + 1;
    }

    private static int RowOrTooLong(ReadOnlySpan<byte> bytes, int size, ref int lines, ref string? reason)
    {
        if (size <= BenchmarkBytes.MaxRowBytes)
        {
            return size;
        }

        reason = $"a row of more than {BenchmarkBytes.MaxRowBytes} bytes";
        lines = 1;
        return bytes[..size].IndexOf((byte)'\n') is var end and >= 0 ? end + 1 : size;
    }
}
