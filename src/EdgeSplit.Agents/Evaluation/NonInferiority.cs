using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>What a one-sided test of non-inferiority found: is a policy's cost at most a margin above a reference's?</summary>
/// <param name="MeanDifference">Mean of the relative differences (cost - reference)/reference, paired by seed; negative is cheaper.</param>
/// <param name="UpperBound">Upper end of their one-sided 95 % interval.</param>
/// <param name="Margin">The margin, as a share of the reference's cost.</param>
/// <param name="Seeds">Number of pairs.</param>
public sealed record NonInferiority(double MeanDifference, double UpperBound, double Margin, int Seeds)
{
    /// <summary>Confidence of the one-sided interval.</summary>
    public const double Confidence = 0.95;

    /// <summary>Whether the whole interval lies below the margin: the policy is not worse by more than that.</summary>
    public bool IsNonInferior => UpperBound < Margin;

    /// <summary>Whether the whole interval lies below 0: the policy is cheaper.</summary>
    public bool IsSuperior => UpperBound < 0;

    /// <summary>Tests paired costs.</summary>
    /// <remarks>The upper bound is that of Student's t for the mean of independent pairs.</remarks>
    /// <param name="costs">The policy's mean cost by seed, at least two seeds.</param>
    /// <param name="reference">The reference's mean cost by seed, positive, in the same order.</param>
    /// <param name="margin">The margin, as a share of the reference's cost, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two pairs, the numbers differ, a reference is not positive, or a cost is not finite.</exception>
    public static NonInferiority Test(IReadOnlyList<double> costs, IReadOnlyList<double> reference, double margin = 0.01)
    {
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(reference);
        Guard.AtLeast(costs.Count, 2, nameof(costs));
        Guard.SameLength(reference.Count, costs.Count, nameof(reference));
        Guard.NonNegative(margin);
        double[] differences = [.. costs.Zip(reference, (cost, other) => (Guard.Finite(cost, nameof(costs)) - other) / Guard.Positive(other, nameof(reference)))];
        var mean = differences.Mean();
        var bound = mean + (StudentT.InvCDF(0, 1, differences.Length - 1, Confidence) * differences.StandardDeviation() / Math.Sqrt(differences.Length));
        return new NonInferiority(mean, bound, margin, differences.Length);
    }
}
