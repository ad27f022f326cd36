namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>x86 chips of laptops and small computers with their GPUs and neural processors: the cores carry the name, but for those sold for their GPU.</summary>
internal static class LaptopChipSheets
{
    private const string Dual = "32 bits without dual issue; 16 bits by the matrix instructions of RDNA 3.5: 512 FLOP per cycle and unit, general knowledge, to be verified";

    private static readonly Chip[] Chips =
    [
        // name, title, cores, their TFLOP/s, 16- and 8-bit factors, GB/s, GiB, busy W, GPU TFLOP/s with 32 bits
        Intel("core-i7-1065g7", "Core i7-1065G7", 4, 0.448, 1, 4, 59.7, 16, 25, 1.1, "i7-1065G7", "1065G7") with { GpuAliases = ["Iris Plus"] },
        Intel("core-i7-1165g7", "Core i7-1165G7", 4, 0.525, 1, 4, 68.3, 16, 28, 2, "i7-1165G7", "1165G7"),
        Intel("core-i5-1240p", "Core i5-1240P", 12, 0.83, 1, 4, 68.3, 16, 40, 1.7, "i5-1240P", "1240P"),
        Intel("core-i7-1260p", "Core i7-1260P", 12, 0.87, 1, 4, 76.8, 16, 40, 2.1, "i7-1260P", "1260P"),
        Intel("core-i7-12700h", "Core i7-12700H", 14, 1.2, 1, 4, 76.8, 16, 80, 2.1, "i7-12700H", "12700H"),
        Intel("core-i7-13700h", "Core i7-13700H", 14, 1.23, 1, 4, 83.2, 16, 80, 2.3, "i7-13700H", "13700H"),
        Intel("core-ultra-5-125h", "Core Ultra 5 125H", 14, 0.93, 1, 4, 119.5, 16, 60, 3.9, "Ultra 5 125H", "125H") with { NpuTera = 11 },
        Intel("core-ultra-7-155h", "Core Ultra 7 155H", 16, 1.18, 1, 4, 119.5, 32, 65, 4.6, "Ultra 7 155H", "155H") with { NpuTera = 11 },
        Intel("core-ultra-9-185h", "Core Ultra 9 185H", 16, 1.26, 1, 4, 119.5, 32, 65, 4.8, "Ultra 9 185H", "185H") with { NpuTera = 11 },
        Intel("core-ultra-7-258v", "Core Ultra 7 258V", 8, 1.02, 1, 4, 136.5, 32, 30, 4, "Ultra 7 258V", "258V", "Ultra 5 226V", "Ultra 9 288V", "Lunar Lake")
            with { NpuTera = 48, Gpu = new(4, 33.5, 67, 33.5), GpuAliases = ["Arc 140V", "140V"], GpuText = "with matrix units: 67 TOPS with 8 bits as published, half with 16" },
        Intel("intel-n95", "Intel N95", 4, 0.186, 1, 4, 25.6, 16, 20, 0.3, "N95") with { BandwidthAssumed = "one channel of DDR4-3200" },
        Intel("intel-n100", "Intel N100", 4, 0.186, 1, 4, 38.4, 16, 20, 0.29, "N100") with { BandwidthAssumed = "one channel of DDR5-4800; many boxes have DDR4-3200" },
        Intel("intel-n150", "Intel N150", 4, 0.21, 1, 4, 25.6, 16, 26, 0.38, "N150") with { BandwidthAssumed = "one channel of DDR4-3200, as the GMKtec G3 Plus", IdleWatts = 7 },
        Intel("core-i3-n305", "Core i3-N305", 8, 0.384, 1, 4, 38.4, 16, 30, 0.6, "i3-N305", "N305") with { BandwidthAssumed = "one channel of DDR5-4800" },

        Amd("ryzen-7-5700g", "Ryzen 7 5700G", 8, 1.1, 1, 2, 51.2, 32, 88, 2.05, "5700G") with { GpuAssumed = "eight Vega units at 2 GHz" },
        Amd("ryzen-7-6800h", "Ryzen 7 6800H", 8, 1.1, 1, 2, 76.8, 16, 54, 3.4, "6800H", "Ryzen 7 6800U", "6800U", "Ryzen 9 6900HX", "6900HX") with { GpuAliases = ["Radeon 680M", "680M"] },
        Amd("ryzen-7-7840hs", "Ryzen 7 7840HS", 8, 1.18, 2, 4, 89.6, 32, 54, 4.1,
            "7840HS", "Ryzen 7 7840U", "7840U", "Ryzen 7 8840U", "8840U", "Ryzen 7 8840HS", "8840HS", "Ryzen 7 8845HS", "8845HS", "Ryzen 7 PRO 7840U", "Ryzen 7 PRO 8840U",
            "Ryzen 9 7940HS", "7940HS", "Ryzen 9 8945HS", "8945HS", "Z1 Extreme", "Ryzen 7 8700G", "8700G")
            with { Gpu = new(4.1, 16.6, 16.6, 16.6), GpuText = Dual, GpuAliases = ["Radeon 780M", "780M"] },
        Amd("ryzen-ai-5-340", "Ryzen AI 5 340", 6, 0.83, 2, 4, 89.6, 16, 50, 1.5, "AI 5 340") with { Gpu = new(1.5, 5.9, 5.9, 5.9), GpuText = Dual, GpuAliases = ["Radeon 840M", "840M"], NpuTera = 50 },
        Amd("ryzen-ai-7-350", "Ryzen AI 7 350", 8, 1.15, 2, 4, 89.6, 32, 54, 3.1, "AI 7 350") with { Gpu = new(3.1, 12.3, 12.3, 12.3), GpuText = Dual, GpuAliases = ["Radeon 860M", "860M"], NpuTera = 50 },
        Amd("ryzen-ai-9-365", "Ryzen AI 9 365", 10, 1.3, 2, 4, 120, 32, 54, 4.5, "AI 9 365") with { Gpu = new(4.5, 17.8, 17.8, 17.8), GpuText = Dual, GpuAliases = ["Radeon 880M", "880M"], NpuTera = 50 },
        Amd("ryzen-ai-9-hx-370", "Ryzen AI 9 HX 370", 12, 1.46, 2, 4, 120, 32, 54, 5.9, "HX 370", "AI 9 HX 370", "AI 9 HX370")
            with { Gpu = new(5.9, 23.8, 23.8, 23.8), GpuText = Dual, GpuAliases = ["Radeon 890M", "890M"], NpuTera = 50 },

        // Strix Halo: sold for its GPU, which therefore carries the aliases.
        new("ryzen-ai-max-395", "Ryzen AI Max+ 395", DeviceKind.Laptop, 256, 128,
            "Ryzen AI Max+ 395", "Ryzen AI Max 395", "AI Max+ 395", "AI Max 395", "Strix Halo", "8060S", "Framework Desktop", "Framework Mainboard", "Framework Desktop Mainboard", "100-000001243",
            "GMKtec EVO-X2", "EVO-X2", "gfx1151")
        {
            Main = ProcessorGroup.Gpu,
            GpuName = "radeon-8060s",
            Gpu = new(14.8, 59.4, 59.4, 59.4),
            GpuText = Dual,
            CpuName = "ryzen-ai-max-395-cpu",
            CpuTera = 4.7,
            Cpu8 = 4,
            Cores = 16,
            CpuClass = ProcessorClass.DesktopCpu,
            NpuTera = 50,
            IdleWatts = 10,
            GpuWatts = 133,
            CpuWatts = 140,
            NpuWatts = 40,
            PowerMeasured = "133 to 140 W under load at the wall (geerlingguy/ai-benchmarks); idle a class value",
        },
    ];

