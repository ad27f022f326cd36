namespace EdgeSplit.Core.Devices.Storage;

/// <summary>How fast a device reads weights from its storage.</summary>
/// <remarks>
/// <para>A read of n bytes goes out in requests of a fixed size, q of them at once. It takes the longer of the bandwidth's time after one latency, and 1/q of what the
/// requests would take one after the other: max(latency + n / B, (n / B + requests x latency) / q). With q = 1 nothing overlaps; with many, only the first latency shows.</para>
/// <para>Excluded: a page cache that already holds the data, other programs, drives that slow down when hot.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public sealed record StorageProfile
{
    /// <summary>The name shown in tables and errors.</summary>
    public required string Name { get; init => field = Guard.NotBlank(value, nameof(Name)); }

    /// <summary>Sequential read rate, bytes per second, positive.</summary>
    public required double BytesPerSecond { get; init => field = Guard.Positive(value, nameof(BytesPerSecond)); }

    /// <summary>Latency of one request, seconds, at least 0. Default 0.</summary>
    public double LatencySeconds { get; init => field = Guard.NonNegative(value, nameof(LatencySeconds)); }

    /// <summary>Largest request, bytes, positive. Default 1 MiB; a memory map reads ahead 128 KiB on Linux.</summary>
    public double RequestBytes { get; init => field = Guard.Positive(value, nameof(RequestBytes)); } = 1048576;

    /// <summary>Requests at once, at least 1. Default 1: a memory map that waits for each page fault.</summary>
    public int QueueDepth { get; init => field = Guard.AtLeast(value, 1, nameof(QueueDepth)); } = 1;

    /// <summary>Time to read some bytes in sequence, seconds; 0 for none.</summary>
    /// <param name="bytes">Bytes, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is NaN, negative or not finite.</exception>
    public double Seconds(double bytes)
    {
        if (Guard.NonNegative(bytes) == 0)
        {
            return 0;
        }

        var transfer = bytes / BytesPerSecond;
        return Math.Max(LatencySeconds + transfer, (transfer + (Math.Ceiling(bytes / RequestBytes) * LatencySeconds)) / QueueDepth);
    }
}
