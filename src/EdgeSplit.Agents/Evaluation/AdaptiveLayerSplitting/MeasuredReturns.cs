using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>What policies earn where the reward comes from measured perplexity: the quality table of the library's reference model. Immutable.</summary>
/// <param name="Policies">References first, then learners.</param>
/// <param name="Comparisons">PPO as published against the other learners.</param>
public sealed record MeasuredReturns(IReadOnlyList<MeasuredPolicy> Policies, IReadOnlyList<LearnerComparison> Comparisons);

/// <summary>A policy on measured perplexity. Immutable.</summary>
/// <param name="Name">The policy.</param>
/// <param name="IsReference">Whether it learns nothing.</param>
/// <param name="Steps">Training steps; 0 for a reference.</param>
/// <param name="Returns">Mean return over 200 starts, by seed.</param>
/// <param name="ShareBySplit">Share of the episodes that end at splits 1..10, mean over seeds.</param>
public sealed record MeasuredPolicy(string Name, bool IsReference, int Steps, IReadOnlyList<double> Returns, IReadOnlyList<double> ShareBySplit)
{
    /// <summary>Mean return over seeds.</summary>
    public double Mean => Returns.Average();

    /// <summary>Least return of a seed.</summary>
    public double Minimum => Returns.Min();

    /// <summary>Mean last split.</summary>
    public double MeanSplit => ShareBySplit.Select((share, index) => share * (index + 1)).Sum();

    internal static MeasuredPolicy Of(string name, int steps, IReadOnlyList<(double[] Returns, int[] Splits)> seeds) => new(
        name,
        steps == 0,
        steps,
        [.. seeds.Select(seed => seed.Returns.Average())],
        [.. Enumerable.Range(1, ReleasedSurrogate.Splits).Select(split => seeds.Average(seed => seed.Splits.Count(end => end == split) / (double)seed.Splits.Length))]);
}
