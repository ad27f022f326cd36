namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Phone chips of MediaTek, Google, Samsung and Huawei: neural processor (the chip's name), processor cores and GPU.</summary>
internal static class PhoneSheets
{
    private const string Unpublished = "no figure is published in comparable terms; a value of its class";

    private static readonly Chip[] Chips =
    [
        // name, title, NPU TOPS, GPU TFLOP/s with 32 bits, GB/s, cores' TFLOP/s, 8-bit factor, GPU spelling
        Phone("dimensity-8300", "Dimensity 8300", 20, 1.6, 68.2, 0.28, 8, "Mali-G615", "Dimensity 8300 Ultra"),
        Phone("dimensity-9000", "Dimensity 9000", 20, 1.9, 60, 0.29, 8, "Mali-G710 MC10", "Dimensity 9000+"),
        Phone("dimensity-9200", "Dimensity 9200", 30, 2.8, 68.2, 0.29, 8, "Immortalis-G715", "Dimensity 9200+", "MT6985"),
        Phone("dimensity-9300", "Dimensity 9300", 33, 4, 76.8, 0.51, 8, "Immortalis-G720", "Dimensity 9300+", "MT6989"),
        Phone("dimensity-9400", "Dimensity 9400", 50, 5, 85.3, 0.645, 8, "Immortalis-G925", "Dimensity 9400+", "MT6991"),
        Phone("tensor-g1", "Google Tensor G1", 8, 2.1, 51.2, 0.31, 4, "Mali-G78 MP20", "Tensor G1"),
        Phone("tensor-g2", "Google Tensor G2", 12, 1.9, 51.2, 0.315, 4, "Mali-G710 MP7", "Tensor G2"),
        Phone("tensor-g3", "Google Tensor G3", 15, 1.6, 68.3, 0.3, 8, "", "Tensor G3"),
        Phone("tensor-g4", "Google Tensor G4", 16, 1.8, 68.3, 0.285, 8, "", "Tensor G4"),
        Phone("tensor-g5", "Google Tensor G5", 20, 1.9, 68.3, 0.4, 8, "", "Tensor G5"),
        Phone("exynos-2200", "Exynos 2200", 15, 1.5, 51.2, 0.267, 8, "Xclipse 920"),
        Phone("exynos-2400", "Exynos 2400", 17, 3.4, 68.2, 0.38, 8, "Xclipse 940"),
        Phone("kirin-9000", "Kirin 9000", 10, 2.3, 44, 0.24, 4, "Mali-G78 MP24"),
    ];

    internal static IReadOnlyList<SheetRow> Rows { get; } = [.. Chips.SelectMany(chip => chip.Rows())];

    private static Chip Phone(
        string name, string title, double npu, double gpu32, double bandwidth, double cpu, double cpu8, string gpu, params string[] aliases) =>
        new(name, title, DeviceKind.Phone, bandwidth, 12, aliases)
        {
            NpuTera = npu,
            NpuAssumed = Unpublished,
            Gpu = new(gpu32, 2 * gpu32, 2 * gpu32, 2 * gpu32),
            GpuAssumed = Unpublished,
            GpuAliases = gpu.Length > 0 ? [gpu] : [],
            CpuTera = cpu,
            Cpu8 = cpu8,
            Cores = name == "exynos-2400" ? 10 : 8,
        };
}
