using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Linear Thompson sampling: draws each action's weights from N(θ, v²A⁻¹) and takes the action that is best by its draw.</summary>
/// <remarks>
/// <para>For one context the drawn reward xᵀθ is normal with mean xᵀθ and variance v²xᵀA⁻¹x, and the actions' draws are independent: so the reward is drawn, one number
/// per action, which is the same law. The propensity is the probability that the action's draw is the largest, by numerical integration; at least 1e-12.</para>
/// <para>Source: S. Agrawal and N. Goyal, "Thompson sampling for contextual bandits with linear payoffs", ICML 2013.</para>
/// </remarks>
public sealed class LinearThompson : LinearBandit
{
    private readonly double[] means;
    private readonly double[] deviations;

    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="options">Settings; defaults where omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is less than 1, or an entry of the options is beyond the observation.</exception>
    public LinearThompson(int observationLength, int actionCount, ulong seed, LinearBanditOptions? options = null)
        : base("linear-thompson", observationLength, actionCount, options, seed)
    {
        means = new double[actionCount];
        deviations = new double[actionCount];
    }

    private protected override void Score(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, bool explore, ref RandomSource random, Span<double> scores)
    {
        var x = Context(observation);
        for (var action = 0; action < scores.Length; action++)
        {
            if (mask[action])
            {
                means[action] = Model(action).Mean(x);
                deviations[action] = explore ? Options.Exploration * Math.Sqrt(Model(action).Variance(x)) : 0;
                scores[action] = explore ? NormalDraws.Draw(means[action], deviations[action], ref random) : means[action];
            }
        }
    }

    private protected override int Choose(ReadOnlySpan<double> scores, ReadOnlySpan<bool> mask, ref RandomSource random, ref double propensity)
    {
        var chosen = Best(scores, mask);
        propensity = NormalDraws.ProbabilityOfLargest(chosen, means, deviations, mask);
        return chosen;
    }
}
