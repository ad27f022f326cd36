using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Tests.Wireless.Fading;

public sealed class AutoregressiveFadingLaws
{
    private static readonly StreamKey Key = StreamKey.Create(37, "autoregressive-laws");

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(-0.4)]
    [InlineData(0.97547777)]
    [InlineData(-0.9)]
    [InlineData(1e-12)]
    public void The_autocorrelation_is_a_power_of_rho(double correlation)
    {
        const int blocks = 1_000_000;
        var (real, imaginary) = Channel(correlation, blocks);
        // The products of neighbours are correlated over (1 + rho^2) / (1 - rho^2) blocks.
        var error = 5 * Math.Sqrt((1 + (correlation * correlation)) / (1 - (correlation * correlation)) / blocks);
        foreach (var lag in new[] { 0, 1, 2, 3, 7, 32 })
        {
            var (inPhase, quadrature) = (0.0, 0.0);
            for (var i = lag; i < blocks; i++)
            {
                inPhase += (real[i] * real[i - lag]) + (imaginary[i] * imaginary[i - lag]);
                quadrature += (imaginary[i] * real[i - lag]) - (real[i] * imaginary[i - lag]);
            }

            Assert.Equal(Math.Pow(correlation, lag), inPhase / (blocks - lag), error);
            Assert.Equal(0.0, quadrature / (blocks - lag), error);
        }
    }

    [Theory] // the innovation h(b + 1) - rho h(b) is white at every place of the lattice, knots and midpoints alike
    [InlineData(0.6)]
    [InlineData(0.99)]
    [InlineData(-0.8)]
    public void Innovations_are_white_everywhere(double correlation)
    {
        const int blocks = 1 << 19;
        var (real, _) = Channel(correlation, blocks);
        var variance = (1 - (correlation * correlation)) / 2;
        foreach (var spacing in new[] { 1, 2, 8, 64, 256, 2048 })
        {
            var (square, product, count) = (0.0, 0.0, 0);
            for (var i = spacing; i + 2 < blocks; i += spacing)
            {
                var before = real[i] - (correlation * real[i - 1]);
                var after = real[i + 1] - (correlation * real[i]);
                square += after * after;
                product += before * after;
                count++;
            }

            Assert.Equal(1.0, square / count / variance, 5 * Math.Sqrt(2.0 / count));
            Assert.Equal(0.0, product / count / variance, 5 * Math.Sqrt(1.0 / count));
        }
    }

    [Theory] // bivariate Rayleigh law of neighbours: exact for this process, whatever the spectrum
    [InlineData(0.05, -10)]
    [InlineData(0.02, 0)]
    [InlineData(0.2, -5)]
    public void Crossings_and_fades_are_those_of_the_two_states(double step, double levelDb)
    {
        var level = Math.Pow(10, levelDb / 10);
        var process = Process(step);
        var chain = new TwoStateFading(1 / level, Math.Abs(process.Correlation));
        var counted = CrossingCount.Of([process], 3_000_000, level);
        Assert.InRange(counted.RateHz / ((1 - chain.OutageProbability) * chain.GoodToBadProbability), 0.97, 1.03);
        Assert.InRange(counted.FadeSeconds / chain.MeanFadeBlocks, 0.97, 1.03);
    }

    [Fact] // a Markov channel is no differentiable one: finer steps give ever more crossings
    public void The_crossing_rate_grows_as_steps_get_finer()
    {
        var coarse = LevelCrossings.SampledRayleighRateHz(0.1, 1, 0.02);
        // Half steps of an AR(1) sequence with the same rho at whole steps: rho^(1/2).
        var rho = Math.Sqrt(J0(2 * Math.PI * 0.02));
        var chain = new TwoStateFading(10, rho);
        var fine = (1 - chain.OutageProbability) * chain.GoodToBadProbability / 0.01;
        Assert.True(fine > 1.3 * coarse);
        Assert.Equal(coarse, LevelCrossings.SampledRayleighRateHz(0.1, 1, 0.01), 0.02 * coarse);
    }

    [Fact]
    public void Rho_is_the_Clarke_autocorrelation_at_one_block_and_only_there()
    {
        Assert.Equal(0.97547777, Process(0.05).Correlation, 5e-9);
        Assert.Equal(0.81985874, Math.Pow(Process(0.05).Correlation, 8), 5e-9);
        Assert.Equal(-0.05496036, J0(2 * Math.PI * 0.05 * 8), 5e-9);
        Assert.True(Process(0.6).Correlation < 0);
    }

    [Theory] // far and near blocks of channels that hardly move: mean square of the change is 2 (1 - rho^n)
    [InlineData(1e-4, 1000)]
    [InlineData(1e-9, 1_000_000)]
    [InlineData(3e-13, 1_000_000_000_000)]
    public void Slow_channels_keep_their_law_over_long_lags(double step, long lag)
    {
        const int links = 4_000;
        Span<double> real = stackalloc double[1], imaginary = stackalloc double[1];
        var (change, last) = (0.0, 0.0);
        var expected = 2 * new ExponentialDistribution(1).CumulativeProbability(Math.PI * Math.PI * step * step * lag);
        for (var link = 0; link < links; link++)
        {
            var channel = Process(step, link);
            channel.FillChannel(5, real, imaginary);
            var (x, y) = (real[0], imaginary[0]);
            channel.FillChannel(5 + lag, real, imaginary);
            change += (((real[0] - x) * (real[0] - x)) + ((imaginary[0] - y) * (imaginary[0] - y))) / links;
            last += ((real[0] * real[0]) + (imaginary[0] * imaginary[0])) / links;
        }

        Assert.Equal(1.0, change / expected, 0.09);
        Assert.Equal(1.0, last, 0.09);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Another_future_has_the_conditional_mean_and_variance(int lag)
    {
        const int futures = 20_000;
        var present = new AutoregressiveFading(Key, 5, NakagamiFading.Rayleigh, 1, -0.9);
        var (real, imaginary) = (new double[lag + 1], new double[lag + 1]);
        present.FillChannel(0, real, imaginary);
        var (startReal, startImaginary) = (real[0], imaginary[0]);
        var (meanReal, meanImaginary, square) = (0.0, 0.0, 0.0);
        var correlation = Math.Pow(-0.9, lag);
        for (var i = 0; i < futures; i++)
        {
            var future = present.AnotherFuture(new StreamKey(9, (ulong)i));
            future.FillChannel(0, real, imaginary);
            Assert.Equal((startReal, startImaginary), (real[0], imaginary[0]));
            meanReal += real[lag] / futures;
            meanImaginary += imaginary[lag] / futures;
            square += (Math.Pow(real[lag] - (correlation * startReal), 2) + Math.Pow(imaginary[lag] - (correlation * startImaginary), 2)) / futures;
        }

        var error = 5 * Math.Sqrt((1 - (correlation * correlation)) / 2 / futures);
        Assert.Equal(correlation * startReal, meanReal, error);
        Assert.Equal(correlation * startImaginary, meanImaginary, error);
        Assert.Equal(1.0, square / (1 - (correlation * correlation)), 5 / Math.Sqrt(futures));
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("correlation", () => new AutoregressiveFading(Key, 0, NakagamiFading.Rayleigh, 1, 1.001));
        Assert.Throws<ArgumentOutOfRangeException>("correlation", () => new AutoregressiveFading(Key, 0, NakagamiFading.Rayleigh, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("firstBlock", () => Process(0.1).FillGains(long.MaxValue - 5, new double[2]));
    }

    private static AutoregressiveFading Process(double step, int link = 0) =>
        new AutoregressiveEvolution().Create(Key, (ulong)link, NakagamiFading.Rayleigh, 1, step);

    private static (double[] Real, double[] Imaginary) Channel(double correlation, int blocks)
    {
        var channel = new AutoregressiveFading(Key, 2, NakagamiFading.Rayleigh, 1, correlation);
        var (real, imaginary) = (new double[blocks], new double[blocks]);
        channel.FillChannel(0, real, imaginary);
        return (real, imaginary);
    }

    private static double J0(double x) => Doppler.Autocorrelation(1, x / (2 * Math.PI));
}
