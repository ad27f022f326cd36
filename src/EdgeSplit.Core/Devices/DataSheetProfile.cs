using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices;

/// <summary>Makes a profile of a device of which only the data sheet is known, with what its engine usually reaches on such a processor.</summary>
/// <remarks>
/// <para>An honest prediction for a device never measured: how far off it is stands in <see cref="EngineModel.PrefillLogError"/> and <see cref="EngineModel.DecodeLogError"/>.
/// With the efficiencies of <see cref="EngineDefaults"/> it is never faster than the roofline of the sheet.</para>
/// <para>Pure; safe to call from several threads.</para>
/// </remarks>
public static class DataSheetProfile
{
    private const int ThreadsOfUsualMeeting = 8;

    /// <summary>Makes the profile of a sheet.</summary>
    /// <param name="sheet">The data sheet.</param>
    /// <param name="engine">What the engine reaches on such a processor; the usual engine's defaults where omitted.</param>
    /// <param name="parameters">Parameters instead of the engine's, of a fit for example.</param>
    /// <param name="threads">Processor threads of the run, for sheets with <see cref="DeviceSheet.Cores"/>; all cores where omitted. Arithmetic scales with the share of the cores, bandwidth less than that:
    /// a quarter of the cores draws 5/8 of it.</param>
    /// <param name="name">The profile's name; the sheet's where omitted.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sheet"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static RooflineProfile Create(DeviceSheet sheet, EngineModel? engine = null, EngineParameters? parameters = null, int? threads = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        engine ??= EngineDefaults.Find(sheet.Processor, EngineDefaults.Usual(sheet.Processor));
        var reached = parameters ?? engine.Parameters;
        var share = threads is { } count && sheet.Cores > 0 ? Math.Min(1.0, (double)Guard.AtLeast(count, 1, nameof(threads)) / sheet.Cores) : 1;
        var peak = sheet.PeakMatrixFlopPerSecond;
        var hasMatrixUnits = sheet.Processor is ProcessorClass.TensorGpu or ProcessorClass.EmbeddedGpu;

