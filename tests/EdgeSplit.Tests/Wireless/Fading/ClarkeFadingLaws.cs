using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Tests.Wireless.Fading;

public sealed class ClarkeFadingLaws
{
    private static readonly StreamKey Key = StreamKey.Create(31, "clarke-laws");

    [Theory] // over links; lags of 2 pi fd tau where J0 is high, negative, and small
    [InlineData(0.5)]
    [InlineData(2.0)]
    [InlineData(3.8317)]
    [InlineData(7.0156)]
    [InlineData(30.0)]
    public void The_autocorrelation_over_links_is_J0(double argument)
    {
        const int links = 30_000;
        Span<double> real = stackalloc double[2], imaginary = stackalloc double[2];
        var (inPhase, quadrature, power) = (0.0, 0.0, 0.0);
        for (var link = 0; link < links; link++)
        {
            var channel = Rayleigh(link, argument / (2 * Math.PI));
            channel.FillChannel(3, real, imaginary);
            inPhase += (real[0] * real[1]) + (imaginary[0] * imaginary[1]);
            quadrature += (imaginary[0] * real[1]) - (real[0] * imaginary[1]);
            power += ((real[0] * real[0]) + (imaginary[0] * imaginary[0])) * ((real[1] * real[1]) + (imaginary[1] * imaginary[1]));
        }

        // Five standard errors: 0.03 (parts), 0.13 (product of powers, of variance up to 20).
        var expected = J0(argument);
        Assert.Equal(expected, inPhase / links, 0.03);
        Assert.Equal(0.0, quadrature / links, 0.03);
        Assert.Equal(1 + ((1 - (1.0 / 16)) * expected * expected), power / links, 0.13);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(33)]
    public void The_fourth_moment_is_two_minus_one_over_the_number_of_sinusoids(int sinusoids)
    {
        const int links = 40_000;
        var (mean, square, largest) = (0.0, 0.0, 0.0);
        for (var link = 0; link < links; link++)
        {
            var gain = Rayleigh(link, 0.3, sinusoids).GainAt(1.7);
            mean += gain / links;
            square += gain * gain / links;
            largest = Math.Max(largest, gain);
        }

        Assert.Equal(1.0, mean, 0.025);
        Assert.Equal(2 - (1.0 / sinusoids), square, 0.11); // five standard errors of g^2, whose deviation is below 4.5
        Assert.True(largest <= sinusoids);
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(-3)]
    [InlineData(3)]
    public void Level_crossings_and_fades_are_those_of_Rayleigh_fading(double levelDb)
    {
        const double step = 0.01;
        var level = Math.Pow(10, levelDb / 10);
        var counted = CrossingCount.Of(Enumerable.Range(0, 400).Select(link => Rayleigh(link, step, 64)), 5_000, level);
        var rate = LevelCrossings.SampledRayleighRateHz(level, 1, step); // the count on this grid
        Assert.InRange(counted.RateHz / rate, 0.97, 1.03);
        Assert.InRange(rate / LevelCrossings.RateHz(NakagamiFading.Rayleigh, level, 1), 0.99, 1.0);
        Assert.InRange(counted.FadeSeconds / (NakagamiFading.Rayleigh.CumulativeProbability(level) / rate), 0.97, 1.03);
    }

    [Theory]
    [InlineData(2.0, -5)]
    [InlineData(2.0, 2)]
    [InlineData(8.0, -3)]
    public void Level_crossings_with_a_direct_path_are_those_of_Rice(double factor, double levelDb)
    {
        var (law, level) = (new RicianFading(factor), Math.Pow(10, levelDb / 10));
        var counted = CrossingCount.Of(Enumerable.Range(0, 400).Select(link => new ClarkeFading(Key, (ulong)link, law, 0.01, 1, 48)), 5_000, level);
        Assert.InRange(counted.RateHz / LevelCrossings.RateHz(law, level, 1), 0.97, 1.03);
        Assert.InRange(counted.FadeSeconds / LevelCrossings.AverageFadeSeconds(law, level, 1), 0.97, 1.03);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(1.5, -5)]
    [InlineData(3.0, 1)]
    public void Level_crossings_of_sums_of_squares_are_those_of_Nakagami(double shape, double levelDb)
    {
        var (law, level) = (new NakagamiFading(shape), Math.Pow(10, levelDb / 10));
        var counted = CrossingCount.Of(Enumerable.Range(0, 300).Select(link => new ClarkeFading(Key, (ulong)link, law, 0.01, 1, 48)), 5_000, level);
        Assert.InRange(counted.RateHz / LevelCrossings.RateHz(law, level, 1), 0.97, 1.03);
        Assert.InRange(counted.FadeSeconds / LevelCrossings.AverageFadeSeconds(law, level, 1), 0.97, 1.03);
    }

