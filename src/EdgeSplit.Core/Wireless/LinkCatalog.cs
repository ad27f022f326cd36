using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Propagation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless;

/// <summary>Links that are built in, each parameter with its source.</summary>
/// <remarks>
/// <para>The whole bandwidth goes to one terminal: other users take a share (<see cref="LinkParameters.UplinkShare"/>). Links in band n78 divide the time by a usual pattern. One
/// spatial layer throughout. The SNR gap of all entries is 3.5 dB, a practical receiver.</para>
/// <para>Three kinds: block fading around a mean SNR with Shannon's law (fast, and enough where only rates matter); users who move through both states of sight under Clarke's
/// spectrum with the standard's schemes; and recorded. Any radio link takes slot-by-slot adaptation (<see cref="LinkParameters.UplinkAdaptation"/>).</para>
/// <para>Immutable, so safe to use from any thread.</para>
/// </remarks>
public static partial class LinkCatalog
{
    // The radio's measured power is that of a whole phone: what the phone takes anyway is a line of its own.
    internal const double PhoneIdleWatts = 0.8;

    private const double PedestrianMetresPerSecond = 3.0 / 3.6;
    private const double PracticalGapDb = BlockErrorModel.PracticalGapDb;

    private const string IdleSource = "; 0.8 W taken off as the idle power of the phone that was read (assumption)";

    private const string GapSource = "gap 3.5 dB of a practical receiver to capacity (assumption within the usual 1.3 to 3.5 dB)";
    private const string PedestrianSource = "0.423 / fd, Clarke's model, geometric-mean rule, at 3 km/h and this carrier";
    private const string TerminalSource = "terminal 23 dBm, power class 3, 0 dBi (3GPP TS 38.101-1)";
    private const string NoiseSource = "noise figure 5 dB at the base station, 9 dB at the terminal (3GPP TR 38.901 Table 7.8-1, not confirmed)";
    private const string RayleighSource = "Rayleigh, m = 1: no dominant path without line of sight";

    private const string PatternSource =
        "DDDDDDDSUU of 0.5 ms slots, special slot 6:4:4, a usual n78 pattern (7D1S2U, TS 38.101-4): 0.229 of the time to the uplink, 0.743 to the downlink";

    private const string NewRadioDelaySource =
        "assumption: 5 ms from scheduling request to grant (usual 2 to 10 ms), 2.5 ms for slot, decoding and an edge site near the base station, 0.5 ms software";

    /// <summary>All entries.</summary>
    public static IReadOnlyList<LinkEntry> All { get; } = [Urban5G(), UrbanLte(), IndoorWiFi(), Indoor5G(), Street5G(), Macro5G(), LteDrivingTrace()];

