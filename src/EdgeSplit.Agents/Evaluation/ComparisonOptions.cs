using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>How to compare policies. Immutable.</summary>
public sealed record ComparisonOptions
{
    private readonly int maximumThreads = Environment.ProcessorCount;

    /// <summary>Threads to use, at least 1; results do not depend on it.</summary>
    /// <value>The default value is the number of processors.</value>
    public int MaximumThreads { get => maximumThreads; init => maximumThreads = Guard.AtLeast(value, 1); }

    /// <summary>Whether to plan with the true future as well: slow on long conversations.</summary>
    /// <value>The default value is false.</value>
    public bool IncludeClairvoyant { get; init; }

    /// <summary>Whether to keep every request of every run.</summary>
    /// <value>The default value is false.</value>
    public bool KeepRecords { get; init; }

    /// <summary>Policies of your own, made anew for each world.</summary>
    /// <value>The default value is empty.</value>
    public IReadOnlyList<Func<World, ISplitPolicy>> AdditionalPolicies { get; init; } = [];
}

/// <summary>How far a comparison is.</summary>
/// <param name="FinishedRuns">Runs (policy and seed) that are finished.</param>
/// <param name="TotalRuns">Runs in all.</param>
/// <param name="Current">The run that finished last.</param>
public readonly record struct ComparisonProgress(int FinishedRuns, int TotalRuns, string Current);
