namespace EdgeSplit.Core;

/// <summary>Finds the known name that a mistyped one most likely meant.</summary>
/// <remarks>
/// Optimal string alignment distance (insertion, deletion, substitution, swap of neighbours), without regard to case.
/// A name is suggested only when no more than a third of the longer one differs, or when one begins with the other.
/// Pure; safe to call from any thread.
/// </remarks>
internal static class NearestName
{
    /// <summary>The known name nearest to <paramref name="wanted"/>, or null when none is near. Ties go to the earlier name.</summary>
    internal static string? Suggest(string wanted, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(known);
        string? best = null;
        var bestScore = double.PositiveInfinity;
        var lower = wanted.Trim().ToLowerInvariant();
        if (lower.Length is 0 or > 200)
        {
            return null;
        }

        foreach (var candidate in known)
        {
            var other = candidate.ToLowerInvariant();
            var score = Distance(lower, other) / (double)Math.Max(lower.Length, other.Length);
            if (lower.Length >= 3 && (other.StartsWith(lower, StringComparison.Ordinal) || lower.StartsWith(other, StringComparison.Ordinal)))
            {
                score = Math.Min(score, 1.0 / 3.0);
            }

            if (score <= 1.0 / 3.0 + 1e-12 && score < bestScore)
            {
                (best, bestScore) = (candidate, score);
            }
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        var beforePrevious = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
                }
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[b.Length];
    }
}
