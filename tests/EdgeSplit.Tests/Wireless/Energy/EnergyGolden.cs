using EdgeSplit.Core.Wireless.Energy;

namespace EdgeSplit.Tests.Wireless.Energy;

public sealed class EnergyGolden
{
    [SharedDataFact]
    public void Every_golden_record_of_energy_holds() => Assert.Equal(15, GoldenRecords.Check("energy", Evaluate));

    private static double? Evaluate(string quantity, GoldenInputs inputs) => quantity switch
    {
        "shannon_transfer_energy_j" => Link(inputs).RadiatedJoules(inputs["bits"], inputs["time_s"]),
        "shannon_energy_limit_j" => Link(inputs).LimitJoules(inputs["bits"]),
        "transmit_energy_j" => new Transmitter(inputs["amplifier_efficiency"], inputs["circuit_power_w"])
            .Energy(inputs["tx_power_w"], inputs["time_s"], inputs["tail_energy_j"]).TotalJoules,
        "energy_optimal_time_s" => Link(inputs).OptimalSeconds(inputs["bits"]),
        "minimum_energy_j" => Link(inputs).MinimumJoules(inputs["bits"]),
        "measured_phone_power_mw" => 1e3 * PhoneWatts(inputs.Text("link"), 1e6 * inputs["throughput_mbps"]),
        _ => null,
    };

    private static ShannonTransmission Link(GoldenInputs inputs) => new()
    {
        BandwidthHz = inputs.Or("bandwidth_hz", 1),
        PowerGainDb = inputs["gain_db"],
        NoiseDensityDbmPerHz = inputs["noise_density_dbm_per_hz"],
        Transmitter = new Transmitter(inputs.Or("amplifier_efficiency", 1), inputs.Or("circuit_power_w", 0)),
    };

    private static double PhoneWatts(string link, double bitsPerSecond) => link switch
    {
        "NSA low-band uplink" => RadioEnergyModel.LowBand5G.TransmitWatts(bitsPerSecond),
        "NSA low-band downlink" => RadioEnergyModel.LowBand5G.ReceiveWatts(bitsPerSecond),
        "NSA mmWave uplink" => RadioEnergyModel.MillimetreWave5G.TransmitWatts(bitsPerSecond),
        "NSA mmWave downlink" => RadioEnergyModel.MillimetreWave5G.ReceiveWatts(bitsPerSecond),
        _ => throw new ArgumentException(link),
    };
}
