using System.Text.Json.Nodes;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>KL-UCB: the best fixed action, whatever is seen. The index is the largest q with n·kl(mean, q) ≤ ln t, for rewards mapped to [0, 1]; an untried action comes first.</summary>
/// <remarks>Rewards beyond the range are clipped to it. Deterministic: the propensity is always 1. Source: A. Garivier and O. Cappé, COLT 2011, arXiv 1102.2490.</remarks>
public sealed class KlUcb : BanditAgent
{
    private readonly double least;
    private readonly double largest;
    private readonly double[] counts;
    private readonly double[] sums;

    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1; they are not used.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="leastReward">The reward that counts as 0, finite.</param>
    /// <param name="largestReward">The reward that counts as 1, finite, above the least.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public KlUcb(int observationLength, int actionCount, double leastReward, double largestReward)
        : base("kl-ucb", observationLength, actionCount)
    {
        least = Guard.Finite(leastReward);
        largest = Guard.Finite(largestReward);
        Guard.Positive(largestReward - leastReward, nameof(largestReward));
        counts = new double[actionCount];
        sums = new double[actionCount];
    }

    /// <summary>The largest q with count·kl(mean, q) ≤ ln(plays), by bisection to the last bit.</summary>
    internal static double Index(double mean, double count, double plays)
    {
        var budget = Math.Log(plays) / count;
        var (low, high) = (mean, 1.0);
        while (true)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high)
            {
                return low;
            }

            if (Divergence(mean, middle) <= budget)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
    }

    /// <summary>Kullback–Leibler divergence of two Bernoulli distributions.</summary>
    internal static double Divergence(double p, double q) =>
        (p > 0 ? p * Math.Log(p / q) : 0) + (p < 1 ? (1 - p) * Math.Log((1 - p) / (1 - q)) : 0);

    private protected override void Score(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, bool explore, ref RandomSource random, Span<double> scores)
    {
        for (var action = 0; action < scores.Length; action++)
        {
            var mean = sums[action] / counts[action];
            scores[action] = counts[action] > 0 ? explore ? Index(mean, counts[action], StepCount) : mean
                : explore ? double.PositiveInfinity : double.NegativeInfinity;
        }
    }

    private protected override void Update(ReadOnlySpan<double> observation, int action, double reward)
    {
        counts[action]++;
        sums[action] += Math.Clamp((reward - least) / (largest - least), 0, 1);
    }

    private protected override void DescribeSettings(JsonObject settings)
    {
        settings["leastReward"] = least;
        settings["largestReward"] = largest;
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
