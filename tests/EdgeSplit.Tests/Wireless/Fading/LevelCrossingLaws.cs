using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Tests.Wireless.Fading;

public sealed class LevelCrossingLaws
{
    [Theory] // per fd, from the closed forms in double precision
    [InlineData(1.0, -30, 0.079187319, 0.012621973)]
    [InlineData(1.0, 0, 0.92213701, 0.68549527)]
    [InlineData(1.0, 5, 0.18868188, 5.0755842)]
    [InlineData(0.5, -20, 1.4071601, 0.056607398)]
    [InlineData(2.0, -10, 0.18355915, 0.095462942)]
    [InlineData(4.0, 3, 0.20512708, 4.6657622)]
    public void Nakagami_rates_and_fades(double shape, double levelDb, double rate, double fade)
    {
        Assert.Equal(1.0, LevelCrossings.RateHz(new NakagamiFading(shape), Linear(levelDb), 7) / 7 / rate, 1e-7);
        Assert.Equal(1.0, LevelCrossings.AverageFadeSeconds(new NakagamiFading(shape), Linear(levelDb), 7) * 7 / fade, 1e-7);
    }

    [Theory]
    [InlineData(1.0, -20, 0.13039694, 0.056422683)]
    [InlineData(4.0, 0, 0.71774071, 0.78709202)]
    [InlineData(10.0, -20, 8.2572938e-05, 0.094352186)]
    [InlineData(10.0, 3, 0.085093252, 11.521147)]
    public void Rician_rates_and_fades(double factor, double levelDb, double rate, double fade)
    {
        Assert.Equal(1.0, LevelCrossings.RateHz(new RicianFading(factor), Linear(levelDb), 7) / 7 / rate, 1e-7);
        Assert.Equal(1.0, LevelCrossings.AverageFadeSeconds(new RicianFading(factor), Linear(levelDb), 7) * 7 / fade, 1e-7);
    }

    [Fact]
    public void Rate_times_fade_is_the_outage_and_both_laws_meet_at_Rayleigh()
    {
        foreach (var level in new[] { 1e-6, 0.01, 0.3, 1, 2.5, 8 })
        {
            var (nakagami, rice) = (new NakagamiFading(2.3), new RicianFading(3));
            var product = LevelCrossings.RateHz(nakagami, level, 5) * LevelCrossings.AverageFadeSeconds(nakagami, level, 5);
            Assert.Equal(1.0, product / nakagami.CumulativeProbability(level), 1e-14);
            product = LevelCrossings.RateHz(rice, level, 5) * LevelCrossings.AverageFadeSeconds(rice, level, 5);
            Assert.Equal(1.0, product / rice.CumulativeProbability(level), 1e-14);
            var rayleigh = Math.Sqrt(2 * Math.PI * level) * 5 * Math.Exp(-level);
            Assert.Equal(1.0, LevelCrossings.RateHz(NakagamiFading.Rayleigh, level, 5) / rayleigh, 1e-13);
            Assert.Equal(1.0, LevelCrossings.RateHz(new RicianFading(0), level, 5) / rayleigh, 1e-13);
        }
    }

    [Fact]
    public void Rayleigh_fading_crosses_most_often_3_dB_below_its_rms()
    {
        var most = LevelCrossings.RateHz(NakagamiFading.Rayleigh, 0.5, 1);
        Assert.Equal(1.0750476, most, 5e-8);
        Assert.True(LevelCrossings.RateHz(NakagamiFading.Rayleigh, 0.499, 1) < most && LevelCrossings.RateHz(NakagamiFading.Rayleigh, 0.501, 1) < most);
    }

    [Theory] // from the bivariate Rayleigh law
    [InlineData(-10, 0.01, 0.0011, 0.00006)]
    [InlineData(-10, 0.05, 0.030, 0.0006)]
    [InlineData(-10, 0.1, 0.148, 0.0006)]
    [InlineData(-20, 0.01, 0.012, 0.0006)]
    public void Samples_miss_the_shortest_fades(double levelDb, double step, double missed, double tolerance)
    {
        var seen = LevelCrossings.SampledRayleighRateHz(Linear(levelDb), 1, step) / LevelCrossings.RateHz(NakagamiFading.Rayleigh, Linear(levelDb), 1);
        Assert.Equal(missed, 1 - seen, tolerance);
    }

