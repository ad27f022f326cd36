namespace EdgeSplit.Core.Placements;

/// <summary>Where the energy of a request goes, in joules.</summary>
/// <param name="DeviceComputeJoules">Device energy above idle while it computes.</param>
/// <param name="RadioJoules">Device energy above idle of the radio: transmission, reception, waiting connected, tail.</param>
/// <param name="DeviceIdleJoules">Device idle power over the whole request; a line of its own, not in <see cref="DeviceJoules"/>.</param>
/// <param name="ServerJoules">Server energy above idle while it computes for this request.</param>
/// <param name="ServerGpuSeconds">Server compute that the request used, in seconds of the whole server.</param>
public readonly record struct EnergyBreakdown(
    double DeviceComputeJoules,
    double RadioJoules,
    double DeviceIdleJoules,
    double ServerJoules,
    double ServerGpuSeconds)
{
    /// <summary>Device energy above idle: compute and radio, joules.</summary>
    public double DeviceJoules => DeviceComputeJoules + RadioJoules;
}
