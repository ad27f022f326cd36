using EdgeSplit.Agents.Surrogates.Calibration;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Tests.Learning;
using MathNet.Numerics.Distributions;

namespace EdgeSplit.Tests.Surrogates.Calibration;

public sealed class CalibrationTests
{
    // learning.md, section 3.2: the second of the two small sets.
    private static readonly GaussianPrediction[] Five =
        [new(0, 0.5, 0.3), new(1, 0.5, 0.4), new(2, 1, 3.7), new(3, 2, 2.2), new(4, 0.25, 4.1)];

    [Fact]
    public void Known_values()
    {
        var report = CalibrationReport.Of(Five);
        Assert.Equal(1.004050224869, report.NegativeLogLikelihood, 1e-11);
        Assert.Equal(0.480103960104, report.Crps, 1e-11);
        Assert.Equal(0.242450708192, report.CheckScore, 1e-9);
        Assert.Equal(0.075575757576, report.Curve.MeanAbsoluteError, 1e-11);
        var other = CalibrationReport.Of([new(1, 0.1, 1.5), new(2, 0.5, 3), new(3, 1, 2)]);
        Assert.Equal(0.648074069841, other.Sharpness, 1e-11);
        Assert.Equal(3.207557008620, other.IntervalScore, 1e-9);
        double[] residuals = [.. Enumerable.Range(0, 20).Select(i => Normal.InvCDF(0, 1, (i + 0.5) / 20))];
        double[] levels = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
        Assert.Equal(0.1, CalibrationCurve.OfQuantiles([.. residuals.Select(z => 2 * z)], levels).MeanAbsoluteError, 1e-12);
        Assert.Equal(0.1130388331, CalibrationCurve.OfQuantiles([.. residuals.Select(z => 2 * z)], levels).RootMeanSquareError, 1e-10);
    }

    [SharedDataFact]
    public void Golden_values()
    {
        Assert.Equal(38, LearningGolden.Check("calibration", (quantity, inputs) =>
        {
            double[]? Of(string name) => inputs.TryGetProperty(name, out var value) ? LearningGolden.Numbers(value) : null;
            var residuals = Of("residual_z");
            GaussianPrediction[] rows = residuals is not null ? [.. residuals.Select(z => new GaussianPrediction(0, 1, z))]
                : [.. Of("means")!.Select((mean, i) => new GaussianPrediction(mean, Of("stds")![i], Of("observations")![i]))];
            residuals ??= [.. rows.Select(row => row.Residual)];
            var report = CalibrationReport.Of(rows);
            var quantiles = CalibrationCurve.OfQuantiles(residuals, Of("levels"));
            var intervals = CalibrationCurve.OfIntervals(residuals);
            return quantity switch
            {
                "observed_proportions" => quantiles.Observed,
                "mean_absolute_calibration_error" or "mace_quantile" => [quantiles.MeanAbsoluteError],
                "rms_calibration_error" or "rmsce_quantile" => [quantiles.RootMeanSquareError],
                "miscalibration_area_quantile" => [quantiles.MiscalibrationArea],
                "mace_interval" => [intervals.MeanAbsoluteError],
                "rmsce_interval" => [intervals.RootMeanSquareError],
                "miscalibration_area_interval" => [intervals.MiscalibrationArea],
                "sharpness" => [report.Sharpness],
                "interval_score" => [report.IntervalScore],
                "check_score" => [report.CheckScore],
                "mean_nll" => [report.NegativeLogLikelihood],
                "mean_crps" => [report.Crps],
                "coverage_50_80_95" => [report.Coverage.Within50, report.Coverage.Within80, report.Coverage.Within95],
                "optimal_std_multiplier" => [StandardDeviationScale.Fit(rows).Factor],
                _ => null,
            };
        }));
        Assert.Equal(4, LearningGolden.Check("isotonic_regression", (_, inputs) => IsotonicRegression.Fit(LearningGolden.Numbers(inputs.GetProperty("values")))));
    }

