namespace EdgeSplit.Core.Simulation;

/// <summary>A lasting change of the world during a run: from one request on its hidden errors are others. Throttling, interference or a second tenant on the server look so. The belief does not hear of it. Immutable.</summary>
/// <remarks>Factors multiply those that held before, and decibels add to them: several changes act one upon the other. Nothing exogenous is drawn anew, so that the same requests, fading and jobs
/// are met with and without the change.</remarks>
public sealed record RegimeChange
{
    private readonly int request;
    private readonly double linkBiasDb;
    private readonly double serverLoadFactor = 1;
    private readonly double deviceComputeFactor = 1;
    private readonly double deviceBandwidthFactor = 1;
    private readonly double serverComputeFactor = 1;
    private readonly double serverBandwidthFactor = 1;

    /// <summary>The first request of the schedule that meets the change, at least 1. Counted in the order of the schedule, conversation by conversation.</summary>
    public required int Request { get => request; init => request = Guard.AtLeast(value, 1); }

    /// <summary>SNR that is lost on top, dB, finite; negative where the link becomes better.</summary>
    /// <value>The default value is 0.</value>
    public double LinkBiasDb { get => linkBiasDb; init => linkBiasDb = Guard.Finite(value); }

    /// <summary>Factor on the weight of another job on the server, positive.</summary>
    /// <value>The default value is 1.</value>
    public double ServerLoadFactor { get => serverLoadFactor; init => serverLoadFactor = Guard.Positive(value); }

    /// <summary>Factor on the device's compute-bound time, positive; above 1 is slower.</summary>
    /// <value>The default value is 1.</value>
    public double DeviceComputeFactor { get => deviceComputeFactor; init => deviceComputeFactor = Guard.Positive(value); }

    /// <summary>Factor on the device's memory-bound time, positive.</summary>
    /// <value>The default value is 1.</value>
    public double DeviceBandwidthFactor { get => deviceBandwidthFactor; init => deviceBandwidthFactor = Guard.Positive(value); }

    /// <summary>Factor on the server's compute-bound time, positive.</summary>
    /// <value>The default value is 1.</value>
    public double ServerComputeFactor { get => serverComputeFactor; init => serverComputeFactor = Guard.Positive(value); }

    /// <summary>Factor on the server's memory-bound time, positive.</summary>
    /// <value>The default value is 1.</value>
    public double ServerBandwidthFactor { get => serverBandwidthFactor; init => serverBandwidthFactor = Guard.Positive(value); }

    /// <summary>The hidden errors from this change on.</summary>
    /// <param name="before">The errors until then.</param>
    public WorldErrors Applied(in WorldErrors before) => new(
        before.DeviceComputeFactor * DeviceComputeFactor,
        before.DeviceBandwidthFactor * DeviceBandwidthFactor,
        before.ServerComputeFactor * ServerComputeFactor,
        before.ServerBandwidthFactor * ServerBandwidthFactor,
        before.LinkBiasDb + LinkBiasDb,
        before.ServerLoadFactor * ServerLoadFactor);
}
