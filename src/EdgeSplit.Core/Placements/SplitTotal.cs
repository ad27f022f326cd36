namespace EdgeSplit.Core.Placements;

/// <summary>The totals of one split: an entry of <see cref="SplitTotals"/>.</summary>
/// <param name="DeviceSeconds">Device compute, seconds.</param>
/// <param name="NetworkSeconds">Exposed link time, KV migration included, seconds.</param>
/// <param name="ServerSeconds">Server queue and compute, seconds.</param>
/// <param name="TimeToFirstTokenSeconds">Time to first token, seconds.</param>
/// <param name="DeviceJoules">Device energy above idle, joules.</param>
/// <param name="ServerGpuSeconds">Server compute used, seconds.</param>
public readonly record struct SplitTotal(
    double DeviceSeconds, double NetworkSeconds, double ServerSeconds, double TimeToFirstTokenSeconds, double DeviceJoules, double ServerGpuSeconds)
{
    /// <summary>End-to-end latency, seconds.</summary>
    public double LatencySeconds => DeviceSeconds + NetworkSeconds + ServerSeconds;
}
