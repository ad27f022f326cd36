namespace EdgeSplit.Core.Quality;

/// <summary>How many tokens an attack recovers from the hidden state of one split.</summary>
/// <remarks>A lower bound on what leaks: a stronger attack recovers more. Immutable.</remarks>
/// <param name="Split">The split point k, 1..L - 1.</param>
/// <param name="Attack">Name of the attack: small letters, digits and dashes, such as <c>nearest-embedding</c>, <c>ridge</c> or <c>exhaustive</c>.</param>
/// <param name="Damage">What happened to the hidden state before the attacker sees it.</param>
/// <param name="RecoveryRate">Share of the tokens that it recovers, in [0, 1].</param>
/// <param name="Lower">Lower end of the 95 % interval of the share, in [0, <paramref name="RecoveryRate"/>].</param>
/// <param name="Upper">Upper end of the interval, in [<paramref name="RecoveryRate"/>, 1].</param>
/// <param name="Tokens">Tokens that were attacked, at least 1.</param>
public sealed record LeakageCell(int Split, string Attack, HiddenStateDamage Damage, double RecoveryRate, double Lower, double Upper, int Tokens);
