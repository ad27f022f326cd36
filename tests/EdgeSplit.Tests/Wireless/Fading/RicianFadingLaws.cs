using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless.Fading;

public sealed class RicianFadingLaws
{
    private static readonly StreamKey Key = StreamKey.Create(11, "rician-laws");

    [Theory] // outage by fade margin: sum of Poisson weights times incomplete gamma functions, mpmath at 40 digits
    [InlineData(4, 40, 9.16468819041488747e-6)]
    [InlineData(10, 30, 5.24432962336827762e-7)]
    [InlineData(10, 60, 4.99423947961298055e-10)]
    [InlineData(100, 3, 0.000018771686277001268)]
    [InlineData(100, 10, 1.40370853959413632e-22)]
    [InlineData(1000, 1, 6.0097336968477393e-7)]
    public void Outage_keeps_its_digits_far_out_and_at_large_K(double factor, double marginDb, double expected) =>
        Assert.Equal(1.0, new RicianFading(factor).CumulativeProbability(Math.Pow(10, -marginDb / 10)) / expected, 1e-9);

    [Fact]
    public void Without_a_direct_path_it_is_Rayleigh()
    {
        for (var gain = 1e-12; gain < 50; gain *= 2.3)
        {
            Assert.Equal(1.0, new RicianFading(0).CumulativeProbability(gain) / NakagamiFading.Rayleigh.CumulativeProbability(gain), 1e-14);
        }
    }

    [Fact]
    public void A_tiny_direct_path_changes_little()
    {
        for (var gain = 1e-12; gain < 30; gain *= 2.3)
        {
            Assert.Equal(1.0, new RicianFading(1e-9).CumulativeProbability(gain) / NakagamiFading.Rayleigh.CumulativeProbability(gain), 1e-8);
        }
    }

    [Fact]
    public void With_a_very_strong_direct_path_the_gain_hardly_moves()
    {
        var fading = new RicianFading(1e6);
        Assert.InRange(fading.CumulativeProbability(0.99), 0, 1e-10);
        Assert.InRange(fading.CumulativeProbability(1.01), 1 - 1e-10, 1);
        Assert.InRange(fading.CumulativeProbability(1), 0.49, 0.51);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(4)]
    [InlineData(1000)]
    public void The_cumulative_probability_rises_from_zero_to_one(double factor)
    {
        var (fading, previous) = (new RicianFading(factor), 0.0);
        Assert.Equal(0.0, fading.CumulativeProbability(0));
        Assert.Equal(1.0, fading.CumulativeProbability(double.PositiveInfinity));
        for (var gain = 1e-6; gain < 40; gain *= 1.01)
        {
            var probability = fading.CumulativeProbability(gain);
            Assert.True(probability >= previous - 1e-13 && probability <= 1.0);
            previous = probability;
        }

        Assert.Equal(1.0, previous, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(50)]
    public void Mean_gain_is_one_and_its_variance_is_the_amount_of_fading(double factor)
    {
        var fading = new RicianFading(factor);
        var gains = new double[200_000];
        fading.FillGains(Key, 3, 17, gains);
        var mean = gains.Average();
        var variance = gains.Average(gain => (gain - mean) * (gain - mean));
        var fourth = gains.Average(gain => Math.Pow(gain - mean, 4));
        Assert.InRange(mean - 1, -5 * Math.Sqrt(variance / gains.Length), 5 * Math.Sqrt(variance / gains.Length));
        var spread = 5 * Math.Sqrt((fourth - (variance * variance)) / gains.Length);
        Assert.InRange(variance - fading.AmountOfFading, -spread, spread);
    }

    [Fact]
    public void The_moment_match_has_the_same_amount_of_fading_and_another_tail()
    {
        var fading = new RicianFading(4);
        Assert.Equal(25.0 / 9.0, fading.MomentMatchedNakagami().Shape, 12);
        Assert.Equal(fading.AmountOfFading, fading.MomentMatchedNakagami().AmountOfFading, 14);
        Assert.Equal(9.848e-4, fading.CumulativeProbability(0.01), 5e-8);
        Assert.Equal(1.019e-5, fading.MomentMatchedNakagami().CumulativeProbability(0.01), 5e-9);
    }

    [Fact]
    public void Filled_gains_are_the_first_draws_of_their_blocks()
    {
        var fading = new RicianFading(2.5);
        var gains = new double[301];
        fading.FillGains(Key, 9, 123, gains);
        for (var i = 0; i < gains.Length; i++)
        {
            var random = new RandomSource(Key, 9, 123 + (ulong)i, 0);
            Assert.Equal(fading.Sample(ref random), gains[i]);
        }
    }

    [Fact]
    public void Ergodic_efficiency_lies_between_Rayleigh_and_no_fading_and_is_the_mean_over_draws()
    {
        var rate = new ShannonRate(3.5, 4.4);
        var gains = new double[100_000];
        foreach (var factor in new[] { 0.0, 1, 8 })
        {
            IFadingModel fading = new RicianFading(factor);
            var value = fading.ErgodicSpectralEfficiency(16, rate);
            fading.FillGains(Key, 1, 0, gains);
            Assert.InRange(value, NakagamiFading.Rayleigh.ErgodicSpectralEfficiency(16, rate) - 1e-6, rate.SpectralEfficiency(16));
            Assert.InRange(gains.Average(gain => rate.SpectralEfficiency(16 * gain)) / value, 0.99, 1.01);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1e-9)]
    [InlineData(1.1e6)]
    [InlineData(double.PositiveInfinity)]
    public void A_factor_out_of_range_is_refused(double factor) =>
        Assert.Contains("KFactorLinear", Assert.Throws<ArgumentOutOfRangeException>(() => new RicianFading(factor)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1e-9)]
    public void A_negative_gain_has_no_probability(double gain) =>
        Assert.Throws<ArgumentOutOfRangeException>("powerGainLinear", () => new RicianFading(1).CumulativeProbability(gain));
}
