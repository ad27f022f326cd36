namespace EdgeSplit.Agents.Environments.Tabular;

/// <summary>One thing that may come of an action in a state of a <see cref="TabularModel"/>.</summary>
/// <param name="State">The state, 0..S-1.</param>
/// <param name="Action">The action, 0..A-1.</param>
/// <param name="Probability">How likely it is, in (0, 1]; those of a state and action sum to 1.</param>
/// <param name="Next">The next state, 0..S-1.</param>
/// <param name="Reward">What it pays; finite.</param>
public readonly record struct TabularTransition(int State, int Action, double Probability, int Next, double Reward);
