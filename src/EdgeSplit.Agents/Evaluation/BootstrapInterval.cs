using MathNet.Numerics.Statistics;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Confidence intervals from bootstrap replicates of a statistic.</summary>
public static class BootstrapInterval
{
    /// <summary>The percentile interval: the middle of the replicates.</summary>
    /// <param name="estimate">The statistic of the data.</param>
    /// <param name="replicates">Its bootstrap replicates, at least one.</param>
    /// <param name="confidence">Confidence, in (0, 1).</param>
    public static Interval Percentile(double estimate, IReadOnlyList<double> replicates, double confidence = 0.95)
    {
        var (lower, upper) = Tails(replicates, confidence);
        return new Interval(estimate, lower, upper);
    }

    /// <summary>The basic interval: the percentiles mirrored at the estimate.</summary>
    /// <param name="estimate">The statistic of the data.</param>
    /// <param name="replicates">Its bootstrap replicates, at least one.</param>
    /// <param name="confidence">Confidence, in (0, 1).</param>
    public static Interval Basic(double estimate, IReadOnlyList<double> replicates, double confidence = 0.95)
    {
        var (lower, upper) = Tails(replicates, confidence);
        return new Interval(estimate, (2 * estimate) - upper, (2 * estimate) - lower);
    }

    /// <summary>The value below which a share of the values lies: linear interpolation at position (n - 1)·share of the sorted values.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="share">The share, in [0, 1].</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Quantile(IReadOnlyList<double> values, double share)
    {
        ArgumentNullException.ThrowIfNull(values);
        Guard.InRange(share, 0, 1);
        return values.Count > 0 ? values.QuantileCustom(share, QuantileDefinition.R7)
            : throw new ArgumentException("At least one value is needed.", nameof(values));
    }

    private static (double Lower, double Upper) Tails(IReadOnlyList<double> replicates, double confidence)
    {
        Guard.InRange(confidence, double.Epsilon, Math.BitDecrement(1.0));
        return (Quantile(replicates, (1 - confidence) / 2), Quantile(replicates, (1 + confidence) / 2));
    }
}
