using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Simulation;

/// <summary>The link of a scenario: a catalogue entry with overrides, a link of one's own, or a recorded one.</summary>
internal static class ScenarioLink
{
    /// <summary>Below this share of covered positions a link does not fit its cell.</summary>
    private const double LeastCoveredShare = 0.01;

    private static readonly Dictionary<string, RadioEnergyModel> Radios =
        new[] { RadioEnergyModel.LowBand5G, RadioEnergyModel.MillimetreWave5G, RadioEnergyModel.Lte, RadioEnergyModel.WiFi }.ToDictionary(radio => radio.Name, StringComparer.OrdinalIgnoreCase);

    internal static (ILink Link, string Name) Read(ScenarioSection section)
    {
        var names = LinkCatalog.All.Select(entry => entry.Name);
        if (section.Text("profile", ScenarioSection.Names("link", names)) is not { } name)
        {
            return section.Has("uplinkTrace") || section.Has("downlinkTrace") ? (ScenarioTrace.Read(section, null), "inline") : (Overridden(section, ScenarioRadio.Blank(section)), "inline");
        }

        LinkEntry entry;
        try
        {
            entry = LinkCatalog.Find(name);
        }
        catch (UnknownNameException)
        {
            throw section.Unknown("profile", "link", name, names);
        }

        return (entry.Link is TraceLink recorded ? ScenarioTrace.Read(section, recorded) : Overridden(section, entry.Radio), entry.Name);
    }

    internal static MessageDelay Delay(ScenarioSection section, string key, MessageDelay known) =>
        section.Number(key, 0, 60) is { } seconds ? new MessageDelay(0, seconds, 0) : known;

    internal static RadioEnergyModel Radio(ScenarioSection section, RadioEnergyModel known) => section.Choice("radio", "radio", Radios) ?? known;

    private static LinkParameters Overridden(ScenarioSection section, LinkParameters link)
    {
        ScenarioTrace.Refuse(section);
        double? Bandwidth(string key) => section.Number(key, 0, 1e12, aboveMinimum: true);
        var both = Bandwidth("bandwidthHz");
        if (both is not null && (section.Has("uplinkBandwidthHz") || section.Has("downlinkBandwidthHz")))
        {
            throw section.Error("bandwidthHz", "a bandwidth for both directions beside one for a single direction", "either bandwidthHz, or uplinkBandwidthHz and downlinkBandwidthHz");
        }

        if (section.Has("profile") && section.Has("carrierHz") && !section.Has("pathLoss"))
        {
            _ = section.Number("carrierHz", 1e6, 1e12);
            throw section.Missing("pathLoss", "a path loss for the carrier given: that of the profile holds for its own carrier");
        }

        var otherLossDb = section.Number("otherLossDb", 0, 200);
        var antennaGainDb = section.Number("baseStationGainDb", -30, 60);
        link = link with
        {
            CarrierHz = section.Number("carrierHz", 1e6, 1e12) ?? link.CarrierHz,
            Uplink = link.Uplink with
            {
                BandwidthHz = both ?? Bandwidth("uplinkBandwidthHz") ?? link.Uplink.BandwidthHz,
                TransmitPowerDbm = section.Number("transmitPowerDbm", -50, 80) ?? link.Uplink.TransmitPowerDbm,
                ReceiveAntennaGainDb = antennaGainDb ?? link.Uplink.ReceiveAntennaGainDb,
                NoiseFigureDb = section.Number("noiseFigureDb", 0, 40) ?? link.Uplink.NoiseFigureDb,
                OtherLossDb = otherLossDb ?? link.Uplink.OtherLossDb,
            },
            Downlink = link.Downlink with
            {
                BandwidthHz = both ?? Bandwidth("downlinkBandwidthHz") ?? link.Downlink.BandwidthHz,
                TransmitPowerDbm = section.Number("downlinkTransmitPowerDbm", -50, 80) ?? link.Downlink.TransmitPowerDbm,
                TransmitAntennaGainDb = antennaGainDb ?? link.Downlink.TransmitAntennaGainDb,
                NoiseFigureDb = section.Number("downlinkNoiseFigureDb", 0, 40) ?? link.Downlink.NoiseFigureDb,
                OtherLossDb = otherLossDb ?? link.Downlink.OtherLossDb,
            },
            UplinkDelay = Delay(section, "uplinkDelaySeconds", link.UplinkDelay),
            DownlinkDelay = Delay(section, "downlinkDelaySeconds", link.DownlinkDelay),
            RadioEnergy = Radio(section, link.RadioEnergy),
            MinimumDistanceMetres = section.Number("minimumDistanceMetres", 0, 1e7, aboveMinimum: true) ?? link.MinimumDistanceMetres,
            MaximumDistanceMetres = section.Number("maximumDistanceMetres", 0, 1e7, aboveMinimum: true) ?? link.MaximumDistanceMetres,
        };
        link = ScenarioPropagation.Read(section, link);
        link = Distances(section, link);
        link = ScenarioRadio.Fading(section, link);
        link = ScenarioRadio.Rate(section, link);
        link = ScenarioAdaptation.Read(section, link);
        link = link with { PacketLoss = ScenarioRadio.Loss(section) ?? link.PacketLoss };
        return link.CoveredShare >= LeastCoveredShare ? link : throw new ScenarioException(
            section.File,
            section.Path,
            FormattableString.Invariant($"a mean uplink SNR of at least {LinkParameters.CoverageSnrDb} dB in {link.CoveredShare:P2} of the cell"),
            FormattableString.Invariant($"a link that covers at least {LeastCoveredShare:P0} of its cell: more power, less bandwidth or a smaller maximumDistanceMetres"));
    }

    private static LinkParameters Distances(ScenarioSection section, LinkParameters link)
    {
        var (minimum, maximum) = (link.MinimumDistanceMetres, link.MaximumDistanceMetres);
        if (maximum < minimum)
        {
            throw section.Has("maximumDistanceMetres")
                ? section.Error("maximumDistanceMetres", FormattableString.Invariant($"at least the minimum distance, {minimum} m"))
                : section.Error("minimumDistanceMetres", FormattableString.Invariant($"at most the maximum distance, {maximum} m"));
        }

        foreach (var (key, distance) in new[] { ("minimumDistanceMetres", minimum), ("maximumDistanceMetres", maximum) })
        {
            try
            {
                link.PathLoss.LossDb(distance);
                link.LineOfSight?.PathLoss.LossDb(distance);
            }
            catch (ArgumentOutOfRangeException error)
            {
                var found = FormattableString.Invariant($"{distance} m, outside the validity of the path loss");
                throw section.Error(key, found, error.Message.Split(" (Parameter")[0].TrimEnd('.'), error);
            }
        }

        return link with { Mobility = ScenarioMobility.Read(section.Section("mobility"), link) };
    }
}
