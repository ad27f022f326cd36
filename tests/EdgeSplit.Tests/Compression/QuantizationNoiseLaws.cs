using EdgeSplit.Core.Compression;

namespace EdgeSplit.Tests.Compression;

public sealed class QuantizationNoiseLaws
{
    [Theory] // step/sigma, MSE/sigma^2, SQNR dB; J. Max 1960 prints the steps 1.596, .9957, .5860, .3352, .1881
    [InlineData(1, 1.595769, 0.36338023, 4.3964)]
    [InlineData(2, 0.995687, 0.11884605, 9.2502)]
    [InlineData(3, 0.586019, 0.03743966, 14.2667)]
    [InlineData(4, 0.335201, 0.01154288, 19.3769)]
    [InlineData(5, 0.188139, 0.00349521, 24.5653)]
    [InlineData(6, 0.104063, 0.00104005, 29.8295)]
    [InlineData(7, 0.056868, 0.00030433, 35.1665)]
    [InlineData(8, 0.030762, 0.00008769, 40.5707)]
    public void The_best_step_for_a_Gaussian_is_that_of_Max(int bits, double step, double error, double sqnrDb)
    {
        Assert.Equal(step, GaussianQuantizerDistortion.OptimalStepSigmas(bits), 1e-6);
        Assert.Equal(error, GaussianQuantizerDistortion.MeanSquaredError(bits, GaussianQuantizerDistortion.OptimalClipSigmas(bits)), 6e-9);
        Assert.Equal(sqnrDb, GaussianQuantizerDistortion.OptimalSqnrDb(bits), 6e-5);
    }

    [Theory] // clip level 4 sigma
    [InlineData(2, 0.33630526, 4.7327)]
    [InlineData(4, 0.02084913, 16.8091)]
    [InlineData(6, 0.00131021, 28.8266)]
    [InlineData(8, 0.00008802, 40.5543)]
    [InlineData(10, 0.00001138, 49.4390)]
    public void Clipping_at_four_sigma(int bits, double error, double sqnrDb)
    {
        Assert.Equal(error, GaussianQuantizerDistortion.MeanSquaredError(bits, 4), 6e-9);
        Assert.Equal(sqnrDb, GaussianQuantizerDistortion.SqnrDb(bits, 4), 6e-5);
        Assert.Equal(6.3342e-05, GaussianQuantizerDistortion.OverloadProbability(4), 6e-10);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(3, 2.3)]
    [InlineData(4, 20)]
    [InlineData(7, 3.9)]
    [InlineData(8, 4.1)] // a step just above 1/32 sigma
    [InlineData(8, 3.9)] // and just below, where the short formula takes over
    [InlineData(8, 1.0)]
    [InlineData(10, 6)]
    public void The_error_is_the_integral_of_its_definition(int bits, double clip)
    {
        // Simpson's rule, cell by cell and then over the overload region.
        var step = 2 * clip / (1 << bits);
        var sum = 0.0;
        for (var cell = 0; cell < 1 << (bits - 1); cell++)
        {
            sum += Simpson(cell * step, (cell + 1) * step, (cell + 0.5) * step);
        }

        for (var x = clip; x < clip + 12; x += 0.25)
        {
            sum += Simpson(x, x + 0.25, clip - (0.5 * step));
        }

        Assert.Equal(1, GaussianQuantizerDistortion.MeanSquaredError(bits, clip) / (2 * sum), 1e-9);

        static double Simpson(double from, double to, double level)
        {
            const int panels = 200;
            var h = (to - from) / panels;
            var total = 0.0;
            for (var i = 0; i <= panels; i++)
            {
                var x = from + (i * h);
                total += (i == 0 || i == panels ? 1 : i % 2 == 0 ? 2 : 4) * (x - level) * (x - level) * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
            }

            return total * h / 3;
        }
    }

    [Fact]
    public void Each_bit_is_worth_six_decibels_until_clipping_dominates()
    {
        for (var bits = 4; bits <= 8; bits++)
        {
            Assert.Equal(6.0206, GaussianQuantizerDistortion.SqnrDb(bits + 1, 6) - GaussianQuantizerDistortion.SqnrDb(bits, 6), 0.05);
        }

        // At 4 sigma the noise of clipping alone, 2 (17 Q(4) - 4 phi(4)) = 6.179e-6, stays however many bits there are.
        Assert.InRange(GaussianQuantizerDistortion.SqnrDb(16, 4) - GaussianQuantizerDistortion.SqnrDb(15, 4), 0.0, 0.02);
        Assert.Equal(-10 * Math.Log10(6.179e-6), GaussianQuantizerDistortion.SqnrDb(16, 4), 0.01);
        for (var bits = 1; bits <= 15; bits++)
        {
            Assert.InRange(GaussianQuantizerDistortion.OptimalSqnrDb(bits + 1) - GaussianQuantizerDistortion.OptimalSqnrDb(bits), 4.8, 6.03);
        }
    }

