namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>One data sheet in the units of data sheets: TFLOP/s (10^12), GB/s (10^9), GiB (2^30), watts.</summary>
internal sealed record SheetRow(
    string Name, string Title, DeviceKind Kind, ProcessorClass Processor, PerFormat PeakTera, double BandwidthGiga, double MemoryGibi, double IdleWatts, double BusyWatts)
{
    internal const string Known = "vendor's data sheet, from general knowledge; to be verified";

    private const double Gibi = 1024.0 * 1024 * 1024;

    /// <summary>The chip, board or card; the name unless several processors share it.</summary>
    internal string Platform { get => field ?? Name; init; } = null!;

    /// <summary>Whether the names of the platform stand on this sheet, though it is not the platform's first.</summary>
    internal bool CarriesNames { get; init; }

    /// <summary>Versions of one processor that differ in memory size or in GPU cores; the first of them is the usual one.</summary>
    internal string Family { get => field ?? Name; init; } = null!;

    /// <summary>GPU cores by which versions are told apart; 0 where they are not.</summary>
    internal int GpuCores { get; init; }

    /// <summary>Processor cores behind the peak; 0 for other processors.</summary>
    internal int Cores { get; init; }

    internal string[] Aliases { get; init; } = [];

    /// <summary>The public source of peak, bandwidth and memory; null where they are general knowledge.</summary>
    internal string? Seen { get; init; }

    /// <summary>How the peak was obtained, where it is not the vendor's figure.</summary>
    internal string? PeakText { get; init; }

    /// <summary>Why the peak was assumed; null where it was not.</summary>
    internal string? PeakAssumed { get; init; }

    /// <summary>Who measured the peak; null where nobody did.</summary>
    internal string? PeakMeasured { get; init; }

    /// <summary>How the bandwidth was obtained, where it is not the vendor's figure.</summary>
    internal string? BandwidthText { get; init; }

    /// <summary>Why the bandwidth was assumed; null where it was not.</summary>
    internal string? BandwidthAssumed { get; init; }

    /// <summary>Where idle and busy power come from, where they are not the power limit and a class value.</summary>
    internal string? PowerText { get; init; }

    /// <summary>Who measured the busy power; null where nobody did.</summary>
    internal string? PowerMeasured { get; init; }

    /// <summary>Whether the card or module is a device of its own beside the computer that it is plugged into.</summary>
    internal bool IsAddIn => Processor is ProcessorClass.TensorGpu or ProcessorClass.ShaderGpu || (Processor == ProcessorClass.NeuralProcessor && AddInAccelerator);

    /// <summary>Whether a neural processor is a module of its own.</summary>
    internal bool AddInAccelerator { get; init; }

    /// <summary>The rows of processor cores: peak by hand from operations per second, FLOP per cycle included.</summary>
    internal static SheetRow OfCores(
        string name, string title, DeviceKind kind, ProcessorClass processor, int cores, double tera32, double factor16, double factor8,
        double bandwidthGiga, double memoryGibi, double idleWatts, double busyWatts, params string[] aliases) =>
        new(name, title, kind, processor, new(tera32, tera32 * factor16, tera32 * factor8, tera32 * factor8), bandwidthGiga, memoryGibi, idleWatts, busyWatts)
        {
            Cores = cores,
            Aliases = aliases,
            PeakText = "by hand: cores x a usual clock of all cores x FLOP per cycle (16 for AVX or two 128-bit units, 32 for AVX2 or four, 64 for two 512-bit units); "
                + "16-bit and 8-bit rates are multiples where the core has such products",
        };

    internal DeviceSheet ToSheet() => new()
    {
        Name = Name,
        Title = Title,
        Platform = Platform,
        Kind = Kind,
        Processor = Processor,
        PeakMatrixFlopPerSecond = new(PeakTera.Bits32 * 1e12, PeakTera.Bits16 * 1e12, PeakTera.Bits8 * 1e12, PeakTera.LowBit * 1e12),
        PeakBytesPerSecond = BandwidthGiga * 1e9,
        MemoryBytes = MemoryGibi * Gibi,
        UsableMemoryShare = UsableShare,
        IdleWatts = IdleWatts,
        BusyWatts = BusyWatts,
        HighBandwidthMemory = StackedMemory.Has(this),
        Cores = Cores,
        Aliases = Array.AsReadOnly(Aliases),
        Sources =
        [
            Source(DeviceEntry.PeakRate, PeakText, PeakAssumed, PeakMeasured),
            Source(DeviceEntry.NominalBandwidth, BandwidthText, BandwidthAssumed, null),
            new(DeviceEntry.Memory, IsAddIn ? ParameterOrigin.DataSheet : ParameterOrigin.ClassValue,
                IsAddIn ? "memory of the card, " + (Seen ?? Known) + "; usable share a class value" : "a usual configuration; usable share a class value"),
            new(DeviceEntry.Power, PowerMeasured is not null ? ParameterOrigin.Measured : PowerText is null && !IsAddIn ? ParameterOrigin.ClassValue : ParameterOrigin.DataSheet,
                PowerMeasured ?? PowerText ?? (IsAddIn ? "power limit as busy power, an upper bound; idle a class value" : "values of the class, from the power limits of its vendors")),
        ],
    };

    private double UsableShare => Kind switch
    {
        DeviceKind.Phone => 0.5,
        DeviceKind.Jetson => 0.8,
        DeviceKind.Cpu => 0.85,
        DeviceKind.ServerGpu => 0.92,
        DeviceKind.DesktopGpu when Processor != ProcessorClass.AppleGpu => 0.9,
        DeviceKind.Laptop when IsAddIn => 0.9,
        _ => 0.75,
    };

    private ParameterSource Source(string parameter, string? text, string? assumed, string? measured) =>
        assumed is not null ? new(parameter, ParameterOrigin.ClassValue, "assumed: " + assumed)
        : measured is not null ? new(parameter, ParameterOrigin.Measured, measured)
        : text is not null && Seen is not null ? new(parameter, ParameterOrigin.DataSheet, text + " [" + Seen + "]")
        : new(parameter, ParameterOrigin.DataSheet, text ?? Seen ?? Known);
}
