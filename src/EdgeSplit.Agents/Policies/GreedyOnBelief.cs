using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.Policies;

/// <summary>Neurosurgeon's rule: predict every split from the public profile, the present channel estimate and the reported load, and take the cheapest. It never learns.</summary>
/// <remarks>Source: Kang et al., "Neurosurgeon", ASPLOS 2017, with this library's predictor in place of its regressions.</remarks>
public sealed class GreedyOnBelief : ISplitPolicy
{
    private readonly Objective objective;
    private readonly SplitProfile profile;
    private readonly double[] costs;

    /// <summary>Creates a policy.</summary>
    /// <param name="objective">What an outcome costs.</param>
    /// <param name="profile">The public profile, for quality and leakage by split.</param>
    public GreedyOnBelief(Objective objective, SplitProfile profile)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(profile);
        this.objective = objective;
        this.profile = profile;
        costs = new double[profile.Layers + 1];
    }

    /// <inheritdoc/>
    public string Name => "greedy-on-belief";

    /// <inheritdoc/>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Decision(objective.Best(profile, context.Belief, costs), 1);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience)
    {
    }
}
