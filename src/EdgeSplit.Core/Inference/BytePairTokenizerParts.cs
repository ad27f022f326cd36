namespace EdgeSplit.Core.Inference;

/// <summary>What a <c>tokenizer.json</c> says, checked.</summary>
internal sealed record BytePairTokenizerParts
{
    internal required string Name { get; init; }

    /// <summary>Ids by token; tokens are written in <see cref="ByteLevelAlphabet"/>, all 256 single bytes among them.</summary>
    internal required Dictionary<string, int> Vocabulary { get; init; }

    internal required Dictionary<(int Left, int Right), (int Rank, int Merged)> Merges { get; init; }

    /// <summary>Whether a piece that is a token as a whole is taken without merging.</summary>
    internal required bool IgnoreMerges { get; init; }

    /// <summary>Whether text is brought to its composed form (NFC) first.</summary>
    internal required bool Composes { get; init; }

    internal required IReadOnlyList<(string Content, int Id, bool Normalized)> Added { get; init; }

    internal required PreTokenizer Pieces { get; init; }
}
