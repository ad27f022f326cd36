namespace EdgeSplit.Core.Devices.Memory;

/// <summary>Whether a model fits a device, and by how much.</summary>
/// <param name="Need">What it needs.</param>
/// <param name="UsableBytes">What the device has: <see cref="IComputeProfile.UsableMemoryBytes"/>.</param>
public readonly record struct MemoryFit(MemoryBreakdown Need, double UsableBytes)
{
    /// <summary>Whether it fits.</summary>
    public bool Fits => Need.TotalBytes <= UsableBytes;

    /// <summary>Memory that stays free, bytes; negative is what is missing.</summary>
    public double FreeBytes => UsableBytes - Need.TotalBytes;

    /// <summary>Share of the usable memory that is filled, dimensionless; above 1 does not fit.</summary>
    public double FilledShare => Need.TotalBytes / UsableBytes;
}
