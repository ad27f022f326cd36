namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>Mean returns on the paper's reward surrogate from the 200 stated starts, five steps each. Immutable.</summary>
/// <remarks>Always going to split 1 earns 98 % of the optimum, so returns hardly discriminate: a score is 0 there and 1 at the optimum.</remarks>
/// <param name="References">Policies that learn nothing.</param>
/// <param name="Learners">The learners.</param>
/// <param name="SampleEfficiency">The planning agent after ever more steps.</param>
/// <param name="Comparisons">PPO as published against the other learners that are said to be worse.</param>
public sealed record SplittingReturns(
    IReadOnlyList<ReferenceReturn> References,
    IReadOnlyList<LearnerReturns> Learners,
    IReadOnlyList<LearnerReturns> SampleEfficiency,
    IReadOnlyList<LearnerComparison> Comparisons)
{
    /// <summary>Returns of Stable-Baselines3 2.x (PyTorch) with PPO as published, on the same rules and the same starts; measured by this project, not by the paper.</summary>
    public static IReadOnlyList<PublishedReturn> StableBaselines3 { get; } =
    [
        new("seed 1", 3.1467), new("seed 2", 3.1323), new("seed 3", 2.7958), new("seed 1, another BLAS kernel", 3.1412),
    ];
}

/// <summary>A policy that learns nothing.</summary>
/// <param name="Name">The name.</param>
/// <param name="Return">Mean return.</param>
/// <param name="Score">Score.</param>
/// <param name="ShareAtOptimum">Share of starts from which it ends at the split of the optimum.</param>
public sealed record ReferenceReturn(string Name, double Return, double Score, double ShareAtOptimum);

/// <summary>A return that another program earned.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Return">Mean return.</param>
public sealed record PublishedReturn(string Run, double Return);
