using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Mobility;
using EdgeSplit.Core.Wireless.Propagation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Simulation;

/// <summary>Fading, rate law and packet loss of a scenario's link, and the link that one of one's own starts from.</summary>
internal static class ScenarioRadio
{
    private const double WalkingMetresPerSecond = 3 / 3.6;
    private const double NominalBandwidthHz = 20e6; // of adaptive modulation without slots; the law hardly depends on it

    /// <summary>The start of a link without profile: what has no usual value must be given.</summary>
    internal static LinkParameters Blank(ScenarioSection section)
    {
        var names = LinkCatalog.All.Select(entry => entry.Name);
        double Needed(string key) => section.Has(key) ? 1 : throw section.Missing(
            section.Has("carrierHz") ? key : "profile",
            section.Has("carrierHz") ? "a number; a link without profile gives carrierHz, bandwidthHz, pathLoss, minimumDistanceMetres and maximumDistanceMetres"
                : ScenarioSection.Names("link", names) + "; or carrierHz, bandwidthHz, pathLoss, minimumDistanceMetres and maximumDistanceMetres for one of your own; or uplinkTrace and downlinkTrace");
        foreach (var key in new[] { "carrierHz", "pathLoss", "minimumDistanceMetres", "maximumDistanceMetres" })
        {
            Needed(key);
        }

        if (!section.Has("uplinkBandwidthHz") || !section.Has("downlinkBandwidthHz"))
        {
            Needed("bandwidthHz");
        }

        var carrier = section.Number("carrierHz", 1e6, 1e12)!.Value;
        return new LinkParameters
        {
            CarrierHz = carrier,
            Uplink = new() { TransmitPowerDbm = 23, NoiseFigureDb = 5, BandwidthHz = 1 },
            Downlink = new() { TransmitPowerDbm = 44, NoiseFigureDb = 9, BandwidthHz = 1 },
            PathLoss = new FreeSpacePathLoss(carrier),
            ShadowingStandardDeviationDb = 0,
            NakagamiShape = 1,
            CoherenceSeconds = Doppler.CoherenceSeconds(Doppler.MaximumShiftHz(WalkingMetresPerSecond, carrier)),
            UplinkRate = Adaptive(LinkDirection.Uplink),
            DownlinkRate = Adaptive(LinkDirection.Downlink),
            UplinkDelay = new(0.005, 0.0025, 0.0005),
            DownlinkDelay = new(0.0005, 0.0025, 0.0005),
            RadioEnergy = RadioEnergyModel.LowBand5G.AboveIdleOf(LinkCatalog.PhoneIdleWatts),
            MinimumDistanceMetres = section.Number("minimumDistanceMetres", 0, 1e7, aboveMinimum: true)!.Value,
            MaximumDistanceMetres = section.Number("maximumDistanceMetres", 0, 1e7, aboveMinimum: true)!.Value,
        };
    }

    internal static LinkParameters Fading(ScenarioSection section, LinkParameters link)
    {
        var shape = section.Number("nakagamiShape", 0.5, 1e6);
        var rice = section.Number("riceFactorDb", -40, 60);
        if (shape is not null && rice is not null)
        {
            throw section.Error("riceFactorDb", "a Rice factor beside a Nakagami shape", "either riceFactorDb or nakagamiShape");
        }

        if (section.Has("coherenceSeconds") && link.Mobility is not StaticUser)
        {
            _ = section.Number("coherenceSeconds", 1e-4, 3600);
            throw section.Error("coherenceSeconds", "a coherence time for users who move, whose speed gives it", "no coherenceSeconds, or a link with mobility \"static\"");
        }

        const string evolutions = "independentBlocks, autoregressive or clarke";
        IFadingEvolution? evolution = section.Text("fadingEvolution", evolutions) switch
        {
            null => null,
            "independentBlocks" => new IndependentBlocks(),
            "autoregressive" => new AutoregressiveEvolution(),
            "clarke" => new ClarkeEvolution(),
            _ => throw section.Error("fadingEvolution", evolutions),
        };
        link = link with
        {
            NakagamiShape = shape ?? link.NakagamiShape,
            CoherenceSeconds = section.Number("coherenceSeconds", 1e-4, 3600) ?? link.CoherenceSeconds,
            Evolution = evolution ?? link.Evolution,
        };
        link = rice is { } factorDb ? link with { Fading = new RicianFading(Math.Pow(10, factorDb / 10)) }
            : shape is { } given ? link with { Fading = new NakagamiFading(given) } : link;
        if (section.Section("wideband") is { } wideband)
        {
            link = link with { Wideband = Selectivity(wideband, link) };
            CheckSelective(section, link, link.Wideband);
        }

        return link;
    }

