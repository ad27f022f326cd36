using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Lets one policy decide and asks another what it would do: the log from which the other's mean reward is estimated.</summary>
/// <remarks>The reward is the negative cost, the model's prediction that of the public belief. The evaluated policy must be deterministic and is never told an outcome. The logging
/// policy must state propensities. One run per instance; not thread-safe.</remarks>
public sealed class OffPolicyRecorder : ISplitPolicy
{
    private readonly ISplitPolicy behaviour;
    private readonly ISplitPolicy target;
    private readonly Objective objective;
    private readonly SplitProfile profile;
    private readonly double[] costs;
    private readonly Dictionary<int, LoggedChoice> pending = [];
    private readonly List<LoggedChoice> choices = [];

    /// <summary>Creates a recorder.</summary>
    /// <param name="behaviour">The policy that decides and learns.</param>
    /// <param name="target">The policy that is evaluated.</param>
    /// <param name="objective">What an outcome costs.</param>
    /// <param name="profile">The public profile.</param>
    public OffPolicyRecorder(ISplitPolicy behaviour, ISplitPolicy target, Objective objective, SplitProfile profile)
    {
        ArgumentNullException.ThrowIfNull(behaviour);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(profile);
        this.behaviour = behaviour;
        this.target = target;
        this.objective = objective;
        this.profile = profile;
        costs = new double[profile.Layers + 1];
    }

    /// <inheritdoc/>
    public string Name => behaviour.Name;

    /// <summary>The finished requests, in order of completion.</summary>
    public IReadOnlyList<LoggedChoice> Choices => choices;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The evaluated policy draws its decision.</exception>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var decision = behaviour.Decide(context);
        var wanted = target.Decide(context);
        if (wanted.Propensity != 1)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Policy '{target.Name}' takes split {wanted.SplitPoint} with probability {wanted.Propensity}: only a deterministic policy can be evaluated so."));
        }

        if (decision.SplitPoint >= 0)
        {
            objective.Best(profile, context.Belief, costs);
            pending[context.Request] = new LoggedChoice(
                decision.Propensity, wanted.SplitPoint == decision.SplitPoint ? 1 : 0, double.NaN, -costs[decision.SplitPoint], -costs[wanted.SplitPoint]);
        }

        return decision;
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience)
    {
        if (pending.Remove(experience.Request, out var choice))
        {
            choices.Add(choice with { Reward = -experience.Cost });
        }

        behaviour.Learn(experience);
    }
}
