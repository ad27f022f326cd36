namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>The lines of a UTF-8 text, one after another, without their ends.</summary>
internal ref struct TextLines(ReadOnlySpan<byte> bytes, int start, int firstLine)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _next = start;

    /// <summary>Byte where the line starts.</summary>
    internal int Start { get; private set; }

    /// <summary>Number of the line, from 1.</summary>
    internal int Number { get; private set; } = firstLine - 1;

    internal ReadOnlySpan<byte> Line { get; private set; }

    internal bool MoveNext()
    {
        if (_next >= _bytes.Length)
        {
            return false;
        }

        Start = _next;
        Number++;
        var rest = _bytes[_next..];
        var end = rest.IndexOf((byte)'\n');
        Line = end < 0 ? rest : rest[..end];
        _next += end < 0 ? rest.Length : end + 1;
        if (!Line.IsEmpty && Line[^1] == '\r')
        {
            Line = Line[..^1];
        }

        return true;
    }
}
