namespace EdgeSplit.Core.Quality;

/// <summary>The text that a quality table was measured on.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Source">Where the text is from, in words that lead a reader there.</param>
/// <param name="Sha256">SHA-256 of its tokens or bytes as measured, 64 hexadecimal digits in small letters.</param>
/// <param name="Windows">Windows into which it was cut, at least 1.</param>
/// <param name="ContextTokens">Tokens per window, at least 2.</param>
public sealed record QualityTableText(string Source, string Sha256, int Windows, int ContextTokens);
