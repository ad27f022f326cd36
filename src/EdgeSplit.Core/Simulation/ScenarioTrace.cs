using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Core.Simulation;

/// <summary>A recorded link of a scenario.</summary>
internal static class ScenarioTrace
{
    private const string Formats = "mahimahi, timeRate, irish5G, fiveGophers or recorded";

    // The keys that say something about a recorded link; all others are about radio.
    private static readonly string[] OwnKeys =
    [
        "profile", "uplinkTrace", "downlinkTrace", "traceFormat", "traceBandwidthHz", "downlinkTraceBandwidthHz", "traceBlockSeconds", "uplinkDelaySeconds", "downlinkDelaySeconds", "radio",
    ];

    internal static TraceLink Read(ScenarioSection section, TraceLink? known)
    {
        foreach (var key in ScenarioKeys.ByPath["$.link"].Except(OwnKeys))
        {
            if (section.Has(key))
            {
                throw section.Error(key, "a radio parameter on a recorded link", "for recorded links only " + string.Join(", ", OwnKeys));
            }
        }

        foreach (var key in new[] { "traceFormat", "traceBandwidthHz", "downlinkTraceBandwidthHz" })
        {
            if (section.Has(key) && !section.Has("uplinkTrace") && !section.Has("downlinkTrace"))
            {
                throw section.Error(key, "a format without a trace of one's own", "uplinkTrace or downlinkTrace beside it");
            }
        }

        var delay = ScenarioLink.Delay(section, "uplinkDelaySeconds", known?.UplinkDelay ?? new(0.005, 0.0025, 0.0005));
        return new TraceLink
        {
            Uplink = Load(section, "uplinkTrace") ?? known?.Uplink ?? throw section.Missing("uplinkTrace", "the path of a trace file beside downlinkTrace"),
            Downlink = Load(section, "downlinkTrace") ?? known?.Downlink ?? throw section.Missing("downlinkTrace", "the path of a trace file beside uplinkTrace"),
            UplinkDelay = delay,
            DownlinkDelay = ScenarioLink.Delay(section, "downlinkDelaySeconds", known?.DownlinkDelay ?? new(0.0005, 0.0025, 0.0005)),
            RadioEnergy = ScenarioLink.Radio(section, known?.RadioEnergy ?? RadioEnergyModel.Lte.AboveIdleOf(LinkCatalog.PhoneIdleWatts)),
            BlockSeconds = section.Number("traceBlockSeconds", 1e-4, 3600) ?? known?.BlockSeconds ?? 0.01,
        };
    }

    /// <summary>Refuses the keys of recorded links on a radio link.</summary>
    internal static void Refuse(ScenarioSection section)
    {
        foreach (var key in new[] { "uplinkTrace", "downlinkTrace", "traceFormat", "traceBandwidthHz", "downlinkTraceBandwidthHz", "traceBlockSeconds" })
        {
            if (section.Has(key))
            {
                throw section.Error(key, "a trace on a radio link", "uplinkTrace and downlinkTrace without a radio profile");
            }
        }
    }

    private static ICapacityTrace? Load(ScenarioSection section, string key)
    {
        if (section.Text(key, "the path of a trace file") is not { } file)
        {
            return null;
        }

        var hertz = section.Number("traceBandwidthHz", 0, 1e12, aboveMinimum: true);
        var downlinkHertz = section.Number("downlinkTraceBandwidthHz", 0, 1e12, aboveMinimum: true);
        if ((hertz ?? downlinkHertz) is not null && section.Text("traceFormat", Formats) != "recorded")
        {
            throw section.Error(hertz is null ? "downlinkTraceBandwidthHz" : "traceBandwidthHz", "a bandwidth for a trace of rates", "no bandwidth, or traceFormat \"recorded\"");
        }

        hertz = key == "downlinkTrace" ? downlinkHertz ?? hertz : hertz;

        var path = Path.Combine(Path.GetDirectoryName(section.File) ?? "", file);
        var format = section.Text("traceFormat", Formats) ?? Usual(path);
        try
        {
            ICapacityTrace trace = format switch
            {
                "mahimahi" => MahimahiTrace.Load(path),
                "timeRate" => RateTrace.Load(path),
                "irish5G" => ChannelTrace.Load(path, TraceColumns.Irish5G).Rate,
                "fiveGophers" => ChannelTrace.Load(path, TraceColumns.FiveGophers).Rate,
                "recorded" => ChannelTrace.Load(path, Recorded(hertz ?? throw section.Missing("traceBandwidthHz", "the bandwidth in hertz that turns recorded efficiencies into rates"))).Rate,
                _ => throw section.Error("traceFormat", Formats),
            };
            return trace.MeanBitsPerSecond > 0 ? trace : throw section.Error(key, "a trace that never carries anything", "a trace with capacity");
        }
        catch (Exception error) when (error is TraceException or ArgumentException)
        {
            throw section.Error(key, "a trace that cannot be used (" + error.Message.TrimEnd('.') + ")", "the path of a trace in the format " + format, error);
        }
    }

    private static TraceColumns Recorded(double hertz) => new("spectral_efficiency") { TimeColumn = "start_seconds", RateUnitBitsPerSecond = hertz };

    private static string Usual(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".UP" or ".DOWN" or ".MAHI" => "mahimahi",
        ".CSV" => "irish5G",
        _ => "timeRate",
    };
}