    [Fact]
    public void No_clip_level_does_better_than_the_best_and_none_beats_the_rate_distortion_bound()
    {
        foreach (var bits in new[] { 1, 4, 8, 12, 16 })
        {
            var best = GaussianQuantizerDistortion.OptimalSqnrDb(bits);
            for (var clip = 0.5; clip < 9; clip *= 1.03)
            {
                Assert.True(GaussianQuantizerDistortion.SqnrDb(bits, clip) <= best + 1e-10);
            }

            Assert.True(best < QuantizationNoise.GaussianBoundDb(bits));
        }
    }

    [Fact]
    public void An_entropy_code_at_high_rate_stays_a_quarter_bit_from_the_bound()
    {
        Assert.Equal(1.532931, QuantizationNoise.EntropyCodedLossDb, 1e-6);
        Assert.Equal(0.254614, QuantizationNoise.EntropyCodedLossDb / QuantizationNoise.GaussianBoundDb(1), 1e-6);
        // A fine step s has entropy h(X) - log2 s and error s^2/12: the definition of the figure.
        var step = 1e-3;
        var entropy = (0.5 * Math.Log2(2 * Math.PI * Math.E)) - Math.Log2(step);
        Assert.Equal(-10 * Math.Log10(step * step / 12), QuantizationNoise.EntropyCodedGaussianSqnrDb(entropy), 1e-9);
    }

    [Fact]
    public void Combined_noise_is_worse_than_either_part()
    {
        foreach (var channel in new[] { -300.0, -5, 12, 40 })
        {
            foreach (var quantizer in new[] { 6.0, 12, 30, 98 })
            {
                var both = QuantizationNoise.EffectiveSnrDb(channel, quantizer);
                Assert.True(both <= Math.Min(channel, quantizer));
                Assert.True(both < Math.Min(channel, quantizer) || Math.Abs(channel - quantizer) > 150);
                Assert.Equal(both, QuantizationNoise.EffectiveSnrDb(quantizer, channel));
                Assert.Equal(Math.Pow(10, -channel / 10) + Math.Pow(10, -quantizer / 10), Math.Pow(10, -both / 10), 1e-12 * Math.Pow(10, -both / 10));
            }
        }

        Assert.Equal(20 - 3.0103, QuantizationNoise.EffectiveSnrDb(20, 20), 1e-4);
        Assert.Equal(20.0, QuantizationNoise.EffectiveSnrDb(20, double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, QuantizationNoise.EffectiveSnrDb(double.PositiveInfinity, double.PositiveInfinity));
        Assert.Equal(double.NegativeInfinity, QuantizationNoise.EffectiveSnrDb(double.NegativeInfinity, 3));
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity, -1, 0 })
        {
            Refuses("clipSigmas", () => GaussianQuantizerDistortion.MeanSquaredError(4, bad));
        }

        foreach (var bits in new[] { 0, 17, -3 })
        {
            Refuses("bits", () => GaussianQuantizerDistortion.SqnrDb(bits, 4));
            Refuses("bits", () => GaussianQuantizerDistortion.OptimalClipSigmas(bits));
        }

        Refuses("clipSigmas", () => GaussianQuantizerDistortion.OverloadProbability(double.NaN));
        Refuses("bits", () => QuantizationNoise.UniformInputSqnrDb(0));
        Refuses("bitsPerSample", () => QuantizationNoise.GaussianBoundDb(-0.1));
        Refuses("entropyBitsPerSample", () => QuantizationNoise.EntropyCodedGaussianSqnrDb(double.NaN));
        Refuses("channelSnrDb", () => QuantizationNoise.EffectiveSnrDb(double.NaN, 1));
        Refuses("sqnrDb", () => QuantizationNoise.EffectiveSnrDb(1, double.NaN));
    }

    private static void Refuses(string parameter, Func<object> call) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(call).ParamName);
}
