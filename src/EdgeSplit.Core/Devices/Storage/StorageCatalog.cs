namespace EdgeSplit.Core.Devices.Storage;

/// <summary>One kind of storage of the catalogue.</summary>
/// <param name="Name">Name, lower case with hyphens.</param>
/// <param name="Profile">Rates.</param>
/// <param name="Source">What is from a source and what is an assumption.</param>
public sealed record StorageEntry(string Name, StorageProfile Profile, string Source);

/// <summary>Usual kinds of storage.</summary>
/// <remarks>Rates are peaks of makers or of an interface; a file read through a memory map gets less. Latencies and queue depths are assumptions. Immutable; safe to share between threads.</remarks>
public static class StorageCatalog
{
    /// <summary>Every kind, slowest first.</summary>
    public static IReadOnlyList<StorageEntry> All { get; } = Array.AsReadOnly<StorageEntry>(
    [
        Entry("sd-uhs-i", 90e6, 1e-3, 1, "UHS-I SDR104 bus: 104 MB/s (SD Association); 90 MB/s of it an assumption"),
        Entry("emmc-5.1", 250e6, 3e-4, 1, "250 MB/s read as published for eMMC 5.1 phones beside UFS; the HS400 bus would do 400"),
        Entry("ufs-3.1", 2.1e9, 1e-4, 32, "2,100 MB/s sequential read, Samsung's figure for UFS 3.1 parts"),
        Entry("nvme-gen3", 3.5e9, 8e-5, 32, "PCIe 3.0 x4 is 3.94 GB/s after coding; 3.5 GB/s as usual drives state"),
        Entry("ufs-4.0", 4.2e9, 1e-4, 32, "4,200 MB/s sequential read, Samsung's figure for UFS 4.0 parts"),
        Entry("nvme-gen4", 7e9, 6e-5, 32, "PCIe 4.0 x4 is 7.88 GB/s after coding; 7 GB/s as usual drives state"),
    ]);

    /// <summary>Finds a kind by its name, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="UnknownNameException">There is no such kind; the error names the nearest.</exception>
    public static StorageEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnknownNameException("storage", name, All.Select(entry => entry.Name));
    }

    private static StorageEntry Entry(string name, double bytesPerSecond, double latencySeconds, int queueDepth, string source) => new(
        name,
        new StorageProfile { Name = name, BytesPerSecond = bytesPerSecond, LatencySeconds = latencySeconds, QueueDepth = queueDepth },
        source + "; latency and queue depth an assumption");
}
