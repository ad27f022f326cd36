using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Simulation;

/// <summary>The device or the server of a scenario.</summary>
internal sealed record ScenarioProcessor(RooflineProfile Profile, NumberFormat Weights, ResidualBasis ComputeBasis, ResidualBasis BandwidthBasis)
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

    internal static ScenarioProcessor Read(ScenarioSection section, bool usualWeights)
    {
        var names = DeviceCatalog.All.Select(entry => entry.Name);
        RooflineProfile profile;
        var weights = NumberFormat.F16;
        DeviceEntry? entry = null;
        if (section.Text("profile", ScenarioSection.Names("device", names)) is { } name)
        {
            entry = Find(section, name, names);
            (profile, weights) = (entry.Profile, usualWeights ? entry.UsualWeights : weights);
            RefuseBesideProfile(section);
        }
        else if (section.Has("kind"))
        {
            profile = DataSheet(section);
        }
        else
        {
            throw section.Missing("profile", ScenarioSection.Names("device", names) + "; or \"kind\" with the figures of a data sheet");
        }

        weights = Format(section) ?? weights;
        return new ScenarioProcessor(
            Overridden(section, profile),
            weights,
            Basis(section, entry, MatrixEfficiencyOf(weights), "peakMatrixFlopPerSecond", "matrixEfficiency"),
            Basis(section, entry, DeviceEntry.BandwidthEfficiency, "peakBytesPerSecond", "bandwidthEfficiency"));
    }

    // A speed is calibrated where measured rows of this very device were fitted, and the scenario does not replace what they gave.
    private static ResidualBasis Basis(ScenarioSection section, DeviceEntry? entry, string parameter, params string[] keys) =>
        entry?.SourceOf(parameter).Origin == ParameterOrigin.Fitted && !keys.Any(section.Has) ? ResidualBasis.Calibrated : ResidualBasis.DataSheetOnly;

    private static string MatrixEfficiencyOf(NumberFormat weights) => weights.BitsPerValue switch
    {
        >= 32 => DeviceEntry.MatrixEfficiency32,
        >= 16 => DeviceEntry.MatrixEfficiency16,
        >= 8 => DeviceEntry.MatrixEfficiency8,
        _ => DeviceEntry.MatrixEfficiencyLowBit,
    };

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
        foreach (var key in new[] { "name", "kind" })
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

    private static RooflineProfile DataSheet(ScenarioSection section)
    {
        var kind = section.Choice("kind", "kind of hardware", Kinds)!.Kind;
        var idle = Idle(section) ?? throw section.Missing("idleWatts", "the power while it waits, watts");
        return DataSheetProfile.Create(
            section.Text("name", "a name") ?? "inline",
            kind,
            Peak(section) ?? throw section.Missing("peakMatrixFlopPerSecond", "the peak rate of matrix products, FLOP/s"),
            PeakBytes(section) ?? throw section.Missing("peakBytesPerSecond", "the nominal memory bandwidth, bytes per second"),
            Memory(section) ?? throw section.Missing("memoryBytes", "the memory, bytes"),
            idle,
            section.Number("busyWatts", idle, 1e6) ?? throw section.Missing("busyWatts", "the power while it computes, idle power included, watts"));
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

    private sealed record DeviceKindChoice(DeviceKind Kind);
}