    [Fact]
    public void Fine_samples_miss_nothing() => Assert.Equal(
        1.0, LevelCrossings.SampledRayleighRateHz(0.1, 1, 1e-5) / LevelCrossings.RateHz(NakagamiFading.Rayleigh, 0.1, 1), 1e-5);

    [Theory] // margin dB, fd T, outage, bad to good, good to bad
    [InlineData(10, 0.01, 0.095162582, 0.075284135, 0.0079177016)]
    [InlineData(10, 0.05, 0.095162582, 0.36546275, 0.038436053)]
    [InlineData(10, 0.1, 0.095162582, 0.64190522, 0.067509761)]
    [InlineData(20, 0.01, 0.0099501663, 0.2463029, 0.0024753853)]
    [InlineData(5, 0.02, 0.27110659, 0.075698539, 0.028155519)]
    public void Two_states_of_a_Clarke_channel(double marginDb, double step, double outage, double badToGood, double goodToBad)
    {
        var chain = TwoStateFading.FromDoppler(Linear(marginDb), 1, step);
        Assert.Equal(1.0, chain.OutageProbability / outage, 1e-7);
        Assert.Equal(1.0, chain.BadToGoodProbability / badToGood, 1e-7);
        Assert.Equal(1.0, chain.GoodToBadProbability / goodToBad, 1e-7);
        Assert.Equal(1.0, chain.MeanFadeBlocks * badToGood, 1e-7);
    }

    [Fact]
    public void The_transition_is_the_difference_of_Marcum_functions_and_keeps_the_stationary_law()
    {
        foreach (var margin in new[] { 0.3, 2.0, 31, 1e4 })
        {
            foreach (var correlation in new[] { 0.0, 0.05, 0.6, 0.95, 0.9999 })
            {
                var chain = new TwoStateFading(margin, correlation);
                var theta = Math.Sqrt(2 / (margin * (1 - (correlation * correlation))));
                var difference = MarcumQ.FirstOrder(theta, correlation * theta) - MarcumQ.FirstOrder(correlation * theta, theta);
                Assert.Equal(difference, chain.GoodToBadProbability, 1e-12);
                var balance = chain.OutageProbability * chain.BadToGoodProbability / ((1 - chain.OutageProbability) * chain.GoodToBadProbability);
                Assert.Equal(1.0, balance, 1e-12);
            }
        }
    }

    [Fact]
    public void Without_correlation_the_states_are_independent_and_with_all_of_it_they_stay()
    {
        var independent = new TwoStateFading(4, 0);
        Assert.Equal(independent.OutageProbability, independent.GoodToBadProbability, 1e-13);
        Assert.Equal(1 - independent.OutageProbability, independent.BadToGoodProbability, 1e-13);
        Assert.Equal(0.0, TwoStateFading.FromDoppler(4, 0, 1).GoodToBadProbability);
        Assert.Equal(double.PositiveInfinity, new TwoStateFading(4, 1).MeanFadeBlocks);
    }

    [Theory] // P(L, x) and (1 - e^-x)^L
    [InlineData(0, 0.26424112, 0.3995764)]
    [InlineData(10, 0.0046788402, 0.009055917)]
    [InlineData(30, 4.9966679e-07, 9.9900058e-07)]
    public void Two_branches(double marginDb, double maximalRatio, double selection)
    {
        Assert.Equal(1.0, DiversityCombining.MaximalRatioOutageProbability(2, Linear(marginDb)) / maximalRatio, 1e-7);
        Assert.Equal(1.0, DiversityCombining.SelectionOutageProbability(2, Linear(marginDb)) / selection, 1e-7);
    }

