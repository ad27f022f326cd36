using System.Text.Json.Nodes;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Discounted UCB: follows a best fixed action that changes over time. Plays count γ to the power of their age; index mean + 2B√(ξ ln ΣN/N); an untried action comes first.</summary>
/// <remarks>Deterministic: the propensity is always 1. Source: A. Garivier and E. Moulines, ALT 2011, arXiv 0805.3415.</remarks>
public sealed class DiscountedUcb : BanditAgent
{
    private readonly double discount;
    private readonly double xi;
    private readonly double range;
    private readonly double[] counts;
    private readonly double[] sums;

    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1; they are not used.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="discount">The discount γ, in (0, 1].</param>
    /// <param name="xi">The factor ξ of exploration, at least 0.</param>
    /// <param name="range">The range B of a reward, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public DiscountedUcb(int observationLength, int actionCount, double discount = 0.995, double xi = 0.6, double range = 1)
        : base("discounted-ucb", observationLength, actionCount)
    {
        this.discount = Guard.InRange(discount, double.Epsilon, 1);
        this.xi = Guard.NonNegative(xi);
        this.range = Guard.Positive(range);
        counts = new double[actionCount];
        sums = new double[actionCount];
    }

    /// <summary>Discounted number of plays N by action.</summary>
    internal ReadOnlySpan<double> Counts => counts;

    /// <summary>Discounted mean reward of an action.</summary>
    internal double Mean(int action) => sums[action] / counts[action];

    private protected override void Score(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, bool explore, ref RandomSource random, Span<double> scores)
    {
        var plays = 0.0;
        foreach (var count in counts)
        {
            plays += count;
        }

        for (var action = 0; action < scores.Length; action++)
        {
            scores[action] = counts[action] > 0 ? Mean(action) + (explore ? 2 * range * Math.Sqrt(xi * Math.Log(Math.Max(1, plays)) / counts[action]) : 0)
                : explore ? double.PositiveInfinity : double.NegativeInfinity;
        }
    }

    private protected override void Update(ReadOnlySpan<double> observation, int action, double reward)
    {
        for (var other = 0; other < counts.Length; other++)
        {
            counts[other] *= discount;
            sums[other] *= discount;
        }

        counts[action]++;
        sums[action] += reward;
    }

    private protected override void DescribeSettings(JsonObject settings)
    {
        settings["discount"] = discount;
        settings["xi"] = xi;
        settings["range"] = range;
    }

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
