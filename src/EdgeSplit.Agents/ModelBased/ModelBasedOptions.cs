using EdgeSplit.Agents.Surrogates;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>Settings of a <see cref="ModelBasedAgent"/>. Immutable.</summary>
public sealed record ModelBasedOptions
{
    private readonly double optimism = 1;
    private readonly double epsilon = 0.05;
    private readonly int plannedTurns = 3;
    private readonly int leastTries = 3;
    private readonly int tryWindow = 200;
    private readonly double tryBudget = 0.005;
    private readonly double retryBudget = 0.001;

    /// <summary>Settings of the surrogate.</summary>
    /// <value>The defaults of <see cref="SurrogateOptions"/>.</value>
    public SurrogateOptions Surrogate { get; init; } = new();

    /// <summary>How a split is chosen.</summary>
    /// <value>The default value is <see cref="DecisionRule.Thompson"/>.</value>
    public DecisionRule Rule { get; init; } = DecisionRule.Thompson;

    /// <summary>Standard deviations taken off the mean by <see cref="DecisionRule.Optimism"/>, at least 0.</summary>
    /// <value>The default value is 1.</value>
    public double Optimism { get => optimism; init => optimism = Guard.NonNegative(value, nameof(Optimism)); }

    /// <summary>Probability of a split at random by <see cref="DecisionRule.EpsilonGreedy"/>, in [0, 1].</summary>
    /// <value>The default value is 0.05.</value>
    public double Epsilon { get => epsilon; init => epsilon = Guard.InRange(value, 0, 1, nameof(Epsilon)); }

    /// <summary>Turns of a conversation that are planned, the present one included, at least 1: where the KV cache will lie is a cost of the turns to come.</summary>
    /// <value>The default value is 3. Of effect only where conversations have several turns.</value>
    public int PlannedTurns { get => plannedTurns; init => plannedTurns = Guard.AtLeast(value, 1, nameof(PlannedTurns)); }

    /// <summary>Times that the link, and the device, are tried at least within each <see cref="TryWindow"/>, as far as the budget allows, at least 0.</summary>
    /// <value>The default value is 3.</value>
    public int LeastTries { get => leastTries; init => leastTries = Guard.AtLeast(value, 0, nameof(LeastTries)); }

    /// <summary>Decisions after which a try is forgotten, at least 1: the world may have changed since.</summary>
    /// <value>The default value is 200.</value>
    public int TryWindow { get => tryWindow; init => tryWindow = Guard.AtLeast(value, 1, nameof(TryWindow)); }

    /// <summary>Expected extra cost of the first such tries, and of the first after a drift, as a share of the cost of all finished requests, at least 0.</summary>
    /// <value>The default value is 0.005.</value>
    public double TryBudget { get => tryBudget; init => tryBudget = Guard.NonNegative(value, nameof(TryBudget)); }

    /// <summary>The same for the later tries, at least 0.</summary>
    /// <value>The default value is 0.001: what is nearly as good is tried again soon, what is far worse hardly ever.</value>
    public double RetryBudget { get => retryBudget; init => retryBudget = Guard.NonNegative(value, nameof(RetryBudget)); }

    /// <summary>Limits on averages over requests, which the agent keeps by prices.</summary>
    /// <value>The default value is empty.</value>
    public IReadOnlyList<LongTermLimit> Limits { get; init; } = [];
}
