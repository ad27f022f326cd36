namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Apple A chips by the phone that carries them: GPU (the phone's name), processor cores and Neural Engine.</summary>
internal static class ApplePhoneSheets
{
    private static readonly Chip[] Chips =
    [
        // name, title, GPU TFLOP/s with 32 and 16 bits, GB/s, GiB, cores' TFLOP/s, 8-bit factor, Neural Engine TOPS
        Phone("iphone-xs", "iPhone XS, Apple A12", 0.58, 0.58, 34.1, 4, 0.21, 2, 5, "Apple A12", "A12 Bionic", "iPhone XR"),
        Phone("iphone-11", "iPhone 11, Apple A13", 0.69, 0.69, 34.1, 4, 0.24, 4, 6, "Apple A13", "A13 Bionic", "A13", "iPhone 11 Pro", "iPhone 11 Pro Max", "iPhone SE 2"),
        Phone("iphone-12", "iPhone 12, Apple A14", 1, 1, 34.1, 4, 0.31, 4, 11, "Apple A14", "A14 Bionic", "A14", "iPhone 12 mini", "iPhone 12 Pro", "iPhone 12 Pro Max"),
        Phone("iphone-13", "iPhone 13, Apple A15 with 4 GPU cores", 1.1, 1.1, 34.1, 4, 0.335, 8, 15.8, "iPhone 13 mini", "iPhone SE 3"),
        Phone("iphone-13-pro", "iPhone 13 Pro, Apple A15", 1.37, 1.37, 34.1, 6, 0.335, 8, 15.8, "iPhone 13 Pro Max", "iPhone 14", "iPhone 14 Plus"),
        Phone("iphone-14-pro", "iPhone 14 Pro, Apple A16", 1.43, 1.43, 51.2, 6, 0.35, 8, 17, "Apple A16", "A16 Bionic", "iPhone 14 Pro Max", "iPhone 15", "iPhone 15 Plus")
            with { Seen = "hmc-tech GPU database page: GPU rate seen, the rest to be verified" },
        Phone("iphone-15-pro", "iPhone 15 Pro, Apple A17 Pro", 2.15, 2.15, 51.2, 8, 0.377, 8, 35, "Apple A17 Pro", "A17 Pro", "iPhone 15 Pro Max"),
        Phone("iphone-16", "iPhone 16, Apple A18", 1.9, 1.9, 60, 8, 0.41, 8, 35, "Apple A18", "A18", "iPhone 16 Plus"),
        Phone("iphone-16-pro", "iPhone 16 Pro, Apple A18 Pro", 2.29, 2.29, 60, 8, 0.41, 8, 35, "Apple A18 Pro", "A18 Pro", "iPhone 16 Pro Max"),
        Phone("iphone-17", "iPhone 17, Apple A19", 2, 7.5, 68.3, 8, 0.44, 8, 35, "Apple A19", "A19") with { GpuText = A19, NpuAssumed = A18Npu },
        Phone("iphone-17-pro", "iPhone 17 Pro, Apple A19 Pro", 2.4, 9, 76.8, 12, 0.44, 8, 35, "Apple A19 Pro", "A19 Pro", "iPhone 17 Pro Max") with { GpuText = A19, NpuAssumed = A18Npu },
    ];

    private const string A19 = "16 bits: about 1.5 TFLOP/s per GPU core with its matrix units, as third parties measured; to be verified";
    private const string A18Npu = "as the A18: no newer figure is published";

    internal static IReadOnlyList<SheetRow> Rows { get; } = [.. Chips.SelectMany(chip => chip.Rows())];

    private static Chip Phone(
        string name, string title, double gpu32, double gpu16, double bandwidth, double gibi, double cpuTera, double cpu8, double npuTera, params string[] aliases) =>
        new(name, title, DeviceKind.Phone, bandwidth, gibi, aliases)
        {
            Main = ProcessorGroup.Gpu,
            GpuClass = ProcessorClass.AppleGpu,
            Gpu = new(gpu32, gpu16, gpu16, gpu16),
            GpuText = "32-bit shader rate as listed, general knowledge, to be verified; taken for 16 bits too",
            NpuTera = npuTera,
            NpuSuffix = "-ane",
            CpuTera = cpuTera,
            Cpu8 = cpu8,
            Cores = 6,
        };
}
