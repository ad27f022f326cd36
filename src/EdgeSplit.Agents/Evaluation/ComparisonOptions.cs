using EdgeSplit.Core;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>How to compare policies. Immutable.</summary>
public sealed record ComparisonOptions
{
    private readonly int maximumThreads = Environment.ProcessorCount;
    private readonly int curveBlock;
    private readonly IReadOnlyList<string> agents = AgentCatalog.Usual;

    /// <summary>Threads to use, at least 1; results do not depend on it.</summary>
    /// <value>The default value is the number of processors.</value>
    public int MaximumThreads { get => maximumThreads; init => maximumThreads = Guard.AtLeast(value, 1); }

    /// <summary>Names of the <see cref="AgentCatalog"/> to run, in the order of the table. The best fixed split, the state oracle and greedy on belief always run, since all are measured against
    /// them; naming the clairvoyant is <see cref="IncludeClairvoyant"/>.</summary>
    /// <value>The default value is <see cref="AgentCatalog.Usual"/>.</value>
    /// <exception cref="UnknownNameException">There is no such agent.</exception>
    /// <exception cref="ArgumentException">A name is there twice.</exception>
    public IReadOnlyList<string> Agents { get => agents; init => agents = Known(value); }

    /// <summary>Whether to plan with the true future as well: slow on long conversations.</summary>
    /// <value>The default value is false.</value>
    public bool IncludeClairvoyant { get; init; }

    /// <summary>Whether to keep every request of every run.</summary>
    /// <value>The default value is false.</value>
    public bool KeepRecords { get; init; }

    /// <summary>Requests of a block of the learning curves, at least 0; 0 makes 20 blocks.</summary>
    /// <value>The default value is 0.</value>
    public int CurveBlock { get => curveBlock; init => curveBlock = Guard.AtLeast(value, 0); }

    /// <summary>Put around every policy before it runs, to watch it: it must decide as the policy does. Called from several threads.</summary>
    /// <value>The default value is null: none.</value>
    public Func<ISplitPolicy, ISplitPolicy>? Observer { get; init; }

    /// <summary>Policies of your own, made anew for each world.</summary>
    /// <value>The default value is empty.</value>
    public IReadOnlyList<Func<World, ISplitPolicy>> AdditionalPolicies { get; init; } = [];

    private static string[] Known(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] known = [.. names.Select(name => AgentCatalog.Find(name).Name)];
        return known.Distinct().Count() == known.Length ? known : throw new ArgumentException("A name is there twice: " + string.Join(", ", known) + ".", nameof(names));
    }
}

/// <summary>How far a comparison is.</summary>
/// <param name="FinishedRuns">Runs (policy and seed) that are finished.</param>
/// <param name="TotalRuns">Runs in all.</param>
/// <param name="Current">The run that finished last.</param>
public readonly record struct ComparisonProgress(int FinishedRuns, int TotalRuns, string Current);
