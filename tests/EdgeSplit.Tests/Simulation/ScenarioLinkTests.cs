using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Mobility;
using EdgeSplit.Core.Wireless.Propagation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Tests.Simulation;

/// <summary>Every key of a radio link does what it says.</summary>
public sealed class ScenarioLinkTests
{
    private const string Own = "\"carrierHz\": 3.5e9, \"bandwidthHz\": 2e7, \"minimumDistanceMetres\": 40, \"maximumDistanceMetres\": 250";

    [Theory]
    [InlineData("urbanMicro", typeof(UrbanMicroPathLoss), typeof(UrbanMicroSight), 7.82, 4, 13, 10, 50, 9)] // TR 38.901 Tables 7.4.1-1, 7.5-6, 7.6.3.1-2
    [InlineData("urbanMacro", typeof(UrbanMacroPathLoss), typeof(UrbanMacroSight), 6, 4, 50, 37, 50, 9)]
    [InlineData("ruralMacro", typeof(RuralMacroPathLoss), typeof(RuralMacroSight), 8, 4, 120, 37, 60, 7)]
    [InlineData("indoorOffice", typeof(IndoorOfficePathLoss), typeof(IndoorMixedOfficeSight), 8.03, 3, 6, 10, 10, 7)]
    [InlineData("indoorOpenOffice", typeof(IndoorOfficePathLoss), typeof(IndoorOpenOfficeSight), 8.03, 3, 6, 10, 10, 7)]
    public void A_standard_path_loss_brings_both_states_of_sight_and_their_shadowing(
        string model, Type type, Type probability, double deviationDb, double clearDb, double metres, double clearMetres, double sightMetres, double riceFactorDb)
    {
        const string office = "\"carrierHz\": 3.5e9, \"bandwidthHz\": 2e7, \"minimumDistanceMetres\": 10, \"maximumDistanceMetres\": 100";
        var values = model.StartsWith("indoor", StringComparison.Ordinal) ? office : Own;
        var mixed = Read($"{values}, \"pathLoss\": \"{model}\"");
        Assert.IsType(type, mixed.PathLoss);
        Assert.Equal((deviationDb, metres), (mixed.ShadowingStandardDeviationDb, mixed.ShadowingCorrelationMetres));
        var clear = mixed.LineOfSight!;
        Assert.IsType(type, clear.PathLoss);
        Assert.IsType(probability, clear.Probability);
        Assert.Equal((clearDb, clearMetres, sightMetres), (clear.ShadowingStandardDeviationDb, clear.ShadowingCorrelationMetres, clear.SightCorrelationMetres));
        Assert.Equal(Math.Pow(10, riceFactorDb / 10), Assert.IsType<RicianFading>(clear.Fading).KFactorLinear, 1e-12);
        Assert.True(clear.PathLoss.LossDb(60) < mixed.PathLoss.LossDb(60));
        Assert.Equal(mixed, Read($"{values}, \"pathLoss\": {{ \"model\": \"{model}\", \"sight\": \"mixed\" }}"));

        // One state alone is one of the two.
        var always = Read($"{values}, \"pathLoss\": {{ \"model\": \"{model}\", \"sight\": \"lineOfSight\" }}");
        Assert.Equal((clear.PathLoss, clearDb, clearMetres), (always.PathLoss, always.ShadowingStandardDeviationDb, always.ShadowingCorrelationMetres));
        var never = Read($"{values}, \"pathLoss\": {{ \"model\": \"{model}\", \"sight\": \"nonLineOfSight\" }}");
        Assert.Equal((mixed.PathLoss, deviationDb, metres), (never.PathLoss, never.ShadowingStandardDeviationDb, never.ShadowingCorrelationMetres));
        Assert.True(always.LineOfSight is null && never.LineOfSight is null);
    }

