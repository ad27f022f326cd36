namespace EdgeSplit.Core.Placements;

/// <summary>Where the time of a request goes: exposed time on the critical path, in seconds. The parts sum to <see cref="TotalSeconds"/>.</summary>
/// <remarks>Overlapped work counts once, where it is exposed: a token that streams down while the server already computes the next one adds nothing.</remarks>
/// <param name="DeviceHeadSeconds">Device compute before the cut: embedding and layers 1..k (with k = L also norm and LM head), prefill and all decode steps.</param>
/// <param name="EncodeSeconds">Device time to encode what crosses up; 0 where activations cross as they are.</param>
/// <param name="UplinkWaitSeconds">Fixed delay of the uplink messages: grant, one way, protocol.</param>
/// <param name="UplinkSeconds">Time on the air of the uplink messages.</param>
/// <param name="ServerQueueSeconds">Time that the server's other work costs this request.</param>
/// <param name="ServerComputeSeconds">Time that the request's layers would take on an idle server; with decompression, its GPU-seconds.</param>
/// <param name="DownlinkWaitSeconds">Fixed delay of the exposed downlink messages.</param>
/// <param name="DownlinkSeconds">Time on the air of the exposed downlink messages.</param>
/// <param name="DecompressSeconds">Time that decoding what crossed up would take on an idle server; 0 where activations cross as they are.</param>
/// <param name="DeviceTailSeconds">Device compute after the server's part (U-shape).</param>
/// <param name="KeyValueMigrationSeconds">Time to bring the KV cache to where the new split needs it.</param>
/// <param name="WeightLoadSeconds">Time to load device layers that were not resident; 0 as long as all layers are taken as resident, which prediction and simulation do.</param>
public readonly record struct LatencyBreakdown(
    double DeviceHeadSeconds,
    double EncodeSeconds,
    double UplinkWaitSeconds,
    double UplinkSeconds,
    double ServerQueueSeconds,
    double ServerComputeSeconds,
    double DownlinkWaitSeconds,
    double DownlinkSeconds,
    double DecompressSeconds,
    double DeviceTailSeconds,
    double KeyValueMigrationSeconds,
    double WeightLoadSeconds)
{
    /// <summary>Device compute: head, encode, tail and weight load, seconds.</summary>
    public double DeviceSeconds => DeviceHeadSeconds + EncodeSeconds + DeviceTailSeconds + WeightLoadSeconds;

    /// <summary>Link: waits and air time of both directions and KV migration, seconds.</summary>
    public double NetworkSeconds => UplinkWaitSeconds + UplinkSeconds + DownlinkWaitSeconds + DownlinkSeconds + KeyValueMigrationSeconds;

    /// <summary>Server: queue, decompression and compute, seconds.</summary>
    public double ServerSeconds => ServerQueueSeconds + ServerComputeSeconds + DecompressSeconds;

    /// <summary>The sum of all parts: end-to-end latency, seconds.</summary>
    public double TotalSeconds => DeviceSeconds + NetworkSeconds + ServerSeconds;
}
