namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>A change of the hidden state at one split.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Split">Layers k before the change, 0..L: 0 is the embedding, L the state before the head.</param>
/// <param name="Change">The change.</param>
public readonly record struct SplitChange(int Split, HiddenStateChange Change);
