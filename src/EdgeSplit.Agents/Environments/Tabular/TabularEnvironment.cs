using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments.Tabular;

/// <summary>A <see cref="TabularModel"/> as an environment to act in: N of them, stepped together. Derive from it and give it a table.</summary>
/// <remarks>The observation is the number of the state, or one-hot: an entry for each state, 1 for the present one, which is what a network needs. Terminated on entering a final state;
/// truncated at the step limit.</remarks>
public abstract class TabularEnvironment : BatchedEnvironment
{
    private readonly int start;
    private readonly bool isOneHot;

    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="name">Name of the process, not blank: it names the stream of its random numbers and its saved states.</param>
    /// <param name="model">The process.</param>
    /// <param name="start">The state in which episodes begin, not final.</param>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="stepLimit">Steps after which an episode is truncated, at least 1.</param>
    /// <param name="isOneHot">Whether observations are one-hot.</param>
    /// <exception cref="ArgumentException">The name is blank, the model null, or the start final.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    protected TabularEnvironment(string name, TabularModel model, int start, int count = 1, int stepLimit = int.MaxValue, bool isOneHot = false)
        : base(name, count, 1, Space(model, isOneHot), new DiscreteSpace(model.ActionCount), stepLimit)
    {
        Model = model;
        this.start = Guard.InRange(start, 0, model.StateCount - 1);
        this.isOneHot = isOneHot;
        if (model.IsFinal(start))
        {
            throw new ArgumentException(FormattableString.Invariant($"State {start} is final: no episode can begin there."), nameof(start));
        }
    }

    /// <summary>The process.</summary>
    public TabularModel Model { get; }

    /// <inheritdoc/>
    protected override void Start(ref RandomSource random, Span<double> state) => state[0] = start;

    /// <inheritdoc/>
    protected override void Advance(ReadOnlySpan<int> actions, Span<double> states, Span<double> rewards, Span<bool> terminated)
    {
        for (var i = 0; i < actions.Length; i++)
        {
            var outcomes = Model.Outcomes(((int)states[i] * Model.ActionCount) + actions[i]);
            var chosen = 0;
            if (outcomes.Length > 1)
            {
                var random = StepRandom(i);
                for (var left = random.NextUniform() - outcomes[0].Probability; left >= 0 && chosen < outcomes.Length - 1; left -= outcomes[chosen].Probability)
                {
                    chosen++;
                }
            }

            states[i] = outcomes[chosen].Next;
            rewards[i] = outcomes[chosen].Reward;
            terminated[i] = Model.IsFinal(outcomes[chosen].Next);
        }
    }

    /// <inheritdoc/>
    protected override void Observe(ReadOnlySpan<double> states, Span<double> observations)
    {
        if (!isOneHot)
        {
            states.CopyTo(observations);
            return;
        }

        observations.Clear();
        for (var i = 0; i < states.Length; i++)
        {
            observations[(i * Model.StateCount) + (int)states[i]] = 1;
        }
    }

    private static BoxSpace Space(TabularModel model, bool isOneHot)
    {
        ArgumentNullException.ThrowIfNull(model);
        return !isOneHot
            ? new BoxSpace([0], [model.StateCount - 1], ["state"], ["1"])
            : new BoxSpace(
                new double[model.StateCount],
                [.. Enumerable.Repeat(1.0, model.StateCount)],
                [.. Enumerable.Range(0, model.StateCount).Select(state => FormattableString.Invariant($"state{state}"))],
                [.. Enumerable.Repeat("1", model.StateCount)]);
    }
}
