namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>NVIDIA cards of data centres. Peaks are dense.</summary>
internal static class ServerGpuSheets
{
    private const string Viewer = "LLM-Viewer hardware_params.py: seen (power unverified)";
    private const string Database = "hmc-tech GPU database page; public bandwidth tables in code: seen";

    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        // name, title, shader FP32, tensor FP16, 8 bits, GB/s, GiB, W
        Shader("tesla-m40", "Tesla M40", 6.8, 6.8, 6.8, 288, 24, 250, "Tesla M40", "M40"), Shader("tesla-m40-12gb", "Tesla M40 12GB", 6.8, 6.8, 6.8, 288, 12, 250) with { Family = "tesla-m40" },
        Shader("tesla-p4", "Tesla P4", 5.5, 5.5, 22, 192, 8, 75, "Tesla P4"),
        Shader("tesla-p40", "Tesla P40", 11.8, 11.8, 47, 346, 24, 250, "Tesla P40", "P40"),
        Shader("tesla-p100", "Tesla P100 PCIe", 9.3, 18.7, 18.7, 732, 16, 250, "Tesla P100", "P100", "P100 PCIe"), Shader("tesla-p100-12gb", "Tesla P100 PCIe 12GB", 9.3, 18.7, 18.7, 549, 12, 250) with { Family = "tesla-p100" },
        Shader("tesla-p100-sxm", "Tesla P100 SXM2", 10.6, 21.2, 21.2, 732, 16, 300, "P100 SXM2", "P100 SXM", "Tesla P100 SXM2", "Tesla P100 SXM"),
        Card("v100-sxm-32gb", "Tesla V100 SXM2 32GB", 15.7, 125, 62, 900, 32, 300, "V100", "V100 SXM2", "V100 SXM", "V100 SXM3", "Tesla V100") with { Family = "v100-sxm", Seen = "llm-analysis; LLM-Viewer (lists 112): seen" },
        Card("v100-sxm-16gb", "Tesla V100 SXM2 16GB", 15.7, 125, 62, 900, 16, 300) with { Family = "v100-sxm" },
        Card("v100-pcie-32gb", "Tesla V100 PCIe 32GB", 14, 112, 56, 900, 32, 250, "V100 PCIe") with { Family = "v100-pcie" },
        Card("v100-pcie-16gb", "Tesla V100 PCIe 16GB", 14, 112, 56, 900, 16, 250) with { Family = "v100-pcie" },
        Card("t4", "Tesla T4", 8.1, 65.13, 130.25, 320, 16, 70, "Tesla T4", "T4") with { Seen = Database },
        Card("nvidia-a2", "NVIDIA A2", 4.5, 18.1, 36.2, 200, 16, 60, "Nvidia A2", "Tesla A2"),
        Card("a10", "A10", 31.2, 125, 250, 600, 24, 150, "A10") with { Seen = "llm-analysis gpu_configs; public bandwidth tables in code: seen" },
        Card("a10g", "A10G", 35, 70, 140, 600, 24, 300, "A10G"),
        Card("nvidia-a16", "NVIDIA A16, one of its four GPUs", 4.5, 18, 36, 200, 16, 62, "Nvidia A16"),
        Card("a30", "A30", 10.3, 165, 330, 933, 24, 165, "A30"),
        Card("a40", "A40", 37.4, 149.7, 299.3, 696, 48, 300, "A40") with { Seen = Viewer },
        Card("a100-sxm-80gb", "A100 SXM 80GB", 19.5, 312, 624, 2039, 80, 400, "A100", "A100 SXM", "A100 SXM4") with { Family = "a100-sxm", Seen = "LLM-Viewer; llm-analysis; GenZ: seen" },
        Card("a100-sxm-40gb", "A100 SXM 40GB", 19.5, 312, 624, 1555, 40, 400) with { Family = "a100-sxm", Seen = Viewer },
        Card("a100-pcie-80gb", "A100 PCIe 80GB", 19.5, 312, 624, 1935, 80, 300, "A100 PCIe", "A100 80GB PCIe") with { Family = "a100-pcie" },
        Card("a100-pcie-40gb", "A100 PCIe 40GB", 19.5, 312, 624, 1555, 40, 250, "A100 40GB PCIe") with { Family = "a100-pcie" },
        Card("h100-sxm-80gb", "H100 SXM 80GB", 67, 989.5, 1979, 3350, 80, 700, "H100", "H100 SXM", "H100 SXM5", "H100 HBM3", "H100 80GB HBM3") with { Seen = "llm-analysis 3350 GB/s; LLM-Viewer lists 3072: seen, bandwidth disputed" },
        Card("h100-pcie", "H100 PCIe 80GB", 51, 756.5, 1513, 2048, 80, 350, "H100 PCIe", "H100 80GB PCIe") with { Seen = Viewer },
        Card("h100-nvl", "H100 NVL", 60, 835, 1671, 3938, 94, 400, "H100 NVL"),
        Card("h20", "H20", 44, 148, 296, 4000, 96, 400, "H20"),
        Card("h200-sxm", "H200 SXM", 67, 989, 1979, 4800, 141, 700, "H200", "H200 SXM", "H200 SXM5") with { Seen = "hmc-tech GPU database page; MLPerf H200 configuration (700 W): seen" },
        Card("h200-nvl", "H200 NVL", 60, 835, 1671, 4800, 141, 600, "H200 NVL"),
        Card("gh200", "GH200 Grace Hopper", 67, 989, 1979, 4900, 144, 900, "GH200", "Grace Hopper") with { Seen = "GenZ system_configs: seen" },
        Card("gh200-96gb", "GH200 Grace Hopper 96GB", 67, 989, 1979, 4000, 96, 900, "GH200 480GB") with { Family = "gh200" },
        Card("b200", "B200", 75, 2250, 4500, 8000, 180, 1000, "B200"), Card("b300", "B300", 75, 2250, 4500, 8000, 288, 1400, "B300"),
        Card("l4", "L4", 30.3, 121, 242, 300, 24, 72, "L4", "Tesla L4") with { Seen = Database },
        Card("l20", "L20", 59.8, 119.5, 239, 864, 48, 275, "L20"), Card("l40", "L40", 90.5, 181, 362, 864, 48, 300, "L40"), Card("l40s", "L40S", 91.6, 362, 733, 864, 48, 350, "L40S"),
    ];

    private static SheetRow Card(string name, string title, double tera32, double tera16, double tera8, double bandwidth, double gibi, double watts, params string[] aliases) =>
        new(name, title, DeviceKind.ServerGpu, ProcessorClass.TensorGpu, new(tera32, tera16, tera8, tera16), bandwidth, gibi, Math.Round(0.1 * watts), watts) { Aliases = aliases };

    private static SheetRow Shader(string name, string title, double tera32, double tera16, double tera8, double bandwidth, double gibi, double watts, params string[] aliases) =>
        new(name, title, DeviceKind.ServerGpu, ProcessorClass.ShaderGpu, new(tera32, tera16, tera8, tera16), bandwidth, gibi, Math.Round(0.1 * watts), watts) { Aliases = aliases };
}
