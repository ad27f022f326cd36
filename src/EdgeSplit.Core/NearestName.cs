namespace EdgeSplit.Core;

/// <summary>Finds the known name that a mistyped one most likely meant.</summary>
/// <remarks>
/// Optimal string alignment distance (insertion, deletion, substitution, swap of neighbours), without regard to case.
/// A name is suggested only when no more than a third of the longer one differs, or when one begins with the other.
/// Pure; safe to call from any thread.
/// </remarks>
internal static class NearestName
{
    private const int Longest = 200;
    private const double Near = (1.0 / 3.0) + 1e-12;
    private const double LooselyNear = 0.5;

    /// <summary>The known name nearest to <paramref name="wanted"/>, or null when none is near. Ties go to the earlier name.</summary>
    internal static string? Suggest(string wanted, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(known);
        string? best = null;
        var bestScore = double.PositiveInfinity;
        var lower = wanted.Trim().ToLowerInvariant();
        if (lower.Length is 0 or > Longest)
        {
            return null;
        }

        foreach (var candidate in known)
        {
            var score = Score(lower, candidate.ToLowerInvariant());
            if (score <= Near && score < bestScore)
            {
                (best, bestScore) = (candidate, score);
            }
        }

        return best;
    }

    /// <summary>The known names near <paramref name="wanted"/>, nearest first, at most <paramref name="most"/>. Beside those that <see cref="Suggest"/> takes, names that differ in up to half, and names that contain it.</summary>
    internal static IReadOnlyList<string> Order(string wanted, IEnumerable<string> known, int most)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(known);
        var lower = wanted.Trim().ToLowerInvariant();
        return lower.Length is 0 or > Longest ? []
            : [.. known.Select(name => (Name: name, Score: Loose(lower, name.ToLowerInvariant()))).Where(pair => pair.Score <= LooselyNear).OrderBy(pair => pair.Score).Take(most).Select(pair => pair.Name)];
    }

    private static double Score(string wanted, string other)
    {
        var score = Distance(wanted, other) / (double)Math.Max(wanted.Length, other.Length);
        return wanted.Length >= 3 && (other.StartsWith(wanted, StringComparison.Ordinal) || wanted.StartsWith(other, StringComparison.Ordinal)) ? Math.Min(score, 1.0 / 3.0) : score;
    }

    private static double Loose(string wanted, string other) =>
        wanted.Length >= 3 && other.Contains(wanted, StringComparison.Ordinal) ? Math.Min(Score(wanted, other), 0.4) : Score(wanted, other);

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