    // Not every law can be the sum of delayed paths.
    private static void CheckSelective(ScenarioSection section, LinkParameters link, FrequencySelectivity wideband)
    {
        var profile = PowerDelayProfile.Exponential(wideband.RmsDelaySpreadSeconds);
        foreach (var law in link.LineOfSight is { } clear ? new[] { link.Fading, clear.Fading } : [link.Fading])
        {
            try
            {
                _ = new WidebandFading(StreamKey.Create(0, "check"), 0, profile, [0.0], link.Evolution, law, link.FadingBlockSeconds, link.DopplerHz);
            }
            catch (ArgumentException error)
            {
                throw section.Error("wideband", $"a wideband channel with the fading {law}", "nakagamiShape 1, or a riceFactorDb of at most 50", error);
            }
        }
    }

    private static FrequencySelectivity Selectivity(ScenarioSection section, LinkParameters link)
    {
        var spread = section.Number("delaySpreadSeconds", 0, 1e-3, aboveMinimum: true);
        var subbands = section.Whole("subbands", 2, 1024) ?? 12;
        var beta = section.Number("eesmBeta", 0, 1e4, aboveMinimum: true);
        if (link.Mobility is not StaticUser)
        {
            throw section.Error("delaySpreadSeconds", "a wideband channel for users who move", "a link with mobility \"static\"");
        }

        return new FrequencySelectivity
        {
            RmsDelaySpreadSeconds = spread ?? throw section.Missing("delaySpreadSeconds", "the rms delay spread in seconds, a number above 0 and at most 0.001"),
            Subbands = subbands,
            EesmBeta = beta,
        };
    }

    internal static LinkParameters Rate(ScenarioSection section, LinkParameters link)
    {
        const string laws = "shannon, truncatedShannon or adaptiveModulation";
        var law = section.Text("rate", laws);
        var gap = section.Number("rateGapDb", -10, 40);
        var up = section.Number("maximumSpectralEfficiency", 0, 100, aboveMinimum: true);
        var down = section.Number("downlinkMaximumSpectralEfficiency", 0, 100, aboveMinimum: true);
        if ((gap ?? up ?? down) is not null && law is not (null or "shannon"))
        {
            throw section.Error("rate", "a gap or ceiling beside a law that has its own", "shannon with rateGapDb, maximumSpectralEfficiency and downlinkMaximumSpectralEfficiency, or another law without them");
        }

        return law switch
        {
            null when (gap ?? up ?? down) is null => link,
            null or "shannon" => link with { UplinkRate = Shannon(link.UplinkRate, gap, up), DownlinkRate = Shannon(link.DownlinkRate, gap, down) },
            "truncatedShannon" => link with { UplinkRate = TruncatedShannonRate.Uplink, DownlinkRate = TruncatedShannonRate.Downlink },
            "adaptiveModulation" => link with { UplinkRate = Adaptive(LinkDirection.Uplink), DownlinkRate = Adaptive(LinkDirection.Downlink) },
            _ => throw section.Error("rate", laws),
        };
    }

    internal static IPacketLoss? Loss(ScenarioSection section)
    {
        const string models = "none, independent or gilbertElliott";
        if (section.Section("loss") is not { } loss)
        {
            return null;
        }

        var model = loss.Text("model", models);
        var share = loss.Number("probability", 0, 1);
        var burst = loss.Number("meanBurstPackets", 1, 1e9);
        double Share() => share ?? throw loss.Missing("probability", "the share of lost packets, a number of at least 0 and at most 1");
        switch (model ?? throw loss.Missing("model", models))
        {
            case "none":
                loss.RefuseOthers("model", model);
                return new NoLoss();
            case "independent":
                loss.RefuseOthers("model", model, "probability");
                return new IndependentLoss(Share());
            case "gilbertElliott":
                var mean = burst ?? throw loss.Missing("meanBurstPackets", "the mean burst length in packets, a number of at least 1");
                try
                {
                    return GilbertElliottLoss.FromLossAndBurst(Share(), mean);
                }
                catch (ArgumentException error)
                {
                    throw loss.Error(error.ParamName?.Contains("loss", StringComparison.OrdinalIgnoreCase) == true ? "probability" : "meanBurstPackets", error.Message.Split(" (Parameter")[0].TrimEnd('.'), error);
                }

            default:
                throw loss.Error("model", models);
        }
    }

    private static AdaptiveModulationRate Adaptive(LinkDirection direction) =>
        NominalRates.Of(NominalRates.Adaptation(direction, NominalBandwidthHz, BlockErrorModel.PracticalGapDb, null));

    private static ShannonRate Shannon(IRateLaw known, double? gapDb, double? ceiling) =>
        new(gapDb ?? (known as ShannonRate)?.GapDb ?? BlockErrorModel.PracticalGapDb, ceiling ?? known.MaximumSpectralEfficiency);
}
