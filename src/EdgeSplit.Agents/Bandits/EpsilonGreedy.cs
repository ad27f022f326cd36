using System.Text.Json.Nodes;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Takes the action of the largest linear prediction, and with probability ε any allowed action, each with equal probability.</summary>
public sealed class EpsilonGreedy : LinearBandit
{
    private readonly double epsilon;

    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="epsilon">Probability of a random action, in [0, 1].</param>
    /// <param name="options">Settings of the linear models; their exploration is not used. Defaults where omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or the probability is out of range.</exception>
    public EpsilonGreedy(int observationLength, int actionCount, ulong seed, double epsilon = 0.05, LinearBanditOptions? options = null)
        : base("epsilon-greedy", observationLength, actionCount, options, seed) => this.epsilon = Guard.InRange(epsilon, 0, 1);

    private protected override int Choose(ReadOnlySpan<double> scores, ReadOnlySpan<bool> mask, ref RandomSource random, ref double propensity)
    {
        var best = Best(scores, mask);
        var allowed = mask.Count(true);
        var chosen = best;
        if (random.NextUniform() < epsilon)
        {
            var skip = random.NextInt32(allowed);
            chosen = 0;
            while (!mask[chosen] || skip-- > 0)
            {
                chosen++;
            }
        }

        propensity = (epsilon / allowed) + (chosen == best ? 1 - epsilon : 0);
        return chosen;
    }

    private protected override void DescribeSettings(JsonObject settings)
    {
        base.DescribeSettings(settings);
        settings["epsilon"] = epsilon;
    }
}
