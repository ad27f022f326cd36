namespace EdgeSplit.Core.Devices.Matching;

/// <summary>What stands between a token and the one before.</summary>
internal enum TokenGap : byte
{
    /// <summary>Nothing: letters meet digits.</summary>
    None,

    /// <summary>White space, hyphens of any kind, dots and whatever else.</summary>
    Space,

    /// <summary>A bracket.</summary>
    Bracket,

    /// <summary>A comma, slash, semicolon, bar, ampersand or free-standing plus: the start of something else. Also the start of the text.</summary>
    Break,
}

/// <summary>A run of letters or of digits in the folded text.</summary>
internal readonly record struct TextToken(int Start, int Length, bool IsDigits, TokenGap Gap);

/// <summary>Cuts text at every boundary between letters, digits and the rest.</summary>
/// <remarks>
/// Letters are folded to lower case by the invariant culture; "(R)", "(TM)" and "(C)" are dropped. A run that meets a single letter, or is one that meets digits, carries the
/// mark <see cref="Mark"/> (<c>M1</c> gives <c>m</c> and <c>'1</c>; <c>13900K</c> gives <c>13900</c> and <c>'k</c>), so that <c>M.2</c> and <c>7900 x2</c> read otherwise than <c>M2</c> and <c>7900X2</c>.
/// The signs for times become the token <c>*</c>, a plus that closes a word the token <c>+</c>. One pass, linear in the text.
/// </remarks>
internal static class TextTokens
{
    internal const char Mark = '\'';

    /// <summary>Characters that the folded text of a text needs at most.</summary>
    internal static int FoldedLength(int textLength) => 2 * textLength;

    /// <summary>Cuts the text; returns the number of tokens, at most the length of the text.</summary>
    internal static int Split(ReadOnlySpan<char> text, Span<char> folded, Span<TextToken> tokens)
    {
        var count = 0;
        var used = 0;
        var gap = TokenGap.Break;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var isDigits = char.IsAsciiDigit(c);
            if (isDigits || char.IsLetter(c))
            {
                var end = i + 1;
                while (end < text.Length && (isDigits ? char.IsAsciiDigit(text[end]) : char.IsLetter(text[end])))
                {
                    end++;
                }

                // "8xH100": the sign for times stands alone.
                if (gap == TokenGap.None && c is 'x' or 'X' && end - i > 1 && tokens[count - 1] is { IsDigits: true, Length: <= 2, Gap: not TokenGap.None })
                {
                    folded[used] = 'x';
                    tokens[count++] = new(used++, 1, false, TokenGap.None);
                    gap = TokenGap.Space;
                    i++;
                    continue;
                }

                var start = used;
                if (gap == TokenGap.None && (isDigits ? tokens[count - 1].Length == 1 : end - i == 1))
                {
                    folded[used++] = Mark;
                }

                for (var k = i; k < end; k++)
                {
                    folded[used++] = char.ToLowerInvariant(text[k]);
                }

                tokens[count++] = new(start, used - start, isDigits, gap);
                gap = TokenGap.None;
                i = end;
                continue;
            }

            var registered = RegisteredLength(text[i..]);
            if (registered > 0)
            {
                gap = Wider(gap, TokenGap.Space);
                i += registered;
                continue;
            }

            if (c is '*' or '\u00D7')
            {
                folded[used] = '*';
                tokens[count++] = new(used++, 1, false, Wider(gap, TokenGap.Space));
                gap = TokenGap.Space;
            }
            else if (c == '+' && gap == TokenGap.None && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1])))
            {
                folded[used] = '+';
                tokens[count++] = new(used++, 1, false, TokenGap.None);
                gap = TokenGap.Space;
            }
            else
            {
                gap = Wider(gap, c switch
                {
                    '(' or ')' or '[' or ']' => TokenGap.Bracket,
                    ',' or '/' or ';' or '|' or '&' or '+' => TokenGap.Break,
                    _ => TokenGap.Space,
                });
            }

            i++;
        }

        return count;
    }

    private static TokenGap Wider(TokenGap a, TokenGap b) => a > b ? a : b;

    private static int RegisteredLength(ReadOnlySpan<char> text) =>
        text.StartsWith("(R)", StringComparison.OrdinalIgnoreCase) || text.StartsWith("(C)", StringComparison.OrdinalIgnoreCase) ? 3
        : text.StartsWith("(TM)", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
}
