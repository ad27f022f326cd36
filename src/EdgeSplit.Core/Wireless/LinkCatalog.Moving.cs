using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Mobility;
using EdgeSplit.Core.Wireless.Propagation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless;

/// <content>Links with both states of sight, users who move, and fading with a spectrum. Reports, outer loop and HARQ slot by slot cost ten times as much; <c>"adaptation": {}</c> adds them.</content>
public static partial class LinkCatalog
{
    private const string SightSource = "TR 38.901 section 7.4.2 (probability), Table 7.5-6 (Rice factor 9 dB, not confirmed), Table 7.6.3.1-2 (view kept over 50 m, not confirmed)";

    private const string AdaptationSource =
        "threshold CM capacity + 3.5 dB (practical receiver, assumption within the usual 1.3 to 3.5 dB), slope by block length (fits to public link-level tables), highest scheme below 10 % errors at the present SNR, HARQ chase combining, 4 rounds";

    private static LinkEntry Street5G()
    {
        const double carrierHz = 3.5e9, radiusMetres = 300;
        var clear = new UrbanMicroPathLoss(carrierHz, SightCondition.LineOfSight);
        var obstructed = new UrbanMicroPathLoss(carrierHz, SightCondition.NonLineOfSight);
        return new(
            "5g-n78-100mhz-street",
            "5G n78, 100 MHz, street canyon with and without line of sight, users walk at 3 km/h; adaptation that knows the SNR.",
            Moving(
                carrierHz, 44, clear, obstructed, new UrbanMicroSight(), radiusMetres, 10, new LinearMobility(PedestrianMetresPerSecond, null, radiusMetres)),
            [
                .. MovingSources("base station 44 dBm (TR 38.901 Table 7.8-1, UMi, not confirmed), element gain 8 dBi (Table 7.3-1)"),
                new("PathLoss", "UMi street canyon without line of sight, 10 m and 1.5 m high: TR 38.901 Table 7.4.1-1"),
                new("ShadowingStandardDeviationDb", "7.82 dB, TR 38.901 Table 7.4.1-1; 4 dB in line of sight"),
                new("ShadowingCorrelationMetres", "13 m, TR 38.901 Table 7.5-6; 10 m in line of sight"),
                new("LineOfSight", "UMi: " + SightSource),
                new("Mobility", "3 km/h in a straight line of random direction, reflected at 300 m: TR 38.901 Table 7.8-1 (speed), assumption (way)"),
                new("MinimumDistanceMetres", "10 m, validity of the path loss (TR 38.901 Table 7.4.1-1)"),
                new("MaximumDistanceMetres", "300 m, assumption: sites 500 m apart"),
            ]);
    }

    private static LinkEntry Macro5G()
    {
        const double carrierHz = 3.5e9, radiusMetres = 350;
        var clear = new UrbanMacroPathLoss(carrierHz, SightCondition.LineOfSight);
        var obstructed = new UrbanMacroPathLoss(carrierHz, SightCondition.NonLineOfSight);
        return new(
            "5g-n78-100mhz-macro",
            "5G n78, 100 MHz, macro cell above the roofs with and without line of sight, users drive at 30 km/h; adaptation that knows the SNR.",
            Moving(carrierHz, 49, clear, obstructed, new UrbanMacroSight(), radiusMetres, 35, new LinearMobility(30 / 3.6, null, radiusMetres)) with
            {
                Uplink = new() { TransmitPowerDbm = 23, ReceiveAntennaGainDb = 17, NoiseFigureDb = 5, BandwidthHz = 100e6 },
                Downlink = new() { TransmitPowerDbm = 49, TransmitAntennaGainDb = 17, NoiseFigureDb = 9, BandwidthHz = 100e6 },
            },
            [
                .. MovingSources("base station 49 dBm, sector antenna 17 dBi (assumption: usual for a macro site)"),
                new("PathLoss", "UMa without line of sight, 25 m and 1.5 m high: TR 38.901 Table 7.4.1-1"),
                new("ShadowingStandardDeviationDb", "6 dB, TR 38.901 Table 7.4.1-1; 4 dB in line of sight"),
                new("ShadowingCorrelationMetres", "50 m, TR 38.901 Table 7.5-6; 37 m in line of sight"),
                new("LineOfSight", "UMa: " + SightSource),
                new("Mobility", "30 km/h in a straight line of random direction, reflected at 350 m (assumption)"),
                new("MinimumDistanceMetres", "35 m, smallest distance to a macro site (TR 36.942, not confirmed)"),
                new("MaximumDistanceMetres", "350 m, assumption: sites some 600 m apart"),
            ]);
    }

