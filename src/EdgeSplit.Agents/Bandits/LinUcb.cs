using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Disjoint LinUCB: takes the action of the largest xᵀθ + α√(xᵀA⁻¹x), the first on a tie.</summary>
/// <remarks>Deterministic: the propensity is always 1. Source: L. Li et al., WWW 2010, arXiv 1003.0146; regret bound by W. Chu et al., AISTATS 2011.</remarks>
public sealed class LinUcb : LinearBandit
{
    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="options">Settings; defaults where omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is less than 1, or an entry of the options is beyond the observation.</exception>
    public LinUcb(int observationLength, int actionCount, LinearBanditOptions? options = null)
        : base("lin-ucb", observationLength, actionCount, options)
    {
    }

    private protected override void Score(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, bool explore, ref RandomSource random, Span<double> scores)
    {
        var x = Context(observation);
        for (var action = 0; action < scores.Length; action++)
        {
            if (mask[action])
            {
                var model = Model(action);
                scores[action] = model.Mean(x) + (explore ? Options.Exploration * Math.Sqrt(model.Variance(x)) : 0);
            }
        }
    }
}
