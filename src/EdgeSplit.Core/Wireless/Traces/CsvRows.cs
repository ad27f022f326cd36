namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Rows of a delimited file with a header line: finds the columns that are asked for by name, in any order, and cuts them out of each row.</summary>
/// <remarks>Every row must have as many fields as the header. A field may stand in double quotes, without a line end inside. A last row without
/// a line end is whole if it has all fields and the last one is not asked for, because every field that counts is then closed by a delimiter.</remarks>
internal sealed class CsvRows
{
    private readonly TraceLines _lines;
    private readonly byte _delimiter;
    private readonly string[] _names;
    private readonly int[] _columnOfSlot;
    private readonly int[] _slotOfColumn; // -1: not asked for
    private readonly (int Start, int Length)[] _fields;

    /// <summary>Reads the header and finds the columns: first those that must be there, then those that may be.</summary>
    internal CsvRows(TraceLines lines, char delimiter, string[] needed, params string[] optional)
    {
        string[] names = [.. needed, .. optional];
        (_lines, _delimiter, _names) = (lines, (byte)delimiter, names);
        _fields = new (int Start, int Length)[names.Length];
        if (!lines.TryNext())
        {
            throw lines.FileError("an empty file", "a header line and rows");
        }

        var header = new List<string>();
        for (var from = 0; from >= 0;)
        {
            var (start, length, next) = NextField(from);
            header.Add(System.Text.Encoding.UTF8.GetString(lines.Current.Slice(start, length)).Trim());
            from = next;
        }

        _columnOfSlot = new int[names.Length];
        _slotOfColumn = new int[header.Count];
        _slotOfColumn.AsSpan().Fill(-1);
        for (var slot = 0; slot < names.Length; slot++)
        {
            var column = header.IndexOf(names[slot]);
            if (column < 0 && slot >= needed.Length)
            {
                _columnOfSlot[slot] = -1;
                continue;
            }

            if (column < 0 || header.LastIndexOf(names[slot]) != column)
            {
                throw lines.Error(names[slot], lines.Current, $"a header with exactly one column '{names[slot]}', separated by '{delimiter}'");
            }

            (_columnOfSlot[slot], _slotOfColumn[column]) = (column, slot);
        }
    }

    /// <summary>Moves to the next row.</summary>
    internal bool TryNext()
    {
        if (!_lines.TryNext())
        {
            return false;
        }

        var column = 0;
        for (var from = 0; from >= 0; column++)
        {
            var (start, length, next) = NextField(from);
            if (column < _slotOfColumn.Length && _slotOfColumn[column] >= 0)
            {
                _fields[_slotOfColumn[column]] = (start, length);
            }

            from = next;
        }

        if (column != _slotOfColumn.Length)
        {
            throw _lines.Error(
                "", _lines.Current, FormattableString.Invariant($"{_slotOfColumn.Length} fields separated by '{(char)_delimiter}', as in the header; here are {column}"));
        }

        if (_slotOfColumn[^1] >= 0)
        {
            _lines.RefuseUnterminated();
        }

        return true;
    }

    /// <summary>Whether the header has the column of a slot.</summary>
    internal bool Has(int slot) => _columnOfSlot[slot] >= 0;

    /// <summary>A field of the current row, without quotes and spaces around it; valid until the next move.</summary>
    internal ReadOnlySpan<byte> Field(int slot) => _lines.Current.Slice(_fields[slot].Start, _fields[slot].Length).Trim((byte)' ');

    /// <summary>An error about a field of the current row.</summary>
    internal TraceException Error(int slot, string allowed) => _lines.Error(_names[slot], Field(slot), allowed);

    private (int Start, int Length, int Next) NextField(int from)
    {
        var rest = _lines.Current[from..];
        if (rest.Length > 0 && rest[0] == (byte)'"')
        {
            return QuotedField(from, rest);
        }

        var end = rest.IndexOf(_delimiter);
        return end < 0 ? (from, rest.Length, -1) : (from, end, from + end + 1);
    }

    private (int Start, int Length, int Next) QuotedField(int from, ReadOnlySpan<byte> rest)
    {
        for (var end = 1; end < rest.Length; end++)
        {
            if (rest[end] != (byte)'"')
            {
                continue;
            }

            if (end + 1 == rest.Length)
            {
                return (from + 1, end - 1, -1);
            }

            if (rest[end + 1] == _delimiter)
            {
                return (from + 1, end - 1, from + end + 2);
            }

            end += rest[end + 1] == (byte)'"' ? 1 : 0; // a doubled quote stands for itself
        }

        throw _lines.Error("", rest, "a closing quote before the next delimiter or the end of the line");
    }
}
