using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments.Classic;

/// <summary>Name what you see: the observation is one of n symbols, one-hot, and naming it pays 1. The smallest thing a learner must be able to learn. N of them, stepped together.</summary>
/// <remarks>
/// <para>Reward 1 where the action is the symbol shown, else 0; the next symbol is drawn uniformly, whatever was done. Never terminated; truncated at the step limit, so the best return
/// is the step limit and that of random actions a 1/n of it.</para>
/// <para>Source: <c>IdentityEnv</c> of Stable-Baselines3 2.x (stable_baselines3/common/envs/identity_env.py); one-hot is how its networks see the symbol.</para>
/// </remarks>
public sealed class Identity : BatchedEnvironment
{
    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="symbols">Number n of symbols and actions, at least 1.</param>
    /// <param name="stepLimit">Steps of an episode, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public Identity(int count = 1, int symbols = 2, int stepLimit = 100)
        : base("Identity", count, 1, Symbols(Guard.AtLeast(symbols, 1)), new DiscreteSpace(symbols), stepLimit)
    {
    }

    /// <inheritdoc/>
    protected override void Start(ref RandomSource random, Span<double> state) => state[0] = random.NextInt32(ActionSpace.Count);

    /// <inheritdoc/>
    protected override void Advance(ReadOnlySpan<int> actions, Span<double> states, Span<double> rewards, Span<bool> terminated)
    {
        for (var i = 0; i < actions.Length; i++)
        {
            rewards[i] = actions[i] == states[i] ? 1 : 0;
            var random = StepRandom(i);
            Start(ref random, states.Slice(i, 1));
        }

        terminated.Clear();
    }

    /// <inheritdoc/>
    protected override void Observe(ReadOnlySpan<double> states, Span<double> observations)
    {
        observations.Clear();
        for (var i = 0; i < states.Length; i++)
        {
            observations[(i * ActionSpace.Count) + (int)states[i]] = 1;
        }
    }

    private static BoxSpace Symbols(int count) => new(
        new double[count], [.. Enumerable.Repeat(1.0, count)], [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"symbol{i}"))], [.. Enumerable.Repeat("1", count)]);
}
