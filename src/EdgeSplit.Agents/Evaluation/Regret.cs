namespace EdgeSplit.Agents.Evaluation;

/// <summary>What was lost against the best, on expected rewards.</summary>
public static class Regret
{
    /// <summary>Cumulative dynamic regret: against the best action of each round.</summary>
    /// <param name="meanRewards">Expected reward by round and action; at least one round.</param>
    /// <param name="actions">The action taken by round.</param>
    /// <returns>The regret up to and including each round.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The numbers of rounds differ, or an action does not exist.</exception>
    public static IReadOnlyList<double> Dynamic(IReadOnlyList<IReadOnlyList<double>> meanRewards, IReadOnlyList<int> actions)
    {
        Check(meanRewards, actions);
        var sum = 0.0;
        return [.. meanRewards.Zip(actions, (row, action) => sum += row.Max() - row[action])];
    }

    /// <summary>Static regret: against the best single action in hindsight, over all rounds; it can be negative.</summary>
    /// <param name="meanRewards">Expected reward by round and action; at least one round.</param>
    /// <param name="actions">The action taken by round.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers of rounds differ, or an action does not exist.</exception>
    public static double Static(IReadOnlyList<IReadOnlyList<double>> meanRewards, IReadOnlyList<int> actions)
    {
        Check(meanRewards, actions);
        var best = Enumerable.Range(0, meanRewards[0].Count).Max(action => meanRewards.Sum(row => row[action]));
        return best - meanRewards.Zip(actions, (row, action) => row[action]).Sum();
    }

    /// <summary>The Lai–Robbins constant of Bernoulli arms: no consistent bandit's regret grows slower than this times ln T.</summary>
    /// <remarks>Σ Δ/KL(μ, μ*) over the arms below the best. Source: T. Lai and H. Robbins, Advances in Applied Mathematics 6, 1985.</remarks>
    /// <param name="means">Mean reward of each arm, in [0, 1); at least one arm.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no arm, or a mean is out of range.</exception>
    public static double LaiRobbinsConstant(IReadOnlyList<double> means)
    {
        ArgumentNullException.ThrowIfNull(means);
        Guard.AtLeast(means.Count, 1, nameof(means));
        foreach (var mean in means)
        {
            Guard.InRange(mean, 0, Math.BitDecrement(1.0), nameof(means));
        }

        var best = means.Max();
        return means.Where(mean => mean < best).Sum(mean => (best - mean) / Divergence(mean, best));
    }

    private static double Divergence(double p, double q) => (p > 0 ? p * Math.Log(p / q) : 0) + ((1 - p) * Math.Log((1 - p) / (1 - q)));

    private static void Check(IReadOnlyList<IReadOnlyList<double>> meanRewards, IReadOnlyList<int> actions)
    {
        ArgumentNullException.ThrowIfNull(meanRewards);
        ArgumentNullException.ThrowIfNull(actions);
        Guard.AtLeast(meanRewards.Count, 1, nameof(meanRewards));
        Guard.SameLength(actions.Count, meanRewards.Count, nameof(actions));
        for (var round = 0; round < actions.Count; round++)
        {
            Guard.SameLength(meanRewards[round].Count, meanRewards[0].Count, nameof(meanRewards));
            Guard.InRange(actions[round], 0, meanRewards[round].Count - 1, nameof(actions));
        }
    }
}
