namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>What a unit found: plain numbers that a journal can keep.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Unit">Index of the unit.</param>
/// <param name="Recovered">Recovered tokens, shape [damages of the attack, windows of the unit].</param>
public sealed record LeakageCount(int Unit, IReadOnlyList<int> Recovered);
