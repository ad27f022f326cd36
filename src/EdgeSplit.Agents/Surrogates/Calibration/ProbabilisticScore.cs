using MathNet.Numerics.Distributions;

namespace EdgeSplit.Agents.Surrogates.Calibration;

/// <summary>Scores of a predicted distribution against what was observed: proper ones, smaller is better.</summary>
/// <remarks>Pure. Sources: T. Gneiting and A. Raftery, JASA 102, 2007; E. Grimit et al., Q. J. R. Meteorol. Soc. 132, 2006, for the mixture's CRPS.</remarks>
public static class ProbabilisticScore
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>Negative log-likelihood of a normal distribution, nats: ½ ln(2πσ²) + (y - μ)²/(2σ²).</summary>
    /// <param name="mean">The mean μ, finite.</param>
    /// <param name="deviation">The standard deviation σ, positive.</param>
    /// <param name="observed">What was observed, y, finite.</param>
    public static double NegativeLogLikelihood(double mean, double deviation, double observed)
    {
        var z = (Guard.Finite(observed) - Guard.Finite(mean)) / Guard.Positive(deviation);
        return (0.5 * LogTwoPi) + Math.Log(deviation) + (0.5 * z * z);
    }

    /// <summary>Continuous ranked probability score of a normal distribution, in the unit of what is observed.</summary>
    /// <param name="mean">The mean μ, finite.</param>
    /// <param name="deviation">The standard deviation σ, positive.</param>
    /// <param name="observed">What was observed, y, finite.</param>
    public static double Crps(double mean, double deviation, double observed) =>
        ExpectedDistance(Guard.Finite(observed) - Guard.Finite(mean), Guard.Positive(deviation)) - (deviation / Math.Sqrt(Math.PI));

    /// <summary>CRPS of equally likely samples: mean|x - y| - ½ mean|x - x'| over all pairs, each sample with itself included; the integral of (F - 1{y ≤ t})² of their empirical distribution.</summary>
    /// <param name="samples">The samples, at least one, finite.</param>
    /// <param name="observed">What was observed, y, finite.</param>
    public static double CrpsOfSamples(IReadOnlyList<double> samples, double observed)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Guard.AtLeast(samples.Count, 1, nameof(samples));
        Guard.Finite(observed);
        double[] sorted = [.. samples.Select(sample => Guard.Finite(sample, nameof(samples)))];
        Array.Sort(sorted);
        var (distance, spread) = (0.0, 0.0);
        for (var i = 0; i < sorted.Length; i++)
        {
            distance += Math.Abs(sorted[i] - observed);

            // Sorted, the i-th sample is the larger one of i pairs and the smaller one of n - 1 - i.
            spread += sorted[i] * ((2 * i) + 1 - sorted.Length);
        }

        return (distance / sorted.Length) - (spread / sorted.Length / sorted.Length);
    }

    /// <summary>Negative log-likelihood of an equal mixture of normal distributions, nats.</summary>
    /// <param name="means">The members' means, at least one, finite.</param>
    /// <param name="deviations">The members' standard deviations, positive.</param>
    /// <param name="observed">What was observed, y, finite.</param>
    public static double MixtureNegativeLogLikelihood(IReadOnlyList<double> means, IReadOnlyList<double> deviations, double observed)
    {
        CheckMixture(means, deviations);
        double[] losses = [.. means.Zip(deviations, (mean, deviation) => NegativeLogLikelihood(mean, deviation, observed))];
        var least = losses.Min();
        return least - Math.Log(losses.Sum(loss => Math.Exp(least - loss)) / losses.Length);
    }

    /// <summary>CRPS of an equal mixture of normal distributions, in closed form.</summary>
    /// <param name="means">The members' means, at least one, finite.</param>
    /// <param name="deviations">The members' standard deviations, positive.</param>
    /// <param name="observed">What was observed, y, finite.</param>
    public static double MixtureCrps(IReadOnlyList<double> means, IReadOnlyList<double> deviations, double observed)
    {
        CheckMixture(means, deviations);
        Guard.Finite(observed);
        var (distance, spread) = (0.0, 0.0);
        for (var i = 0; i < means.Count; i++)
        {
            distance += ExpectedDistance(observed - means[i], deviations[i]);
            for (var j = 0; j < means.Count; j++)
            {
                spread += ExpectedDistance(means[i] - means[j], Math.Sqrt((deviations[i] * deviations[i]) + (deviations[j] * deviations[j])));
            }
        }

        return (distance / means.Count) - (spread / 2 / means.Count / means.Count);
    }

    /// <summary>Pinball loss of a quantile: (τ - 1{y &lt; q})(y - q).</summary>
    /// <param name="quantile">The predicted quantile q, finite.</param>
    /// <param name="level">Its level τ, in [0, 1].</param>
    /// <param name="observed">What was observed, y, finite.</param>
    public static double Pinball(double quantile, double level, double observed)
    {
        Guard.InRange(level, 0, 1);
        return (level - (Guard.Finite(observed) < Guard.Finite(quantile) ? 1 : 0)) * (observed - quantile);
    }

    /// <summary>Interval score: the width, and 2/(1 - coverage) times the distance where the observation lies outside.</summary>
    /// <param name="lower">Lower end, finite.</param>
    /// <param name="upper">Upper end, at least the lower one, finite.</param>
    /// <param name="coverage">The share of observations that the interval is meant to hold, in [0, 1).</param>
    /// <param name="observed">What was observed, finite.</param>
    public static double OfInterval(double lower, double upper, double coverage, double observed)
    {
        Guard.NonNegative(Guard.Finite(upper) - Guard.Finite(lower), nameof(upper));
        Guard.InRange(coverage, 0, Math.BitDecrement(1.0));
        Guard.Finite(observed);
        return upper - lower + (2 / (1 - coverage) * (Math.Max(0, lower - observed) + Math.Max(0, observed - upper)));
    }

    // E|X - d| of a normal X with mean 0.
    private static double ExpectedDistance(double distance, double deviation)
    {
        var z = distance / deviation;
        return deviation * ((z * ((2 * Normal.CDF(0, 1, z)) - 1)) + (2 * Normal.PDF(0, 1, z)));
    }

    private static void CheckMixture(IReadOnlyList<double> means, IReadOnlyList<double> deviations)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(deviations);
        Guard.AtLeast(means.Count, 1, nameof(means));
        Guard.SameLength(deviations.Count, means.Count, nameof(deviations));
        for (var i = 0; i < means.Count; i++)
        {
            Guard.Finite(means[i], nameof(means));
            Guard.Positive(deviations[i], nameof(deviations));
        }
    }
}
