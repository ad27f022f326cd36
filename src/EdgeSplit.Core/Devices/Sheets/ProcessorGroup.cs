namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Which processor of a chip a benchmark's backend can name.</summary>
internal enum ProcessorGroup
{
    Cpu,
    Gpu,
    Npu,
}

/// <summary>From the kinds of processor to the words of backends.</summary>
internal static class ProcessorGroups
{
    internal static ProcessorGroup GroupOf(this ProcessorClass processor) => processor switch
    {
        ProcessorClass.MobileCpu or ProcessorClass.DesktopCpu => ProcessorGroup.Cpu,
        ProcessorClass.NeuralProcessor => ProcessorGroup.Npu,
        _ => ProcessorGroup.Gpu,
    };
}
