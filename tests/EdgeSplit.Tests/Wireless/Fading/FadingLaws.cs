using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless.Fading;

public sealed class FadingLaws
{
    private static readonly StreamKey Key = StreamKey.Create(20240611, "fading-laws");

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(4.0)]
    [InlineData(50.0)]
    public void Gains_follow_their_cumulative_probability(double shape)
    {
        var fading = new NakagamiFading(shape);
        var gains = new double[20_000];
        fading.FillGains(Key, (ulong)(shape * 10), 0, gains);
        Array.Sort(gains);
        var distance = 0.0;
        for (var i = 0; i < gains.Length; i++)
        {
            var probability = fading.CumulativeProbability(gains[i]);
            distance = Math.Max(distance, Math.Max(probability - ((double)i / gains.Length), ((i + 1.0) / gains.Length) - probability));
        }

        Assert.True(Math.Sqrt(gains.Length) * distance < 1.95, $"Kolmogorov-Smirnov distance {distance}"); // 0.1 % point
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(2.7)]
    [InlineData(20.0)]
    public void Mean_gain_is_one_and_its_variance_is_the_amount_of_fading(double shape)
    {
        var fading = new NakagamiFading(shape);
        var gains = new double[200_000];
        fading.FillGains(Key, (ulong)(shape * 100), 5, gains);
        var mean = gains.Average();
        var variance = gains.Average(gain => (gain - mean) * (gain - mean));
        Assert.Equal(1.0 / shape, fading.AmountOfFading, 15);
        Assert.InRange(mean, 1.0 - (5 * Math.Sqrt(1 / shape / gains.Length)), 1.0 + (5 * Math.Sqrt(1 / shape / gains.Length)));
        // Var[(g-1)^2] = (2 + 6/m) / m^2 for a gamma variate of mean 1.
        var spread = 5 * Math.Sqrt((2 + (6 / shape)) / (shape * shape) / gains.Length);
        Assert.InRange(variance, (1 / shape) - spread, (1 / shape) + spread);
    }

    [Fact]
    public void Nakagami_with_m_one_is_Rayleigh()
    {
        for (var gain = 1e-9; gain < 50; gain *= 1.7)
        {
            var exponential = gain < 1e-5 ? gain - (gain * gain / 2) : 1 - Math.Exp(-gain);
            Assert.Equal(1.0, NakagamiFading.Rayleigh.CumulativeProbability(gain) / exponential, 9);
        }

        Assert.Equal(0.0, NakagamiFading.Rayleigh.CumulativeProbability(0));
    }

    [Theory] // outage by fade margin; computed in double precision and confirmed by a second evaluation
    [InlineData(2.0, 10, 0.017523096)]
    [InlineData(2.0, 30, 1.9973353e-06)]
    [InlineData(4.0, 0, 0.56652988)]
    [InlineData(4.0, 20, 1.0330958e-07)]
    [InlineData(1.0, 5, 0.27110659)]
    [InlineData(0.5, 20, 0.079655675)]
    public void Outage_is_the_incomplete_gamma_function(double shape, double marginDb, double expected) =>
        Assert.Equal(1.0, new NakagamiFading(shape).CumulativeProbability(Math.Pow(10, -marginDb / 10)) / expected, 6);

    [Theory] // Rayleigh, no gap: exp(1/g) E1(1/g) / ln 2, closed form
    [InlineData(-10, 0.13209797)]
    [InlineData(-5, 0.3621498)]
    [InlineData(0, 0.86034738)]
    [InlineData(10, 2.9065148)]
    [InlineData(20, 5.8840482)]
    [InlineData(30, 9.1436195)]
    public void Ergodic_capacity_of_Rayleigh_fading_matches_its_closed_form(double snrDb, double expected) =>
        Assert.Equal(expected, NakagamiFading.Rayleigh.ErgodicSpectralEfficiency(Linear(snrDb), ShannonRate.Capacity), 6.1e-8);

    [Theory] // Simpson's rule with 400,000 panels over ln g in a separate program
    [InlineData(0.5, 10, 0, double.PositiveInfinity, 2.505398948805)]
    [InlineData(0.5, 20, 3.5, 4.0, 3.140883582182)]
    [InlineData(1, 15, 3.5, 4.38, 3.153358434110)]
    [InlineData(2.7, -5, 0, double.PositiveInfinity, 0.382177742097)]
    [InlineData(2.7, 20, 3.5, 5.5, 5.003276219531)]
    [InlineData(50, 10, 3.5, 4.0, 2.441091848370)]
    [InlineData(50, 12, 3.5, 2.9, 2.868104277832)]
    [InlineData(1e6, 10, 0, double.PositiveInfinity, 3.459431022482)]
    public void Ergodic_efficiency_matches_brute_force_integration(double shape, double snrDb, double gapDb, double ceiling, double expected) =>
        Assert.Equal(expected, new NakagamiFading(shape).ErgodicSpectralEfficiency(Linear(snrDb), new ShannonRate(gapDb, ceiling)), 1e-9);

    [Fact]
    public void Ergodic_efficiency_from_the_density_and_from_the_cdf_agree()
    {
        foreach (var shape in new[] { 0.5, 1.0, 3.3, 30 })
        {
            foreach (var snrDb in new[] { -20.0, 0, 13, 40 })
            {
                foreach (var ceiling in new[] { 1.0, 4.4, double.PositiveInfinity })
                {
                    var rate = new ShannonRate(3.5, ceiling);
                    var direct = new NakagamiFading(shape).ErgodicSpectralEfficiency(Linear(snrDb), rate);
                    IFadingModel onlyCdf = new CdfOnly(new NakagamiFading(shape));
                    Assert.Equal(direct, onlyCdf.ErgodicSpectralEfficiency(Linear(snrDb), rate), 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Ergodic_capacity_is_below_the_capacity_of_the_mean_and_rises_to_it_with_the_shape()
    {
        foreach (var snrDb in new[] { -10.0, 5, 25 })
        {
            var previous = 0.0;
            for (var shape = 0.5; shape < 1e6; shape *= 3)
            {
                var value = new NakagamiFading(shape).ErgodicSpectralEfficiency(Linear(snrDb), ShannonRate.Capacity);
                Assert.True(value > previous);
                previous = value;
            }

            var limit = new ConstantGain().ErgodicSpectralEfficiency(Linear(snrDb), ShannonRate.Capacity);
            Assert.True(previous < limit);
            Assert.Equal(limit, previous, 1e-5);
        }
    }

    [Fact]
    public void Ergodic_efficiency_is_the_mean_over_many_blocks()
    {
        var process = new BlockFadingProcess(Key, 3, Linear(12), new NakagamiFading(1.5), new ShannonRate(3.5, 4.4), 0.02);
        var blocks = new double[100_000];
        process.Fill(0, blocks);
        Assert.InRange(blocks.Average() / process.ErgodicSpectralEfficiency(), 0.99, 1.01);
    }

    [Fact]
    public void No_fading_means_gain_one()
    {
        var random = new RandomSource(Key);
        Assert.Equal(1.0, new ConstantGain().Sample(ref random));
        Assert.Equal(0.0, new ConstantGain().CumulativeProbability(0.999));
        Assert.Equal(1.0, new ConstantGain().CumulativeProbability(1.0));
    }

    [Fact]
    public void Filled_gains_are_the_first_draws_of_their_blocks()
    {
        var fading = new NakagamiFading(1.7);
        var gains = new double[300];
        fading.FillGains(Key, 9, 123, gains);
        for (var i = 0; i < gains.Length; i++)
        {
            var random = new RandomSource(Key, 9, 123 + (ulong)i, 0);
            Assert.Equal(fading.Sample(ref random), gains[i]);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0.49)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void A_shape_out_of_range_is_refused(double shape) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NakagamiFading(shape));

    [Fact]
    public void Bad_numbers_are_refused()
    {
        var fading = NakagamiFading.Rayleigh;
        Assert.Throws<ArgumentOutOfRangeException>(() => fading.CumulativeProbability(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => fading.CumulativeProbability(-1e-9));
        Assert.Throws<ArgumentOutOfRangeException>(() => fading.ErgodicSpectralEfficiency(double.NaN, ShannonRate.Capacity));
        Assert.Throws<ArgumentOutOfRangeException>(() => fading.ErgodicSpectralEfficiency(-1, ShannonRate.Capacity));
        Assert.Throws<ArgumentNullException>(() => fading.ErgodicSpectralEfficiency(1, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockFadingProcess(Key, 0, double.NaN, fading, ShannonRate.Capacity, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockFadingProcess(Key, 0, 1, fading, ShannonRate.Capacity, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockFadingProcess(Key, 0, 1, fading, ShannonRate.Capacity, 1).Fill(-1, new double[1]));
    }

    private static double Linear(double db) => Math.Pow(10, db / 10);

    /// <summary>A fading model as a user would write it: a sampler and a cdf, nothing else.</summary>
    private sealed class CdfOnly(NakagamiFading inner) : IFadingModel
    {
        public double Sample(ref RandomSource random) => inner.Sample(ref random);

        public double CumulativeProbability(double powerGainLinear) => inner.CumulativeProbability(powerGainLinear);
    }
}
