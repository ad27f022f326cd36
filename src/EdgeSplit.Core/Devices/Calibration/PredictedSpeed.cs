namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>A measured speed beside what was predicted.</summary>
/// <param name="Sample">What was measured.</param>
/// <param name="PredictedTokensPerSecond">Predicted speed, tokens per second.</param>
/// <param name="LogStandardDeviation">How sure the prediction was: standard deviation of ln(predicted / measured).</param>
public sealed record PredictedSpeed(SpeedSample Sample, double PredictedTokensPerSecond, double LogStandardDeviation)
{
    private const double NinetyPercent = 1.6448536269514722; // 0.95 quantile of the normal distribution

    /// <summary>ln(predicted / measured): above 0 is predicted too fast.</summary>
    public double LogError => Math.Log(PredictedTokensPerSecond / Sample.Row.TokensPerSecond);

    /// <summary>|predicted / measured - 1|, a ratio.</summary>
    public double AbsoluteError => Math.Abs((PredictedTokensPerSecond / Sample.Row.TokensPerSecond) - 1);

    /// <summary>Lower end of the nominal 90 % band, tokens per second.</summary>
    public double LowTokensPerSecond => PredictedTokensPerSecond * Math.Exp(-NinetyPercent * LogStandardDeviation);

    /// <summary>Upper end of the nominal 90 % band, tokens per second.</summary>
    public double HighTokensPerSecond => PredictedTokensPerSecond * Math.Exp(NinetyPercent * LogStandardDeviation);

    /// <summary>Whether the measured speed lies in the band.</summary>
    public bool IsCovered => Sample.Row.TokensPerSecond >= LowTokensPerSecond && Sample.Row.TokensPerSecond <= HighTokensPerSecond;
}
