using System.Globalization;
using System.Text;

namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>The lines of a trace file as bytes, through one buffer: skips a byte order mark, takes LF and CRLF, counts lines for messages.</summary>
/// <remarks>Empty lines after the last row are skipped; an empty line before another row is an error. Whether a last line without a line end
/// is whole cannot be told from the line alone: the readers decide by <see cref="IsTerminated"/>.</remarks>
internal sealed class TraceLines(Stream stream, string file)
{
    private const int BufferBytes = 1 << 17;
    private const int MaximumLineBytes = 1 << 20;
    private const int ShownBytes = 60;

    private byte[] _buffer = new byte[BufferBytes];
    private int _next;
    private int _filled;
    private int _start;
    private int _length;
    private long _emptyLine;
    private bool _ended;

    /// <summary>Number of the current line, from 1.</summary>
    internal long Line { get; private set; }

    /// <summary>False for a last line that no line end follows.</summary>
    internal bool IsTerminated { get; private set; } = true;

    /// <summary>The current line without its end; valid until the next move.</summary>
    internal ReadOnlySpan<byte> Current => _buffer.AsSpan(_start, _length);

    /// <summary>Line ends from here to the end of a stream that can seek, or 0: an upper bound of its rows, for tables of the right size.</summary>
    internal static long CountRows(Stream stream)
    {
        if (!stream.CanSeek)
        {
            return 0;
        }

        var position = stream.Position;
        var buffer = new byte[BufferBytes];
        var rows = 1L;
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            rows += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        stream.Position = position;
        return rows;
    }

    /// <summary>Moves to the next line that is not empty.</summary>
    internal bool TryNext()
    {
        while (TryLine())
        {
            if (_length == 0)
            {
                _emptyLine = _emptyLine == 0 ? Line : _emptyLine;
                continue;
            }

            if (_emptyLine > 0)
            {
                throw new TraceException(file, _emptyLine, "", "an empty line", "empty lines after the last row only");
            }

            return true;
        }

        return false;
    }

    /// <summary>Refuses a last line without a line end, for formats in which a shortened row can look like a whole one.</summary>
    internal void RefuseUnterminated()
    {
        if (!IsTerminated)
        {
            throw Error("", Current, "a line end after every row (without one, a whole last row cannot be told from a truncated one: if it is whole, end the file with a newline)");
        }
    }

    internal TraceException Error(string field, ReadOnlySpan<byte> found, string allowed) =>
        new(file, Line, field, $"'{Shown(found)}'{(IsTerminated ? "" : " without a line end")}", allowed);

    internal TraceException FileError(string found, string allowed) => new(file, 0, "", found, allowed);

    private bool TryLine()
    {
        var scanned = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_next + scanned, _filled - _next - scanned).IndexOf((byte)'\n');
            if (end >= 0)
            {
                Take(scanned + end, 1);
                return true;
            }

            scanned = _filled - _next;
            if (_ended)
            {
                IsTerminated = scanned == 0;
                if (scanned == 0)
                {
                    return false;
                }

                Take(scanned, 0);
                return true;
            }

            Refill();
        }
    }

    private void Take(int length, int lineEndBytes)
    {
        (_start, _length) = (_next, length);
        _next += length + lineEndBytes;
        if (Line++ == 0 && Current.StartsWith("\uFEFF"u8))
        {
            (_start, _length) = (_start + 3, _length - 3);
        }

        if (_length > 0 && lineEndBytes > 0 && _buffer[_start + _length - 1] == (byte)'\r')
        {
            _length--;
        }
    }

    private void Refill()
    {
        var kept = _filled - _next;
        if (kept >= MaximumLineBytes)
        {
            throw new TraceException(
                file, Line + 1, "", $"a line that starts with '{Shown(_buffer.AsSpan(_next, kept))}' and has no end", FormattableString.Invariant($"lines of at most {MaximumLineBytes} bytes"));
        }

        var target = kept > _buffer.Length / 2 ? new byte[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_next, kept).CopyTo(target);
        (_buffer, _next, _filled) = (target, 0, kept);
        var read = stream.Read(_buffer.AsSpan(kept));
        _filled += read;
        _ended = read == 0;
    }

    private static string Shown(ReadOnlySpan<byte> text)
    {
        var shown = new StringBuilder();
        foreach (var rune in Encoding.UTF8.GetString(text[..Math.Min(text.Length, ShownBytes)]).EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
            else
            {
                shown.Append(rune);
            }
        }

        return shown.Append(text.Length > ShownBytes ? "..." : "").ToString();
    }
}
