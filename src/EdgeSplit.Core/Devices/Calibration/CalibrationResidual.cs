using EdgeSplit.Core.Devices.Benchmarks;

namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>One row of a calibration beside its fitted speed.</summary>
/// <param name="Location">Where the row stands.</param>
/// <param name="Model">The model.</param>
/// <param name="Format">The weight format.</param>
/// <param name="Phase">Prefill or decode.</param>
/// <param name="MeasuredTokensPerSecond">Measured speed, tokens per second.</param>
/// <param name="FittedTokensPerSecond">Speed of the fitted profile, tokens per second.</param>
public sealed record CalibrationResidual(string Location, string Model, string Format, BenchmarkPhase Phase, double MeasuredTokensPerSecond, double FittedTokensPerSecond)
{
    /// <summary>fitted / measured - 1: above 0 is fitted too fast.</summary>
    public double RelativeError => (FittedTokensPerSecond / MeasuredTokensPerSecond) - 1;
}
