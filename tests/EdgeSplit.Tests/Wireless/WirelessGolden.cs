using System.Text.Json;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Propagation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless;

/// <summary>Runs every golden record of the shared file whose component is implemented, and says how many.</summary>
public sealed class WirelessGolden
{
    [SharedDataFact]
    public void Golden_records_of_the_implemented_components_hold()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("data/golden/wireless.json")));
        var ran = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var record in file.RootElement.EnumerateArray())
        {
            var (component, quantity) = (record.GetProperty("component").GetString()!, record.GetProperty("quantity").GetString()!);
            if (Evaluate(component, quantity, record.GetProperty("inputs")) is { } value)
            {
                var expected = record.GetProperty("expected").GetDouble();
                var difference = Math.Abs(value - expected);
                Assert.True(difference <= record.GetProperty("tolerance").GetDouble(), $"{component} {quantity} {record.GetProperty("inputs")}: {value}, expected {expected}");
                ran[component] = ran.GetValueOrDefault(component) + 1;
            }
        }

        var summary = string.Join(", ", ran.Select(pair => $"{pair.Key} {pair.Value}"));
        Assert.Equal("doppler 8, energy 4, fading 19, link_budget 21, noise 12, path_loss 24, rate 14, trace_replay 5", summary);
    }

    /// <summary>The library's value, or null for a quantity that it does not offer.</summary>
    private static double? Evaluate(string component, string quantity, JsonElement inputs)
    {
        return (component, quantity) switch
        {
            ("noise", "noise_power_dbm" or "noise_power_dbm_with_nf") => Budget(inputs).NoisePowerDbm,
            ("noise", "thermal_density_dbm_per_hz") => ThermalNoise.DensityDbmPerHz(Get("temperature_k")),
            ("noise", "thermal_noise_dbm") => ThermalNoise.PowerDbm(Get("bandwidth_hz"), Get("temperature_k")),
            ("link_budget", "received_power_dbm") => Breakdown(inputs).ReceivedPowerDbm,
            ("link_budget", "snr_db") => Breakdown(inputs).SnrDb,
            ("link_budget", "shannon_rate_mbps") =>
                Get("bandwidth_hz") * ShannonRate.Capacity.SpectralEfficiency(Breakdown(inputs).SnrLinear) / 1e6,
            ("link_budget", "snr_change_on_bandwidth_doublings_db") => BandwidthChange(Get("doublings_count")),
            ("rate", "shannon_se") => ShannonRate.Capacity.SpectralEfficiency(Linear(Get("snr_db"))),
            ("rate", "snr_gap_se") => new ShannonRate(ShannonRate.GapOfBitErrorRateDb(Get("target_ber")), double.PositiveInfinity)
                .SpectralEfficiency(Linear(Get("snr_db"))),
            ("fading", "outage_rayleigh") => NakagamiFading.Rayleigh.CumulativeProbability(Linear(-Get("fade_margin_db"))),
            ("fading", "outage_nakagami") => new NakagamiFading(Get("m_shape")).CumulativeProbability(Linear(-Get("fade_margin_db"))),
            // The sum of L equal Rayleigh branches is Nakagami m = L with mean L.
            ("fading", "outage_mrc_rayleigh") => new NakagamiFading(Get("branches_count"))
                .CumulativeProbability(Linear(-Get("branch_margin_db")) / Get("branches_count")),
            ("fading", "ergodic_capacity_rayleigh") =>
                NakagamiFading.Rayleigh.ErgodicSpectralEfficiency(Linear(Get("mean_snr_db")), ShannonRate.Capacity),
            ("fading", "empirical_outage_rayleigh") => EmpiricalOutage(1.0, inputs),
            ("fading", "empirical_outage_nakagami") => EmpiricalOutage(Get("m_shape"), inputs),
            ("path_loss", "free_space_db") => LogDistancePathLoss.FreeSpaceLossDb(Get("d_m"), Get("fc_ghz") * 1e9),
            ("path_loss", "UMi_nlos_optional_db") => LogDistancePathLoss.UrbanMicroNonLineOfSight(Get("fc_ghz") * 1e9).LossDb(SlantMetres(inputs)),
            ("path_loss", "UMa_nlos_optional_db") => LogDistancePathLoss.UrbanMacroNonLineOfSight(Get("fc_ghz") * 1e9).LossDb(SlantMetres(inputs)),
            ("path_loss", "InH_los_db") => LogDistancePathLoss.IndoorOfficeLineOfSight(Get("fc_ghz") * 1e9).LossDb(Get("d3d_m")),
            ("path_loss", "InH_nlos_optional_db") => LogDistancePathLoss.IndoorOfficeNonLineOfSight(Get("fc_ghz") * 1e9).LossDb(Get("d3d_m")),
            ("doppler", "max_doppler_hz") => Doppler.MaximumShiftHz(Get("speed_km_per_h") / 3.6, Get("fc_ghz") * 1e9),
            ("doppler", "coherence_time_ms") => 1000 * Coherence(inputs),
            ("energy", "measured_phone_power_mw") => 1000 * PhoneWatts(inputs.GetProperty("link").GetString()!, Get("throughput_mbps") * 1e6),
            ("trace_replay", "constant_rate_transfer_s") =>
                new SharedLink(new ConstantEfficiencyProcess(1), Get("rate_mbps") * 1e6, ConstantShare.Whole).CompletionSeconds(0, Get("message_bits")),
            ("trace_replay", "rate_integral_transfer_s") => Replay(inputs),
            _ => null,
        };

        double Get(string name) => inputs.GetProperty(name).GetDouble();
    }

    private static double EmpiricalOutage(double shape, JsonElement inputs)
    {
        var gains = new double[inputs.GetProperty("independent_draws_count").GetInt32()];
        new NakagamiFading(shape).FillGains(StreamKey.Create(5, "golden"), (ulong)(10 * shape), 0, gains);
        var threshold = Linear(-inputs.GetProperty("fade_margin_db").GetDouble());
        return gains.Count(gain => gain <= threshold) / (double)gains.Length;
    }

    private static double Replay(JsonElement inputs)
    {
        var rows = inputs.GetProperty("rows_time_s_rate_mbps").EnumerateArray().Select(row => (Time: row[0].GetDouble(), Rate: row[1].GetDouble())).ToArray();
        var seconds = (int)inputs.GetProperty("trace_end_s").GetDouble();
        var rates = Enumerable.Range(0, seconds).Select(second => rows.Last(row => row.Time <= second).Rate).ToArray();
        var link = new SharedLink(new PiecewiseEfficiencyProcess(1, rates, PiecewiseExtension.Wrap), 1e6, ConstantShare.Whole);
        var start = inputs.GetProperty("start_s").GetDouble();
        return link.CompletionSeconds(start, inputs.GetProperty("message_bits").GetDouble()) - start;
    }

    private static double BandwidthChange(double doublings)
    {
        var narrow = new LinkBudget { TransmitPowerDbm = 23, NoiseFigureDb = 5, BandwidthHz = 1e6 };
        var wide = narrow with { BandwidthHz = 1e6 * Math.Pow(2, doublings) };
        return wide.Evaluate(100, 0).SnrDb - narrow.Evaluate(100, 0).SnrDb;
    }

    private static double Coherence(JsonElement inputs)
    {
        var shift = Doppler.MaximumShiftHz(inputs.GetProperty("speed_km_per_h").GetDouble() / 3.6, inputs.GetProperty("fc_ghz").GetDouble() * 1e9);
        return inputs.GetProperty("rule").GetString() == "0.423/fd" ? Doppler.CoherenceSeconds(shift) : Doppler.HalfCorrelationCoherenceSeconds(shift);
    }

    private static double PhoneWatts(string link, double bitsPerSecond) => link switch
    {
        "NSA low-band uplink" => RadioEnergyModel.LowBand5G.TransmitWatts(bitsPerSecond),
        "NSA low-band downlink" => RadioEnergyModel.LowBand5G.ReceiveWatts(bitsPerSecond),
        "NSA mmWave uplink" => RadioEnergyModel.MillimetreWave5G.TransmitWatts(bitsPerSecond),
        "NSA mmWave downlink" => RadioEnergyModel.MillimetreWave5G.ReceiveWatts(bitsPerSecond),
        _ => throw new ArgumentException(link),
    };

    private static LinkBudgetBreakdown Breakdown(JsonElement inputs) =>
        Budget(inputs).Evaluate(SpecifiedLossDb(inputs), inputs.GetProperty("shadowing_db").GetDouble());

    private static LinkBudget Budget(JsonElement inputs) => new()
    {
        TransmitPowerDbm = Optional(inputs, "tx_power_dbm", 0),
        TransmitAntennaGainDb = Optional(inputs, "tx_gain_dbi", 0),
        ReceiveAntennaGainDb = Optional(inputs, "rx_gain_dbi", 0),
        NoiseFigureDb = Optional(inputs, "noise_figure_db", 0),
        BandwidthHz = Optional(inputs, "bandwidth_hz", 1),
        NoiseDensityDbmPerHz = Optional(inputs, "noise_density_dbm_per_hz", -174),
    };

    /// <summary>The mandatory laws of 3GPP TR 38.901 Table 7.4.1-1 for the default heights: input to the budgets, not under test here.</summary>
    private static double SpecifiedLossDb(JsonElement inputs)
    {
        var scenario = inputs.GetProperty("scenario").GetString();
        if (scenario == "InH-Office")
        {
            var (d, logFc) = (Math.Log10(inputs.GetProperty("d3d_m").GetDouble()), Math.Log10(inputs.GetProperty("fc_ghz").GetDouble()));
            var direct = 32.4 + (17.3 * d) + (20 * logFc);
            return inputs.GetProperty("los").GetBoolean() ? direct : Math.Max(direct, 17.3 + (38.3 * d) + (24.9 * logFc));
        }

        var (d2, fc, los) = (inputs.GetProperty("d2d_m").GetDouble(), inputs.GetProperty("fc_ghz").GetDouble(), inputs.GetProperty("los").GetBoolean());
        var height = scenario switch { "UMi" => 10.0, "UMa" => 25.0, "RMa" => 35.0, _ => throw new ArgumentException(scenario) };
        var d3 = Math.Sqrt((d2 * d2) + Math.Pow(height - 1.5, 2));
        var breakpoint = scenario == "RMa" ? 2 * Math.PI * 35 * 1.5 * fc * 1e9 / 3e8 : 4 * (height - 1) * 0.5 * fc * 1e9 / 3e8;
        var far = Math.Log10((breakpoint * breakpoint) + Math.Pow(height - 1.5, 2));
        var (logD, logF) = (Math.Log10(d3), Math.Log10(fc));
        var lineOfSight = scenario switch
        {
            "UMi" => 32.4 + (20 * logF) + (d2 <= breakpoint ? 21 * logD : (40 * logD) - (9.5 * far)),
            "UMa" => 28.0 + (20 * logF) + (d2 <= breakpoint ? 22 * logD : (40 * logD) - (9 * far)),
            _ => d2 <= breakpoint ? Rural(d3) : Rural(breakpoint) + (40 * Math.Log10(d3 / breakpoint)),
        };
        return los ? lineOfSight : Math.Max(lineOfSight, scenario switch
        {
            "UMi" => 22.4 + (35.3 * logD) + (21.3 * logF),
            "UMa" => 13.54 + (39.08 * logD) + (20 * logF),
            _ => 161.04 - (7.1 * Math.Log10(20)) + (7.5 * Math.Log10(5)) - ((24.37 - (3.7 * Math.Pow(5.0 / 35, 2))) * Math.Log10(35))
                + ((43.42 - (3.1 * Math.Log10(35))) * (logD - 3)) + (20 * logF) - ((3.2 * Math.Pow(Math.Log10(11.75 * 1.5), 2)) - 4.97),
        });

        double Rural(double d) => (20 * Math.Log10(40 * Math.PI * d * fc / 3)) + (Math.Min(0.03 * Math.Pow(5, 1.72), 10) * Math.Log10(d))
            - Math.Min(0.044 * Math.Pow(5, 1.72), 14.77) + (0.002 * Math.Log10(5) * d);
    }

    private static double SlantMetres(JsonElement inputs) => Math.Sqrt(
        Math.Pow(inputs.GetProperty("d2d_m").GetDouble(), 2)
        + Math.Pow(inputs.GetProperty("h_bs_m").GetDouble() - inputs.GetProperty("h_ut_m").GetDouble(), 2));

    private static double Optional(JsonElement inputs, string name, double otherwise) =>
        inputs.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    private static double Linear(double db) => Math.Pow(10, db / 10);
}
