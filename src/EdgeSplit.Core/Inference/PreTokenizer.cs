using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeSplit.Core.Inference;

/// <summary>Cuts a text into the pieces inside which bytes are merged: each pattern in turn cuts the pieces that those before it left.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
internal sealed partial class PreTokenizer
{
    /// <summary>GPT-2's own pattern.</summary>
    internal const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private const int LongestPattern = 4096;
    private const string PatternsRead = "a regular expression that Oniguruma and .NET read alike, of at most 4096 characters";

    // Only a hostile pattern takes seconds over one match; the limit turns a hang into an error and changes no result.
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(2);

    // Patterns see code points, .NET sees halves of them beyond U+FFFF: a character of the same category stands for each such code point.
    private static readonly char[] StandIns = CreateStandIns();

    private readonly string _file;
    private readonly Regex[] _patterns;
    private readonly bool _addPrefixSpace;

    internal PreTokenizer(string file, Regex[] patterns, bool addPrefixSpace) =>
        (_file, _patterns, _addPrefixSpace) = (file, patterns, addPrefixSpace);

    internal delegate void PieceHandler(ReadOnlySpan<char> piece);

    /// <summary>A pattern of a tokenizer file.</summary>
    internal static Regex Pattern(string file, string key, string pattern)
    {
        if (pattern == Gpt2Pattern)
        {
            return Gpt2();
        }

        if (pattern.Length is 0 or > LongestPattern || PatternDialect.Difference(pattern) is not null)
        {
            var why = pattern.Length is 0 or > LongestPattern ? FormattableString.Invariant($"{pattern.Length} characters") : PatternDialect.Difference(pattern);
            throw new CheckpointException(file, key, $"the pattern {pattern} with {why}", PatternsRead);
        }

        try
        {
            try
            {
                return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchLimit);
            }
            catch (NotSupportedException)
            {
                // Looking ahead, as the patterns of GPT-2 and Llama 3 do, needs the other engine.
                return new Regex(pattern, RegexOptions.CultureInvariant, MatchLimit);
            }
        }
        catch (Exception error) when (error is ArgumentException or InsufficientExecutionStackException)
        {
            throw new CheckpointException(file, key, $"the pattern {pattern} ({error.Message})", PatternsRead, error);
        }
    }

    /// <summary>Hands over the pieces in order; together they are the text, with the space that the tokenizer may put before it.</summary>
    /// <exception cref="CheckpointException">A pattern takes too long over the text.</exception>
    internal void Split(string text, PieceHandler handle)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (_addPrefixSpace && text[0] != ' ')
        {
            text = " " + text;
        }

        if (_patterns.Length == 0)
        {
            handle(text);
            return;
        }

        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            Cut(text, 0, start => start, text, handle);
            return;
        }

        var starts = new int[text.Length + 1];
        var seen = new char[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; count++)
        {
            starts[count] = i;
            var width = char.IsSurrogatePair(text, i) ? 2 : 1;
            seen[count] = width == 2 ? StandIns[(int)CharUnicodeInfo.GetUnicodeCategory(text, i)] : text[i];
            i += width;
        }

        starts[count] = text.Length;
        Cut(new string(seen, 0, count), 0, start => starts[start], text, handle);
    }

    private static char[] CreateStandIns()
    {
        var characters = new char[Enum.GetValues<UnicodeCategory>().Length];
        Array.Fill(characters, '\uE000');
        for (var character = '\uFFFD'; character >= '\u0400'; character--)
        {
            characters[(int)CharUnicodeInfo.GetUnicodeCategory(character)] = character;
        }

        return characters;
    }

    private void Cut(string seen, int level, Func<int, int> place, string text, PieceHandler handle)
    {
        var done = 0;
        try
        {
            for (var match = _patterns[level].Match(seen); match.Success; match = match.NextMatch())
            {
                if (match.Length > 0)
                {
                    Piece(seen, done, match.Index, level, place, text, handle);
                    Piece(seen, match.Index, done = match.Index + match.Length, level, place, text, handle);
                }
            }
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new CheckpointException(_file, "pre_tokenizer", $"the pattern {error.Pattern}, which took more than {MatchLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds over one piece", "a pattern that does not explode", error);
        }

        Piece(seen, done, seen.Length, level, place, text, handle);
    }

    private void Piece(string seen, int start, int end, int level, Func<int, int> place, string text, PieceHandler handle)
    {
        if (start == end)
        {
            return;
        }

        if (level + 1 < _patterns.Length)
        {
            Cut(seen[start..end], level + 1, within => place(start + within), text, handle);
            return;
        }

        handle(text.AsSpan(place(start), place(end) - place(start)));
    }

    [GeneratedRegex(Gpt2Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Gpt2();
}
