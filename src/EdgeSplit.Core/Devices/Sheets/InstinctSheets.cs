namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>AMD Instinct cards of data centres. A card of two dies is one sheet, though engines see two devices.</summary>
internal static class InstinctSheets
{
    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        Card("mi25", "Instinct MI25", ProcessorClass.ShaderGpu, 12.3, 24.6, 24.6, 484, 16, 300), Card("mi50", "Instinct MI50", ProcessorClass.ShaderGpu, 13.3, 26.5, 53, 1024, 16, 300),
        Card("mi50-32gb", "Instinct MI50 32GB", ProcessorClass.ShaderGpu, 13.3, 26.5, 53, 1024, 32, 300) with { Family = "mi50" },
        Card("mi60", "Instinct MI60", ProcessorClass.ShaderGpu, 14.7, 29.5, 59, 1024, 32, 300), Card("mi100", "Instinct MI100", ProcessorClass.TensorGpu, 23.1, 184.6, 184.6, 1228.8, 32, 300),
        Card("mi210", "Instinct MI210", ProcessorClass.TensorGpu, 22.6, 181, 181, 1638, 64, 300), Card("mi250", "Instinct MI250", ProcessorClass.TensorGpu, 45.3, 362, 362, 3277, 128, 500),
        Card("mi250x", "Instinct MI250X", ProcessorClass.TensorGpu, 47.9, 383, 383, 3277, 128, 500), Card("mi300a", "Instinct MI300A", ProcessorClass.TensorGpu, 122.6, 980, 1961, 5300, 128, 550),
        Card("mi300x", "Instinct MI300X", ProcessorClass.TensorGpu, 163.4, 1307, 2614, 5300, 192, 750) with { Seen = "GenZ system_configs: bandwidth and rate seen, the rest to be verified" },
        Card("mi325x", "Instinct MI325X", ProcessorClass.TensorGpu, 163.4, 1307, 2614, 6000, 256, 1000), Card("mi355x", "Instinct MI355X", ProcessorClass.TensorGpu, 157.3, 2500, 5000, 8000, 288, 1400),
    ];

    private static SheetRow Card(string name, string title, ProcessorClass processor, double tera32, double tera16, double tera8, double bandwidth, double gibi, double watts) =>
        new(name, title, DeviceKind.ServerGpu, processor, new(tera32, tera16, tera8, tera16), bandwidth, gibi, Math.Round(0.12 * watts), watts);
}
