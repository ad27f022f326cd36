namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>A chip with several processors on one memory, in the units of <see cref="SheetRow"/>: it gives one row for each.</summary>
/// <remarks>
/// The <see cref="Main"/> processor carries the chip's name and aliases, the others the name with <c>-cpu</c>, <c>-gpu</c> or <c>-npu</c>; a processor
/// without a peak has no row.
/// </remarks>
internal sealed record Chip(string Name, string Title, DeviceKind Kind, double BandwidthGiga, double MemoryGibi, params string[] Aliases)
{
    /// <summary>The processor that carries the name.</summary>
    internal ProcessorGroup Main { get; init; } = ProcessorGroup.Npu;

    /// <summary>The chip's name among platforms, where versions of the GPU have names of their own.</summary>
    internal string Platform { get => field ?? Name; init; } = null!;

    /// <summary>8-bit operations of the neural processor, 10^12 per second: half of it with 16 bits, an eighth with 32.</summary>
    internal double NpuTera { get; init; }

    internal string NpuSuffix { get; init; } = "-npu";

    internal string? NpuAssumed { get; init; }

    internal string[] NpuAliases { get; init; } = [];

    internal PerFormat Gpu { get; init; }

    internal ProcessorClass GpuClass { get; init; } = ProcessorClass.IntegratedGpu;

    internal string? GpuName { get; init; }

    internal string? GpuText { get; init; }

    internal string? GpuAssumed { get; init; }

    internal string[] GpuAliases { get; init; } = [];

    internal int GpuCores { get; init; }

    /// <summary>Versions with other numbers of GPU cores, rates of 32 and of 16 bits in TFLOP/s, and another bandwidth where it is not 0.</summary>
    internal IReadOnlyList<(int Cores, double Tera32, double Tera16, double BandwidthGiga, string[] Aliases)> GpuVersions { get; init; } = [];

    /// <summary>32-bit rate of all processor cores, TFLOP/s.</summary>
    internal double CpuTera { get; init; }

    internal double Cpu16 { get; init; } = 2;

    internal double Cpu8 { get; init; } = 4;

    internal int Cores { get; init; }

    internal ProcessorClass CpuClass { get; init; } = ProcessorClass.MobileCpu;

    internal string? CpuName { get; init; }

    internal string[] CpuAliases { get; init; } = [];

    internal double IdleWatts { get; init; } = 0.8;

    internal double NpuWatts { get; init; } = 4.8;

    internal double GpuWatts { get; init; } = 5.8;

    internal double CpuWatts { get; init; } = 6.8;

    internal string? Seen { get; init; }

    internal string? BandwidthAssumed { get; init; }

    internal string? BandwidthText { get; init; }

    internal string? PowerMeasured { get; init; }

    internal IEnumerable<SheetRow> Rows()
    {
        // A phone's cores are a phone; those of other chips stand beside desktop processors.
        var cpuKind = Kind == DeviceKind.Phone ? DeviceKind.Phone : DeviceKind.Cpu;
        if (NpuTera > 0)
        {
            yield return Row(Named(ProcessorGroup.Npu, NpuSuffix, null), "neural processor", Kind, ProcessorClass.NeuralProcessor, Of(NpuTera / 8, NpuTera / 2, NpuTera), NpuWatts) with
            {
                CarriesNames = Main == ProcessorGroup.Npu,
                Aliases = [.. Main == ProcessorGroup.Npu ? Aliases : [], .. NpuAliases],
                PeakText = "8-bit operations as published; half of it with 16 bits, an eighth with 32",
                PeakAssumed = NpuAssumed,
            };
        }

        if (Gpu.Bits16 > 0)
        {
            var main = Row(Named(ProcessorGroup.Gpu, "-gpu", GpuName), GpuCores > 0 ? $"{GpuCores}-core GPU" : "GPU", Kind, GpuClass, Gpu, GpuWatts) with
            {
                CarriesNames = Main == ProcessorGroup.Gpu,
                Aliases = [.. Main == ProcessorGroup.Gpu ? Aliases : [], .. GpuAliases],
                GpuCores = GpuCores,
                PeakText = GpuText,
                PeakAssumed = GpuAssumed,
            };
            yield return main;
            foreach (var (cores, tera32, tera16, bandwidth, aliases) in GpuVersions)
            {
                yield return main with
                {
                    Name = $"{main.Name}-{cores}c",
                    Title = $"{Title}, {cores}-core GPU",
                    Family = main.Name,
                    CarriesNames = false,
                    GpuCores = cores,
                    PeakTera = Of(tera32, tera16, tera16),
                    BandwidthGiga = bandwidth > 0 ? bandwidth : BandwidthGiga,
                    Aliases = aliases,
                };
            }
        }

        if (CpuTera > 0)
        {
            var hand = SheetRow.OfCores(
                Named(ProcessorGroup.Cpu, "-cpu", CpuName), Title + ", processor cores", cpuKind, CpuClass, Cores, CpuTera, Cpu16, Cpu8, BandwidthGiga, MemoryGibi, IdleWatts, CpuWatts);
            yield return hand with
            {
                Platform = Platform,
                CarriesNames = Main == ProcessorGroup.Cpu,
                Aliases = [.. Main == ProcessorGroup.Cpu ? Aliases : [], .. CpuAliases],
                Seen = Seen,
                BandwidthText = BandwidthText,
                BandwidthAssumed = BandwidthAssumed,
                PowerMeasured = PowerMeasured,
            };
        }
    }

    private static PerFormat Of(double tera32, double tera16, double tera8) => new(tera32, tera16, tera8, Math.Max(tera8, tera16));

    private string Named(ProcessorGroup group, string suffix, string? name) => name ?? (group == Main ? Name : Name + suffix);

    private SheetRow Row(string name, string what, DeviceKind kind, ProcessorClass processor, PerFormat peak, double watts) =>
        new(name, Title + ", " + what, kind, processor, peak, BandwidthGiga, MemoryGibi, IdleWatts, watts)
        {
            Platform = Platform,
            Seen = Seen,
            BandwidthText = BandwidthText,
            BandwidthAssumed = BandwidthAssumed,
            PowerMeasured = PowerMeasured,
        };
}
