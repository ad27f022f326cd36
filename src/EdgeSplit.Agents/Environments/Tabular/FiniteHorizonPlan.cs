namespace EdgeSplit.Agents.Environments.Tabular;

/// <summary>The best policy of a <see cref="TabularModel"/> when a fixed number of steps is left, by backward induction: exact, and in general another action at another step.</summary>
/// <remarks>Undiscounted. Where reaching a goal pays 1 and all else 0, a value is the best probability of success within the steps left. Immutable.</remarks>
public sealed class FiniteHorizonPlan
{
    private readonly int states;
    private readonly double[] values; // [H + 1 x S], by steps left
    private readonly int[] actions; // [H x S], by steps left - 1

    /// <summary>Solves a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="horizon">Number H of steps, at least 1.</param>
    /// <exception cref="ArgumentNullException">The model is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is less than 1.</exception>
    public FiniteHorizonPlan(TabularModel model, int horizon)
    {
        ArgumentNullException.ThrowIfNull(model);
        Horizon = Guard.AtLeast(horizon, 1);
        states = model.StateCount;
        values = new double[(horizon + 1) * states];
        actions = new int[horizon * states];
        for (var left = 1; left <= horizon; left++)
        {
            var after = values.AsSpan((left - 1) * states, states);
            for (var state = 0; state < states; state++)
            {
                values[(left * states) + state] = model.Best(state, after, 1, out actions[((left - 1) * states) + state]);
            }
        }
    }

    /// <summary>Number H of steps.</summary>
    public int Horizon { get; }

    /// <summary>The best sum of rewards from a state on.</summary>
    /// <param name="state">The state, 0..S-1.</param>
    /// <param name="stepsLeft">Steps left, 0..H.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state, or more steps are left than were planned.</exception>
    public double Value(int state, int stepsLeft) => values[(Guard.InRange(stepsLeft, 0, Horizon) * states) + Guard.InRange(state, 0, states - 1)];

    /// <summary>The best action in a state; the lowest of equals.</summary>
    /// <param name="state">The state, 0..S-1.</param>
    /// <param name="stepsLeft">Steps left, 1..H.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state, or no step, or more steps are left than were planned.</exception>
    public int Action(int state, int stepsLeft) => actions[((Guard.InRange(stepsLeft, 1, Horizon) - 1) * states) + Guard.InRange(state, 0, states - 1)];

    /// <summary>The sum of rewards that a given policy earns from each state within a number of steps.</summary>
    /// <param name="model">The model.</param>
    /// <param name="horizon">Number of steps, at least 1.</param>
    /// <param name="actionProbabilities">How likely the policy takes each action in each state, at any step; rows sum to 1; shape [S x A].</param>
    /// <returns>Values; shape [S].</returns>
    /// <exception cref="ArgumentException">The model is null, or a row is not a distribution.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is less than 1, or the span has another length.</exception>
    public static double[] PolicyValues(TabularModel model, int horizon, ReadOnlySpan<double> actionProbabilities)
    {
        ArgumentNullException.ThrowIfNull(model);
        Guard.AtLeast(horizon, 1);
        model.CheckPolicy(actionProbabilities);
        var (values, after) = (new double[model.StateCount], new double[model.StateCount]);
        for (var left = 1; left <= horizon; left++)
        {
            (values, after) = (after, values);
            Array.Clear(values);
            for (var pair = 0; pair < actionProbabilities.Length; pair++)
            {
                values[pair / model.ActionCount] += actionProbabilities[pair] * model.Worth(pair, after, 1);
            }
        }

        return values;
    }
}
