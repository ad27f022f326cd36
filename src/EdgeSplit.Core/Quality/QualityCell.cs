namespace EdgeSplit.Core.Quality;

/// <summary>The measured quality of a model whose hidden state is damaged at one split.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Split">The split point k, 1..L - 1: the damage hits the state after k layers.</param>
/// <param name="Damage">What happened there.</param>
/// <param name="Estimate">What it made of the predictions.</param>
public sealed record QualityCell(int Split, HiddenStateDamage Damage, QualityEstimate Estimate);
