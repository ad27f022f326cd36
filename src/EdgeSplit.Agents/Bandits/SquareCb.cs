using System.Text.Json.Nodes;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>SquareCB: draws an action with a probability that falls with its predicted gap to the best, p = 1/(K + γ·gap), the remainder going to the best.</summary>
/// <remarks>
/// <para>The rate γ grows with the square root of the number of transitions learned from, so that exploration fades. K counts the allowed actions. Predictions are those of
/// the linear models.</para>
/// <para>Source: D. Foster and A. Rakhlin, "Beyond UCB: optimal and efficient contextual bandits with regression oracles", ICML 2020, arXiv 2002.04926.</para>
/// </remarks>
public sealed class SquareCb : LinearBandit
{
    private readonly double rate;
    private readonly double[] probabilities;

    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="rate">The factor c of γ = c·√(1 + transitions learned), positive.</param>
    /// <param name="options">Settings of the linear models; their exploration is not used. Defaults where omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or the rate is out of range.</exception>
    public SquareCb(int observationLength, int actionCount, ulong seed, double rate = 10, LinearBanditOptions? options = null)
        : base("square-cb", observationLength, actionCount, options, seed)
    {
        this.rate = Guard.Positive(rate);
        probabilities = new double[actionCount];
    }

    /// <summary>The probability of each action; 0 where masked.</summary>
    internal static void Probabilities(ReadOnlySpan<double> scores, ReadOnlySpan<bool> mask, double gamma, Span<double> probabilities)
    {
        var best = Best(scores, mask);
        var allowed = mask.Count(true);
        var rest = 1.0;
        for (var action = 0; action < scores.Length; action++)
        {
            probabilities[action] = mask[action] && action != best ? 1 / (allowed + (gamma * (scores[best] - scores[action]))) : 0;
            rest -= probabilities[action];
        }

        probabilities[best] = rest;
    }

    private protected override int Choose(ReadOnlySpan<double> scores, ReadOnlySpan<bool> mask, ref RandomSource random, ref double propensity)
    {
        Probabilities(scores, mask, rate * Math.Sqrt(1 + StepCount), probabilities);
        var left = random.NextUniform();
        var chosen = Best(scores, mask);
        for (var action = 0; action < scores.Length; action++)
        {
            left -= probabilities[action];
            if (left < 0)
            {
                chosen = action;
                break;
            }
        }

        propensity = probabilities[chosen];
        return chosen;
    }

    private protected override void DescribeSettings(JsonObject settings)
    {
        base.DescribeSettings(settings);
        settings["rate"] = rate;
    }
}
