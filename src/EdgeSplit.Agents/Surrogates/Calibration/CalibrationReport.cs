using MathNet.Numerics.Distributions;

namespace EdgeSplit.Agents.Surrogates.Calibration;

/// <summary>Coverage of the central intervals of one group of predictions: shares of observations inside.</summary>
/// <param name="Group">The group.</param>
/// <param name="Count">Number of predictions.</param>
/// <param name="Within50">Inside the central 50 % interval.</param>
/// <param name="Within80">Inside the central 80 % interval.</param>
/// <param name="Within95">Inside the central 95 % interval.</param>
public sealed record GroupCoverage(string Group, int Count, double Within50, double Within80, double Within95);

/// <summary>How good predicted uncertainties are, on observations that were not learned from.</summary>
/// <param name="Count">Number of predictions.</param>
/// <param name="NegativeLogLikelihood">Mean negative log-likelihood, nats.</param>
/// <param name="Crps">Mean CRPS, in the unit of what is observed.</param>
/// <param name="ConstantWidthCrps">Mean CRPS of the same means with one width for all, the root mean square of the residuals: what knowing when to be unsure is worth is the difference.</param>
/// <param name="Sharpness">Root mean square of the predicted standard deviations.</param>
/// <param name="IntervalScore">Mean interval score over the coverages 0.01 to 0.99.</param>
/// <param name="CheckScore">Mean pinball loss over the levels 0.01 to 0.99.</param>
/// <param name="Curve">The calibration curve of quantiles.</param>
/// <param name="Coverage">Coverage of all predictions together.</param>
/// <param name="ByGroup">Coverage by group, in the groups' alphabetical order; empty where no row names a group.</param>
public sealed record CalibrationReport(
    int Count,
    double NegativeLogLikelihood,
    double Crps,
    double ConstantWidthCrps,
    double Sharpness,
    double IntervalScore,
    double CheckScore,
    CalibrationCurve Curve,
    GroupCoverage Coverage,
    IReadOnlyList<GroupCoverage> ByGroup)
{
    private static readonly double[] Levels = [.. Enumerable.Range(1, 99).Select(i => i / 100.0)];

    /// <summary>Judges predictions.</summary>
    /// <param name="rows">The predictions, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public static CalibrationReport Of(IReadOnlyList<GaussianPrediction> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Guard.AtLeast(rows.Count, 1, nameof(rows));

        // Where all residuals are 0 the constant width is 0, and the score of a certain and right prediction is 0.
        var width = Math.Sqrt(rows.Average(row => (row.Observed - row.Mean) * (row.Observed - row.Mean)));
        var groups = rows.GroupBy(row => row.Group, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        return new CalibrationReport(
            rows.Count,
            rows.Average(row => ProbabilisticScore.NegativeLogLikelihood(row.Mean, row.Deviation, row.Observed)),
            rows.Average(row => ProbabilisticScore.Crps(row.Mean, row.Deviation, row.Observed)),
            width > 0 ? rows.Average(row => ProbabilisticScore.Crps(row.Mean, width, row.Observed)) : 0,
            Math.Sqrt(rows.Average(row => row.Deviation * row.Deviation)),
            Levels.Average(coverage => rows.Average(row => IntervalScoreOf(row, coverage))),
            Levels.Average(level => rows.Average(row => ProbabilisticScore.Pinball(row.Mean + (row.Deviation * Normal.InvCDF(0, 1, level)), level, row.Observed))),
            CalibrationCurve.OfQuantiles([.. rows.Select(row => row.Residual)]),
            CoverageOf("all", [.. rows]),
            groups is [{ Key: "" }] ? [] : [.. groups.Select(group => CoverageOf(group.Key, [.. group]))]);
    }

    private static GroupCoverage CoverageOf(string group, GaussianPrediction[] rows)
    {
        var curve = CalibrationCurve.OfIntervals([.. rows.Select(row => row.Residual)], [0.5, 0.8, 0.95]);
        return new GroupCoverage(group, rows.Length, curve.Observed[0], curve.Observed[1], curve.Observed[2]);
    }

    private static double IntervalScoreOf(GaussianPrediction row, double coverage)
    {
        var half = row.Deviation * Normal.InvCDF(0, 1, (1 + coverage) / 2);
        return ProbabilisticScore.OfInterval(row.Mean - half, row.Mean + half, coverage, row.Observed);
    }
}
