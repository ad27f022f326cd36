using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Whether a policy costs at most a margin more than greedy on belief: a one-sided test at 95 %, paired over seeds.</summary>
/// <param name="UpperBound">One-sided 95 % upper bound of the relative difference of cost.</param>
/// <param name="Margin">The margin, a share of the cost.</param>
public sealed record NonInferiority(double UpperBound, double Margin)
{
    /// <summary>The usual margin: 1 % of the cost.</summary>
    public const double UsualMargin = 0.01;

    /// <summary>Of fewer seeds the test says nothing.</summary>
    public const int LeastSeeds = 20;

    /// <summary>Whether the policy is not inferior: the bound lies under the margin.</summary>
    public bool IsShown => UpperBound < Margin;

    /// <summary>Tests the relative differences of cost, one per seed, by the t-distribution.</summary>
    /// <param name="relativeDifferences">(policy - greedy) / greedy by seed.</param>
    /// <param name="margin">The margin, positive.</param>
    /// <returns>Null where there are fewer than <see cref="LeastSeeds"/> seeds.</returns>
    /// <exception cref="ArgumentNullException">There are no values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not positive.</exception>
    public static NonInferiority? Of(IReadOnlyList<double> relativeDifferences, double margin = UsualMargin)
    {
        ArgumentNullException.ThrowIfNull(relativeDifferences);
        Guard.Positive(margin);
        var n = relativeDifferences.Count;
        return n < LeastSeeds ? null : new NonInferiority(
            relativeDifferences.Mean() + (StudentT.InvCDF(0, 1, n - 1, 0.95) * relativeDifferences.StandardDeviation() / Math.Sqrt(n)),
            margin);
    }
}
