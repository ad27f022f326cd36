using System.Text.Json.Nodes;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>UCB1: the best fixed action, whatever is seen. Takes the action of the largest mean + B√(2 ln t/n) after t plays, n of them its own; an untried one first.</summary>
/// <remarks>Deterministic: the propensity is always 1. Source: P. Auer, N. Cesa-Bianchi, P. Fischer, Machine Learning 47, 2002.</remarks>
public sealed class Ucb1 : BanditAgent
{
    private readonly double range;
    private readonly double[] counts;
    private readonly double[] sums;

    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1; they are not used.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="range">The range B of a reward, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public Ucb1(int observationLength, int actionCount, double range = 1)
        : base("ucb1", observationLength, actionCount)
    {
        this.range = Guard.Positive(range);
        counts = new double[actionCount];
        sums = new double[actionCount];
    }

    internal static double Index(double mean, double count, double plays, double range) => mean + (range * Math.Sqrt(2 * Math.Log(plays) / count));

    private protected override void Score(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, bool explore, ref RandomSource random, Span<double> scores)
    {
        for (var action = 0; action < scores.Length; action++)
        {
            var mean = sums[action] / counts[action];
            scores[action] = counts[action] > 0 ? explore ? Index(mean, counts[action], StepCount, range) : mean
                : explore ? double.PositiveInfinity : double.NegativeInfinity;
        }
    }

    private protected override void Update(ReadOnlySpan<double> observation, int action, double reward)
    {
        counts[action]++;
        sums[action] += reward;
    }

    private protected override void DescribeSettings(JsonObject settings) => settings["range"] = range;

    private protected override void Write(BinaryWriter writer)
    {
        BanditState.Write(writer, counts);
        BanditState.Write(writer, sums);
    }

    private protected override void Read(BinaryReader reader)
    {
        BanditState.Read(reader, counts);
        BanditState.Read(reader, sums);
    }
}
