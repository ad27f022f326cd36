using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Evaluation;

public sealed class PairedTestsTests
{
    /// <summary>Student's sleep data: ten patients, two drugs; t = -4.0621, p = 0.002833 (R, t.test, data set "sleep").</summary>
    [Fact]
    public void The_paired_test_of_students_own_data()
    {
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
        double[] second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        var test = PairedTest.Of(first, second);
        Assert.Equal(-4.0621, test.Statistic, 1e-4);
        Assert.Equal(9, test.DegreesOfFreedom);
        Assert.Equal(0.002833, test.TwoSidedProbability, 1e-6);
        Assert.Equal(-1.58, test.Difference.Mean, 1e-12);
        Assert.Equal(-2.4598858, test.Difference.Lower, 1e-7);
        Assert.Equal(-0.7001142, test.Difference.Upper, 1e-7);
    }

    [Fact]
    public void Non_inferiority_is_the_upper_bound_below_the_margin()
    {
        // Differences 0, 2 and 4 % of the cost: mean 2 %, deviation 2 %, t(2, 0.95) = 2.919986.
        var test = NonInferiority.Test([1, 1.02, 1.04], [1, 1, 1], 0.06);
        Assert.Equal(0.02, test.MeanDifference, 1e-12);
        Assert.Equal(0.02 + (2.919986 * 0.02 / Math.Sqrt(3)), test.UpperBound, 1e-8);
        Assert.Equal(3, test.Seeds);
        Assert.True(test.IsNonInferior);
        Assert.False(test.IsSuperior);
        Assert.False(NonInferiority.Test([1, 1.02, 1.04], [1, 1, 1], 0.05).IsNonInferior);
        Assert.True(NonInferiority.Test([0.9, 0.91, 0.92], [1, 1, 1]).IsSuperior);
    }

    /// <summary>At the margin itself the verdict "not worse" must come in one of twenty cases.</summary>
    [Fact]
    public void A_policy_at_the_margin_passes_in_five_per_cent_of_all_cases()
    {
        const int Cases = 4000;
        var noise = new NormalDistribution(0, 0.02);
        var passed = 0;
        for (var i = 0; i < Cases; i++)
        {
            var random = new RandomSource(StreamKey.Create(1, "test/non-inferiority"), (ulong)i);
            double[] costs = [.. Enumerable.Range(0, 10).Select(_ => 1.01 + noise.Sample(ref random))];
            passed += NonInferiority.Test(costs, [.. Enumerable.Repeat(1.0, 10)]).IsNonInferior ? 1 : 0;
        }

        Assert.Equal(0.05, passed / (double)Cases, 5 * Math.Sqrt(0.05 * 0.95 / Cases));
    }

    [Fact]
    public void Pairs_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NonInferiority.Test([1], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => NonInferiority.Test([1, 2], [1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => NonInferiority.Test([1, double.NaN], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedTest.Of([1, 2], [1, 2, 3]));
    }
}
