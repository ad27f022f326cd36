using EdgeSplit.Agents.Surrogates.Calibration;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Tests.Learning;
using MathNet.Numerics.Distributions;

namespace EdgeSplit.Tests.Surrogates.Calibration;

public sealed class ProbabilisticScoreTests
{
    // learning.md, section 3.2.
    [Theory]
    [InlineData(0, 1, 0, 0.918938533205, 0.233694977255)]
    [InlineData(0, 1, 1, 1.418938533205, 0.602441357628)]
    [InlineData(10, 3, 25, 14.517550821873, 13.307431570127)]
    public void Known_values(double mean, double deviation, double observed, double likelihood, double crps)
    {
        Assert.Equal(likelihood, ProbabilisticScore.NegativeLogLikelihood(mean, deviation, observed), 1e-11);
        Assert.Equal(crps, ProbabilisticScore.Crps(mean, deviation, observed), 1e-11);
        Assert.Equal(crps, ProbabilisticScore.MixtureCrps([mean, mean], [deviation, deviation], observed), 1e-11);
    }

    [SharedDataFact]
    public void Golden_values()
    {
        Assert.Equal(15, LearningGolden.Check("gaussian_score", (quantity, inputs) =>
        {
            double Of(string name) => inputs.GetProperty(name).GetDouble();
            var loss = ProbabilisticScore.NegativeLogLikelihood(Of("mean"), Of("std"), Of("observation"));
            return quantity switch
            {
                "negative_log_likelihood" => [loss],
                "ensemble_loss_form" => [(2 * loss) - Math.Log(2 * Math.PI)],
                "crps" => [ProbabilisticScore.Crps(Of("mean"), Of("std"), Of("observation"))],
                _ => null,
            };
        }));
        Assert.Equal(7, LearningGolden.Check("ensemble_score", (quantity, inputs) => quantity switch
        {
            "crps_of_samples" => [ProbabilisticScore.CrpsOfSamples(LearningGolden.Numbers(inputs.GetProperty("samples")), inputs.GetProperty("observation").GetDouble())],
            "mixture_negative_log_likelihood" =>
            [
                ProbabilisticScore.MixtureNegativeLogLikelihood(
                    LearningGolden.Numbers(inputs.GetProperty("means")), [.. LearningGolden.Numbers(inputs.GetProperty("variances")).Select(Math.Sqrt)], inputs.GetProperty("observation").GetDouble()),
            ],
            _ => null,
        }));
        Assert.Equal(2, LearningGolden.Check("interval_score", (_, inputs) =>
        {
            double Of(string name) => inputs.GetProperty(name).GetDouble();
            return [ProbabilisticScore.OfInterval(Of("lower"), Of("upper"), 1 - Of("alpha"), Of("observation"))];
        }));
        Assert.Equal(3, LearningGolden.Check("pinball_loss", (_, inputs) =>
        {
            double Of(string name) => inputs.GetProperty(name).GetDouble();
            return [ProbabilisticScore.Pinball(Of("quantile"), Of("level"), Of("observation"))];
        }));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(0.4)]
    [InlineData(6)]
    public void The_closed_forms_are_the_integral_of_the_squared_difference_of_distribution_functions(double observed)
    {
        double[] means = [-1, 0.5, 3];
        double[] deviations = [0.4, 1.5, 0.8];
        Assert.Equal(Integral(t => Normal.CDF(0.5, 1.5, t)), ProbabilisticScore.Crps(0.5, 1.5, observed), 1e-5);
        Assert.Equal(Integral(t => means.Zip(deviations, (m, s) => Normal.CDF(m, s, t)).Average()), ProbabilisticScore.MixtureCrps(means, deviations, observed), 1e-5);
        Assert.Equal(Integral(t => means.Count(m => m <= t) / 3.0), ProbabilisticScore.CrpsOfSamples(means, observed), 1e-3);
        Assert.Equal(
            -Math.Log(means.Zip(deviations, (m, s) => Normal.PDF(m, s, observed)).Average()), ProbabilisticScore.MixtureNegativeLogLikelihood(means, deviations, observed), 1e-9);

        double Integral(Func<double, double> distribution)
        {
            const double Step = 1e-3;
            var sum = 0.0;
            for (var i = 0; i < 40_000; i++)
            {
                var t = -20 + ((i + 0.5) * Step);
                var difference = distribution(t) - (observed <= t ? 1 : 0);
                sum += difference * difference * Step;
            }

            return sum;
        }
    }

    [Fact]
    public void Far_from_all_members_the_likelihood_of_a_mixture_does_not_underflow() =>
        Assert.Equal((0.5 * 1e6) + (0.5 * Math.Log(2 * Math.PI)) + Math.Log(2), ProbabilisticScore.MixtureNegativeLogLikelihood([0, -1e3], [1, 1], 1e3), 1e-6);

    /// <summary>A proper score is least, on average, for the distribution that the observations come from.</summary>
    [Fact]
    public void The_scores_are_proper()
    {
        var truth = new NormalDistribution(1, 2);
        var random = new RandomSource(StreamKey.Create(1, "test/proper"));
        var observed = Enumerable.Range(0, 20_000).Select(_ => truth.Sample(ref random)).ToArray();
        Func<double, double, double, double>[] scores =
        [
            ProbabilisticScore.NegativeLogLikelihood,
            ProbabilisticScore.Crps,
            (mean, deviation, y) => ProbabilisticScore.Pinball(mean + (deviation * Normal.InvCDF(0, 1, 0.9)), 0.9, y),
            (mean, deviation, y) => ProbabilisticScore.OfInterval(mean - (1.2815515655446 * deviation), mean + (1.2815515655446 * deviation), 0.8, y),
        ];
        foreach (var score in scores)
        {
            double Mean(double mean, double deviation) => observed.Average(y => score(mean, deviation, y));
            var best = Mean(1, 2);
            Assert.True(best < Mean(1.5, 2) && best < Mean(0.5, 2) && best < Mean(1, 2.6) && best < Mean(1, 1.5));
        }
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ProbabilisticScore.Crps(0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProbabilisticScore.NegativeLogLikelihood(0, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProbabilisticScore.OfInterval(1, 0, 0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProbabilisticScore.MixtureCrps([0], [1, 1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianPrediction(0, -1, 0));
    }
}