    /// <summary>The closed form of isotonic regression: the largest, over starts, of the smallest, over ends, of the weighted mean in between.</summary>
    [Fact]
    public void Pooling_is_the_closed_form()
    {
        Assert.Equal([1, 2.5, 2.5, 3.75, 3.75, 5], IsotonicRegression.Fit([1, 3, 2, 4, 3.5, 5]));
        for (var set = 0; set < 200; set++)
        {
            var random = new RandomSource(StreamKey.Create(1, "test/isotonic"), (ulong)set);
            var count = 1 + random.NextInt32(9);
            var (values, weights) = (new double[count], new double[count]);
            for (var i = 0; i < count; i++)
            {
                (values[i], weights[i]) = (random.NextInt32(5), 0.5 + random.NextUniform());
            }

            var fitted = IsotonicRegression.Fit(values, weights);
            for (var i = 0; i < count; i++)
            {
                var closed = Enumerable.Range(0, i + 1).Max(from => Enumerable.Range(i, count - i).Min(to =>
                    Enumerable.Range(from, to - from + 1).Sum(j => values[j] * weights[j]) / Enumerable.Range(from, to - from + 1).Sum(j => weights[j])));
                Assert.Equal(closed, fitted[i], 1e-12);
            }
        }
    }

    [Fact]
    public void The_best_factor_has_the_least_likelihood_loss_and_restores_coverage()
    {
        var rows = Draw(2000, 1, deviationFactor: 0.5, skewed: false);
        var scale = StandardDeviationScale.Fit(rows);
        Assert.Equal(2, scale.Factor, 0.1);
        double Loss(double factor) => rows.Average(row => ProbabilisticScore.NegativeLogLikelihood(row.Mean, row.Deviation * factor, row.Observed));
        Assert.True(Loss(scale.Factor) < Loss(scale.Factor * 1.02) && Loss(scale.Factor) < Loss(scale.Factor / 1.02));
        var fresh = CalibrationReport.Of([.. Draw(4000, 2, 0.5, false).Select(scale.Apply)]);
        Assert.Equal(0.8, fresh.Coverage.Within80, 5 * Math.Sqrt(0.16 / 4000));
    }

    [Fact]
    public void The_isotonic_map_restores_the_coverage_of_skewed_errors_where_a_factor_cannot()
    {
        var map = IsotonicRecalibration.Fit(Draw(4000, 3, 0.7, skewed: true));
        var factor = StandardDeviationScale.Fit(Draw(4000, 3, 0.7, skewed: true));
        var fresh = Draw(4000, 4, 0.7, skewed: true);
        foreach (var level in new[] { 0.05, 0.3, 0.5, 0.8, 0.95 })
        {
            Assert.Equal(level, fresh.Count(row => row.Observed <= map.Quantile(row, level)) / 4000.0, 0.035);
            Assert.Equal(level, map.Apply(Normal.CDF(0, 1, (map.Quantile(fresh[0], level) - fresh[0].Mean) / fresh[0].Deviation)), 1e-6);
        }

        var scaled = fresh.Select(factor.Apply).ToArray();
        Assert.True(scaled.Count(row => row.Residual <= 0) / 4000.0 > 0.6, "the errors have to be skewed");
    }

    [Fact]
    public void Knowing_when_to_be_unsure_is_worth_something_and_groups_are_told_apart()
    {
        var noise = new NormalDistribution(0, 1);
        var random = new RandomSource(StreamKey.Create(5, "test/groups"));
        var rows = new List<GaussianPrediction>();
        for (var i = 0; i < 4000; i++)
        {
            var wide = i % 2 == 0;
            rows.Add(new GaussianPrediction(0, wide ? 3 : 0.3, noise.Sample(ref random) * (wide ? 3 : 0.6), wide ? "b wide" : "a too narrow"));
        }

        var report = CalibrationReport.Of(rows);
        Assert.True(report.Crps < 0.95 * report.ConstantWidthCrps);
        Assert.Equal(["a too narrow", "b wide"], report.ByGroup.Select(group => group.Group));
        Assert.Equal(2000, report.ByGroup[0].Count);
        Assert.Equal((2 * Normal.CDF(0, 1, 1.959963984540054 / 2)) - 1, report.ByGroup[0].Within95, 0.05);
        Assert.Equal(0.95, report.ByGroup[1].Within95, 5 * Math.Sqrt(0.05 * 0.95 / 2000));
        Assert.Empty(CalibrationReport.Of(Five).ByGroup);
    }

    private static GaussianPrediction[] Draw(int count, ulong seed, double deviationFactor, bool skewed)
    {
        var noise = new NormalDistribution(0, 1);
        var random = new RandomSource(StreamKey.Create(seed, "test/calibration"));
        var rows = new GaussianPrediction[count];
        for (var i = 0; i < count; i++)
        {
            var deviation = 0.5 + random.NextUniform();
            var z = noise.Sample(ref random);
            rows[i] = new GaussianPrediction(i % 7, deviation * deviationFactor, (i % 7) + (deviation * (skewed ? Math.Exp(z) - 1.6487212707001282 : z)));
        }

        return rows;
    }
}
