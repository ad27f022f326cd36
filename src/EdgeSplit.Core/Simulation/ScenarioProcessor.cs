using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Devices.Sheets;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Simulation;

/// <summary>The device or the server of a scenario.</summary>
internal sealed record ScenarioProcessor(IComputeProfile Profile, NumberFormat Weights, double PrefillLogError, double DecodeLogError)
{
    private static readonly Dictionary<string, DeviceKindChoice> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["phone"] = new(DeviceKind.Phone),
        ["jetson"] = new(DeviceKind.Jetson),
        ["laptop"] = new(DeviceKind.Laptop),
        ["cpu"] = new(DeviceKind.Cpu),
        ["desktop-gpu"] = new(DeviceKind.DesktopGpu),
        ["server-gpu"] = new(DeviceKind.ServerGpu),
    };

    internal static IReadOnlyDictionary<string, ProcessorChoice> Processors { get; } = Enum.GetValues<ProcessorClass>()
        .ToDictionary(value => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..], value => new ProcessorChoice(value), StringComparer.OrdinalIgnoreCase);

    internal static IReadOnlyDictionary<string, EngineChoice> Engines { get; } = Enum.GetValues<InferenceEngine>()
        .ToDictionary(value => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..], value => new EngineChoice(value), StringComparer.OrdinalIgnoreCase);

    internal static ScenarioProcessor Read(ScenarioSection section, bool isDevice)
    {
        var whole = One(section, isDevice, sharedMemoryBytes: null);
        if (!isDevice || section.Section("decode") is not { } decode)
        {
            return whole;
        }

        // Weights and memory are shared: the processor for single tokens brings its speed and its power only.
        foreach (var key in new[] { "weights", "memoryBytes", "usableMemoryShare" })
        {
            if (decode.Has(key))
            {
                throw decode.Error(key, "weights or memory of a second processor, which shares those of the first", "no such key");
            }
        }

        var single = One(decode, isDevice, whole.Profile.MemoryBytes);
        return whole with { Profile = new PhaseProfile(whole.Profile, single.Profile), DecodeLogError = single.DecodeLogError };
    }

    private static ScenarioProcessor One(ScenarioSection section, bool usualWeights, double? sharedMemoryBytes)
    {
        var names = DeviceCatalog.All.Select(entry => entry.Name);
        RooflineProfile profile;
        var weights = NumberFormat.F16;
        double prefillError, decodeError;
        EngineModel sheetOnly;
        if (section.Text("profile", ScenarioSection.Names("device", names) + "; or the path of a file written by edgesplit calibrate") is { } name)
        {
            RefuseBesideProfile(section);
            if (CalibrationFile.IsFileName(name))
            {
                var calibration = Calibrated(section, name);
                profile = calibration.Profile;
                weights = usualWeights ? NumberFormat.Parse(calibration.UsualWeights) : weights;
                (prefillError, decodeError) = (calibration.PrefillLogError, calibration.DecodeLogError);
                sheetOnly = EngineDefaults.Find(calibration.Sheet.Processor, calibration.Engine);
            }
            else
            {
                var entry = Find(section, name, names);
                (profile, weights) = (entry.Profile, usualWeights ? entry.UsualWeights : weights);
                (prefillError, decodeError) = (entry.PrefillLogError, entry.DecodeLogError);
                sheetOnly = EngineDefaults.Find(entry.Sheet.Processor, entry.Engine);
            }
        }
        else if (section.Has("kind"))
        {
            (profile, sheetOnly) = DataSheet(section, sharedMemoryBytes);
            (prefillError, decodeError) = (sheetOnly.PrefillLogError, sheetOnly.DecodeLogError);
        }
        else
        {
            throw section.Missing("profile", ScenarioSection.Names("device", names) + "; or \"kind\" with the figures of a data sheet");
        }

        weights = Format(section) ?? weights;
        var read = Overridden(section, profile);
        if (section.Number("otherProgramsShare", 0, 0.99) is { } taken)
        {
            var slower = 1 / (1 - taken); // of arithmetic, memory and launches alike
            read = read.Perturbed(slower, slower, slower) with { WattsAboveIdle = read.WattsAboveIdle * (1 - taken) };
        }

        // What was measured does not hold for speeds that the scenario replaces.
        return new ScenarioProcessor(
            read,
            weights,
            section.Has("peakMatrixFlopPerSecond") || section.Has("matrixEfficiency") ? sheetOnly.PrefillLogError : prefillError,
            section.Has("peakBytesPerSecond") || section.Has("bandwidthEfficiency") ? sheetOnly.DecodeLogError : decodeError);
    }

    private static DeviceCalibration Calibrated(ScenarioSection section, string name)
    {
        try
        {
            return CalibrationFile.Load(Path.Combine(Path.GetDirectoryName(section.File) ?? "", name));
        }
        catch (BenchmarkFileException error)
        {
            throw section.Error("profile", "a device file that cannot be used (" + error.Message.TrimEnd('.') + ")", "a file written by edgesplit calibrate", error);
        }
    }

    internal static ServerLoadModel ReadLoad(ScenarioSection? section)
    {
        var byDefault = new ServerLoadModel();
        if (section is null)
        {
            return byDefault;
        }

        var load = new ServerLoadModel
        {
            MeanJobs = section.Number("meanJobs", 0, 1000) ?? byDefault.MeanJobs,
            MeanJobSeconds = section.Number("meanJobSeconds", 0, 1e6, aboveMinimum: true) ?? byDefault.MeanJobSeconds,
            ReportAgeSeconds = section.Number("reportAgeSeconds", 0, 3600) ?? byDefault.ReportAgeSeconds,
            BlockSeconds = section.Number("blockSeconds", 0.001, 3600) ?? byDefault.BlockSeconds,
        };

        // Every block between report and decision is drawn, for every request.
        const int most = 20_000;
        return load.ReportAgeBlocks <= most ? load : throw section.Error(
            section.Has("reportAgeSeconds") ? "reportAgeSeconds" : "blockSeconds",
            FormattableString.Invariant($"at most {most} blocks of {load.BlockSeconds} s between report and decision"));
    }

    private static DeviceEntry Find(ScenarioSection section, string name, IEnumerable<string> names)
    {
        try
        {
            return DeviceCatalog.Find(name.Trim());
        }
        catch (UnknownNameException)
        {
            throw section.Unknown("profile", "device", name, names);
        }
    }

    private static void RefuseBesideProfile(ScenarioSection section)
    {
        foreach (var key in new[] { "name", "kind", "processor", "engine" })
        {
            if (section.Has(key))
            {
                throw section.Error(key, "a key of a device of one's own beside \"profile\"", "either \"profile\" with overrides, or \"kind\" with the figures of a data sheet");
            }
        }
    }

    private static NumberFormat? Format(ScenarioSection section)
    {
        var names = NumberFormat.All.Select(format => format.Name);
        return section.Text("weights", ScenarioSection.Names("number format", names)) is not { } name ? null
            : NumberFormat.TryParse(name, out var format) ? format
            : throw section.Unknown("weights", "number format", name, names);
    }

    private static (RooflineProfile Profile, EngineModel Engine) DataSheet(ScenarioSection section, double? sharedMemoryBytes)
    {
        var kind = section.Choice("kind", "kind of hardware", Kinds)!.Kind;
        var processor = section.Choice("processor", "kind of processor", Processors)?.Processor ?? DataSheetProfile.UsualProcessor(kind);
        var engine = EngineDefaults.Find(processor, section.Choice("engine", "engine", Engines)?.Engine ?? EngineDefaults.Usual(processor));
        var idle = Idle(section) ?? throw section.Missing("idleWatts", "the power while it waits, watts");
        var name = section.Text("name", "a name") ?? "inline";
        return (DataSheetProfile.Create(
            new DeviceSheet
            {
                Name = name,
                Title = name,
                Platform = name,
                Kind = kind,
                Processor = processor,
                PeakMatrixFlopPerSecond = Peak(section) ?? throw section.Missing("peakMatrixFlopPerSecond", "the peak rate of matrix products, FLOP/s"),
                PeakBytesPerSecond = PeakBytes(section) ?? throw section.Missing("peakBytesPerSecond", "the nominal memory bandwidth, bytes per second"),
                MemoryBytes = sharedMemoryBytes ?? Memory(section) ?? throw section.Missing("memoryBytes", "the memory, bytes"),
                UsableMemoryShare = DataSheetProfile.UsualMemoryShare(kind),
                IdleWatts = idle,
                BusyWatts = section.Number("busyWatts", idle, 1e6) ?? throw section.Missing("busyWatts", "the power while it computes, idle power included, watts"),
                Sources = [new ParameterSource("sheet", ParameterOrigin.DataSheet, "given by the scenario")],
            },
            engine), engine);
    }

    private static RooflineProfile Overridden(ScenarioSection section, RooflineProfile profile)
    {
        var idle = Idle(section) ?? profile.IdleWatts;
        var busy = section.Number("busyWatts", idle, 1e6) ?? profile.BusyWatts;
        if (busy < idle)
        {
            throw section.Error("idleWatts", FormattableString.Invariant($"at most the busy power, {busy} W; set busyWatts as well"));
        }

        return profile with
        {
            PeakMatrixFlopPerSecond = Peak(section) ?? profile.PeakMatrixFlopPerSecond,
            PeakBytesPerSecond = PeakBytes(section) ?? profile.PeakBytesPerSecond,
            MemoryBytes = Memory(section) ?? profile.MemoryBytes,
            UsableMemoryShare = section.Number("usableMemoryShare", 0, 1, aboveMinimum: true) ?? profile.UsableMemoryShare,
            IdleWatts = idle,
            WattsAboveIdle = busy - idle,
            MatrixEfficiency = Efficiency(section, "matrixEfficiency") is { } matrix ? PerFormat.Uniform(matrix) : profile.MatrixEfficiency,
            AttentionEfficiency = Efficiency(section, "attentionEfficiency") ?? profile.AttentionEfficiency,
            BandwidthEfficiency = Efficiency(section, "bandwidthEfficiency") ?? profile.BandwidthEfficiency,
            KeyValueBandwidthEfficiency = Efficiency(section, "keyValueBandwidthEfficiency") ?? profile.KeyValueBandwidthEfficiency,
            OverheadSecondsPerOperation = section.Number("overheadSecondsPerOperation", 0, 1) ?? profile.OverheadSecondsPerOperation,
        };
    }

    private static double? Idle(ScenarioSection section) => section.Number("idleWatts", 0, 1e6);

    private static double? Memory(ScenarioSection section) => section.Number("memoryBytes", 0, 1e15, aboveMinimum: true);

    private static double? PeakBytes(ScenarioSection section) => section.Number("peakBytesPerSecond", 0, 1e16, aboveMinimum: true);

    private static double? Efficiency(ScenarioSection section, string key) => section.Number(key, 0, RooflineProfile.MaximumEfficiency, aboveMinimum: true);

    private static PerFormat? Peak(ScenarioSection section)
    {
        const string key = "peakMatrixFlopPerSecond";
        if (!section.IsObject(key))
        {
            return section.Number(key, 0, 1e18, aboveMinimum: true) is { } one ? PerFormat.Uniform(one) : null;
        }

        var table = section.Section(key)!;
        double Rate(string format) => table.Number(format, 0, 1e18, aboveMinimum: true) ?? throw table.Missing(format, "the peak rate with such weights, FLOP/s");
        return new PerFormat(Rate("bits32"), Rate("bits16"), Rate("bits8"), Rate("lowBit"));
    }

    internal sealed record ProcessorChoice(ProcessorClass Processor);

    internal sealed record EngineChoice(InferenceEngine Engine);

    private sealed record DeviceKindChoice(DeviceKind Kind);
}
