namespace EdgeSplit.Core.Placements;

/// <summary>Everything that one split of one request costs.</summary>
/// <param name="SplitPoint">The split point k, 0..L.</param>
/// <param name="Latency">Exposed time by part.</param>
/// <param name="Energy">Energy by part.</param>
/// <param name="TimeToFirstTokenSeconds">From the start of the request until the device has its first token.</param>
/// <param name="TimePerOutputTokenSeconds">Mean time between output tokens after the first; 0 where there is only one.</param>
/// <param name="UplinkBits">Payload bits from device to server.</param>
/// <param name="DownlinkBits">Payload bits from server to device.</param>
/// <param name="DeviceBytes">Device memory for weights and the KV cache of the longest answer.</param>
/// <param name="ServerBytes">Server memory for the same.</param>
/// <param name="NegativeLogLikelihoodIncrease">Quality loss, nats per token.</param>
/// <param name="TokenRecoveryRate">Leakage: the share of prompt tokens that the source's attack recovers, at least.</param>
public readonly record struct SplitBreakdown(
    int SplitPoint,
    LatencyBreakdown Latency,
    EnergyBreakdown Energy,
    double TimeToFirstTokenSeconds,
    double TimePerOutputTokenSeconds,
    double UplinkBits,
    double DownlinkBits,
    double DeviceBytes,
    double ServerBytes,
    double NegativeLogLikelihoodIncrease,
    double TokenRecoveryRate)
{
    /// <summary>Whether a message or a job took longer than the time-out, so that the request was given up then: the answer is not complete, and the latency is the time until then.</summary>
    public bool IsTimedOut { get; init; }
}
