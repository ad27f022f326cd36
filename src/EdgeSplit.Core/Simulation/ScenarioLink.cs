using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Simulation;

/// <summary>The link of a scenario: a catalogue entry with overrides.</summary>
internal static class ScenarioLink
{
    internal static (LinkParameters Parameters, string Name) Read(ScenarioSection section)
    {
        var names = LinkCatalog.All.Select(entry => entry.Name);
        var name = section.Text("profile", ScenarioSection.Names("link", names)) ?? throw section.Missing("profile", ScenarioSection.Names("link", names));
        LinkEntry entry;
        try
        {
            entry = LinkCatalog.Find(name);
        }
        catch (UnknownNameException)
        {
            throw section.Unknown("profile", "link", name, names);
        }

        return (Overridden(section, entry.Parameters), entry.Name);
    }

    private static LinkParameters Overridden(ScenarioSection section, LinkParameters link)
    {
        double? Bandwidth(string key) => section.Number(key, 0, 1e12, aboveMinimum: true);
        var both = Bandwidth("bandwidthHz");
        if (both is not null && (section.Has("uplinkBandwidthHz") || section.Has("downlinkBandwidthHz")))
        {
            throw section.Error("bandwidthHz", "a bandwidth for both directions beside one for a single direction", "either bandwidthHz, or uplinkBandwidthHz and downlinkBandwidthHz");
        }

        var minimum = section.Number("minimumDistanceMetres", 0, 1e7, aboveMinimum: true) ?? link.MinimumDistanceMetres;
        var maximum = section.Number("maximumDistanceMetres", 0, 1e7, aboveMinimum: true) ?? link.MaximumDistanceMetres;
        if (maximum < minimum)
        {
            throw section.Has("maximumDistanceMetres")
                ? section.Error("maximumDistanceMetres", FormattableString.Invariant($"at least the minimum distance, {minimum} m"))
                : section.Error("minimumDistanceMetres", FormattableString.Invariant($"at most the maximum distance, {maximum} m"));
        }

        var otherLossDb = section.Number("otherLossDb", 0, 200);
        MessageDelay Delay(string key, MessageDelay known) => section.Number(key, 0, 60) is { } seconds ? new MessageDelay(0, seconds, 0) : known;
        return link with
        {
            Uplink = link.Uplink with
            {
                BandwidthHz = both ?? Bandwidth("uplinkBandwidthHz") ?? link.Uplink.BandwidthHz,
                TransmitPowerDbm = section.Number("transmitPowerDbm", -50, 80) ?? link.Uplink.TransmitPowerDbm,
                OtherLossDb = otherLossDb ?? link.Uplink.OtherLossDb,
            },
            Downlink = link.Downlink with
            {
                BandwidthHz = both ?? Bandwidth("downlinkBandwidthHz") ?? link.Downlink.BandwidthHz,
                TransmitPowerDbm = section.Number("downlinkTransmitPowerDbm", -50, 80) ?? link.Downlink.TransmitPowerDbm,
                OtherLossDb = otherLossDb ?? link.Downlink.OtherLossDb,
            },
            UplinkShare = section.Number("uplinkShare", 0, 1, aboveMinimum: true) ?? link.UplinkShare,
            DownlinkShare = section.Number("downlinkShare", 0, 1, aboveMinimum: true) ?? link.DownlinkShare,
            MinimumDistanceMetres = minimum,
            MaximumDistanceMetres = maximum,
            ShadowingStandardDeviationDb = section.Number("shadowingStandardDeviationDb", 0, 40) ?? link.ShadowingStandardDeviationDb,
            NakagamiShape = section.Number("nakagamiShape", 0.5, 1e6) ?? link.NakagamiShape,
            CoherenceSeconds = section.Number("coherenceSeconds", 1e-4, 3600) ?? link.CoherenceSeconds,
            UplinkDelay = Delay("uplinkDelaySeconds", link.UplinkDelay),
            DownlinkDelay = Delay("downlinkDelaySeconds", link.DownlinkDelay),
        };
    }
}
