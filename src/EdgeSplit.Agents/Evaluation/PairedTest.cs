using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Student's t-test of paired values: is the mean difference 0?</summary>
/// <param name="Difference">Mean of first - second with its 95 % interval.</param>
/// <param name="Statistic">The t statistic; infinite where all differences are equal and not 0, 0 where all are 0.</param>
/// <param name="DegreesOfFreedom">Number of pairs - 1.</param>
/// <param name="TwoSidedProbability">The p-value: how likely so large a statistic is where the true mean is 0.</param>
public sealed record PairedTest(Interval Difference, double Statistic, int DegreesOfFreedom, double TwoSidedProbability)
{
    /// <summary>Tests pairs.</summary>
    /// <param name="first">First values, at least two.</param>
    /// <param name="second">Second values, paired with the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two pairs, or the numbers differ.</exception>
    public static PairedTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Guard.AtLeast(first.Count, 2, nameof(first));
        Guard.SameLength(second.Count, first.Count, nameof(second));
        double[] differences = [.. first.Zip(second, (a, b) => Guard.Finite(a - b, nameof(first)))];
        var mean = differences.Mean();
        var error = differences.StandardDeviation() / Math.Sqrt(differences.Length);
        var statistic = mean == 0 ? 0 : mean / error;
        var freedom = differences.Length - 1;
        return new PairedTest(Interval.Of(differences), statistic, freedom, 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(statistic)));
    }
}
