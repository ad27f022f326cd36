using MathNet.Numerics.LinearAlgebra;

namespace EdgeSplit.Agents.Environments.Tabular;

/// <summary>A decision process with finitely many states and actions, known in full: its table of transitions, and the exact values that follow from it.</summary>
/// <remarks>
/// <para>A state without transitions is final: entering it ends the episode, and its value is 0.</para>
/// <para>Values are rows by state, action values rows by state and then action. Immutable, so safe to share between threads.</para>
/// <para>Source: R. Sutton, A. Barto, "Reinforcement Learning", 2nd edition (2018), chapters 3 and 4.</para>
/// </remarks>
public sealed class TabularModel
{
    private const double SumTolerance = 1e-9;
    private const int MaximumSweeps = 1_000_000;

    private readonly int[] first; // where the transitions of (state, action) begin; [S A + 1]
    private readonly TabularTransition[] transitions;

    /// <summary>Creates a model.</summary>
    /// <param name="stateCount">Number S of states, at least 1.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="transitions">Its transitions in any order. A state has some for every action, or none at all and is final.</param>
    /// <exception cref="ArgumentException">An index, probability or reward is out of range, the probabilities of a state and action do not sum to 1, or a state has transitions for
    /// some actions only.</exception>
    public TabularModel(int stateCount, int actionCount, IEnumerable<TabularTransition> transitions)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        StateCount = Guard.AtLeast(stateCount, 1);
        ActionCount = Guard.AtLeast(actionCount, 1);
        this.transitions = [.. transitions.OrderBy(transition => ((long)transition.State * actionCount) + transition.Action)];
        first = new int[(stateCount * actionCount) + 1];
        var sums = new double[stateCount * actionCount];
        for (var i = 0; i < this.transitions.Length; i++)
        {
            ref readonly var transition = ref this.transitions[i];
            Check(transition, i);
            var pair = (transition.State * actionCount) + transition.Action;
            first[pair + 1]++;
            sums[pair] += transition.Probability;
        }