    [Fact]
    public void Form_and_heights_reach_the_model()
    {
        Assert.Equal(
            new UrbanMicroPathLoss(3.5e9, SightCondition.NonLineOfSight, NonLineOfSightForm.Optional, 12, 2),
            Read(Own + ", \"pathLoss\": { \"model\": \"urbanMicro\", \"form\": \"optional\", \"baseStationHeightMetres\": 12, \"terminalHeightMetres\": 2 }").PathLoss);
        var macro = Read(Own + ", \"pathLoss\": { \"model\": \"urbanMacro\", \"baseStationHeightMetres\": 30, \"terminalHeightMetres\": 12 }");
        Assert.Equal(new UrbanMacroPathLoss(3.5e9, SightCondition.NonLineOfSight, TerminalHeightMetres: 12, BaseStationHeightMetres: 30), macro.PathLoss);
        Assert.Equal(new UrbanMacroSight(12), macro.LineOfSight!.Probability);
        Assert.Equal(
            new RuralMacroPathLoss(3.5e9, SightCondition.NonLineOfSight, 50, 3),
            Read(Own + ", \"pathLoss\": { \"model\": \"ruralMacro\", \"baseStationHeightMetres\": 50, \"terminalHeightMetres\": 3 }").PathLoss);
        Assert.Equal(new FreeSpacePathLoss(3.5e9), Read(Own + ", \"pathLoss\": \"freeSpace\"").PathLoss);
        Assert.Equal(new LogDistancePathLoss(50, 10, 3), Read(Own + ", \"pathLoss\": { \"model\": \"logDistance\", \"exponent\": 3, \"referenceLossDb\": 50, \"referenceDistanceMetres\": 10 }").PathLoss);
        Assert.Equal(LogDistancePathLoss.FreeSpaceReference(3.5e9, 3), Read(Own + ", \"pathLoss\": { \"model\": \"logDistance\", \"exponent\": 3 }").PathLoss);
    }

    [Fact]
    public void Shadowing_of_a_standard_model_is_that_of_the_distances_given_and_can_be_overridden()
    {
        // RMa in line of sight: 4 dB before the breakpoint, 6 dB after it (2 pi 35 m 1.5 m f / c = 3848 m at 3.5 GHz), TR 38.901 Table 7.4.1-1.
        const string rural = "\"profile\": \"lte-20mhz-urban\", \"carrierHz\": 3.5e9, \"transmitPowerDbm\": 40, \"pathLoss\": { \"model\": \"ruralMacro\", \"sight\": \"lineOfSight\" }";
        Assert.Equal(4, Read(rural).ShadowingStandardDeviationDb);
        Assert.Equal(6, Read(rural + ", \"minimumDistanceMetres\": 4000, \"maximumDistanceMetres\": 9000").ShadowingStandardDeviationDb);
        var given = Read(Own + ", \"pathLoss\": \"urbanMicro\", \"shadowingStandardDeviationDb\": 2.5, \"shadowingCorrelationMetres\": 77");
        Assert.Equal((2.5, 77), (given.ShadowingStandardDeviationDb, given.ShadowingCorrelationMetres));
    }

