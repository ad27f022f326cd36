namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Apple M chips of laptops, desktops and tablets: GPU (the chip's name), processor cores and Neural Engine.</summary>
internal static class MacSheets
{
    private const string HardwareList = "hf:huggingface.js packages/tasks/src/hardware.ts; public bandwidth tables in code: seen";
    private const string Bandwidth = "public bandwidth tables in code: bandwidth seen, rates to be verified";

    private static readonly Chip[] Chips =
    [
        // GPU: the published 32-bit shader rate, 16 bits at the same rate. Cores by hand: fast ones 32 FLOP per cycle, small ones 16; the matrix coprocessor is not counted.
        Mac("m1", DeviceKind.Laptop, 8, 2.6, 68.25, 16, 20, 8, 0.54, 4, 11, HardwareList) with { GpuVersions = [(7, 2.28, 2.28, 0, [])] },
        Mac("m1-pro", DeviceKind.Laptop, 16, 5.2, 200, 32, 30, 10, 0.88, 4, 11, HardwareList) with { GpuVersions = [(14, 4.5, 4.5, 0, [])] },
        Mac("m1-max", DeviceKind.Laptop, 32, 10.4, 400, 64, 60, 10, 0.88, 4, 11, HardwareList + "; 409.6 GB/s nominal, 317.6 attained by a GPU copy, llama.cpp pull 1642") with { GpuVersions = [(24, 7.8, 7.8, 0, [])] },
        Mac("m1-ultra", DeviceKind.DesktopGpu, 64, 21, 800, 128, 120, 20, 1.77, 4, 22, Bandwidth) with { GpuVersions = [(48, 15.7, 15.7, 0, [])] },
        Mac("m2", DeviceKind.Laptop, 10, 3.6, 100, 16, 20, 8, 0.6, 8, 15.8, HardwareList) with { GpuVersions = [(8, 2.9, 2.9, 0, [])] },
        Mac("m2-pro", DeviceKind.Laptop, 19, 6.8, 200, 32, 35, 12, 1.05, 8, 15.8, Bandwidth) with { GpuVersions = [(16, 5.7, 5.7, 0, [])] },
        Mac("m2-max", DeviceKind.Laptop, 38, 13.5, 400, 64, 60, 12, 1.05, 8, 15.8, Bandwidth) with { GpuVersions = [(30, 10.7, 10.7, 0, [])] },
        Mac("m2-ultra", DeviceKind.DesktopGpu, 76, 27.2, 800, 192, 120, 24, 2.1, 8, 31.6, HardwareList) with { GpuVersions = [(60, 21.5, 21.5, 0, [])] },
        Mac("m3", DeviceKind.Laptop, 10, 4.1, 100, 16, 20, 8, 0.69, 8, 18, Bandwidth) with { GpuVersions = [(8, 3.3, 3.3, 0, [])] },
        Mac("m3-pro", DeviceKind.Laptop, 18, 7.4, 150, 36, 35, 12, 1.04, 8, 18, Bandwidth) with { GpuVersions = [(14, 5.7, 5.7, 0, [])] },
        Mac("m3-max", DeviceKind.Laptop, 40, 14.2, 400, 64, 60, 16, 1.73, 8, 18, HardwareList) with { GpuVersions = [(30, 10.65, 10.65, 300, ["M3 Max 36GB", "M3 Max 96GB"])] },
        Mac("m3-ultra", DeviceKind.DesktopGpu, 80, 28.4, 819, 256, 140, 32, 3.46, 8, 36, null) with { GpuVersions = [(60, 21.3, 21.3, 0, [])] },
        Mac("m4", DeviceKind.Laptop, 10, 4.26, 120, 16, 22, 10, 0.84, 8, 38, Bandwidth) with { GpuVersions = [(8, 3.4, 3.4, 0, [])] },
        Mac("m4-pro", DeviceKind.Laptop, 20, 8.5, 273, 48, 40, 14, 1.6, 8, 38, Bandwidth) with { GpuVersions = [(16, 6.8, 6.8, 0, [])] },
        Mac("m4-max", DeviceKind.Laptop, 40, 17, 546, 64, 70, 16, 1.88, 8, 38, Bandwidth) with { GpuVersions = [(32, 13.6, 13.6, 410, ["M4 Max 36GB"])] },
        // M5: matrix units in the GPU cores; 16 bits at about 1.5 TFLOP/s per core, as third parties measured on the A19.
        Mac("m5", DeviceKind.Laptop, 10, 4.4, 153, 16, 22, 10, 0.88, 8, 38, Bandwidth) with { Gpu = new(4.4, 15, 26, 15), GpuVersions = [(8, 3.5, 12, 0, [])], GpuText = M5 },
        Mac("m5-pro", DeviceKind.Laptop, 20, 8.8, 307, 48, 40, 14, 1.7, 8, 38, null) with { Gpu = new(8.8, 30, 52, 30), GpuVersions = [(16, 7, 24, 0, [])], GpuAssumed = "the M5's rate by GPU cores", BandwidthAssumed = "twice the M5's" },
        Mac("m5-max", DeviceKind.Laptop, 40, 17.6, 614, 64, 70, 16, 2, 8, 38, null) with { Gpu = new(17.6, 60, 104, 60), GpuVersions = [(32, 14, 48, 460, [])], GpuAssumed = "the M5's rate by GPU cores", BandwidthAssumed = "four times the M5's" },
    ];

    internal static IReadOnlyList<SheetRow> Rows { get; } = [.. Chips.SelectMany(chip => chip.Rows())];

    private const string M5 = "16 bits: about 1.5 TFLOP/s per GPU core, as third parties measured on the A19; to be verified";

    private static Chip Mac(
        string chip, DeviceKind kind, int gpuCores, double gpuTera, double bandwidth, double gibi, double watts, int cores, double cpuTera, double cpu8, double npuTera, string? seen)
    {
        var words = string.Join(' ', chip.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var idle = kind == DeviceKind.DesktopGpu ? 12 : watts > 45 ? 8 : 4;
        return new Chip("apple-" + chip, "Apple " + words, kind, bandwidth, gibi, words)
        {
            Main = ProcessorGroup.Gpu,
            GpuClass = ProcessorClass.AppleGpu,
            Gpu = new(gpuTera, gpuTera, gpuTera, gpuTera),
            GpuCores = gpuCores,
            GpuText = "32-bit shader rate, taken for 16 bits too",
            NpuTera = npuTera,
            NpuSuffix = "-ane",
            CpuTera = cpuTera,
            Cpu8 = cpu8,
            Cores = cores,
            CpuClass = ProcessorClass.DesktopCpu,
            IdleWatts = idle,
            GpuWatts = watts,
            CpuWatts = Math.Max(0.7 * watts, idle + 10),
            NpuWatts = idle + 8,
            Seen = seen,
        };
    }
}
