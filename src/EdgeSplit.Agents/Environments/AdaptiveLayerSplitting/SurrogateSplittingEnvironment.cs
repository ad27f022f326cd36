using System.Runtime.InteropServices;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

/// <summary>The paper's environment on its reward surrogate: move the split by up to four layers a step, for five steps. N of them, stepped together.</summary>
/// <remarks>
/// <para>Observation: noise level q in [0, 0.3] and split p in 1..10. Actions 0..8 ask for moves of 0, -1, +1, -2, +2, -3, +3, -4, +4 layers; a move beyond 1 or 10 goes as far as it can. The noise
/// level is multiplied by 1 - 0.0005 x (layers actually moved) and kept in [0, 0.3]: as in the paper's code, without physical meaning. Reward, at the new state:
/// inferenceFactor x <see cref="ReleasedSurrogate.Gain"/> + loadFactor x (10 - p) / 10. Starts: q uniform in (0.01, 0.3), p uniform in 1..9.</para>
/// <para>The problem is close to a contextual bandit: q moves by at most one percent an episode. Always going to p = 1 earns 98 % of the optimum; see <see cref="SurrogateOptimum"/> for what a
/// learner is to be measured against.</para>
/// <para>Source: arXiv 2406.02616 and its released code (repository Kanra13-ch/adaptive_layersplit, train__rsm.py), whose end after five steps is a truncation here.</para>
/// </remarks>
public sealed class SurrogateSplittingEnvironment : BatchedEnvironment
{
    private const double LowestStart = 0.01;
    private const int LargestMove = 4;

    private static readonly BoxSpace Space = new([0, 1], [ReleasedSurrogate.MaximumNoiseLevel, ReleasedSurrogate.Splits], ["noiseLevel", "split"], ["1", "layer"]);
    private static readonly int[] Moves = [0, -1, 1, -2, 2, -3, 3, -4, 4];

    private readonly double[] drift; // by layers moved + LargestMove

    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="rules">The rules; the defaults where omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public SurrogateSplittingEnvironment(int count = 1, SplittingRules? rules = null)
        : base("SurrogateSplitting", count, 2, Space, new DiscreteSpace(Moves.Length), (rules ?? new SplittingRules()).StepLimit)
    {
        Rules = rules ?? new SplittingRules();
        drift = new double[(2 * LargestMove) + 1];
        for (var moved = -LargestMove; moved <= LargestMove; moved++)
        {
            drift[moved + LargestMove] = Rules.AsReleased && moved == 3 ? 0.9995 : 1 - (0.0005 * moved);
        }
    }

    /// <summary>The rules.</summary>
    public SplittingRules Rules { get; }

    /// <summary>The layers that an action asks to move by, toward the output where positive.</summary>
    /// <param name="action">The action, 0..8.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    public static int MoveOf(int action) => Moves[Guard.InRange(action, 0, Moves.Length - 1)];

    /// <summary>The action that asks for a move.</summary>
    /// <param name="layers">Layers to move by, in [-4, 4].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such move.</exception>
    public static int ActionOf(int layers) => Array.IndexOf(Moves, Guard.InRange(layers, -LargestMove, LargestMove));

    /// <summary>The first action on the shortest way to a split: what a policy with a target does.</summary>
    /// <param name="split">Present split, in [1, 10].</param>
    /// <param name="target">Split to go to, in [1, 10].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static int ActionTowards(int split, int target) => ActionOf(Math.Clamp(
        Guard.InRange(target, 1, ReleasedSurrogate.Splits) - Guard.InRange(split, 1, ReleasedSurrogate.Splits), -LargestMove, LargestMove));

    /// <summary>What comes of a move, without an environment.</summary>
    /// <param name="state">The state.</param>
    /// <param name="action">The action, 0..8.</param>
    /// <returns>The next state and the reward.</returns>
    /// <exception cref="ArgumentOutOfRangeException">State or action is out of range.</exception>
    public (SplittingState Next, double Reward) Move(SplittingState state, int action)
    {
        Guard.InRange(state.NoiseLevel, 0, ReleasedSurrogate.MaximumNoiseLevel);
        Guard.InRange(state.Split, 1, ReleasedSurrogate.Splits);
        var row = new Row { NoiseLevel = state.NoiseLevel, Split = state.Split };
        var reward = Advance(ref row, Guard.InRange(action, 0, Moves.Length - 1));
        return (new SplittingState(row.NoiseLevel, (int)row.Split), reward);
    }

    /// <summary>Starts all environments at given states, for an evaluation on stated starts; episodes after the first start as drawn, from seed 0 on.</summary>
    /// <param name="starts">One state per environment; shape [N].</param>
    /// <param name="observations">Receives the first observations; shape [N x 2].</param>
    /// <param name="mask">Receives the allowed actions, all of them; shape [N x 9].</param>
    /// <exception cref="ArgumentOutOfRangeException">A span has another length, or a state is out of range.</exception>
    public void ResetTo(ReadOnlySpan<SplittingState> starts, Span<double> observations, Span<bool> mask)
    {
        Guard.SameLength(starts.Length, Count);
        foreach (var start in starts)
        {
            Guard.InRange(start.NoiseLevel, 0, ReleasedSurrogate.MaximumNoiseLevel, nameof(starts));
            Guard.InRange(start.Split, 1, ReleasedSurrogate.Splits, nameof(starts));
        }

        Reset(0, observations, mask);
        for (var i = 0; i < starts.Length; i++)
        {
            (StateOf(i)[0], StateOf(i)[1]) = (starts[i].NoiseLevel, starts[i].Split);
            StateOf(i).CopyTo(observations[(2 * i)..]);
        }
    }

    /// <inheritdoc/>
    protected override void Start(ref RandomSource random, Span<double> state)
    {
        state[0] = LowestStart + ((ReleasedSurrogate.MaximumNoiseLevel - LowestStart) * random.NextUniform());
        state[1] = 1 + random.NextInt32(ReleasedSurrogate.Splits - 1);
    }

    /// <inheritdoc/>
    protected override void Advance(ReadOnlySpan<int> actions, Span<double> states, Span<double> rewards, Span<bool> terminated)
    {
        var rows = MemoryMarshal.Cast<double, Row>(states);
        for (var i = 0; i < rows.Length; i++)
        {
            rewards[i] = Advance(ref rows[i], actions[i]);
        }

        terminated.Clear();
    }

    /// <inheritdoc/>
    protected override void Observe(ReadOnlySpan<double> states, Span<double> observations) => states.CopyTo(observations);

    /// <summary>What arriving in a state pays.</summary>
    internal double RewardAt(double noiseLevel, int split) =>
        (Rules.InferenceFactor * ReleasedSurrogate.At(noiseLevel, split)) + (Rules.LoadFactor * (ReleasedSurrogate.Splits - split) / ReleasedSurrogate.Splits);

    private double Advance(ref Row row, int action)
    {
        var split = (int)row.Split;
        var next = Math.Clamp(split + Moves[action], 1, ReleasedSurrogate.Splits);
        row.NoiseLevel = Math.Clamp(row.NoiseLevel * drift[next - split + LargestMove], 0, ReleasedSurrogate.MaximumNoiseLevel);
        row.Split = next;
        return RewardAt(row.NoiseLevel, next);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Row
    {
        internal double NoiseLevel;
        internal double Split;
    }
}