    [Fact]
    public void One_branch_is_Rayleigh_and_combining_beats_selecting()
    {
        foreach (var margin in new[] { 0.5, 3, 40, 1e9 })
        {
            var outage = NakagamiFading.Rayleigh.CumulativeProbability(1 / margin);
            Assert.Equal(1.0, DiversityCombining.MaximalRatioOutageProbability(1, margin) / outage, 1e-13);
            Assert.Equal(1.0, DiversityCombining.SelectionOutageProbability(1, margin) / outage, 1e-13);
            Assert.True(DiversityCombining.MaximalRatioOutageProbability(3, margin) < DiversityCombining.SelectionOutageProbability(3, margin));
        }
    }

    [Theory] // log2(1 - g ln(1 - eps))
    [InlineData(-10, 0.1, 0.015120792)]
    [InlineData(10, 0.01, 0.13816355)]
    [InlineData(30, 0.1, 6.7328189)]
    public void Outage_capacity_of_Rayleigh_fading(double snrDb, double outage, double expected) =>
        Assert.Equal(1.0, OutageCapacity.RayleighSpectralEfficiency(Linear(snrDb), outage) / expected, 1e-7);

    [Fact]
    public void Outage_capacity_inverts_the_outage_and_keeps_small_digits()
    {
        var efficiency = OutageCapacity.RayleighSpectralEfficiency(20, 0.03);
        Assert.Equal(0.03, NakagamiFading.Rayleigh.CumulativeProbability((Math.Pow(2, efficiency) - 1) / 20), 1e-14);
        Assert.Equal(1.0, OutageCapacity.RayleighSpectralEfficiency(1e-3, 1e-12) / (1e-15 / Math.Log(2)), 1e-11);
        Assert.Equal(0.0, OutageCapacity.RayleighSpectralEfficiency(20, 0));
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        foreach (var bad in new[] { double.NaN, -1.0, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>("powerGainLinear", () => LevelCrossings.RateHz(NakagamiFading.Rayleigh, bad, 1));
            Assert.Throws<ArgumentOutOfRangeException>("powerGainLinear", () => LevelCrossings.RateHz(new RicianFading(1), bad, 1));
            Assert.Throws<ArgumentOutOfRangeException>("maximumShiftHz", () => LevelCrossings.RateHz(new RicianFading(1), 1, bad));
            Assert.Throws<ArgumentOutOfRangeException>("maximumShiftHz", () => LevelCrossings.AverageFadeSeconds(NakagamiFading.Rayleigh, 1, bad));
            Assert.Throws<ArgumentOutOfRangeException>("FadeMarginLinear", () => new TwoStateFading(bad, 0.5));
            Assert.Throws<ArgumentOutOfRangeException>("blockSeconds", () => TwoStateFading.FromDoppler(1, 1, bad));
            Assert.Throws<ArgumentOutOfRangeException>("branchMarginLinear", () => DiversityCombining.SelectionOutageProbability(2, bad));
            Assert.Throws<ArgumentOutOfRangeException>("meanSnrLinear", () => OutageCapacity.RayleighSpectralEfficiency(bad, 0.1));
            Assert.Throws<ArgumentOutOfRangeException>("maximumShiftHz", () => Doppler.Autocorrelation(bad, 1));
        }

        Assert.Throws<ArgumentOutOfRangeException>("maximumShiftHz", () => LevelCrossings.AverageFadeSeconds(NakagamiFading.Rayleigh, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("Correlation", () => new TwoStateFading(1, 1.01));
        Assert.Throws<ArgumentOutOfRangeException>("branches", () => DiversityCombining.MaximalRatioOutageProbability(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("outageProbability", () => OutageCapacity.RayleighSpectralEfficiency(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("lagSeconds", () => Doppler.Autocorrelation(1, double.NaN));
        Assert.Throws<ArgumentNullException>(() => LevelCrossings.RateHz((NakagamiFading)null!, 1, 1));
        Assert.Throws<ArgumentNullException>(() => LevelCrossings.AverageFadeSeconds((RicianFading)null!, 1, 1));
    }

    private static double Linear(double db) => Math.Pow(10, db / 10);
}
