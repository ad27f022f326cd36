namespace EdgeSplit.Agents.Surrogates.Calibration;

/// <summary>Recalibration by one factor on all predicted standard deviations.</summary>
/// <param name="Factor">The factor, positive.</param>
public sealed record StandardDeviationScale(double Factor)
{
    /// <summary>The factor of least mean Gaussian negative log-likelihood: the root mean square of the standardised residuals.</summary>
    /// <param name="rows">Predictions that were not learned from, at least one, not all exact.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no rows, or all residuals are 0.</exception>
    public static StandardDeviationScale Fit(IReadOnlyList<GaussianPrediction> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Guard.AtLeast(rows.Count, 1, nameof(rows));
        return new StandardDeviationScale(Guard.Positive(Math.Sqrt(rows.Average(row => row.Residual * row.Residual)), nameof(rows)));
    }

    /// <summary>The prediction with its standard deviation times the factor.</summary>
    /// <param name="row">The prediction.</param>
    public GaussianPrediction Apply(GaussianPrediction row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new GaussianPrediction(row.Mean, row.Deviation * Factor, row.Observed, row.Group);
    }
}
