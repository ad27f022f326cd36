namespace EdgeSplit.Agents.Surrogates.Calibration;

/// <summary>A normal prediction and what was observed.</summary>
public sealed record GaussianPrediction
{
    /// <summary>Creates a row.</summary>
    /// <param name="mean">Predicted mean, finite.</param>
    /// <param name="deviation">Predicted standard deviation, positive.</param>
    /// <param name="observed">What was observed, finite.</param>
    /// <param name="group">What it belongs to, e.g. "split 4", for coverage by group; empty for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public GaussianPrediction(double mean, double deviation, double observed, string group = "")
    {
        ArgumentNullException.ThrowIfNull(group);
        Mean = Guard.Finite(mean);
        Deviation = Guard.Positive(deviation);
        Observed = Guard.Finite(observed);
        Group = group;
    }

    /// <summary>Predicted mean.</summary>
    public double Mean { get; }

    /// <summary>Predicted standard deviation.</summary>
    public double Deviation { get; }

    /// <summary>What was observed.</summary>
    public double Observed { get; }

    /// <summary>What it belongs to.</summary>
    public string Group { get; }

    /// <summary>The standardised residual (observed - mean)/deviation.</summary>
    public double Residual => (Observed - Mean) / Deviation;
}
