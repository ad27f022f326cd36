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

    /// <summary>Standard deviation of the uplink SNR that neither the link budget nor the terminal's own estimate sees, dB, at least 0.</summary>
    public double LinkBiasDb { get => linkBiasDb; init => linkBiasDb = Guard.NonNegative(value); }

    /// <summary>Log standard deviation of the weight of another job on the server, at least 0.</summary>
    public double ServerLoad { get => serverLoad; init => serverLoad = Guard.NonNegative(value); }

    /// <summary>Errors as large as the predictions of the two processors were found to be.</summary>
    /// <remarks>
    /// <para>Compute and bandwidth errors are the log standard deviations of predicted against measured prefill and decode speed: of the fit where rows of the device were measured, of devices left out of
    /// the fit where only its data sheet is known.</para>
    /// <para>Assumptions, nothing measured stands behind them: the link bias of 3 dB (interference and noise rise at the base station, which a
    /// terminal that measures the downlink does not see; well below the shadowing, which is drawn apart), and the server load's 0.3 (another job weighs between about 3/4 and 4/3 of a request).</para>
    /// </remarks>
    /// <param name="deviceCompute">Log standard deviation of the device's prefill speed, at least 0.</param>
    /// <param name="deviceBandwidth">Log standard deviation of the device's decode speed, at least 0.</param>
    /// <param name="serverCompute">Log standard deviation of the server's prefill speed, at least 0.</param>
    /// <param name="serverBandwidth">Log standard deviation of the server's decode speed, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or negative.</exception>
    public static PriorErrors FromPredictions(double deviceCompute, double deviceBandwidth, double serverCompute, double serverBandwidth) => new()
    {
        DeviceCompute = deviceCompute,
        DeviceBandwidth = deviceBandwidth,
        ServerCompute = serverCompute,
        ServerBandwidth = serverBandwidth,
        LinkBiasDb = 3,
        ServerLoad = 0.3,
    };
}
