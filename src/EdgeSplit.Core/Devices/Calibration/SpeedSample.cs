using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>One measured speed, matched: what ran, on which processor, with which engine.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed record SpeedSample
{
    /// <summary>The row as the file states it.</summary>
    public required BenchmarkRow Row { get; init; }

    /// <summary>The processor.</summary>
    public required DeviceSheet Sheet { get; init; }

    /// <summary>The engine.</summary>
    public required InferenceEngine Engine { get; init; }

    /// <summary>Processor threads; null for all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Name of the catalogue's model.</summary>
    public required string Model { get; init; }

    /// <summary>Name of the weight format.</summary>
    public required string Format { get; init; }

    /// <summary>The work, unit by unit.</summary>
    public required ModelWork Work { get; init; }

    /// <summary>ln(predicted / measured speed) on a profile; above 0 is predicted too fast.</summary>
    /// <param name="profile">The profile.</param>
    public double LogError(IComputeProfile profile) => Math.Log(Work.TokensPerSecond(profile) / Row.TokensPerSecond);
}
