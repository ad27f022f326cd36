using MathNet.Numerics.Distributions;

namespace EdgeSplit.Agents.Surrogates.Calibration;

/// <summary>How often observations lie below predicted quantiles, or within centred intervals, against how often they should.</summary>
/// <remarks>Immutable. Source: V. Kuleshov, N. Fenner, S. Ermon, "Accurate uncertainties for deep learning using calibrated regression", ICML 2018, arXiv 1807.00263.</remarks>
public sealed class CalibrationCurve
{
    private CalibrationCurve(double[] levels, double[] observed)
    {
        Levels = levels;
        Observed = observed;
    }

    /// <summary>The proportions that are expected, rising.</summary>
    public IReadOnlyList<double> Levels { get; }

    /// <summary>The proportions that were observed, one per level.</summary>
    public IReadOnlyList<double> Observed { get; }

    /// <summary>Mean absolute calibration error.</summary>
    public double MeanAbsoluteError => Levels.Zip(Observed, (level, observed) => Math.Abs(observed - level)).Average();

    /// <summary>Root mean square calibration error.</summary>
    public double RootMeanSquareError => Math.Sqrt(Levels.Zip(Observed, (level, observed) => (observed - level) * (observed - level)).Average());

    /// <summary>Area between the curve, joined by straight lines, and the diagonal.</summary>
    public double MiscalibrationArea
    {
        get
        {
            var area = 0.0;
            for (var i = 1; i < Levels.Count; i++)
            {
                var (left, right) = (Observed[i - 1] - Levels[i - 1], Observed[i] - Levels[i]);
                var sum = Math.Abs(left) + Math.Abs(right);

                // Two triangles where the curve crosses the diagonal, a trapezoid elsewhere.
                var height = left * right < 0 ? ((left * left) + (right * right)) / sum : sum;
                area += (Levels[i] - Levels[i - 1]) * height / 2;
            }

            return area;
        }
    }

    /// <summary>The curve of quantiles: the share of observations whose predicted distribution function is at most the level.</summary>
    /// <param name="residuals">Standardised residuals (observed - mean)/deviation, at least one.</param>
    /// <param name="levels">Levels in [0, 1], rising; 100 equal steps from 0 to 1 where omitted.</param>
    public static CalibrationCurve OfQuantiles(IReadOnlyList<double> residuals, IReadOnlyList<double>? levels = null) =>
        Of(residuals, levels, z => Normal.CDF(0, 1, z));

    /// <summary>The curve of centred intervals: the share of observations inside the interval of that mass.</summary>
    /// <param name="residuals">Standardised residuals (observed - mean)/deviation, at least one.</param>
    /// <param name="levels">Levels in [0, 1], rising; 100 equal steps from 0 to 1 where omitted.</param>
    public static CalibrationCurve OfIntervals(IReadOnlyList<double> residuals, IReadOnlyList<double>? levels = null) =>
        Of(residuals, levels, z => (2 * Normal.CDF(0, 1, Math.Abs(z))) - 1);

    private static CalibrationCurve Of(IReadOnlyList<double> residuals, IReadOnlyList<double>? levels, Func<double, double> place)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        Guard.AtLeast(residuals.Count, 1, nameof(residuals));
        double[] expected = levels is null ? [.. Enumerable.Range(0, 100).Select(i => i / 99.0)] : [.. levels];
        Guard.AtLeast(expected.Length, 1, nameof(levels));
        for (var i = 0; i < expected.Length; i++)
        {
            Guard.InRange(expected[i], i == 0 ? 0 : expected[i - 1], 1, nameof(levels));
        }

        double[] places = [.. residuals.Select(z => place(Guard.Finite(z, nameof(residuals))))];
        return new CalibrationCurve(expected, [.. expected.Select(level => places.Count(value => value <= level) / (double)places.Length)]);
    }
}
