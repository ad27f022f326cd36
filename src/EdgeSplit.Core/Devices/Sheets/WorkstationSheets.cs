namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>NVIDIA cards of workstations: 32-bit accumulation at the full tensor rate, twice the rate with 8 bits.</summary>
internal static class WorkstationSheets
{
    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        // name, title, shader FP32, tensor FP16, GB/s, GiB, W
        Card("rtx-a400", "RTX A400", 2.7, 10.8, 96, 4, 50, "RTX A400", "Nvidia A400"), Card("rtx-a1000", "RTX A1000", 6.7, 26.9, 192, 8, 50, "RTX A1000", "Nvidia A1000"),
        Card("rtx-a2000", "RTX A2000", 8, 32, 288, 12, 70, "RTX A2000", "A2000"), Card("rtx-a2000-6gb", "RTX A2000 6GB", 8, 32, 288, 6, 70) with { Family = "rtx-a2000" },
        Card("rtx-a4000", "RTX A4000", 19.2, 76.7, 448, 16, 140, "RTX A4000", "A4000"), Card("rtx-a4500", "RTX A4500", 23.7, 94.6, 640, 20, 200, "RTX A4500", "A4500"),
        Card("rtx-a5000", "RTX A5000", 27.8, 111.1, 768, 24, 230, "RTX A5000", "A5000"), Card("rtx-a5500", "RTX A5500", 34.1, 136.4, 768, 24, 230, "RTX A5500", "A5500"),
        Card("a6000", "RTX A6000", 38.7, 154.8, 768, 48, 300, "RTX A6000", "A6000") with { Seen = "LLM-Viewer hardware_params.py: seen (power unverified)" },
        Card("rtx-2000-ada", "RTX 2000 Ada", 12, 48, 224, 16, 70, "RTX 2000 Ada", "2000 Ada"),
        Card("rtx-4000-ada", "RTX 4000 Ada", 26.7, 106.9, 360, 20, 130, "RTX 4000 Ada", "4000 Ada", "Ada 4000"),
        Card("rtx-4000-sff-ada", "RTX 4000 SFF Ada", 19.2, 76.7, 280, 20, 70, "RTX 4000 SFF Ada", "4000 SFF Ada", "RTX 4000 Ada SFF"),
        Card("rtx-4500-ada", "RTX 4500 Ada", 39.6, 158.5, 432, 24, 210, "RTX 4500 Ada", "4500 Ada"),
        Card("rtx-5000-ada", "RTX 5000 Ada", 65.3, 261.1, 576, 32, 250, "RTX 5000 Ada", "5000 Ada", "Ada 5000"),
        Card("rtx-5880-ada", "RTX 5880 Ada", 69.3, 277.3, 960, 48, 285, "RTX 5880 Ada", "5880 Ada"),
        Card("rtx-6000-ada", "RTX 6000 Ada", 91.1, 364, 960, 48, 300, "RTX 6000 Ada", "6000 Ada", "Ada 6000", "A6000 Ada"),
        Card("rtx-pro-2000", "RTX PRO 2000 Blackwell", 17, 68, 288, 16, 70, "RTX PRO 2000", "RTX PRO 2000 Blackwell"),
        Card("rtx-pro-4000", "RTX PRO 4000 Blackwell", 46.9, 187.6, 672, 24, 145, "RTX PRO 4000", "RTX PRO 4000 Blackwell"),
        Card("rtx-pro-4500", "RTX PRO 4500 Blackwell", 54.9, 219.6, 896, 32, 200, "RTX PRO 4500", "RTX PRO 4500 Blackwell"),
        Card("rtx-pro-5000", "RTX PRO 5000 Blackwell", 73.7, 294.8, 1344, 48, 300, "RTX PRO 5000", "RTX PRO 5000 Blackwell"),
        Card("rtx-pro-6000", "RTX PRO 6000 Blackwell", 125, 503.8, 1792, 96, 600,
            "RTX PRO 6000", "RTX PRO 6000 Blackwell", "RTX PRO 6000 Blackwell Workstation", "RTXPRO 6000", "RTX 6000 Pro", "RTX 6000 Blackwell", "RTX 6000 Pro Blackwell"),
        Card("rtx-pro-6000-max-q", "RTX PRO 6000 Blackwell Max-Q", 110, 438, 1792, 96, 300,
            "RTX PRO 6000 Max-Q", "RTX PRO 6000 Blackwell Max-Q", "RTX PRO 6000 Blackwell Max-Q Workstation"),
        Card("rtx-pro-6000-server", "RTX PRO 6000 Blackwell Server", 120, 480, 1597, 96, 600, "RTX PRO 6000 Server", "RTX PRO 6000 Blackwell Server"),
        Card("quadro-rtx-4000", "Quadro RTX 4000", 7.1, 57, 416, 8, 160, "Quadro RTX 4000"), Card("quadro-rtx-5000", "Quadro RTX 5000", 11.2, 89.2, 448, 16, 265, "Quadro RTX 5000"),
        Card("quadro-rtx-6000", "Quadro RTX 6000", 16.3, 130.5, 672, 24, 260, "Quadro RTX 6000"), Card("quadro-rtx-8000", "Quadro RTX 8000", 16.3, 130.5, 672, 48, 260, "Quadro RTX 8000", "RTX 8000"),
        Shader("quadro-p2000", "Quadro P2000", 3, 1, 140, 5, 75, "Quadro P2000"), Shader("quadro-p4000", "Quadro P4000", 5.3, 1, 243, 8, 105, "Quadro P4000"),
        Shader("quadro-p5000", "Quadro P5000", 8.9, 1, 288, 16, 180, "Quadro P5000"), Shader("quadro-p6000", "Quadro P6000", 12.6, 1, 432, 24, 250, "Quadro P6000"),
        Shader("nvidia-t1000", "NVIDIA T1000", 2.5, 2, 160, 8, 50, "Nvidia T1000", "Quadro T1000"),
    ];

    private static SheetRow Card(string name, string title, double tera32, double tera16, double bandwidth, double gibi, double watts, params string[] aliases) =>
        new(name, title, DeviceKind.DesktopGpu, ProcessorClass.TensorGpu, new(tera32, tera16, 2 * tera16, tera16), bandwidth, gibi, Math.Round(6 + (0.05 * watts)), watts) { Aliases = aliases };

    private static SheetRow Shader(string name, string title, double tera32, double factor16, double bandwidth, double gibi, double watts, params string[] aliases) =>
        new(name, title, DeviceKind.DesktopGpu, ProcessorClass.ShaderGpu, new(tera32, tera32 * factor16, tera32 * 4, tera32 * factor16), bandwidth, gibi, Math.Round(6 + (0.05 * watts)), watts) { Aliases = aliases };
}