        // Cards of the GeForce line multiply 16-bit matrices at half their rate where sums are kept in 32 bits; the 8-bit rate is twice the full one.
        var bits16 = engine.HalfPrecisionAccumulation && hasMatrixUnits ? Math.Max(peak.Bits16, peak.Bits8 / 2) : peak.Bits16;
        var read = reached[EngineParameter.BandwidthEfficiency] * (sheet.HighBandwidthMemory ? reached[EngineParameter.StackedMemoryFactor] : 1);
        var matrix = reached[EngineParameter.MatrixEfficiency];
        var packed = reached[EngineParameter.PackedMatrixEfficiency];
        return new RooflineProfile
        {
            Name = name ?? sheet.Name,
            Kind = sheet.Kind,
            PeakMatrixFlopPerSecond = new(
                share * peak.Bits32, share * bits16, share * (hasMatrixUnits ? bits16 : peak.Bits8), share * (hasMatrixUnits ? bits16 : peak.LowBit)),
            MatrixEfficiency = new(matrix, matrix, packed, packed),
            AttentionEfficiency = reached[EngineParameter.AttentionEfficiency],
            PeakBytesPerSecond = sheet.PeakBytesPerSecond * 1.25 * share / (share + 0.25),
            BandwidthEfficiency = Math.Min(RooflineProfile.MaximumEfficiency, read),
            PackedBandwidthFactor = parameters is null ? Math.Min(reached[EngineParameter.PackedBandwidthFactor], 1 / read) : reached[EngineParameter.PackedBandwidthFactor],
            KeyValueBandwidthEfficiency = reached[EngineParameter.KeyValueBandwidthEfficiency],
            UnpackFlopPerWeight = reached[EngineParameter.UnpackFlopPerWeight],
            UnpackBytesPerWeight = reached[EngineParameter.UnpackBytesPerWeight],
            OverlapExponent = engine.OverlapExponent,
            ScoreBytes = reached[EngineParameter.ScoreBytes],
            MicroBatchTokens = engine.MicroBatchTokens,
            OverheadSecondsPerOperation = reached[EngineParameter.OverheadSecondsPerOperation] * Meeting(sheet, threads),
            OverheadSecondsPerPass = reached[EngineParameter.OverheadSecondsPerPass],
            MemoryBytes = sheet.MemoryBytes,
            UsableMemoryShare = sheet.UsableMemoryShare,
            IdleWatts = sheet.IdleWatts,
            WattsAboveIdle = Guard.InRange(sheet.BusyWatts, Guard.NonNegative(sheet.IdleWatts), double.MaxValue) - sheet.IdleWatts,
        };
    }

    /// <summary>The plain roofline of a sheet: all efficiencies 1, no overheads, a prompt in one pass.</summary>
    /// <param name="sheet">The data sheet.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sheet"/> is null.</exception>
    public static RooflineProfile Roofline(DeviceSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var peak = sheet.PeakMatrixFlopPerSecond;
        var packed = sheet.Processor is ProcessorClass.TensorGpu or ProcessorClass.EmbeddedGpu ? peak.Bits16 : 0; // weights alone are packed there: products run on 16-bit units
        return new RooflineProfile
        {
            Name = sheet.Name,
            Kind = sheet.Kind,
            PeakMatrixFlopPerSecond = new(peak.Bits32, peak.Bits16, Math.Max(peak.Bits8, packed), Math.Max(peak.LowBit, packed)),
            PeakBytesPerSecond = sheet.PeakBytesPerSecond,
            MemoryBytes = sheet.MemoryBytes,
            UsableMemoryShare = sheet.UsableMemoryShare,
            IdleWatts = sheet.IdleWatts,
            WattsAboveIdle = sheet.BusyWatts - sheet.IdleWatts,
        };
    }

    /// <summary>Makes the profile of a device described by a few figures.</summary>
    /// <param name="name">The name shown in tables and errors.</param>
    /// <param name="kind">The kind of hardware; it decides the processor, with its usual engine.</param>
    /// <param name="peakMatrixFlopPerSecond">Peak dense rate of matrix products per class of weight format, FLOP/s.</param>
    /// <param name="peakBytesPerSecond">Nominal memory bandwidth, bytes per second.</param>
    /// <param name="memoryBytes">Physical memory, bytes.</param>
    /// <param name="idleWatts">Power while it waits, watts.</param>
    /// <param name="busyWatts">Power while it computes, watts, at least <paramref name="idleWatts"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range, or the kind is not defined.</exception>
    public static RooflineProfile Create(
        string name, DeviceKind kind, PerFormat peakMatrixFlopPerSecond, double peakBytesPerSecond, double memoryBytes, double idleWatts, double busyWatts) => Create(new DeviceSheet
        {
            Name = name,
            Title = name,
            Platform = name,
            Kind = kind,
            Processor = UsualProcessor(kind),
            PeakMatrixFlopPerSecond = peakMatrixFlopPerSecond,
            PeakBytesPerSecond = peakBytesPerSecond,
            MemoryBytes = memoryBytes,
            UsableMemoryShare = UsualMemoryShare(kind),
            IdleWatts = idleWatts,
            BusyWatts = busyWatts,
            Sources = [new ParameterSource("sheet", ParameterOrigin.DataSheet, "given by the caller")],
        });

    // Threads meet at the end of every operation, and that takes the longer the more they are.
    private static double Meeting(DeviceSheet sheet, int? threads) => sheet.Cores == 0 ? 1 : Math.Max(1, Math.Min(threads ?? sheet.Cores, sheet.Cores) / (double)ThreadsOfUsualMeeting);

    /// <summary>The processor that runs language models on a kind of hardware where nothing else is said.</summary>
    /// <param name="kind">The kind of hardware.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not defined.</exception>
    public static ProcessorClass UsualProcessor(DeviceKind kind) => kind switch
    {
        DeviceKind.Phone => ProcessorClass.NeuralProcessor,
        DeviceKind.Jetson => ProcessorClass.EmbeddedGpu,
        DeviceKind.Laptop => ProcessorClass.AppleGpu,
        DeviceKind.Cpu => ProcessorClass.DesktopCpu,
        DeviceKind.DesktopGpu or DeviceKind.ServerGpu => ProcessorClass.TensorGpu,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Must be a defined kind."),
    };

    /// <summary>The share of the memory that a runtime may usually fill on a kind of hardware, dimensionless: the rest is the system's and other programs'. A class value.</summary>
    /// <param name="kind">The kind of hardware.</param>
    public static double UsualMemoryShare(DeviceKind kind) => kind switch
    {
        DeviceKind.Phone => 0.5,
        DeviceKind.Laptop => 0.75,
        DeviceKind.Jetson => 0.8,
        DeviceKind.Cpu => 0.85,
        _ => 0.92,
    };
}