    private static LinkParameters Moving<TLoss>(
        double carrierHz, double basePowerDbm, TLoss clear, TLoss obstructed, ILineOfSightProbability probability, double radiusMetres, double nearestMetres, IMobilityModel mobility)
        where TLoss : IPathLoss, IShadowingLaw
    {
        const double bandwidthHz = 100e6;
        var duplexing = SevenDownTwoUp;
        var uplink = NominalRates.Adaptation(LinkDirection.Uplink, bandwidthHz, PracticalGapDb, duplexing);
        var downlink = NominalRates.Adaptation(LinkDirection.Downlink, bandwidthHz, PracticalGapDb, duplexing);
        return new LinkParameters
        {
            CarrierHz = carrierHz,
            Uplink = new() { TransmitPowerDbm = 23, ReceiveAntennaGainDb = 8, NoiseFigureDb = 5, BandwidthHz = bandwidthHz },
            Downlink = new() { TransmitPowerDbm = basePowerDbm, TransmitAntennaGainDb = 8, NoiseFigureDb = 9, BandwidthHz = bandwidthHz },
            PathLoss = obstructed,
            ShadowingStandardDeviationDb = obstructed.StandardDeviationDb(radiusMetres),
            ShadowingCorrelationMetres = obstructed.CorrelationMetres,
            LineOfSight = new LineOfSightPropagation
            {
                Probability = probability,
                PathLoss = clear,
                ShadowingStandardDeviationDb = clear.StandardDeviationDb(radiusMetres),
                ShadowingCorrelationMetres = clear.CorrelationMetres,
                SightCorrelationMetres = UrbanMicroSight.StateCorrelationMetres, // the same in both kinds of cell
                Fading = new RicianFading(Decibels.ToLinear(9)),
            },
            NakagamiShape = 1,
            CoherenceSeconds = PedestrianCoherenceSeconds(carrierHz),
            Evolution = new ClarkeEvolution(),
            Mobility = mobility,
            Duplexing = duplexing,
            UplinkRate = NominalRates.Of(uplink),
            DownlinkRate = NominalRates.Of(downlink),
            UplinkDelay = new(0.005, 0.0025, 0.0005),
            DownlinkDelay = new(0.0005, 0.0025, 0.0005),
            RadioEnergy = RadioEnergyModel.LowBand5G.AboveIdleOf(PhoneIdleWatts),
            MinimumDistanceMetres = nearestMetres,
            MaximumDistanceMetres = radiusMetres,
        };
    }

    private static ParameterSource[] MovingSources(string station) =>
    [
        new("CarrierHz", "3.5 GHz, band n78 (3GPP TS 38.101-1)"),
        new("Uplink", TerminalSource + "; " + station + "; 100 MHz; " + NoiseSource),
        new("Downlink", station + "; 100 MHz; " + NoiseSource),
        new("NakagamiShape", RayleighSource + "; Rice in line of sight"),
        new("CoherenceSeconds", PedestrianSource + "; of no effect: the way sets the pace"),
        new("Evolution", "Clarke's spectrum, 16 sinusoids (Xiao, Zheng, Beaulieu 2006), read along the way in wavelengths"),
        new("Duplexing", PatternSource),
        new("UplinkRate", "MCS table 1 of TS 38.214, " + AdaptationSource + "; ceiling 4.35 bit/s/Hz = 64QAM, rate 948/1024, 273 PRB of 30 kHz, 156 elements per block, overhead 0.08 (TS 38.306 section 4.1.2)"),
        new("DownlinkRate", "MCS table 2 of TS 38.214, " + AdaptationSource + "; ceiling 5.43 bit/s/Hz = 256QAM, rate 948/1024, 273 PRB of 30 kHz, 156 elements per block, overhead 0.14 (TS 38.306 section 4.1.2)"),
        new("UplinkDelay", NewRadioDelaySource),
        new("DownlinkDelay", NewRadioDelaySource + "; no request needed downwards, 0.5 ms for the next slot"),
        new("RadioEnergy", "no mid-band fit known, low band taken: " + RadioEnergyModel.LowBand5G.Source + IdleSource),
    ];
}
