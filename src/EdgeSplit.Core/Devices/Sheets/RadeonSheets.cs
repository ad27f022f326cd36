namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>AMD Radeon cards of desktops and workstations.</summary>
internal static class RadeonSheets
{
    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        // GCN: 16 bits at the rate of 32; Vega and RDNA at twice it; 8-bit dot products at four times from Vega 20 and RDNA 2.
        Shader("rx-460", "RX 460", 2.2, 1, 1, 112, 4, 75), Shader("rx-470", "RX 470", 4.9, 1, 1, 211, 8, 120), Shader("rx-480", "RX 480", 5.8, 1, 1, 256, 8, 150), Shader("rx-560", "RX 560", 2.6, 1, 1, 112, 4, 80),
        Shader("rx-570", "RX 570", 5.1, 1, 1, 224, 8, 150), Shader("rx-570-4gb", "RX 570 4GB", 5.1, 1, 1, 224, 4, 150) with { Family = "rx-570" },
        Shader("rx-580", "RX 580", 6.2, 1, 1, 256, 8, 185), Shader("rx-580-4gb", "RX 580 4GB", 6.2, 1, 1, 256, 4, 185) with { Family = "rx-580" }, Shader("rx-590", "RX 590", 7.1, 1, 1, 256, 8, 225),
        Shader("rx-vega-56", "RX Vega 56", 10.5, 2, 2, 410, 8, 210, "Vega 56"), Shader("rx-vega-64", "RX Vega 64", 12.7, 2, 2, 484, 8, 295, "Vega 64"), Shader("radeon-vii", "Radeon VII", 13.4, 2, 4, 1024, 16, 300),
        Shader("rx-5500-xt", "RX 5500 XT", 5.2, 2, 2, 224, 8, 130, "5500 XT"), Shader("rx-5600-xt", "RX 5600 XT", 7.2, 2, 2, 288, 6, 150, "5600 XT"), Shader("rx-5700", "RX 5700", 7.95, 2, 2, 448, 8, 180),
        Shader("rx-5700-xt", "RX 5700 XT", 9.75, 2, 2, 448, 8, 225, "5700 XT"),
        Shader("rx-6400", "RX 6400", 3.6, 2, 4, 128, 4, 53), Shader("rx-6500-xt", "RX 6500 XT", 5.8, 2, 4, 144, 4, 107, "6500 XT"), Shader("rx-6600", "RX 6600", 8.9, 2, 4, 224, 8, 132),
        Shader("rx-6600-xt", "RX 6600 XT", 10.6, 2, 4, 256, 8, 160, "6600 XT"), Shader("rx-6650-xt", "RX 6650 XT", 10.8, 2, 4, 280, 8, 176, "6650 XT"), Shader("rx-6700", "RX 6700", 11.3, 2, 4, 320, 10, 175),
        Shader("rx-6700-xt", "RX 6700 XT", 13.2, 2, 4, 384, 12, 230, "6700 XT"), Shader("rx-6750-xt", "RX 6750 XT", 13.3, 2, 4, 432, 12, 250, "6750 XT"), Shader("rx-6800", "RX 6800", 16.2, 2, 4, 512, 16, 250),
        Shader("rx-6800-xt", "RX 6800 XT", 20.7, 2, 4, 512, 16, 300, "6800 XT"), Shader("rx-6900-xt", "RX 6900 XT", 23, 2, 4, 512, 16, 300, "6900 XT"), Shader("rx-6950-xt", "RX 6950 XT", 23.7, 2, 4, 576, 16, 335, "6950 XT"),
        Shader("radeon-pro-w6600", "Radeon Pro W6600", 10.4, 2, 4, 224, 8, 100, "Pro W6600", "W6600"), Shader("radeon-pro-w6800", "Radeon Pro W6800", 17.8, 2, 4, 512, 32, 250, "Pro W6800", "W6800"),

        // RDNA 3: matrix products at twice the published (dual-issue) 32-bit rate, the same with 8 bits. RDNA 4: four times, and eight with 8 bits.
        Matrix("rx-7600", "RX 7600", 21.75, 2, 1, 288, 8, 165), Matrix("rx-7600-xt", "RX 7600 XT", 22.6, 2, 1, 288, 16, 190, "7600 XT"), Matrix("rx-7700-xt", "RX 7700 XT", 35.2, 2, 1, 432, 12, 245, "7700 XT"),
        Matrix("rx-7800-xt", "RX 7800 XT", 37.3, 2, 1, 624, 16, 263, "7800 XT"), Matrix("rx-7900-gre", "RX 7900 GRE", 46, 2, 1, 576, 16, 260, "7900 GRE"),
        Matrix("rx-7900-xt", "RX 7900 XT", 51.5, 2, 1, 800, 20, 315, "7900 XT"), Matrix("rx-7900-xtx", "RX 7900 XTX", 61.4, 2, 1, 960, 24, 355, "7900 XTX"),
        Matrix("radeon-pro-w7500", "Radeon Pro W7500", 12.2, 2, 1, 172, 8, 70, "Pro W7500", "W7500"), Matrix("radeon-pro-w7600", "Radeon Pro W7600", 20, 2, 1, 288, 8, 130, "Pro W7600", "W7600"),
        Matrix("radeon-pro-w7700", "Radeon Pro W7700", 28.3, 2, 1, 576, 16, 190, "Pro W7700", "W7700"), Matrix("radeon-pro-w7800", "Radeon Pro W7800", 45.2, 2, 1, 576, 32, 260, "Pro W7800", "W7800"),
        Matrix("radeon-pro-w7900", "Radeon Pro W7900", 61.3, 2, 1, 864, 48, 295, "Pro W7900", "W7900"),
        Matrix("rx-9060-xt", "RX 9060 XT", 25.6, 4, 2, 320, 16, 160, "9060 XT"), Matrix("rx-9060-xt-8gb", "RX 9060 XT 8GB", 25.6, 4, 2, 320, 8, 150) with { Family = "rx-9060-xt" },
        Matrix("rx-9070", "RX 9070", 36.1, 4, 2, 640, 16, 220), Matrix("rx-9070-gre", "RX 9070 GRE", 34.3, 4, 2, 432, 12, 220, "9070 GRE"), Matrix("rx-9070-xt", "RX 9070 XT", 48.7, 4, 2, 640, 16, 304, "9070 XT"),
        Matrix("radeon-ai-pro-r9700", "Radeon AI Pro R9700", 47.8, 4, 2, 640, 32, 300, "AI Pro R9700", "R9700", "Radeon R9700"),
    ];

    private static SheetRow Shader(string name, string title, double tera32, double factor16, double factor8, double bandwidth, double gibi, double watts, params string[] aliases) =>
        Card(name, title, ProcessorClass.ShaderGpu, new(tera32, tera32 * factor16, tera32 * factor8, tera32 * factor16), bandwidth, gibi, watts, aliases);

    private static SheetRow Matrix(string name, string title, double tera32, double factor16, double factor8, double bandwidth, double gibi, double watts, params string[] aliases) =>
        Card(name, title, ProcessorClass.ShaderGpu, new(tera32, tera32 * factor16, tera32 * factor16 * factor8, tera32 * factor16), bandwidth, gibi, watts, aliases);

    private static SheetRow Card(string name, string title, ProcessorClass processor, PerFormat peak, double bandwidth, double gibi, double watts, string[] aliases) =>
        new(name, title.StartsWith("RX", StringComparison.Ordinal) ? "Radeon " + title : title, DeviceKind.DesktopGpu, processor, peak, bandwidth, gibi, Math.Round(5 + (0.04 * watts)), watts)
        {
            Aliases = aliases,
        };
}