    [Fact] // of a copula: Rayleigh fading at the level of equal probability
    public void Level_crossings_of_a_copula_are_those_of_equal_probability()
    {
        var (law, level) = (new NakagamiFading(3.7), 0.6);
        var rayleighLevel = -Math.Log(1 - law.CumulativeProbability(level));
        var counted = CrossingCount.Of(Enumerable.Range(0, 300).Select(link => new ClarkeFading(Key, (ulong)link, law, 0.01, 1, 64)), 5_000, level);
        Assert.InRange(counted.RateHz / LevelCrossings.RateHz(NakagamiFading.Rayleigh, rayleighLevel, 1), 0.97, 1.03);
    }

    [Fact]
    public void Blocks_are_places_along_the_way()
    {
        foreach (var law in new IFadingModel[] { NakagamiFading.Rayleigh, new NakagamiFading(1.5), new NakagamiFading(2.2), new RicianFading(3) })
        {
            foreach (var angle in new[] { Math.PI / 2, 0.4 })
            {
                var fading = new ClarkeFading(Key, 4, law, 0.002, 35, 20, angle);
                var (gains, cycles) = (new double[300], new double[300]);
                fading.FillGains(1000, gains);
                for (var i = 0; i < gains.Length; i++)
                {
                    cycles[i] = (1000 + i) * (35 * 0.002);
                    Assert.Equal(gains[i], fading.GainAt(cycles[i]));
                }

                var places = new double[300];
                fading.GainsAt(cycles, places);
                Assert.Equal(gains, places);
            }
        }
    }

    [Fact] // |dg/dx| <= 2 sqrt(g) |dY/dx| <= 4 pi N for amplitudes of at most sqrt(N)
    public void There_is_no_seam_anywhere()
    {
        var fading = Rayleigh(2, 0.013, 16);
        for (var x = 1.0; x < 8; x += 0.01)
        {
            Assert.InRange(Math.Abs(fading.GainAt(x + 1e-9) - fading.GainAt(x)), 0, 4 * Math.PI * 16 * 1.1e-9);
        }
    }

    [Fact]
    public void The_sum_is_what_its_formula_says()
    {
        // Element by element from the same draws, with the library's sine and cosine.
        const int sinusoids = 13;
        var random = new RandomSource(Key, 6, 0);
        var (angles, phases) = (new double[sinusoids], new double[sinusoids]);
        for (var n = 0; n < sinusoids; n++)
        {
            angles[n] = 2 * Math.PI * (n + random.NextUniform()) / sinusoids;
            phases[n] = 2 * Math.PI * (random.NextUniform() - 0.5);
        }

        var fading = Rayleigh(6, 0.1, sinusoids);
        foreach (var x in new[] { -3.3, 0.0, 0.77, 1234.5 })
        {
            var (real, imaginary) = (0.0, 0.0);
            for (var n = 0; n < sinusoids; n++)
            {
                real += Math.Cos((2 * Math.PI * x * Math.Cos(angles[n])) + phases[n]) / Math.Sqrt(sinusoids);
                imaginary += Math.Sin((2 * Math.PI * x * Math.Cos(angles[n])) + phases[n]) / Math.Sqrt(sinusoids);
            }

            Assert.Equal((real * real) + (imaginary * imaginary), fading.GainAt(x), 1e-11);
        }
    }

