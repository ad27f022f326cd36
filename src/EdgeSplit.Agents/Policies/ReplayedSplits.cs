using EdgeSplit.Core.Decisions;

namespace EdgeSplit.Agents.Policies;

/// <summary>Replays splits that were planned beforehand, request by request: how plans made with knowledge of the future are run in the simulation.</summary>
public sealed class ReplayedSplits : ISplitPolicy
{
    private readonly int[] splitPoints;

    /// <summary>Creates a policy.</summary>
    /// <param name="name">Name in tables.</param>
    /// <param name="splitPoints">The split of each request of the schedule.</param>
    public ReplayedSplits(string name, IReadOnlyList<int> splitPoints)
    {
        ArgumentNullException.ThrowIfNull(splitPoints);
        Name = Guard.NotBlank(name);
        this.splitPoints = [.. splitPoints];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Decision(splitPoints[context.Request], 1);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience)
    {
    }
}