        for (var pair = 0; pair < sums.Length; pair++)
        {
            CheckSum(pair, sums);
            first[pair + 1] += first[pair];
        }
    }

    /// <summary>Number S of states.</summary>
    public int StateCount { get; }

    /// <summary>Number A of actions.</summary>
    public int ActionCount { get; }

    /// <summary>Whether entering a state ends the episode.</summary>
    /// <param name="state">The state, 0..S-1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state.</exception>
    public bool IsFinal(int state) => TransitionsOf(state, 0).IsEmpty;

    /// <summary>What may come of an action; empty for a final state.</summary>
    /// <param name="state">The state, 0..S-1.</param>
    /// <param name="action">The action, 0..A-1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state or action.</exception>
    public ReadOnlySpan<TabularTransition> TransitionsOf(int state, int action)
    {
        Guard.InRange(state, 0, StateCount - 1);
        Guard.InRange(action, 0, ActionCount - 1);
        return Outcomes((state * ActionCount) + action);
    }

    /// <summary>The values of the best policy, by value iteration.</summary>
    /// <param name="discount">Discount factor per step, in [0, 1]. At 1 the values must be finite, that is, every episode must end or stop paying.</param>
    /// <param name="tolerance">Largest error of a value for a discount below 1; at 1 the change of the last sweep, of which the error is a multiple. Positive.</param>
    /// <returns>Values; shape [S].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="InvalidOperationException">A million sweeps were not enough: the values grow without bound, or the tolerance is below rounding.</exception>
    public double[] OptimalValues(double discount, double tolerance = 1e-10)
    {
        Guard.InRange(discount, 0, 1);
        Guard.Positive(tolerance);
        var values = new double[StateCount];
        var stop = discount is > 0 and < 1 ? tolerance * (1 - discount) / discount : tolerance;
        for (var sweep = 0; sweep < MaximumSweeps; sweep++)
        {
            var change = 0.0;
            for (var state = 0; state < StateCount; state++)
            {
                var best = Best(state, values, discount, out _);
                change = Math.Max(change, Math.Abs(best - values[state]));
                values[state] = best;
            }

            if (change <= stop)
            {
                return values;
            }
        }

        throw new InvalidOperationException(FormattableString.Invariant($"The values do not settle at a discount of {discount} to a tolerance of {tolerance}."));
    }

    /// <summary>The values of a policy, from the linear equations that they solve.</summary>
    /// <param name="actionProbabilities">How likely the policy takes each action in each state; rows sum to 1; shape [S x A].</param>
    /// <param name="discount">Discount factor per step, in [0, 1].</param>
    /// <returns>Values; shape [S].</returns>
    /// <exception cref="ArgumentException">A row is not a distribution.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The span has another length, or the discount is out of range.</exception>
    /// <exception cref="InvalidOperationException">The equations have no single solution: at a discount of 1 the policy's episodes do not end.</exception>
    public double[] PolicyValues(ReadOnlySpan<double> actionProbabilities, double discount)
    {
        CheckPolicy(actionProbabilities);
        Guard.InRange(discount, 0, 1);
        var matrix = Matrix<double>.Build.DenseIdentity(StateCount);
        var rewards = Vector<double>.Build.Dense(StateCount);
        for (var pair = 0; pair < actionProbabilities.Length; pair++)
        {
            foreach (ref readonly var outcome in Outcomes(pair))
            {
                var weight = actionProbabilities[pair] * outcome.Probability;
                matrix[outcome.State, outcome.Next] -= discount * weight;
                rewards[outcome.State] += weight * outcome.Reward;
            }
        }

        var values = matrix.LU().Solve(rewards).AsArray();
        return values.All(double.IsFinite)
            ? values
            : throw new InvalidOperationException("The policy's values are not finite: at a discount of 1 its episodes must end.");
    }

    /// <summary>What each action is worth where values follow on it.</summary>
    /// <param name="values">Values of the states; shape [S].</param>
    /// <param name="discount">Discount factor per step, in [0, 1].</param>
    /// <returns>Action values; shape [S x A].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The span has another length, or the discount is out of range.</exception>
    public double[] ActionValues(ReadOnlySpan<double> values, double discount)
    {
        Guard.SameLength(values.Length, StateCount);
        Guard.InRange(discount, 0, 1);
        var worth = new double[StateCount * ActionCount];
        for (var pair = 0; pair < worth.Length; pair++)
        {
            worth[pair] = Worth(pair, values, discount);
        }

        return worth;
    }

    /// <summary>The best action of each state where values follow on it; the lowest of equals, and 0 in final states.</summary>
    /// <param name="values">Values of the states; shape [S].</param>
    /// <param name="discount">Discount factor per step, in [0, 1].</param>
    /// <returns>Actions; shape [S].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The span has another length, or the discount is out of range.</exception>
    public int[] GreedyPolicy(ReadOnlySpan<double> values, double discount)
    {
        Guard.SameLength(values.Length, StateCount);
        Guard.InRange(discount, 0, 1);
        var policy = new int[StateCount];
        for (var state = 0; state < StateCount; state++)
        {
            Best(state, values, discount, out policy[state]);
        }

        return policy;
    }

    /// <summary>The best action of a state, where values follow on it.</summary>
    internal double Best(int state, ReadOnlySpan<double> values, double discount, out int action)
    {
        action = 0;
        var best = Worth(state * ActionCount, values, discount);
        for (var other = 1; other < ActionCount; other++)
        {
            var worth = Worth((state * ActionCount) + other, values, discount);
            if (worth > best)
            {
                (best, action) = (worth, other);
            }
        }

        return best;
    }

    internal double Worth(int pair, ReadOnlySpan<double> values, double discount)
    {
        var sum = 0.0;
        foreach (ref readonly var outcome in Outcomes(pair))
        {
            sum += outcome.Probability * (outcome.Reward + (discount * values[outcome.Next]));
        }

        return sum;
    }

    internal ReadOnlySpan<TabularTransition> Outcomes(int pair) => transitions.AsSpan(first[pair], first[pair + 1] - first[pair]);

    internal void CheckPolicy(ReadOnlySpan<double> actionProbabilities)
    {
        Guard.SameLength(actionProbabilities.Length, StateCount * ActionCount);
        for (var state = 0; state < StateCount; state++)
        {
            var sum = 0.0;
            foreach (var probability in actionProbabilities.Slice(state * ActionCount, ActionCount))
            {
                sum += Guard.InRange(probability, 0, 1, nameof(actionProbabilities));
            }

            if (!(Math.Abs(sum - 1) <= SumTolerance))
            {
                throw new ArgumentException(FormattableString.Invariant($"The probabilities of state {state} sum to {sum}, not to 1."), nameof(actionProbabilities));
            }
        }
    }

    private void Check(in TabularTransition transition, int index)
    {
        var isValid = transition.State >= 0 && transition.State < StateCount
            && transition.Next >= 0 && transition.Next < StateCount
            && transition.Action >= 0 && transition.Action < ActionCount
            && transition.Probability is > 0 and <= 1
            && double.IsFinite(transition.Reward);
        if (!isValid)
        {
            throw new ArgumentException(FormattableString.Invariant($"Transition {index} in the order of states, {transition}, is out of range."), nameof(transition));
        }
    }

    private void CheckSum(int pair, double[] sums)
    {
        var state = pair / ActionCount;
        var isFinal = sums[state * ActionCount] == 0;
        var expected = isFinal ? 0 : 1;
        if (!(Math.Abs(sums[pair] - expected) <= SumTolerance))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The probabilities of state {state}, action {pair % ActionCount} sum to {sums[pair]}, expected {expected}{(isFinal ? " as for its action 0" : string.Empty)}."));
        }
    }
}
