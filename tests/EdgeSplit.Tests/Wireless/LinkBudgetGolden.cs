using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Propagation;
using EdgeSplit.Tests.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless;

/// <summary>Every golden record of noise and link budget, with the library's own path losses.</summary>
public sealed class LinkBudgetGolden
{
    [SharedDataFact]
    public void Noise() => Assert.Equal(12, GoldenRecords.Check("noise", (quantity, inputs) => quantity switch
    {
        "noise_power_dbm" or "noise_power_dbm_with_nf" => Budget(inputs).NoisePowerDbm,
        "thermal_density_dbm_per_hz" => ThermalNoise.DensityDbmPerHz(inputs["temperature_k"]),
        "thermal_noise_dbm" => ThermalNoise.PowerDbm(inputs["bandwidth_hz"], inputs["temperature_k"]),
        _ => null,
    }));

    [SharedDataFact]
    public void Link_budget() => Assert.Equal(25, GoldenRecords.Check("link_budget", (quantity, inputs) => quantity switch
    {
        "received_power_dbm" => Breakdown(inputs).ReceivedPowerDbm,
        "snr_db" => Breakdown(inputs).SnrDb,
        "shannon_rate_mbps" => inputs["bandwidth_hz"] * ShannonRate.Capacity.SpectralEfficiency(Breakdown(inputs).SnrLinear) / 1e6,
        "pusch_power_dbm" => new UplinkPowerControl
        {
            MaximumPowerDbm = inputs["p_cmax_dbm"],
            TargetPowerDbm = inputs["p0_dbm"],
            PathLossFraction = inputs["alpha"],
            FormatAdjustmentDb = inputs["delta_tf_db"],
            ClosedLoopDb = inputs["closed_loop_db"],
        }.TransmitPowerDbm(inputs["path_loss_db"], inputs.Whole("num_prb"), inputs.Whole("numerology_mu")),
        "snr_change_on_bandwidth_doublings_db" => BandwidthChangeDb(inputs.Whole("doublings_count")),
        _ => null,
    }));

    [Fact] // uplink 23 dBm, UMi without line of sight, 100 m, 3.5 GHz, 20 MHz, noise figure 5 dB, -174 dBm/Hz
    public void The_textbook_uplink_from_its_geometry()
    {
        var budget = new LinkBudget { TransmitPowerDbm = 23, NoiseFigureDb = 5, BandwidthHz = 20e6, NoiseDensityDbmPerHz = ThermalNoise.RoundedDensityDbmPerHz };
        var breakdown = budget.Evaluate(new UrbanMicroPathLoss(3.5e9, SightCondition.NonLineOfSight).LossDb(100), 0);
        Assert.Equal(104.6438, breakdown.PathLossDb, 5e-5);
        Assert.Equal(-81.6438, breakdown.ReceivedPowerDbm, 5e-5);
        Assert.Equal(-95.9897, breakdown.NoisePowerDbm, 5e-5);
        Assert.Equal(14.3459, breakdown.SnrDb, 5e-5);
        Assert.Equal(96.3536, 20 * ShannonRate.Capacity.SpectralEfficiency(breakdown.SnrLinear), 5e-5);
    }

    [Fact]
    public void A_noise_figure_adds_to_the_noise_as_it_is()
    {
        var quiet = new LinkBudget { TransmitPowerDbm = 23, NoiseFigureDb = 0, BandwidthHz = 20e6 };
        foreach (var figureDb in new[] { 0.5, 5, 9 })
        {
            Assert.Equal(figureDb, (quiet with { NoiseFigureDb = figureDb }).NoisePowerDbm - quiet.NoisePowerDbm, 1e-12);
        }
    }

    private static double BandwidthChangeDb(int doublings)
    {
        var narrow = new LinkBudget { TransmitPowerDbm = 23, NoiseFigureDb = 5, BandwidthHz = 1e6 };
        return (narrow with { BandwidthHz = 1e6 * (1 << doublings) }).Evaluate(100, 0).SnrDb - narrow.Evaluate(100, 0).SnrDb;
    }

    private static LinkBudgetBreakdown Breakdown(GoldenInputs inputs) => Budget(inputs).Evaluate(GoldenModels.LossDb(inputs), inputs["shadowing_db"]);

    private static LinkBudget Budget(GoldenInputs inputs) => new()
    {
        TransmitPowerDbm = inputs.Or("tx_power_dbm", 0),
        TransmitAntennaGainDb = inputs.Or("tx_gain_dbi", 0),
        ReceiveAntennaGainDb = inputs.Or("rx_gain_dbi", 0),
        NoiseFigureDb = inputs.Or("noise_figure_db", 0),
        BandwidthHz = inputs.Or("bandwidth_hz", 1),
        NoiseDensityDbmPerHz = inputs.Or("noise_density_dbm_per_hz", -174),
    };
}
