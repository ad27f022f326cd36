using MathNet.Numerics.Distributions;

namespace EdgeSplit.Agents.Surrogates.Calibration;

/// <summary>Recalibration by a rising map of predicted probabilities to observed frequencies, straight between the points that it was fitted to.</summary>
/// <remarks>It can correct skew and heavy tails, which one factor cannot; it wants some hundred observations. Immutable. Source: V. Kuleshov, N. Fenner, S. Ermon, ICML 2018,
/// arXiv 1807.00263.</remarks>
public sealed class IsotonicRecalibration
{
    private readonly double[] predicted;
    private readonly double[] frequencies;

    private IsotonicRecalibration(double[] predicted, double[] frequencies)
    {
        this.predicted = predicted;
        this.frequencies = frequencies;
    }

    /// <summary>Fits the map.</summary>
    /// <param name="rows">Predictions that were not learned from, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public static IsotonicRecalibration Fit(IReadOnlyList<GaussianPrediction> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Guard.AtLeast(rows.Count, 1, nameof(rows));

        // The frequency of values below the i-th of n is between i/n and (i + 1)/n; equal predictions share their mean.
        double[] sorted = [.. rows.Select(row => Normal.CDF(0, 1, row.Residual)).Order()];
        var points = sorted.Select((p, i) => (Predicted: p, Frequency: (i + 0.5) / sorted.Length))
            .GroupBy(point => point.Predicted).Select(group => (Predicted: group.Key, Frequency: group.Average(point => point.Frequency), Weight: (double)group.Count())).ToArray();
        var fitted = IsotonicRegression.Fit([.. points.Select(point => point.Frequency)], [.. points.Select(point => point.Weight)]);
        return new IsotonicRecalibration([0, .. points.Select(point => point.Predicted), 1], [0, .. fitted, 1]);
    }

    /// <summary>The recalibrated probability.</summary>
    /// <param name="probability">The predicted probability of a value or less, in [0, 1].</param>
    public double Apply(double probability) => Interpolate(predicted, frequencies, Guard.InRange(probability, 0, 1));

    /// <summary>The recalibrated quantile of a prediction.</summary>
    /// <param name="row">The prediction.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public double Quantile(GaussianPrediction row, double level)
    {
        ArgumentNullException.ThrowIfNull(row);
        Guard.InRange(level, double.Epsilon, Math.BitDecrement(1.0));
        return row.Mean + (row.Deviation * Normal.InvCDF(0, 1, Interpolate(frequencies, predicted, level)));
    }

    private static double Interpolate(double[] x, double[] y, double at)
    {
        var right = Array.BinarySearch(x, at);
        if (right >= 0)
        {
            return y[right];
        }

        right = ~right;
        var share = (at - x[right - 1]) / (x[right] - x[right - 1]);
        return y[right - 1] + (share * (y[right] - y[right - 1]));
    }
}
