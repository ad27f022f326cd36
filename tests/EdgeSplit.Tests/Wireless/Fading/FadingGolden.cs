using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless.Fading;

/// <summary>Every golden record of the components fading, doppler and lcr_afd.</summary>
public sealed class FadingGolden
{
    private static readonly StreamKey Key = StreamKey.Create(5, "fading-golden");

    [SharedDataFact]
    public void Fading_laws() => Assert.Equal(34, GoldenRecords.Check("fading", (quantity, inputs) => quantity switch
    {
        "outage_rayleigh" => NakagamiFading.Rayleigh.CumulativeProbability(Linear(-inputs["fade_margin_db"])),
        "outage_rice" => new RicianFading(inputs["k_factor_linear"]).CumulativeProbability(Linear(-inputs["fade_margin_db"])),
        "outage_nakagami" => new NakagamiFading(inputs["m_shape"]).CumulativeProbability(Linear(-inputs["fade_margin_db"])),
        "outage_mrc_rayleigh" => DiversityCombining.MaximalRatioOutageProbability(inputs.Whole("branches_count"), Linear(inputs["branch_margin_db"])),
        "outage_selection_rayleigh" => DiversityCombining.SelectionOutageProbability(inputs.Whole("branches_count"), Linear(inputs["branch_margin_db"])),
        "amount_of_fading" => new RicianFading(inputs["k_factor_linear"]).AmountOfFading,
        "ergodic_capacity_rayleigh" => NakagamiFading.Rayleigh.ErgodicSpectralEfficiency(Linear(inputs["mean_snr_db"]), ShannonRate.Capacity),
        "outage_capacity_rayleigh" => OutageCapacity.RayleighSpectralEfficiency(Linear(inputs["mean_snr_db"]), inputs["outage_prob"]),
        "empirical_outage_rayleigh" => EmpiricalOutage(NakagamiFading.Rayleigh, inputs),
        "empirical_outage_rice" => EmpiricalOutage(new RicianFading(inputs["k_factor_linear"]), inputs),
        "empirical_outage_nakagami" => EmpiricalOutage(new NakagamiFading(inputs["m_shape"]), inputs),
        _ => null,
    }));

    [SharedDataFact]
    public void Doppler_records() => Assert.Equal(27, GoldenRecords.Check("doppler", (quantity, inputs) => quantity switch
    {
        "j0" => Doppler.Autocorrelation(1.0, inputs["argument_rad"] / (2 * Math.PI)),
        "max_doppler_hz" => Shift(inputs),
        "clarke_autocorrelation" => Doppler.Autocorrelation(Shift(inputs), inputs["lag_ms"] / 1000),
        "coherence_time_ms" => 1000 * (inputs.Text("rule") == "0.423/fd" ? Doppler.CoherenceSeconds(Shift(inputs)) : Doppler.HalfCorrelationCoherenceSeconds(Shift(inputs))),
        "ar1_autocorrelation" => Math.Pow(
            new AutoregressiveEvolution().Create(Key, 0, NakagamiFading.Rayleigh, inputs["fd_times_t"], 1.0).Correlation, inputs["lag_steps"]),
        "empirical_ensemble_autocorrelation" => EnsembleAutocorrelation(inputs),
        _ => null,
    }));

    [SharedDataFact]
    public void Level_crossings() => Assert.Equal(42, GoldenRecords.Check("lcr_afd", (quantity, inputs) =>
    {
        var nakagami = inputs.Has("m_shape") ? new NakagamiFading(inputs["m_shape"]) : NakagamiFading.Rayleigh;
        return quantity switch
        {
            "rayleigh_lcr_per_fd" or "nakagami_lcr_per_fd" => LevelCrossings.RateHz(nakagami, Level(), 1.0),
            "rayleigh_afd_times_fd" or "nakagami_afd_times_fd" => LevelCrossings.AverageFadeSeconds(nakagami, Level(), 1.0),
            "rice_lcr_per_fd" => LevelCrossings.RateHz(new RicianFading(inputs["k_factor_linear"]), Level(), 1.0),
            "rice_afd_times_fd" => LevelCrossings.AverageFadeSeconds(new RicianFading(inputs["k_factor_linear"]), Level(), 1.0),
            "two_state_prob_bad_to_good" => Chain().BadToGoodProbability,
            "two_state_prob_good_to_bad" => Chain().GoodToBadProbability,
            "empirical_afd_times_fd" => Crossings(inputs).FadeSeconds,
            "empirical_lcr_per_fd" => Crossings(inputs).RateHz,
            _ => null,
        };

        double Level() => Linear(inputs["threshold_over_rms_db"]);

        TwoStateFading Chain() => TwoStateFading.FromDoppler(Linear(inputs["fade_margin_db"]), 1.0, inputs["fd_times_t"]);
    }));

    private static double Shift(GoldenInputs inputs) => Doppler.MaximumShiftHz(inputs["speed_km_per_h"] / 3.6, inputs["fc_ghz"] * 1e9);

    private static double EmpiricalOutage(IFadingModel law, GoldenInputs inputs)
    {
        var gains = new double[inputs.Whole("independent_draws_count")];
        law.FillGains(Key, 1, 0, gains);
        var threshold = Linear(-inputs["fade_margin_db"]);
        return gains.Count(gain => gain <= threshold) / (double)gains.Length;
    }

    private static double EnsembleAutocorrelation(GoldenInputs inputs)
    {
        var (count, sum) = (inputs.Whole("independent_realisations_count"), 0.0);
        Span<double> real = stackalloc double[2], imaginary = stackalloc double[2];
        for (var link = 0; link < count; link++)
        {
            var channel = new ClarkeFading(Key, (ulong)link, NakagamiFading.Rayleigh, inputs["argument_2pi_fd_tau_rad"], 1 / (2 * Math.PI));
            channel.FillChannel(link % 7, real, imaginary);
            sum += (real[0] * real[1]) + (imaginary[0] * imaginary[1]);
        }

        return sum / count;
    }

    private static (double RateHz, double FadeSeconds) Crossings(GoldenInputs inputs)
    {
        var (links, step) = (inputs.Whole("independent_realisations_count"), inputs["sample_step_fd_dt"]);
        var blocks = (int)Math.Round(inputs["total_duration_fd_t"] / step / links);
        return CrossingCount.Of(
            Enumerable.Range(0, links).Select(link => new ClarkeFading(Key, (ulong)link, NakagamiFading.Rayleigh, step, 1.0)),
            blocks,
            Linear(inputs["threshold_over_rms_db"]));
    }

    private static double Linear(double db) => Math.Pow(10, db / 10);
}
