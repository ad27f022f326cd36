using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>One policy over all seeds. Figures cover the evaluated requests at the end of each run.</summary>
/// <param name="Name">Name of the policy.</param>
/// <param name="IsReference">Whether it uses what no deployed policy can know.</param>
/// <param name="MeanCostBySeed">Mean cost per request, seconds-equivalent, by seed.</param>
/// <param name="Summary">Figures, averaged over seeds.</param>
/// <param name="CostAgainstBestFixed">Relative difference of cost to the best fixed split of the same seed: -0.05 is 5 % cheaper. Paired over seeds.</param>
/// <param name="CostAgainstGreedy">The same against greedy on belief.</param>
/// <param name="RecordsBySeed">Every request by seed, where the options keep them; all requests, not only the evaluated ones.</param>
public sealed record PolicyResult(
    string Name,
    bool IsReference,
    IReadOnlyList<double> MeanCostBySeed,
    RunSummary Summary,
    Interval CostAgainstBestFixed,
    Interval CostAgainstGreedy,
    IReadOnlyList<IReadOnlyList<RequestRecord>>? RecordsBySeed)
{
    /// <summary>The catalogue's entry; null for a policy of the caller's.</summary>
    public AgentEntry? Entry { get; init; }

    /// <summary>Relative difference of cost to the state oracle of the same seed. Paired over seeds.</summary>
    public required Interval CostAgainstStateOracle { get; init; }

    /// <summary>What it cost beyond each reference.</summary>
    public required ReferenceRegret Regret { get; init; }

    /// <summary>Whether it costs at most 1 % more than greedy on belief; null of fewer seeds than <see cref="PolicyComparison.LeastSeedsOfTests"/>.</summary>
    public NonInferiority? NonInferiority { get; init; }

    /// <summary>What the seeds say together, beyond means.</summary>
    public required SeedStatistics Statistics { get; init; }

    /// <summary>Its cost block by block, over all requests.</summary>
    public required LearningCurve Curve { get; init; }

    /// <summary>Relative difference of cost to the state oracle in each of <see cref="ComparisonResult.Phases"/>. Paired over seeds.</summary>
    public IReadOnlyList<Interval> PhasesAgainstStateOracle { get; init; } = [];
}

/// <summary>How much a policy could gain at all: the distance from the best fixed split to the state oracle.</summary>
/// <param name="Fraction">(best fixed - state oracle) / best fixed, paired over seeds.</param>
/// <param name="BestFixedSplitBySeed">The best fixed split in hindsight of each seed.</param>
public sealed record Headroom(Interval Fraction, IReadOnlyList<int> BestFixedSplitBySeed)
{
    /// <summary>Below this share of the cost, choosing per request cannot matter.</summary>
    public const double Least = 0.05;

    /// <summary>Whether choosing per request can matter here.</summary>
    public bool LearningCanMatter => Fraction.Mean >= Least;
}

/// <summary>A comparison of policies on the same worlds.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Seeds">The seeds.</param>
/// <param name="Headroom">What there is to gain.</param>
/// <param name="Policies">References first, then policies.</param>
public sealed record ComparisonResult(Scenario Scenario, IReadOnlyList<ulong> Seeds, Headroom Headroom, IReadOnlyList<PolicyResult> Policies)
{
    /// <summary>The windows beside each change of regime; empty without one.</summary>
    public IReadOnlyList<ComparisonPhase> Phases { get; init; } = [];

    /// <summary>The result of a policy by name.</summary>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    /// <param name="name">Name of the policy, exactly.</param>
    public PolicyResult Of(string name) => Policies.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException($"No policy is called '{name}'; there are {string.Join(", ", Policies.Select(p => p.Name))}.", nameof(name));
}
