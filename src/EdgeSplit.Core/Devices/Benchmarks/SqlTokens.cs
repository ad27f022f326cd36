using System.Text;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Kinds of SQL token.</summary>
internal enum SqlToken
{
    End,
    Word,
    Text,
    Symbol,
    Unclosed,
}

/// <summary>The tokens of an SQL text: words and numbers, quoted texts and names, single symbols; comments are passed over.</summary>
internal ref struct SqlTokens(ReadOnlySpan<byte> bytes, int start, int firstLine)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _next = start;
    private bool _isBracketless;

    /// <summary>The token that stands now.</summary>
    internal SqlToken Kind { get; private set; } = SqlToken.End;

    /// <summary>Its text, without quotes; of a quoted one, quotes within still doubled.</summary>
    internal ReadOnlySpan<byte> Span { get; private set; }

    /// <summary>The symbol; 0 for other kinds.</summary>
    internal byte Symbol { get; private set; }

    /// <summary>Line of the token, from 1.</summary>
    internal int Line { get; private set; } = firstLine;

    /// <summary>First byte behind the token.</summary>
    internal readonly int Position => _next;

    private byte Quote { get; set; }

    internal bool IsWord(string word) => Kind == SqlToken.Word && Ascii.EqualsIgnoreCase(Span, word);

    internal bool IsSymbol(char symbol) => Kind == SqlToken.Symbol && Symbol == symbol;

    internal string Text()
    {
        var text = Encoding.UTF8.GetString(Span);
        var quote = ((char)Quote).ToString();
        return Quote != 0 ? text.Replace(quote + quote, quote, StringComparison.Ordinal) : text;
    }

    internal void Next()
    {
        (Symbol, Quote) = (0, 0);
        Span = default;
        if (!PassBlank())
        {
            Kind = SqlToken.Unclosed;
            return;
        }

        if (_next >= _bytes.Length)
        {
            Kind = SqlToken.End;
            return;
        }

        var first = _bytes[_next];
        if (first is (byte)'\'' or (byte)'"' or (byte)'`' or (byte)'[')
        {
            ReadQuoted(first == '[' ? (byte)']' : first);
        }
        else if (IsWordByte(first))
        {
            var begin = _next;
            while (_next < _bytes.Length && IsWordByte(_bytes[_next]))
            {
                _next++;
            }

            Kind = SqlToken.Word;
            Span = _bytes[begin.._next];
        }
        else
        {
            (Kind, Symbol) = (SqlToken.Symbol, first);
            _next++;
        }
    }

    /// <summary>Moves to the next line that starts with a word; false where there is none.</summary>
    internal bool MoveToLine(string word)
    {
        while (_next < _bytes.Length)
        {
            var end = _bytes[_next..].IndexOf((byte)'\n');
            if (end < 0)
            {
                _next = _bytes.Length;
                return false;
            }

            _next += end + 1;
            Line++;
            var rest = _bytes[_next..];
            if (rest.Length >= word.Length && Ascii.EqualsIgnoreCase(rest[..word.Length], word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWordByte(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or (byte)'.' or (byte)'-' or (byte)'+' || value >= 0x80;

    private void ReadQuoted(byte quote)
    {
        var begin = ++_next;
        if (quote == ']' && _isBracketless)
        {
            Kind = SqlToken.Unclosed;
            return;
        }

        while (_next < _bytes.Length)
        {
            var value = _bytes[_next++];
            Line += value == '\n' ? 1 : 0;
            if (value != quote)
            {
                continue;
            }

            if (_next < _bytes.Length && _bytes[_next] == quote && quote != ']')
            {
                _next++;
                continue;
            }

            (Kind, Quote) = (SqlToken.Text, quote);
            Span = _bytes[begin..(_next - 1)];
            return;
        }

        Kind = SqlToken.Unclosed;
        _isBracketless |= quote == ']';
        _next = begin;
        Line -= _bytes[begin..].Count((byte)'\n');
    }

    /// <summary>Passes white space and comments; false where a comment is not closed.</summary>
    private bool PassBlank()
    {
        while (_next < _bytes.Length)
        {
            var value = _bytes[_next];
            if (value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                Line += value == '\n' ? 1 : 0;
                _next++;
            }
            else if (_bytes[_next..].StartsWith("--"u8))
            {
                var end = _bytes[_next..].IndexOf((byte)'\n');
                _next = end < 0 ? _bytes.Length : _next + end;
            }
            else if (_bytes[_next..].StartsWith("/*"u8))
            {
                var end = _bytes[(_next + 2)..].IndexOf("*/"u8);
                if (end < 0)
                {
                    _next = _bytes.Length;
                    return false;
                }

                Line += _bytes.Slice(_next, end + 2).Count((byte)'\n');
                _next += end + 4;
            }
            else
            {
                break;
            }
        }

        return true;
    }
}
