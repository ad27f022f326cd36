namespace EdgeSplit.Core.Simulation;

/// <summary>How far the world may lie from the public profile: standard deviations of the hidden errors that each seed draws. Immutable.</summary>
/// <remarks>A factor is exp(N(0, sigma^2)) on the time of that kind of operation. Zero everywhere means that the prior is exact.</remarks>
public sealed record PriorErrors
{
    private readonly double deviceCompute;
    private readonly double deviceBandwidth;
    private readonly double serverCompute;
    private readonly double serverBandwidth;
    private readonly double linkBiasDb;
    private readonly double serverLoad;

    /// <summary>The belief is the world.</summary>
    public static PriorErrors Exact { get; } = new();

    /// <summary>Log standard deviation of the device's compute-bound time (prefill), at least 0.</summary>
    public double DeviceCompute { get => deviceCompute; init => deviceCompute = Guard.NonNegative(value); }

    /// <summary>Log standard deviation of the device's memory-bound time (decode), at least 0.</summary>
    public double DeviceBandwidth { get => deviceBandwidth; init => deviceBandwidth = Guard.NonNegative(value); }

    /// <summary>Log standard deviation of the server's compute-bound time, at least 0.</summary>
    public double ServerCompute { get => serverCompute; init => serverCompute = Guard.NonNegative(value); }

    /// <summary>Log standard deviation of the server's memory-bound time, at least 0.</summary>
    public double ServerBandwidth { get => serverBandwidth; init => serverBandwidth = Guard.NonNegative(value); }

    /// <summary>Standard deviation of the SNR that the link budget misses, dB, at least 0.</summary>
    public double LinkBiasDb { get => linkBiasDb; init => linkBiasDb = Guard.NonNegative(value); }

    /// <summary>Log standard deviation of the weight of another job on the server, at least 0.</summary>
    public double ServerLoad { get => serverLoad; init => serverLoad = Guard.NonNegative(value); }
}
