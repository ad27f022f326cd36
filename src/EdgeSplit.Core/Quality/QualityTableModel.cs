namespace EdgeSplit.Core.Quality;

/// <summary>The model that a quality table was measured on.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 over its weight files, 64 hexadecimal digits in small letters.</param>
/// <param name="Layers">Layers L, at least 2.</param>
/// <param name="HiddenSize">Values per token d of the hidden state, at least 1.</param>
/// <param name="Vocabulary">Tokens of the vocabulary, at least 2.</param>
public sealed record QualityTableModel(string Name, string Sha256, int Layers, int HiddenSize, int Vocabulary);
