using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>A mean with its 95 % confidence interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Lower">Lower end; NaN where there are fewer than two values.</param>
/// <param name="Upper">Upper end; NaN where there are fewer than two values.</param>
public sealed record Interval(double Mean, double Lower, double Upper)
{
    /// <summary>The t-interval of the mean of independent values, one per seed; of paired differences when the values are differences on equal seeds.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Interval Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("At least one value is needed.", nameof(values));
        }

        var mean = values.Mean();
        if (values.Count == 1)
        {
            return new Interval(mean, double.NaN, double.NaN);
        }

        var half = StudentT.InvCDF(0, 1, values.Count - 1, 0.975) * values.StandardDeviation() / Math.Sqrt(values.Count);
        return new Interval(mean, mean - half, mean + half);
    }
}