    internal static IReadOnlyList<SheetRow> Rows { get; } = [.. Chips.SelectMany(chip => chip.Rows())];

    private static Chip Intel(
        string name, string title, int cores, double tera, double factor16, double factor8, double bandwidth, double gibi, double watts, double gpu32, params string[] aliases) =>
        Cores(name, title, cores, tera, factor16, factor8, bandwidth, gibi, watts, aliases) with { Gpu = new(gpu32, 2 * gpu32, 2 * gpu32, 2 * gpu32) };

    private static Chip Amd(
        string name, string title, int cores, double tera, double factor16, double factor8, double bandwidth, double gibi, double watts, double gpu32, params string[] aliases) =>
        Intel(name, title, cores, tera, factor16, factor8, bandwidth, gibi, watts, gpu32, aliases);

    private static Chip Cores(
        string name, string title, int cores, double tera, double factor16, double factor8, double bandwidth, double gibi, double watts, string[] aliases) =>
        new(name, title, DeviceKind.Laptop, bandwidth, gibi, aliases)
        {
            Main = ProcessorGroup.Cpu,
            CpuTera = tera,
            Cpu16 = factor16,
            Cpu8 = factor8,
            Cores = cores,
            CpuClass = ProcessorClass.DesktopCpu,
            IdleWatts = 5,
            CpuWatts = watts,
            GpuWatts = watts,
            NpuWatts = Math.Min(watts, 20),
        };
}