    /// <summary>The entry of a name.</summary>
    /// <param name="name">Name as in <see cref="All"/>; letters of either case.</param>
    /// <exception cref="UnknownNameException">No entry has this name; the message suggests the nearest.</exception>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public static LinkEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var wanted = name.Trim();
        return All.FirstOrDefault(entry => string.Equals(entry.Name, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnknownNameException("link", name, All.Select(entry => entry.Name));
    }

    private static LinkEntry Urban5G()
    {
        const double carrierHz = 3.5e9;
        return new(
            "5g-n78-20mhz-urban",
            "5G n78, 20 MHz, street canyon without line of sight, pedestrian; 7 of 10 slots down, 2 up.",
            new LinkParameters
            {
                CarrierHz = carrierHz,
                Uplink = new() { TransmitPowerDbm = 23, ReceiveAntennaGainDb = 8, NoiseFigureDb = 5, BandwidthHz = 20e6 },
                Downlink = new() { TransmitPowerDbm = 44, TransmitAntennaGainDb = 8, NoiseFigureDb = 9, BandwidthHz = 20e6 },
                PathLoss = LogDistancePathLoss.UrbanMicroNonLineOfSight(carrierHz),
                ShadowingStandardDeviationDb = 8.2,
                NakagamiShape = 1,
                CoherenceSeconds = PedestrianCoherenceSeconds(carrierHz),
                UplinkRate = NewRadio(6, 51, 0.08, 20e6),
                DownlinkRate = NewRadio(8, 51, 0.14, 20e6),
                UplinkDelay = new(0.005, 0.0025, 0.0005),
                DownlinkDelay = new(0.0005, 0.0025, 0.0005),
                Duplexing = SevenDownTwoUp,
                RadioEnergy = RadioEnergyModel.LowBand5G.AboveIdleOf(PhoneIdleWatts),
                MinimumDistanceMetres = 10,
                MaximumDistanceMetres = 500,
            },
            [
                new("CarrierHz", "3.5 GHz, band n78 (3GPP TS 38.101-1)"),
                new("Uplink", TerminalSource + "; base station element gain 8 dBi (TR 38.901 Table 7.3-1); 20 MHz; " + NoiseSource),
                new("Downlink", "base station 44 dBm for 20 MHz (TR 38.901 Table 7.8-1, UMi, not confirmed), 8 dBi; " + NoiseSource),
                new("PathLoss", "32.4 + 20 log10 fc + 31.9 log10 d, exponent 3.19: TR 38.901 Table 7.4.1-1, UMi street canyon, optional NLOS"),
                new("ShadowingStandardDeviationDb", "8.2 dB, TR 38.901 Table 7.4.1-1, UMi optional NLOS (not confirmed)"),
                new("NakagamiShape", RayleighSource),
                new("CoherenceSeconds", PedestrianSource),
                new("UplinkRate", GapSource + "; ceiling 4.38 bit/s/Hz = 64QAM, rate 948/1024, 51 PRB of 30 kHz, overhead 0.08, one layer (TS 38.306 section 4.1.2)"),
                new("DownlinkRate", GapSource + "; ceiling 5.46 bit/s/Hz = 256QAM, rate 948/1024, 51 PRB of 30 kHz, overhead 0.14, one layer (TS 38.306 section 4.1.2)"),
                new("UplinkDelay", NewRadioDelaySource),
                new("DownlinkDelay", NewRadioDelaySource + "; no request needed downwards, 0.5 ms for the next slot"),
                new("RadioEnergy", "no mid-band fit known, low band taken: " + RadioEnergyModel.LowBand5G.Source + IdleSource),
                new("MinimumDistanceMetres", "10 m, validity of the path loss (TR 38.901 Table 7.4.1-1)"),
                new("MaximumDistanceMetres", "500 m, assumption: beyond it the mean uplink SNR is below -2 dB (the path loss itself holds to 5 km)"),
                new("Duplexing", PatternSource),
            ]);
    }

    private static LinkEntry UrbanLte()
    {
        const double carrierHz = 1.8e9;
        return new(
            "lte-20mhz-urban",
            "LTE band 3, 20 MHz FDD, macro cell without line of sight, pedestrian.",
            new LinkParameters
            {
                CarrierHz = carrierHz,
                Uplink = new() { TransmitPowerDbm = 23, ReceiveAntennaGainDb = 15, NoiseFigureDb = 5, BandwidthHz = 20e6 },
                Downlink = new() { TransmitPowerDbm = 46, TransmitAntennaGainDb = 15, NoiseFigureDb = 9, BandwidthHz = 20e6 },
                PathLoss = LogDistancePathLoss.UrbanMacroNonLineOfSight(carrierHz),
                ShadowingStandardDeviationDb = 7.8,
                NakagamiShape = 1,
                CoherenceSeconds = PedestrianCoherenceSeconds(carrierHz),
                UplinkRate = new ShannonRate(PracticalGapDb, 75.376e6 / 20e6),
                DownlinkRate = new ShannonRate(PracticalGapDb, 75.376e6 / 20e6),
                UplinkDelay = new(0.013, 0.005, 0.0005),
                DownlinkDelay = new(0.001, 0.005, 0.0005),
                RadioEnergy = RadioEnergyModel.Lte.AboveIdleOf(PhoneIdleWatts),
                MinimumDistanceMetres = 35,
                MaximumDistanceMetres = 1500,
            },
            [
                new("CarrierHz", "1.8 GHz, band 3 (3GPP TS 36.101)"),
                new("Uplink", TerminalSource + "; base station 15 dBi (TR 36.942, not confirmed); 20 MHz; " + NoiseSource),
                new("Downlink", "base station 46 dBm, 15 dBi (TR 36.942, not confirmed); 20 MHz; " + NoiseSource),
                new("PathLoss", "32.4 + 20 log10 fc + 30 log10 d, exponent 3: TR 38.901 Table 7.4.1-1, UMa, optional NLOS"),
                new("ShadowingStandardDeviationDb", "7.8 dB, TR 38.901 Table 7.4.1-1, UMa optional NLOS (not confirmed)"),
                new("NakagamiShape", RayleighSource),
                new("CoherenceSeconds", PedestrianSource),
                new("UplinkRate", GapSource + "; ceiling 3.77 bit/s/Hz = 75 376 bit per ms, 64QAM, 100 PRB, one layer (TS 36.213 Table 7.1.7.2.1-1)"),
                new("DownlinkRate", GapSource + "; ceiling 3.77 bit/s/Hz = 75 376 bit per ms, 64QAM, 100 PRB, one layer (TS 36.213 Table 7.1.7.2.1-1)"),
                new("UplinkDelay", "13 ms to the grant (wait 5, request 1, decode 3, grant 1, terminal 3) and 4 ms to decode: TR 36.881 section 5 (not confirmed); assumption: 1 ms transport, 0.5 ms software"),
                new("DownlinkDelay", "assumption: 1 ms for the next subframe, 4 ms to decode, 1 ms transport, 0.5 ms software"),
                new("RadioEnergy", RadioEnergyModel.Lte.Source + IdleSource),
                new("MinimumDistanceMetres", "35 m, smallest distance to a macro site (TR 36.942, not confirmed)"),
                new("MaximumDistanceMetres", "1500 m, assumption: beyond it the mean uplink SNR is below 1 dB (the path loss itself holds to 5 km)"),
            ]);
    }

    private static LinkEntry IndoorWiFi()
    {
        const double carrierHz = 5.25e9;
        const string tgax = "IEEE 802.11-14/0980 simulation scenarios (not confirmed)";
        return new(
            "wifi-5ghz-indoor",
            "Wi-Fi 5, 80 MHz at 5.25 GHz, one stream, through walls, on an otherwise idle channel.",
            new LinkParameters
            {
                CarrierHz = carrierHz,
                Uplink = new() { TransmitPowerDbm = 15, TransmitAntennaGainDb = -2, NoiseFigureDb = 7, BandwidthHz = 80e6 },
                Downlink = new() { TransmitPowerDbm = 20, ReceiveAntennaGainDb = -2, NoiseFigureDb = 7, BandwidthHz = 80e6 },
                PathLoss = LogDistancePathLoss.IndoorOfficeNonLineOfSight(carrierHz),
                ShadowingStandardDeviationDb = 8.29,
                NakagamiShape = 1,
                CoherenceSeconds = PedestrianCoherenceSeconds(carrierHz),
                UplinkRate = new ShannonRate(PracticalGapDb, 0.7 * 433.3e6 / 80e6),
                DownlinkRate = new ShannonRate(PracticalGapDb, 0.7 * 433.3e6 / 80e6),
                UplinkDelay = new(0.0001015, 0.0005, 0.0005),
                DownlinkDelay = new(0.0001015, 0.0005, 0.0005),
                RadioEnergy = RadioEnergyModel.WiFi,
                MinimumDistanceMetres = 1,
                MaximumDistanceMetres = 50,
            },
            [
                new("CarrierHz", "5.25 GHz, channels 50 and 58 (IEEE 802.11ac)"),
                new("Uplink", "station 15 dBm, -2 dBi; access point 0 dBi, noise figure 7 dB: " + tgax),
                new("Downlink", "access point 20 dBm, 0 dBi; station -2 dBi, noise figure 7 dB: " + tgax),
                new("PathLoss", "32.4 + 20 log10 fc + 31.9 log10 d, exponent 3.19: 3GPP TR 38.901 Table 7.4.1-1, InH office, optional NLOS"),
                new("ShadowingStandardDeviationDb", "8.29 dB, TR 38.901 Table 7.4.1-1, InH optional NLOS (not confirmed)"),
                new("NakagamiShape", RayleighSource),
                new("CoherenceSeconds", PedestrianSource),
                new("UplinkRate", GapSource + "; ceiling 3.79 bit/s/Hz = 433.3 Mbit/s (VHT MCS 9, 80 MHz, one stream, short guard interval) x 0.7 MAC efficiency (assumption)"),
                new("DownlinkRate", GapSource + "; ceiling 3.79 bit/s/Hz = 433.3 Mbit/s (VHT MCS 9, 80 MHz, one stream, short guard interval) x 0.7 MAC efficiency (assumption)"),
                new("UplinkDelay", "DIFS 34 us + mean backoff 7.5 slots of 9 us on an idle channel (IEEE 802.11); assumption: 0.5 ms to a server in the building, 0.5 ms software"),
                new("DownlinkDelay", "DIFS 34 us + mean backoff 7.5 slots of 9 us on an idle channel (IEEE 802.11); assumption: 0.5 ms to a server in the building, 0.5 ms software"),
                new("RadioEnergy", RadioEnergyModel.WiFi.Source),
                new("MinimumDistanceMetres", "1 m, validity of the path loss (TR 38.901 Table 7.4.1-1)"),
                new("MaximumDistanceMetres", "50 m, assumption: a building floor"),
            ]);
    }

    private static LinkEntry Indoor5G()
    {
        const double carrierHz = 3.5e9;
        return new(
            "5g-indoor-office",
            "5G n78, 100 MHz, indoor office in line of sight, pedestrian; 7 of 10 slots down, 2 up.",
            new LinkParameters
            {
                CarrierHz = carrierHz,
                Uplink = new() { TransmitPowerDbm = 23, ReceiveAntennaGainDb = 5, NoiseFigureDb = 5, BandwidthHz = 100e6 },
                Downlink = new() { TransmitPowerDbm = 24, TransmitAntennaGainDb = 5, NoiseFigureDb = 9, BandwidthHz = 100e6 },
                PathLoss = LogDistancePathLoss.IndoorOfficeLineOfSight(carrierHz),
                ShadowingStandardDeviationDb = 3,
                NakagamiShape = 3.28,
                CoherenceSeconds = PedestrianCoherenceSeconds(carrierHz),
                UplinkRate = NewRadio(6, 273, 0.08, 100e6),
                DownlinkRate = NewRadio(8, 273, 0.14, 100e6),
                UplinkDelay = new(0.005, 0.0025, 0.0005),
                DownlinkDelay = new(0.0005, 0.0025, 0.0005),
                Duplexing = SevenDownTwoUp,
                RadioEnergy = RadioEnergyModel.LowBand5G.AboveIdleOf(PhoneIdleWatts),
                MinimumDistanceMetres = 1,
                MaximumDistanceMetres = 150,
            },
            [
                new("CarrierHz", "3.5 GHz, band n78 (3GPP TS 38.101-1)"),
                new("Uplink", TerminalSource + "; base station 5 dBi (ITU-R M.2412, indoor hotspot, not confirmed); 100 MHz; " + NoiseSource),
                new("Downlink", "base station 24 dBm (TR 38.901 Table 7.8-1, indoor, not confirmed), 5 dBi; 100 MHz; " + NoiseSource),
                new("PathLoss", "32.4 + 20 log10 fc + 17.3 log10 d, exponent 1.73: TR 38.901 Table 7.4.1-1, InH office, LOS"),
                new("ShadowingStandardDeviationDb", "3 dB, TR 38.901 Table 7.4.1-1, InH LOS"),
                new("NakagamiShape", "3.28, moment match (1 + K)^2 / (1 + 2 K) to the Rice factor K = 7 dB of TR 38.901 Table 7.5-6, InH LOS (not confirmed); the lower tail of Rice is heavier"),
                new("CoherenceSeconds", PedestrianSource),
                new("UplinkRate", GapSource + "; ceiling 4.69 bit/s/Hz = 64QAM, rate 948/1024, 273 PRB of 30 kHz, overhead 0.08, one layer (TS 38.306 section 4.1.2)"),
                new("DownlinkRate", GapSource + "; ceiling 5.84 bit/s/Hz = 256QAM, rate 948/1024, 273 PRB of 30 kHz, overhead 0.14, one layer (TS 38.306 section 4.1.2)"),
                new("UplinkDelay", NewRadioDelaySource),
                new("DownlinkDelay", NewRadioDelaySource + "; no request needed downwards, 0.5 ms for the next slot"),
                new("RadioEnergy", "no mid-band fit known, low band taken: " + RadioEnergyModel.LowBand5G.Source + IdleSource),
                new("MinimumDistanceMetres", "1 m, validity of the path loss (TR 38.901 Table 7.4.1-1)"),
                new("MaximumDistanceMetres", "150 m, validity of the path loss (TR 38.901 Table 7.4.1-1)"),
                new("Duplexing", PatternSource),
            ]);
    }

    private static TimeDivisionPattern SevenDownTwoUp => new("DDDDDDDSUU");

    private static double PedestrianCoherenceSeconds(double carrierHz) =>
        Doppler.CoherenceSeconds(Doppler.MaximumShiftHz(PedestrianMetresPerSecond, carrierHz));

    /// <summary>Peak rate by TS 38.306 section 4.1.2 over the nominal bandwidth: 12 subcarriers, 14 symbols per slot of 0.5 ms, one layer.</summary>
    private static ShannonRate NewRadio(int bitsPerSymbol, int resourceBlocks, double overhead, double bandwidthHz) =>
        new(PracticalGapDb, bitsPerSymbol * (948.0 / 1024.0) * resourceBlocks * 12 * 28_000 * (1.0 - overhead) / bandwidthHz);
}
