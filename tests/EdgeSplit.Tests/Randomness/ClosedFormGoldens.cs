using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Randomness;

/// <summary>Closed forms against values computed with mpmath 1.3 at 30 digits (gammainc, ncdf) or by the formula in the comment.</summary>
public class ClosedFormGoldens
{
    [Theory]
    [InlineData(0.5, 1e-10, 0.000011283791670578999555, 1e-14)]
    [InlineData(0.5, 0.3, 0.56142197391900013648, 1e-14)]
    [InlineData(1.5, 1e-6, 7.5225232671216935698e-10, 1e-14)]
    [InlineData(2.5, 1e-3, 9.5085345986079498136e-9, 1e-14)]
    [InlineData(2.5, 2, 0.45058404864721976739, 1e-14)]
    [InlineData(2.5, 30, 0.99999999998784543022, 1e-14)]
    [InlineData(20, 5, 3.4521358209144602461e-7, 1e-14)]
    [InlineData(20, 20, 0.52974273316076001269, 1e-14)]
    [InlineData(20, 45, 0.99998976295355892076, 1e-14)]
    [InlineData(0.01, 1e-5, 0.89633679826719720097, 1e-14)]
    [InlineData(0.001, 1e-20, 0.95554319630330350814, 1e-14)] // the general routine of Math.NET gives 0
    [InlineData(2, 1e-12, 4.9999999999966666667e-25, 1e-14)] // x^2 / 2 (1 - 2x/3)
    [InlineData(1, 1e-20, 1e-20, 1e-15)] // double.ExpM1 gives 0
    [InlineData(1000, 950, 0.055054686230738034495, 1e-11)]
    [InlineData(1000, 1100, 0.99894067674607002265, 1e-14)]
    [InlineData(1e5, 1e5, 0.50042052211036517669, 1e-9)]
    [InlineData(1e6, 999000, 0.15865521357430365246, 1e-9)]
    public void Gamma(double shape, double x, double expected, double relative)
    {
        Assert.InRange((new GammaDistribution(shape, 7).CumulativeProbability(7 * x) / expected) - 1, -relative, relative);
    }

    [Theory]
    [InlineData(-37, 5.7255712225245768227e-300, 1e-12)]
    [InlineData(-20, 2.7536241186062336951e-89, 1e-13)]
    [InlineData(-8, 6.2209605742717841235e-16, 2e-14)]
    [InlineData(-2, 0.0227501319481792072, 1e-15)]
    [InlineData(-0.3, 0.38208857781104736693, 1e-15)]
    [InlineData(1, 0.84134474606854294859, 1e-15)]
    [InlineData(6, 0.99999999901341235496, 1e-15)]
    public void Normal(double z, double expected, double relative)
    {
        Assert.InRange((new NormalDistribution(0, 1).CumulativeProbability(z) / expected) - 1, -relative, relative);
        Assert.InRange((new LogNormalDistribution(0, 1).CumulativeProbability(Math.Exp(z)) / expected) - 1, -1e-11, 1e-11);
    }

    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(1e-20, 1e-20)]
    [InlineData(1e-10, 9.9999999995000000000e-11)] // x - x^2/2
    [InlineData(1e-3, 9.9950016662500833e-4)] // x - x^2/2 + x^3/6 - x^4/24; Math.NET's Expm1 is wrong in the 10th digit here
    [InlineData(0.1, 0.095162581964040431859)]
    [InlineData(2, 0.86466471676338730811)]
    public void Exponential(double x, double expected)
    {
        Assert.InRange((new ExponentialDistribution(0.125).CumulativeProbability(8 * x) / expected) - 1, -5e-16, 5e-16);
    }

    [Fact]
    public void Poisson_of_rate_two()
    {
        // e^-2, 3 e^-2, 5 e^-2
        var distribution = new PoissonDistribution(2);
        Assert.Equal(0.13533528323661269189, distribution.CumulativeProbability(0), 1e-15);
        Assert.Equal(3 * 0.13533528323661269189, distribution.CumulativeProbability(1.99), 5e-15);
        Assert.Equal(5 * 0.13533528323661269189, distribution.CumulativeProbability(2), 5e-15);
        Assert.Equal(0, distribution.CumulativeProbability(-0.001));
    }

    [Fact]
    public void A_quantile_table_with_a_repeated_value_gives_that_value_its_probability()
    {
        var distribution = new QuantileDistribution([0, 0.25, 0.75, 1], [0, 4, 4, 8]);
        Assert.Equal(4, distribution.Mean);
        Assert.Equal(8.0 / 3, distribution.Variance, 1e-15); // half of the mass at a mean squared distance of 16/3 from the mean
        Assert.Equal(0.125, distribution.CumulativeProbability(2));
        Assert.Equal(0.75, distribution.CumulativeProbability(4));
        Assert.Equal(0.25, distribution.CumulativeProbability(Math.BitDecrement(4)), 1e-15);
    }

    [Fact]
    public void A_table_of_a_straight_line_is_the_uniform_distribution()
    {
        var table = new QuantileDistribution([0, 0.3, 1], [2, 5, 12]);
        var uniform = new UniformDistribution(2, 12);
        Assert.Equal(uniform.Mean, table.Mean, 1e-14);
        Assert.Equal(uniform.Variance, table.Variance, 1e-13);
        Assert.Equal(uniform.CumulativeProbability(7.7), table.CumulativeProbability(7.7), 1e-15);
    }

    [Fact]
    public void Moments_of_the_log_normal_distribution()
    {
        var distribution = new LogNormalDistribution(0.5, 1e-6);
        Assert.Equal(Math.Exp(0.5), distribution.Mean, 1e-11);
        Assert.Equal(1e-12 * Math.E, distribution.Variance, 1e-23); // (e^(s^2) - 1) e^(2m + s^2) with all its digits
    }

    [Fact]
    public void Degenerate_distributions_give_a_single_value()
    {
        var random = new RandomSource(default);
        Assert.Equal(3, new UniformDistribution(3, 3).Sample(ref random));
        Assert.Equal(3, new NormalDistribution(3, 0).Sample(ref random));
        Assert.Equal(1, new LogNormalDistribution(0, 0).Sample(ref random));
        Assert.Equal(0, new PoissonDistribution(0).Sample(ref random));
        Assert.Equal(0, new CategoricalDistribution([5]).Sample(ref random));
        Assert.Equal(3, new QuantileDistribution([0, 1], [3, 3]).Sample(ref random));
        Assert.Equal(0, new NormalDistribution(3, 0).CumulativeProbability(Math.BitDecrement(3)));
        Assert.Equal(1, new NormalDistribution(3, 0).CumulativeProbability(3));
        Assert.Equal(1, new LogNormalDistribution(0, 0).CumulativeProbability(1));
        Assert.Equal(1, new UniformDistribution(3, 3).CumulativeProbability(3));
        Assert.Equal(1, new PoissonDistribution(0).CumulativeProbability(0));
    }
}
