namespace EdgeSplit.Core.Devices;

/// <summary>Makes a profile of a device of which only the data sheet is known, with the efficiencies usual for its kind.</summary>
/// <remarks>
/// <para>The efficiencies are the medians over the catalogue entries of the kind that were fitted to measured speeds; where none was, a round value. How far
/// off such a profile is: <see cref="PredictionResiduals"/>, <see cref="ResidualBasis.DataSheetOnly"/>.</para>
/// </remarks>
public static class DataSheetProfile
{
    /// <summary>Makes the profile.</summary>
    /// <param name="name">The name shown in tables and errors.</param>
    /// <param name="kind">The kind of hardware; it decides efficiencies and overhead.</param>
    /// <param name="peakMatrixFlopPerSecond">Peak dense rate of matrix products per class of weight format, FLOP/s.</param>
    /// <param name="peakBytesPerSecond">Nominal memory bandwidth, bytes per second.</param>
    /// <param name="memoryBytes">Physical memory, bytes.</param>
    /// <param name="idleWatts">Power while it waits, watts.</param>
    /// <param name="busyWatts">Power while it computes, watts, at least <paramref name="idleWatts"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range, or the kind is not defined.</exception>
    public static RooflineProfile Create(
        string name, DeviceKind kind, PerFormat peakMatrixFlopPerSecond, double peakBytesPerSecond, double memoryBytes, double idleWatts, double busyWatts)
    {
        // Per kind: matrix efficiency with 32-bit, 16-bit, 8-bit and low-bit weights; attention; reading weights; reading KV; overhead in microseconds; usable memory.
        var (efficiency, attention, read, keyValueRead, overheadMicroseconds, usable) = kind switch
        {
            DeviceKind.Phone => (new PerFormat(0.305, 0.168, 0.229, 0.154), 0.105, 0.586, 0.412, 12.4, 0.5),
            DeviceKind.Jetson => (new PerFormat(0.549, 0.549, 0.667, 0.667), 0.24, 0.696, 0.372, 12.7, 0.8),
            DeviceKind.Laptop => (new PerFormat(0.731, 0.731, 0.531, 0.531), 0.226, 0.867, 0.262, 25.0, 0.75),
            DeviceKind.Cpu => (new PerFormat(0.5, 0.5, 0.35, 0.35), 0.2, 0.599, 0.5, 10.2, 0.85),
            DeviceKind.DesktopGpu => (new PerFormat(0.986, 0.986, 0.81, 0.81), 0.164, 0.9, 0.352, 6.0, 0.92),
            DeviceKind.ServerGpu => (new PerFormat(0.421, 0.421, 0.311, 0.311), 0.0972, 0.73, 0.284, 6.89, 0.92),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Must be a defined kind."),
        };
        return new RooflineProfile
        {
            Name = name,
            Kind = kind,
            PeakMatrixFlopPerSecond = peakMatrixFlopPerSecond,
            MatrixEfficiency = efficiency,
            AttentionEfficiency = attention,
            PeakBytesPerSecond = peakBytesPerSecond,
            BandwidthEfficiency = read,
            KeyValueBandwidthEfficiency = keyValueRead,
            OverheadSecondsPerOperation = overheadMicroseconds * 1e-6,
            MemoryBytes = memoryBytes,
            UsableMemoryShare = usable,
            IdleWatts = idleWatts,
            WattsAboveIdle = Guard.InRange(busyWatts, Guard.NonNegative(idleWatts), double.MaxValue) - idleWatts,
        };
    }
}
