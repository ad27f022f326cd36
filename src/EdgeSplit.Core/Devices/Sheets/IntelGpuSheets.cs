namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Intel Arc cards, and GPUs of Intel processors that texts name without the processor.</summary>
internal static class IntelGpuSheets
{
    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        // Shader rates: 16 bits at twice, 8-bit dot products at four times the 32-bit rate; the matrix units are not counted, engines long ran without them.
        Arc("arc-a310", "Arc A310", 3.07, 124, 4, 75, "Arc A310", "A310"), Arc("arc-a380", "Arc A380", 4.2, 186, 6, 75, "Arc A380", "A380"), Arc("arc-a580", "Arc A580", 12.3, 512, 8, 185, "Arc A580", "A580"),
        Arc("arc-a750", "Arc A750", 17.2, 512, 8, 225, "Arc A750", "A750"), Arc("arc-a770", "Arc A770", 19.7, 560, 16, 225, "Arc A770", "A770"), Arc("arc-a770-8gb", "Arc A770 8GB", 19.7, 512, 8, 225) with { Family = "arc-a770" },
        Arc("arc-b570", "Arc B570", 11.5, 380, 10, 150, "Arc B570", "B570"), Arc("arc-b580", "Arc B580", 13.7, 456, 12, 190, "Arc B580", "B580"),
        Arc("arc-pro-b50", "Arc Pro B50", 10.65, 224, 16, 70, "Arc Pro B50", "Pro B50"), Arc("arc-pro-b60", "Arc Pro B60", 12.3, 456, 24, 200, "Arc Pro B60", "Pro B60"),
        Integrated("uhd-630", "UHD Graphics 630", 0.46, 41.6, "UHD 630", "UHD Graphics 630"), Integrated("uhd-770", "UHD Graphics 770", 0.79, 83.2, "UHD 770", "UHD Graphics 770"),
        Integrated("iris-xe", "Iris Xe Graphics, 96 units", 2, 68.3, "Iris Xe"), Integrated("hd-530", "HD Graphics 530", 0.44, 34.1, "HD 530", "HD Graphics 530"),
    ];

    private static SheetRow Arc(string name, string title, double tera32, double bandwidth, double gibi, double watts, params string[] aliases) =>
        new(name, title, DeviceKind.DesktopGpu, ProcessorClass.ShaderGpu, new(tera32, 2 * tera32, 4 * tera32, 2 * tera32), bandwidth, gibi, Math.Round(8 + (0.08 * watts)), watts)
        {
            Aliases = aliases,
            PeakText = "shader rate, from general knowledge, to be verified; the matrix units are not counted",
        };

    private static SheetRow Integrated(string name, string title, double tera32, double bandwidth, params string[] aliases) =>
        new(name, title, DeviceKind.Laptop, ProcessorClass.IntegratedGpu, new(tera32, 2 * tera32, 2 * tera32, 2 * tera32), bandwidth, 16, 5, 25)
        {
            Aliases = aliases,
            BandwidthAssumed = "the usual memory beside this GPU",
        };
}
