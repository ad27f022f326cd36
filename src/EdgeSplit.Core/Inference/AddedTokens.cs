using System.Buffers;

namespace EdgeSplit.Core.Inference;

/// <summary>Tokens that are found in the text as they stand, before it is cut and merged: special ones, and words added to a vocabulary.</summary>
/// <remarks>The leftmost is found first, of those that begin together the longest. Immutable, thread-safe.</remarks>
internal sealed class AddedTokens
{
    private readonly SearchValues<string> _contents;
    private readonly (string Content, int Id)[] _longestFirst;

    internal AddedTokens(IEnumerable<(string Content, int Id)> tokens)
    {
        _longestFirst = [.. tokens.OrderByDescending(token => token.Content.Length)];
        _contents = SearchValues.Create([.. _longestFirst.Select(token => token.Content)], StringComparison.Ordinal);
    }

    internal delegate void TextHandler(string text);

    /// <summary>Hands over the text between the tokens and the tokens, in order.</summary>
    internal void Split(string text, TextHandler between, Action<int> token)
    {
        var done = 0;
        while (_longestFirst.Length > 0 && text.AsSpan(done).IndexOfAny(_contents) is >= 0 and var skipped)
        {
            var at = done + skipped;
            if (skipped > 0)
            {
                between(text.Substring(done, skipped));
            }

            var found = _longestFirst.First(candidate => text.AsSpan(at).StartsWith(candidate.Content, StringComparison.Ordinal));
            token(found.Id);
            done = at + found.Content.Length;
        }

        if (done < text.Length)
        {
            between(text[done..]);
        }
    }
}