    [Fact]
    public void A_direct_path_ahead_turns_at_the_full_Doppler_shift()
    {
        // With K = 1e6 the channel is the direct path: its phase goes round once per Doppler cycle times the cosine of the angle.
        Span<double> real = stackalloc double[2], imaginary = stackalloc double[2];
        foreach (var (angle, shift) in new[] { (0.0, 1.0), (Math.PI / 3, 0.5), (Math.PI / 2, 0.0), (Math.PI, -1.0) })
        {
            var channel = new ClarkeFading(Key, 1, new RicianFading(1e6), 0.1, 1, 16, angle);
            channel.FillChannel(5, real, imaginary);
            var turned = Math.Atan2((imaginary[1] * real[0]) - (real[1] * imaginary[0]), (real[1] * real[0]) + (imaginary[1] * imaginary[0]));
            Assert.Equal(0.1 * shift, turned / (2 * Math.PI), 2e-3);
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.6)]
    public void Another_future_has_the_conditional_mean_and_variance(double lag)
    {
        // Of the complex component given x(0): mean J0 x(0), mean square of the rest 1 - J0^2.
        const int futures = 20_000;
        var present = Rayleigh(9, lag, 32);
        Span<double> real = stackalloc double[2], imaginary = stackalloc double[2];
        present.FillChannel(0, real, imaginary);
        var (startReal, startImaginary) = (real[0], imaginary[0]);
        var (meanReal, meanImaginary, square) = (0.0, 0.0, 0.0);
        var correlation = J0(2 * Math.PI * lag);
        for (var i = 0; i < futures; i++)
        {
            var future = present.AnotherFuture(new StreamKey(9, (ulong)i));
            future.FillChannel(0, real, imaginary);
            Assert.Equal((startReal, startImaginary), (real[0], imaginary[0]));
            meanReal += real[1] / futures;
            meanImaginary += imaginary[1] / futures;
            square += (Math.Pow(real[1] - (correlation * startReal), 2) + Math.Pow(imaginary[1] - (correlation * startImaginary), 2)) / futures;
        }

        var error = 5 * Math.Sqrt((1 - (correlation * correlation)) / futures);
        Assert.Equal(correlation * startReal, meanReal, error);
        Assert.Equal(correlation * startImaginary, meanImaginary, error);
        Assert.Equal(1.0, square / (1 - (correlation * correlation)), 0.05);
    }

    [Fact]
    public void Links_and_streams_are_independent()
    {
        double[] first = new double[3000], second = new double[3000];
        foreach (var other in new[] { Rayleigh(1, 0.7), new ClarkeFading(Key.Derive("other"), 0, NakagamiFading.Rayleigh, 0.7, 1) })
        {
            Rayleigh(0, 0.7).FillGains(0, first);
            other.FillGains(0, second);
            Assert.InRange(Enumerable.Range(0, 3000).Average(i => (first[i] - 1) * (second[i] - 1)), -0.15, 0.15);
        }
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("sinusoids", () => Rayleigh(0, 0.1, 3));
        Assert.Throws<ArgumentOutOfRangeException>("Sinusoids", () => new ClarkeEvolution(2000));
        Assert.Throws<ArgumentOutOfRangeException>("LineOfSightAngleRadians", () => new ClarkeEvolution(16, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("lineOfSightAngleRadians", () => new ClarkeFading(Key, 0, NakagamiFading.Rayleigh, 1, 1, 16, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("dopplerHz", () => Rayleigh(0, 2e12));
        Assert.Throws<ArgumentOutOfRangeException>("dopplerCycles", () => Rayleigh(0, 0.1).GainAt(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("dopplerCycles", () => Rayleigh(0, 0.1).GainsAt([0, double.PositiveInfinity], new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rayleigh(0, 0.1).GainsAt([0, 1], new double[3]));
    }

    private static ClarkeFading Rayleigh(int link, double cyclesPerBlock, int sinusoids = 16) =>
        new(Key, (ulong)link, NakagamiFading.Rayleigh, cyclesPerBlock, 1.0, sinusoids);

    private static double J0(double x) => Doppler.Autocorrelation(1, x / (2 * Math.PI));
}
