namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>A damage to measure at a split.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Split">The split point k, 1..L - 1.</param>
/// <param name="Damage">What happens to the hidden state.</param>
public readonly record struct PlannedCell(int Split, HiddenStateDamage Damage);
