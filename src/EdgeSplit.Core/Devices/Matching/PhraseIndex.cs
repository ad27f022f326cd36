namespace EdgeSplit.Core.Devices.Matching;

/// <summary>A set of phrases, each with a number, that finds the longest phrase at a place of a text: a tree over words.</summary>
/// <remarks>Filled before its first use and not changed after it; reading is then safe from any thread and allocates nothing.</remarks>
internal sealed class PhraseIndex
{
    internal const int Unknown = -1;

    private readonly Dictionary<string, int> words = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Node, int Word), int> children = [];
    private readonly List<int> values = [Unknown];

    /// <summary>Adds a phrase.</summary>
    /// <exception cref="InvalidOperationException">The phrase stands for another number already, or holds no word.</exception>
    internal void Add(string phrase, int value)
    {
        Span<char> folded = stackalloc char[TextTokens.FoldedLength(phrase.Length)];
        Span<TextToken> tokens = stackalloc TextToken[phrase.Length];
        var count = TextTokens.Split(phrase, folded, tokens);
        var node = 0;
        foreach (var token in tokens[..count])
        {
            var word = Intern(folded.Slice(token.Start, token.Length));
            if (!children.TryGetValue((node, word), out var child))
            {
                child = values.Count;
                values.Add(Unknown);
                children.Add((node, word), child);
            }

            node = child;
        }

        if (node == 0 || (values[node] != Unknown && values[node] != value))
        {
            throw new InvalidOperationException($"The phrase \"{phrase}\" is empty or stands for two things.");
        }

        values[node] = value;
    }

    /// <summary>The number of a word, or <see cref="Unknown"/>.</summary>
    internal int Word(ReadOnlySpan<char> word) => words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var id) ? id : Unknown;

    /// <summary>The numbers of the words of all tokens.</summary>
    internal void Read(ReadOnlySpan<char> folded, ReadOnlySpan<TextToken> tokens, Span<int> ids)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            ids[i] = Word(folded.Slice(tokens[i].Start, tokens[i].Length));
        }
    }

    /// <summary>The longest phrase that starts at a word: its length in words (0 for none) and its number.</summary>
    internal (int Length, int Value) Longest(ReadOnlySpan<int> ids, int start)
    {
        var (length, value, node) = (0, Unknown, 0);
        for (var i = start; i < ids.Length && ids[i] != Unknown && children.TryGetValue((node, ids[i]), out node); i++)
        {
            if (values[node] != Unknown)
            {
                (length, value) = (i + 1 - start, values[node]);
            }
        }

        return (length, value);
    }

    /// <summary>The number of a word, a new one where it has none.</summary>
    internal int Intern(string word) => Intern(word.AsSpan());

    private int Intern(ReadOnlySpan<char> word)
    {
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(word, out var id))
        {
            id = words.Count;
            words.Add(word.ToString(), id);
        }

        return id;
    }
}
