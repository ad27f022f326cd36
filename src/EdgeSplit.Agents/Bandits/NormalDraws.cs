using EdgeSplit.Core.Randomness;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Independent normal draws, one per action: the draw, and the probability that a given one is the largest.</summary>
internal static class NormalDraws
{
    // Of a chosen action; a propensity of 0 could not be divided by.
    private const double LeastProbability = 1e-12;

    // The trapezoid rule converges geometrically on smooth functions that vanish at both ends, once its step is small against the narrowest of the bends.
    private const double Reach = 8.5;
    private const int LeastPoints = 137;
    private const int MostPoints = 4097;

    private static readonly NormalDistribution Standard = new(0, 1);

    internal static double Draw(double mean, double deviation, ref RandomSource random) => mean + (deviation * Standard.Sample(ref random));

    /// <summary>P(draw of <paramref name="action"/> is the largest among the allowed): ∫φ(z) Π Φ((m + sz - m_b)/s_b) dz.</summary>
    internal static double ProbabilityOfLargest(int action, ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, ReadOnlySpan<bool> mask)
    {
        var (mean, deviation) = (means[action], deviations[action]);
        if (!(deviation > 0))
        {
            return Math.Max(LeastProbability, OthersBelow(mean, action, means, deviations, mask));
        }

        var narrowest = deviation;
        for (var other = 0; other < means.Length; other++)
        {
            narrowest = mask[other] && deviations[other] > 0 ? Math.Min(narrowest, deviations[other]) : narrowest;
        }

        var points = (int)Math.Clamp(LeastPoints * deviation / narrowest, LeastPoints, MostPoints);
        var step = 2 * Reach / (points - 1);
        var sum = 0.0;
        for (var i = 0; i < points; i++)
        {
            var z = (i * step) - Reach;
            sum += Normal.PDF(0, 1, z) * OthersBelow(mean + (deviation * z), action, means, deviations, mask);
        }

        return Math.Clamp(sum * step, LeastProbability, 1);
    }

    private static double OthersBelow(double value, int action, ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, ReadOnlySpan<bool> mask)
    {
        var product = 1.0;
        for (var other = 0; other < means.Length && product > 1e-16; other++)
        {
            if (!mask[other] || other == action)
            {
                continue;
            }

            // A draw without spread ties only with another such draw, and then the first wins.
            product *= deviations[other] > 0 ? SpecialFunctions.Erfc((means[other] - value) / (deviations[other] * Constants.Sqrt2)) / 2
                : means[other] < value || (means[other] == value && action < other) ? 1 : 0;
        }

        return product;
    }
}
