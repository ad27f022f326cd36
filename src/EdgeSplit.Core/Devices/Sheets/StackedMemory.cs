namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Which cards have stacked memory (HBM, HBM2, HBM3): facts of their data sheets.</summary>
internal static class StackedMemory
{
    private static readonly string[] Beginnings =
        ["tesla-p100", "v100-", "titan-v", "quadro-gv100", "cmp-170hx", "a30", "a100-", "a800-", "h100-", "h800-", "h20", "h200-", "gh200", "b100", "b200", "b300", "gb200", "mi50", "mi60", "mi100", "mi210", "mi250", "mi300", "mi325", "mi350", "mi355", "radeon-vii"];

    internal static bool Has(SheetRow row) =>
        row.Processor is ProcessorClass.TensorGpu or ProcessorClass.ShaderGpu && Beginnings.Any(start => row.Name == start || row.Name.StartsWith(start, StringComparison.Ordinal));
}
