using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using LogNormal = MathNet.Numerics.Distributions.LogNormal;

namespace EdgeSplit.Tests.Surrogates;

public sealed class LogNormalMixtureTests
{
    [Fact]
    public void One_component_is_the_log_normal_law()
    {
        var mixture = new LogNormalMixture(1);
        mixture.Add(0.7, 0.4);
        var law = new LogNormal(0.7, 0.4);
        Assert.Equal(law.Mean, mixture.Mean, 1e-12);
        Assert.Equal((0.7, 0.4), (mixture.LogMoments.Mean, Math.Round(mixture.LogMoments.Deviation, 12)));
        foreach (var probability in new[] { 0.001, 0.05, 0.5, 0.95, 0.999 })
        {
            Assert.Equal(law.InverseCumulativeDistribution(probability), mixture.Quantile(probability), 1e-6);
            Assert.Equal(probability, mixture.CumulativeProbability(mixture.Quantile(probability)), 1e-9);
        }
    }

    [Fact]
    public void The_moments_of_the_logarithm_add_up_by_the_law_of_total_variance()
    {
        // Means 1, 2, 4 and variances 0.25, 1, 0.5: total variance 2.1388888889.
        var mixture = new LogNormalMixture(3);
        mixture.Add(1, 0.5);
        mixture.Add(2, 1);
        mixture.Add(4, Math.Sqrt(0.5));
        Assert.Equal(2.3333333333333335, mixture.LogMoments.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(2.138888888888889), mixture.LogMoments.Deviation, 1e-12);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var mixture = new LogNormalMixture(1);
        Assert.Throws<InvalidOperationException>(() => mixture.Quantile(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => mixture.Add(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => mixture.Add(0, 0));
        mixture.Add(0, 1);
        Assert.Throws<InvalidOperationException>(() => mixture.Add(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => mixture.Quantile(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => mixture.Quantile(1));
    }

    [Fact]
    public void The_strata_of_lengths_keep_the_mean_and_rise()
    {
        foreach (IDistribution lengths in new IDistribution[] { new UniformDistribution(0, 80), new ExponentialDistribution(0.02), new UniformDistribution(3, 4) })
        {
            var workload = new WorkloadModel { PromptTokens = lengths, OutputTokens = lengths, Source = "test", MaximumOutputTokens = 60 };
            var strata = LengthStrata.Of(workload);
            Assert.Equal(LengthStrata.Count, strata.Length);
            Assert.Equal(workload.ExpectedOutputTokens, strata.Average(), 1e-6);
            Assert.Equal(strata.Order(), strata);
        }
    }
}
