namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>One line of a journal after the first: a part of the plan on a group of windows, or the leakage.</summary>
/// <param name="Part">Number of the part; -1 for leakage.</param>
/// <param name="Group">Number of the group of windows; 0 for leakage.</param>
/// <param name="Values">Negative log-likelihood, divergence and agreement of each window of the group, of the clean model first, then of each cell of the part; little-endian
/// doubles in base 64, so that they come back to the bit. Empty for leakage.</param>
/// <param name="Leakage">The cells of leakage; null for a part.</param>
internal sealed record JournalRecord(int Part, int Group, string Values, IReadOnlyList<LeakageCell>? Leakage)
{
    internal const int LeakagePart = -1;
}