    [Fact]
    public void Users_move_as_told_within_the_largest_distance()
    {
        IMobilityModel Of(string json) => Read($"\"profile\": \"5g-n78-20mhz-urban\", \"mobility\": {json}").Mobility;
        const double walk = 3 / 3.6;
        Assert.Equal(new StaticUser(), Of("\"static\""));
        Assert.Equal(new LinearMobility(walk, null, 500), Of("\"linear\""));
        Assert.Equal(new LinearMobility(12, null, 500), Of("{ \"model\": \"linear\", \"speedMetresPerSecond\": 12 }"));
        Assert.Equal(new RandomWaypointMobility(new DiskArea(500), walk, 2 * walk, 0), Of("\"randomWaypoint\""));
        Assert.Equal(
            new RandomWaypointMobility(new DiskArea(500), 2, 5, 30),
            Of("{ \"model\": \"randomWaypoint\", \"speedMetresPerSecond\": 2, \"maximumSpeedMetresPerSecond\": 5, \"pauseSeconds\": 30 }"));
        Assert.Equal(new GaussMarkovMobility(0.9, walk, walk / 2, 1, null, 500), Of("\"gaussMarkov\""));
        Assert.Equal(
            new GaussMarkovMobility(0.5, 3, 1, 0.25, null, 500),
            Of("{ \"model\": \"gaussMarkov\", \"speedMetresPerSecond\": 3, \"memory\": 0.5, \"speedDeviationMetresPerSecond\": 1, \"stepSeconds\": 0.25 }"));
        Assert.Equal(new StaticUser(), Read("\"profile\": \"5g-n78-100mhz-street\", \"mobility\": \"static\"").Mobility);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void Users_of_a_profile_stay_within_a_cell_of_another_size(double radius)
    {
        var link = Read(FormattableString.Invariant($"\"profile\": \"5g-n78-100mhz-street\", \"maximumDistanceMetres\": {radius}"));
        Assert.Equal(radius, Assert.IsType<LinearMobility>(link.Mobility).RadiusMetres);
        var sampler = link.CreateSampler();
        Assert.All(Enumerable.Range(0, 50), user => Assert.True(double.IsFinite(sampler.LevelDb(1, (ulong)user, 500))));
    }

    [Fact]
    public void The_division_of_time_gives_the_shares_and_a_share_given_overrides_it()
    {
        var divided = Read(Own + ", \"pathLoss\": \"freeSpace\", \"timeDivision\": \"DDSU\"");
        Assert.Equal(new TimeDivisionPattern("DDSU").Slots, Assert.IsType<TimeDivisionPattern>(divided.Duplexing).Slots);
        Assert.Equal(2e7 * (1 + (4 / 14.0)) / 4, divided.UplinkGrantedHz, 1e-3); // one slot of four, and 4 symbols of 14 of the special one
        Assert.Equal(2e7 * (2 + (6 / 14.0)) / 4, divided.DownlinkGrantedHz, 1e-3);
        var shared = Read(Own + ", \"pathLoss\": \"freeSpace\", \"timeDivision\": \"DDSU\", \"uplinkShare\": 0.1");
        Assert.Equal((2e6, divided.DownlinkGrantedHz), (shared.UplinkGrantedHz, shared.DownlinkGrantedHz));
        var special = Read(Own + ", \"pathLoss\": \"freeSpace\", \"timeDivision\": { \"pattern\": \"SU\", \"specialSlot\": \"10:2:2\", \"numerology\": 3 }");
        Assert.Equal((Math.Round(2e7 * 16 / 28, 6), Math.Round(2e7 * 10 / 28, 6), 0.125e-3), (Math.Round(special.UplinkGrantedHz, 6), Math.Round(special.DownlinkGrantedHz, 6), special.Duplexing!.SlotSeconds));
        var undivided = Read(Own + ", \"pathLoss\": \"freeSpace\"");
        Assert.Equal((2e7, 2e7), (undivided.UplinkGrantedHz, undivided.DownlinkGrantedHz));
        Assert.Equal(2e7 * (1 + (4 / 14.0)) / 4, Read("\"profile\": \"5g-n78-20mhz-urban\", \"timeDivision\": \"DDSU\"").UplinkGrantedHz, 1e-3);
    }

    [Fact]
    public void Powers_gains_and_noise_reach_both_budgets()
    {
        var link = Read(Own + ", \"pathLoss\": \"freeSpace\", \"baseStationGainDb\": 11, \"noiseFigureDb\": 3, \"downlinkNoiseFigureDb\": 6, \"transmitPowerDbm\": 20, \"downlinkTransmitPowerDbm\": 40, \"otherLossDb\": 2");
        Assert.Equal((20, 11, 3, 2, 2e7), (link.Uplink.TransmitPowerDbm, link.Uplink.ReceiveAntennaGainDb, link.Uplink.NoiseFigureDb, link.Uplink.OtherLossDb, link.Uplink.BandwidthHz));
        Assert.Equal((40, 11, 6, 2, 2e7), (link.Downlink.TransmitPowerDbm, link.Downlink.TransmitAntennaGainDb, link.Downlink.NoiseFigureDb, link.Downlink.OtherLossDb, link.Downlink.BandwidthHz));
        Assert.Equal(20 - 3, link.DownlinkOffsetDb, 1e-9); // 20 dB more power, 3 dB more noise
        var named = Read("\"profile\": \"5g-n78-20mhz-urban\", \"radio\": \"" + RadioEnergyModel.WiFi.Name + "\", \"uplinkDelaySeconds\": 0.25, \"downlinkDelaySeconds\": 0.125");
        Assert.Equal((RadioEnergyModel.WiFi, 0.25, 0.125), (named.RadioEnergy, named.UplinkDelay.TotalSeconds, named.DownlinkDelay.TotalSeconds));
    }

    [Fact]
    public void Fading_is_as_told()
    {
        LinkParameters Of(string json) => Read("\"profile\": \"5g-n78-20mhz-urban\", " + json);
        Assert.Equal(10, Assert.IsType<RicianFading>(Of("\"riceFactorDb\": 10").Fading).KFactorLinear, 1e-12);
        Assert.Equal(new NakagamiFading(2.5), Of("\"nakagamiShape\": 2.5").Fading);
        Assert.Equal(0.3, Of("\"coherenceSeconds\": 0.3").FadingBlockSeconds, 1e-12);
        Assert.Equal(new IndependentBlocks(), Of("\"fadingEvolution\": \"independentBlocks\"").Evolution);
        Assert.Equal(new AutoregressiveEvolution(), Of("\"fadingEvolution\": \"autoregressive\"").Evolution);
        var clarke = Of("\"fadingEvolution\": \"clarke\", \"coherenceSeconds\": 0.423");
        Assert.Equal((new ClarkeEvolution(), 1.0, 0.02), ((ClarkeEvolution)clarke.Evolution, clarke.DopplerHz, clarke.FadingBlockSeconds));
        Assert.Equal(
            new FrequencySelectivity { RmsDelaySpreadSeconds = 2e-7, Subbands = 20, EesmBeta = 3 },
            Of("\"wideband\": { \"delaySpreadSeconds\": 2e-7, \"subbands\": 20, \"eesmBeta\": 3 }").Wideband);
        Assert.Equal(new FrequencySelectivity { RmsDelaySpreadSeconds = 2e-7 }, Of("\"wideband\": { \"delaySpreadSeconds\": 2e-7 }").Wideband);
    }

    [Fact]
    public void The_rate_law_is_as_told()
    {
        LinkParameters Of(string json) => Read("\"profile\": \"5g-n78-20mhz-urban\", " + json);
        var known = LinkCatalog.Find("5g-n78-20mhz-urban").Radio;
        Assert.Equal(new ShannonRate(1, 5), Of("\"rateGapDb\": 1, \"maximumSpectralEfficiency\": 5").UplinkRate);
        Assert.Equal(new ShannonRate(1, known.DownlinkRate.MaximumSpectralEfficiency), Of("\"rateGapDb\": 1, \"maximumSpectralEfficiency\": 5").DownlinkRate);
        Assert.Equal(new ShannonRate(3.5, 7), Of("\"downlinkMaximumSpectralEfficiency\": 7").DownlinkRate);
        Assert.Equal((known.UplinkRate, known.DownlinkRate), (Of("\"rate\": \"shannon\"").UplinkRate, Of("\"rate\": \"shannon\"").DownlinkRate));
        var truncated = Of("\"rate\": \"truncatedShannon\"");
        Assert.Equal((TruncatedShannonRate.Uplink, TruncatedShannonRate.Downlink), ((TruncatedShannonRate)truncated.UplinkRate, (TruncatedShannonRate)truncated.DownlinkRate));
        var adaptive = Of("\"rate\": \"adaptiveModulation\"");
        Assert.Same(McsTable.Qam64, Assert.IsType<AdaptiveModulationRate>(adaptive.UplinkRate).ErrorModel.Table);
        Assert.Same(McsTable.Qam256, Assert.IsType<AdaptiveModulationRate>(adaptive.DownlinkRate).ErrorModel.Table);
        Assert.Null(adaptive.UplinkAdaptation);
    }

    [Fact]
    public void Every_option_of_the_adaptation_arrives()
    {
        const string all = """
            "adaptation": { "gapDb": 1.3, "targetBlockErrorRate": 0.01, "report": "snr", "reportDelaySlots": 2, "reportPeriodSlots": 5, "outerLoop": false,
              "harqRounds": 2, "roundTripSlots": 4, "harqProcesses": 8 }
            """;
        var link = Read("\"profile\": \"5g-n78-20mhz-urban\", " + all);
        foreach (var (options, direction) in new[] { (link.UplinkAdaptation!, LinkDirection.Uplink), (link.DownlinkAdaptation!, LinkDirection.Downlink) })
        {
            Assert.Equal((direction, 1.3, 0.01), (options.Direction, ((BlockErrorModel)options.ErrorModel).GapDb, options.TargetBlockErrorRate));
            Assert.True(options.ReportTable is null && options.OuterLoop is null);
            Assert.Equal((2, 5, 2, 4, 8), (options.ReportDelaySlots, options.ReportPeriodSlots, options.MaximumRounds, options.RoundTripSlots, options.Processes));
            Assert.Equal((20e6, 51), (options.BandwidthHz, options.ResourceBlocks));
            Assert.Same(link.Duplexing, options.Duplexing);
        }

        var usual = Read("\"profile\": \"5g-n78-20mhz-urban\", \"adaptation\": {}");
        Assert.Equal((0.1, 4, 10, 4, 8, 16), (usual.UplinkAdaptation!.TargetBlockErrorRate, usual.UplinkAdaptation.ReportDelaySlots, usual.UplinkAdaptation.ReportPeriodSlots, usual.UplinkAdaptation.MaximumRounds, usual.UplinkAdaptation.RoundTripSlots, usual.UplinkAdaptation.Processes));
        Assert.Equal((CqiTable.Qam64, CqiTable.Qam256), (usual.UplinkAdaptation.ReportTable, usual.DownlinkAdaptation!.ReportTable));
        Assert.Equal(new OuterLoop(0.1), usual.UplinkAdaptation.OuterLoop);
        Assert.Equal(20e6, usual.UplinkGrantedHz); // the slots of the other direction carry nothing already
        Assert.IsType<AdaptiveModulationRate>(usual.UplinkRate);
        Assert.Equal((5e6, 11), (Read("\"profile\": \"5g-n78-20mhz-urban\", \"bandwidthHz\": 5e6, \"adaptation\": {}").UplinkAdaptation!.BandwidthHz, Read("\"profile\": \"5g-n78-20mhz-urban\", \"bandwidthHz\": 5e6, \"adaptation\": {}").UplinkAdaptation!.ResourceBlocks));
    }

    [Theory] // half the slot, twice the subcarrier: what a second carries does not depend on it
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_length_of_a_slot_does_not_change_the_ceiling_of_the_rate(int numerology)
    {
        LinkParameters Of(int mu) => Read(FormattableString.Invariant($"\"profile\": \"5g-n78-20mhz-urban\", \"timeDivision\": {{ \"pattern\": \"DSU\", \"numerology\": {mu} }}, \"adaptation\": {{}}"));
        var (usual, other) = (Of(1), Of(numerology));
        Assert.InRange(other.UplinkRate.MaximumSpectralEfficiency / usual.UplinkRate.MaximumSpectralEfficiency, 0.93, 1.02); // whole blocks
        var process = other.CreateSampler().Create(LinkDirection.Uplink, new LinkSession(1, 1, 1, 0, 40, 0, 0));
        var carried = new LinkTimeline(process).BitsPerHertz(0, 3) / 3;
        Assert.InRange(carried / (other.UplinkRate.MaximumSpectralEfficiency * ((1 + (4 / 14.0)) / 3)), 0.9, 1.0 + 1e-9);
    }

    [Fact]
    public void Loss_is_as_told()
    {
        Assert.Null(Read("\"profile\": \"5g-n78-20mhz-urban\"").PacketLoss);
        Assert.Equal(new NoLoss(), Read("\"profile\": \"5g-n78-20mhz-urban\", \"loss\": \"none\"").PacketLoss);
        Assert.Equal(new IndependentLoss(0.25), Read("\"profile\": \"5g-n78-20mhz-urban\", \"loss\": { \"model\": \"independent\", \"probability\": 0.25 }").PacketLoss);
        Assert.Equal(
            GilbertElliottLoss.FromLossAndBurst(0.1, 4),
            Read("\"profile\": \"5g-n78-20mhz-urban\", \"loss\": { \"model\": \"gilbertElliott\", \"probability\": 0.1, \"meanBurstPackets\": 4 }").PacketLoss);
    }

    [Fact]
    public void A_link_of_ones_own_needs_five_keys_and_has_usual_values_for_the_rest()
    {
        var link = Read(Own + ", \"pathLoss\": \"freeSpace\"");
        Assert.Equal((3.5e9, 40, 250), (link.CarrierHz, link.MinimumDistanceMetres, link.MaximumDistanceMetres));
        Assert.Equal((23, 44, 5, 9), (link.Uplink.TransmitPowerDbm, link.Downlink.TransmitPowerDbm, link.Uplink.NoiseFigureDb, link.Downlink.NoiseFigureDb));
        Assert.Equal(0.423 / (3 / 3.6 * 3.5e9 / 299_792_458), link.CoherenceSeconds, 1e-4); // 3 km/h; the exact factor is sqrt(9 / (16 pi))
        Assert.IsType<AdaptiveModulationRate>(link.UplinkRate);
        Assert.Equal(new NakagamiFading(1), link.Fading);
        Assert.Equal((1e6, 4e6), (Two().Uplink.BandwidthHz, Two().Downlink.BandwidthHz));
        Assert.Equal("inline", ScenarioFile.ParseLink("{ \"link\": { " + Own + ", \"pathLoss\": \"freeSpace\" } }", "x.json").Name);

        static LinkParameters Two() => Read("\"carrierHz\": 3.5e9, \"uplinkBandwidthHz\": 1e6, \"downlinkBandwidthHz\": 4e6, \"minimumDistanceMetres\": 40, \"maximumDistanceMetres\": 250, \"pathLoss\": \"freeSpace\"");
    }

    private static LinkParameters Read(string keys) => Assert.IsType<LinkParameters>(ScenarioFile.ParseLink("{ \"link\": { " + keys + " } }", "x.json").Link);
}
