namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>Where policies end against the noise level, on the paper's reward surrogate: after five steps from each split 1..9. Immutable.</summary>
/// <param name="NoiseLevels">The noise levels at the start, ascending.</param>
/// <param name="Policies">The policies, the optimum first.</param>
public sealed record ChosenSplits(IReadOnlyList<double> NoiseLevels, IReadOnlyList<ChosenSplitsOfPolicy> Policies);

/// <summary>Where one policy ends. Immutable.</summary>
/// <param name="Name">The policy.</param>
/// <param name="MeanSplits">Last split, mean over seeds; shape [noise levels][starts 1..9].</param>
/// <param name="RiseUnderNoise">Mean last split at noise levels from 0.25 on less that up to 0.1, by seed, with a 95 % interval: above 0 where more noise makes the policy go deeper.</param>
public sealed record ChosenSplitsOfPolicy(string Name, IReadOnlyList<IReadOnlyList<double>> MeanSplits, Interval RiseUnderNoise)
{
    private const double Quiet = 0.1;
    private const double Noisy = 0.25;

    /// <summary>Last split at a noise level, mean over starts and seeds.</summary>
    /// <param name="noiseLevel">Index of the noise level.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public double MeanSplit(int noiseLevel) => MeanSplits[Guard.InRange(noiseLevel, 0, MeanSplits.Count - 1)].Average();

    /// <summary>Of the last splits of each seed, noise level by noise level and start by start.</summary>
    internal static ChosenSplitsOfPolicy Of(string name, IReadOnlyList<double> noiseLevels, IReadOnlyList<int[]> seeds)
    {
        var starts = seeds[0].Length / noiseLevels.Count;
        double Mean(int[] splits, Func<double, bool> isTaken) =>
            Enumerable.Range(0, noiseLevels.Count).Where(level => isTaken(noiseLevels[level])).SelectMany(level => splits.Skip(level * starts).Take(starts)).Average();
        return new ChosenSplitsOfPolicy(
            name,
            [.. noiseLevels.Select((_, level) => (IReadOnlyList<double>)[.. Enumerable.Range(0, starts).Select(start => seeds.Average(splits => splits[(level * starts) + start]))])],
            Interval.Of([.. seeds.Select(splits => Mean(splits, noise => noise >= Noisy) - Mean(splits, noise => noise <= Quiet))]));
    }
}
