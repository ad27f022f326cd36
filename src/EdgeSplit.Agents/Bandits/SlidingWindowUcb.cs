using System.Text.Json.Nodes;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Sliding-window UCB: follows a best fixed action that changes over time. Only the last τ plays count; index mean + B√(ξ ln min(t, τ)/N); an action absent from the window comes first.</summary>
/// <remarks>Deterministic: the propensity is always 1. Source: A. Garivier and E. Moulines, ALT 2011, arXiv 0805.3415.</remarks>
public sealed class SlidingWindowUcb : BanditAgent
{
    private readonly double xi;
    private readonly double range;
    private readonly int[] actions;
    private readonly double[] rewards;
    private readonly double[] counts;
    private readonly double[] sums;

    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1; they are not used.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="window">Plays τ that count, at least 1.</param>
    /// <param name="xi">The factor ξ of exploration, at least 0.</param>
    /// <param name="range">The range B of a reward, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public SlidingWindowUcb(int observationLength, int actionCount, int window = 1000, double xi = 0.6, double range = 1)
        : base("sliding-window-ucb", observationLength, actionCount)
    {
        this.xi = Guard.NonNegative(xi);
        this.range = Guard.Positive(range);
        actions = new int[Guard.AtLeast(window, 1)];
        rewards = new double[window];
        counts = new double[actionCount];
        sums = new double[actionCount];
    }

    /// <summary>Plays in the window, by action.</summary>
    internal ReadOnlySpan<double> Counts => counts;

    /// <summary>Mean reward of an action in the window.</summary>
    internal double Mean(int action) => sums[action] / counts[action];

    private protected override void Score(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, bool explore, ref RandomSource random, Span<double> scores)
    {
        var budget = xi * Math.Log(Math.Max(1, Math.Min(StepCount, actions.Length)));
        for (var action = 0; action < scores.Length; action++)
        {
            scores[action] = counts[action] > 0 ? Mean(action) + (explore ? range * Math.Sqrt(budget / counts[action]) : 0)
                : explore ? double.PositiveInfinity : double.NegativeInfinity;
        }
    }

    private protected override void Update(ReadOnlySpan<double> observation, int action, double reward)
    {
        var at = (int)(StepCount % actions.Length);
        if (StepCount >= actions.Length)
        {
            counts[actions[at]]--;
            sums[actions[at]] -= rewards[at];

            // What is left of a sum that should be empty is rounding.
            sums[actions[at]] = counts[actions[at]] > 0 ? sums[actions[at]] : 0;
        }

        (actions[at], rewards[at]) = (action, reward);
        counts[action]++;
        sums[action] += reward;
    }

    private protected override void DescribeSettings(JsonObject settings)
    {
        settings["window"] = actions.Length;
        settings["xi"] = xi;
        settings["range"] = range;
    }

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(actions.Length);
        foreach (var action in actions)
        {
            writer.Write(action);
        }

        BanditState.Write(writer, rewards);
        BanditState.Write(writer, counts);
        BanditState.Write(writer, sums);
    }

    private protected override void Read(BinaryReader reader)
    {
        BanditState.Expect(reader, "plays in the window", actions.Length);
        foreach (ref var action in actions.AsSpan())
        {
            action = reader.ReadInt32();
            if (action < 0 || action >= ActionCount)
            {
                throw new InvalidDataException(FormattableString.Invariant($"The window holds action {action}; 0 to {ActionCount - 1} is allowed."));
            }
        }

        BanditState.Read(reader, rewards);
        BanditState.Read(reader, counts);
        BanditState.Read(reader, sums);
    }
}
