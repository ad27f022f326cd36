using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless.LinkAdaptation;

/// <summary>Every golden record of the chapters rate, tables and error curves, effective SINR.</summary>
public sealed class LinkAdaptationGolden
{
    [SharedDataFact]
    public void Rates() => Assert.Equal(42, GoldenRecords.Check("rate", (quantity, inputs) => quantity switch
    {
        "shannon_se" => ShannonRate.Capacity.SpectralEfficiency(Linear(inputs["snr_db"])),
        "snr_gap_se" => new ShannonRate(ShannonRate.GapOfBitErrorRateDb(inputs["target_ber"]), double.PositiveInfinity).SpectralEfficiency(Linear(inputs["snr_db"])),
        "truncated_shannon_se" => new TruncatedShannonRate(inputs["alpha"], inputs["snr_min_db"], inputs["se_max_bps_per_hz"]).SpectralEfficiency(Linear(inputs["snr_db"])),
        "peak_rate_mbps" => PeakRate.BitsPerSecond(
            inputs.Whole("layers_count"), inputs.Whole("modulation_order_bits"), inputs.Whole("num_prb"), inputs.Whole("numerology_mu"), inputs["overhead_ratio"], inputs["scaling_factor"]) / 1e6,
        "normal_approximation_rate" => FiniteBlocklength.Rate(inputs["snr_linear"], inputs.Whole("blocklength_channel_uses"), inputs["error_prob"], inputs.Flag("log_term")),
        "transport_block_size_bits" => Size(inputs),
        "goodput_mbps" => Size(inputs) * 1000.0 * (1 << inputs.Whole("numerology_mu")) * (1 - inputs["bler"]) / 1e6,
        _ => null,
    }));

    [SharedDataFact]
    public void Tables_capacities_and_error_curves() => Assert.Equal(69, GoldenRecords.Check("mcs_cqi", (quantity, inputs) => quantity switch
    {
        "cqi_spectral_efficiency" => Cqi(inputs.Text("table"))[inputs.Whole("cqi_index")].SpectralEfficiency,
        "mcs_spectral_efficiency" => Mcs(inputs.Text("table"))[inputs.Whole("mcs_index")].SpectralEfficiency,
        "constellation_capacity" => ConstellationCapacity.BitsPerSymbol(Bits(inputs), Linear(inputs["snr_db"])),
        "snr_for_capacity_db" => Db(ConstellationCapacity.SnrLinear(Bits(inputs), inputs["spectral_efficiency_bit_per_symbol"])),
        "bler_probit" => new ProbitErrorCurve(inputs["mu_db"], inputs["sigma_db"]).ErrorRate(inputs["snr_db"]),
        "snr_at_target_bler_db" => new ProbitErrorCurve(inputs["mu_db"], inputs["sigma_db"]).SnrDb(inputs["target_bler"]),
        "transport_block_error" => BlockErrorModel.AnyFails(inputs["code_block_bler"], inputs.Whole("code_blocks_count")),
        "ldpc_base_graph" => Cut(inputs).BaseGraph,
        "ldpc_code_blocks" => Cut(inputs).CodeBlocks,
        _ => null,
    }));

    [SharedDataFact]
    public void Effective_SINR() => Assert.Equal(23, GoldenRecords.Check("eesm", (quantity, inputs) => quantity switch
    {
        "eesm_effective_sinr_db" => BetaOf(inputs) == inputs["beta"] ? Db(EffectiveSinr.Exponential(Sinr(inputs), BetaOf(inputs))) : null,
        "eesm_beta" => BetaOf(inputs),
        "capacity_effective_sinr_db" => Db(EffectiveSinr.Capacity(Sinr(inputs))),
        "miesm_effective_sinr_db" => Db(EffectiveSinr.MutualInformation(Sinr(inputs), Bits(inputs), inputs["beta"])),
        _ => null,
    }));

    private static double Linear(double db) => Math.Pow(10, db / 10);

    private static double Db(double linear) => 10 * Math.Log10(linear);

    private static double[] Sinr(GoldenInputs inputs) => Array.ConvertAll(inputs.Numbers("sinr_db"), Linear);

    private static double BetaOf(GoldenInputs inputs) => EffectiveSinr.Beta(Mcs(inputs.Text("mcs_table")), inputs.Whole("mcs_index"));

    private static McsTable Mcs(string name) => name.Contains("table 1", StringComparison.Ordinal) ? McsTable.Qam64 : McsTable.Qam256;

    private static CqiTable Cqi(string name) => name.Contains("table 1", StringComparison.Ordinal) ? CqiTable.Qam64 : CqiTable.Qam256;

    private static CodeBlockSegmentation Cut(GoldenInputs inputs) => new(inputs.Whole("transport_block_bits"), inputs["code_rate_x1024"] / 1024);

    private static int Bits(GoldenInputs inputs) => inputs.Text("constellation") switch { "QPSK" => 2, "16QAM" => 4, "64QAM" => 6, "256QAM" => 8, _ => 0 };

    private static int Size(GoldenInputs inputs) => TransportBlockSize.Bits(
        TransportBlockSize.ResourceElements(
            inputs.Whole("num_symbols"), inputs.Whole("num_dmrs_re_per_prb"), inputs.Whole("num_overhead_re_per_prb"), inputs.Whole("num_prb")),
        inputs.Whole("modulation_order_bits"),
        inputs["code_rate_x1024"] / 1024,
        inputs.Whole("layers_count"));
}
