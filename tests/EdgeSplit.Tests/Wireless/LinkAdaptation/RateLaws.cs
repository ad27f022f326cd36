using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless.LinkAdaptation;

/// <summary>Truncated Shannon law, finite blocklength, peak rate.</summary>
public sealed class RateLaws
{
    private static double Linear(double db) => Math.Pow(10, db / 10);

    [Theory] // TR 36.942 annex A.2
    [InlineData(-10.001, 0, 0)]
    [InlineData(-9.999, 0.0825, 0.0550)]
    [InlineData(-5, 0.2378, 0.1586)]
    [InlineData(0, 0.6000, 0.4000)]
    [InlineData(10, 2.0757, 1.3838)]
    [InlineData(15, 3.0167, 2.0000)]
    [InlineData(20, 3.9949, 2.0000)]
    [InlineData(30, 4.4000, 2.0000)]
    public void Truncated_Shannon_by_SNR(double snrDb, double downlink, double uplink)
    {
        Assert.Equal(downlink, TruncatedShannonRate.Downlink.SpectralEfficiency(Linear(snrDb)), 7e-5);
        Assert.Equal(uplink, TruncatedShannonRate.Uplink.SpectralEfficiency(Linear(snrDb)), 7e-5);
    }

    [Fact]
    public void Truncated_Shannon_does_not_fall_and_is_filled_in_place()
    {
        IRateLaw law = TruncatedShannonRate.Downlink;
        var values = Enumerable.Range(0, 600).Select(i => Linear(-20 + (0.1 * i))).ToArray();
        var expected = Array.ConvertAll(values, law.SpectralEfficiency);
        law.SpectralEfficiencies(values);
        Assert.Equal(expected, values);
        Assert.Equal(values.Order(), values);
        Assert.Equal(0.0, law.SpectralEfficiency(0));
        Assert.Equal(4.4, law.SpectralEfficiency(double.PositiveInfinity));
        Assert.Equal(law.MaximumSpectralEfficiency, values[^1]);
    }

    [Theory] // Polyanskiy, Poor and Verdu: snr, length, error rate
    [InlineData(1, 1000, 0.1, true, 0.954349)]
    [InlineData(1, 1000, 0.1, false, 0.949366)]
    [InlineData(10, 1000, 0.1, true, 3.406190)]
    [InlineData(10, 1000, 1e-3, true, 3.324016)]
    [InlineData(1, 200, 0.1, true, 0.905889)]
    public void Normal_approximation(double snr, int uses, double errorRate, bool withLogarithm, double rate) =>
        Assert.Equal(rate, FiniteBlocklength.Rate(snr, uses, errorRate, withLogarithm), 6e-7);

    [Fact]
    public void Long_codes_reach_capacity_and_short_ones_pay_for_reliability()
    {
        foreach (var snr in new[] { 0.01, 0.5, 3.0, 200.0 })
        {
            var previous = 0.0;
            for (var uses = 100; uses <= 1_000_000_000; uses *= 10)
            {
                var rate = FiniteBlocklength.Rate(snr, uses, 1e-3, false);
                Assert.InRange(rate, previous, Math.Log2(1 + snr));
                Assert.True(rate <= FiniteBlocklength.Rate(snr, uses, 1e-2, false));
                previous = rate;
            }

            Assert.Equal(Math.Log2(1 + snr), previous, 2e-4);
            Assert.Equal(Math.Log2(1 + snr), FiniteBlocklength.Rate(snr, 100, 0.5, false), 1e-15);
        }

        Assert.Equal(0.0, FiniteBlocklength.Rate(0, 100, 0.1, false));
        Assert.Equal(0.0, FiniteBlocklength.Rate(1e-3, 100, 1e-9, false)); // the formula alone is negative here
    }

    [Fact]
    public void Dispersion_rises_from_twice_the_SNR_to_a_limit()
    {
        var limit = Math.Pow(Math.Log2(Math.E), 2);
        Assert.Equal(limit * 2e-12, FiniteBlocklength.Dispersion(1e-12), 1e-22);
        Assert.Equal(limit * 0.75, FiniteBlocklength.Dispersion(1), 1e-15);
        Assert.Equal(limit, FiniteBlocklength.Dispersion(double.MaxValue), 1e-15);
    }

    [Theory] // TS 38.306: layers, bits per symbol, resource blocks, numerology, overhead; Mbit/s
    [InlineData(4, 8, 273, 1, PeakRate.DownlinkOverheadFr1, 2337.0001)]
    [InlineData(1, 6, 273, 1, PeakRate.UplinkOverheadFr1, 468.7587)]
    [InlineData(2, 8, 273, 1, PeakRate.UplinkOverheadFr1, 1250.0233)]
    [InlineData(1, 8, 51, 1, PeakRate.UplinkOverheadFr1, 116.7604)]
    public void Peak_rate(int layers, int bitsPerSymbol, int blocks, int numerology, double overhead, double megabits)
    {
        Assert.Equal(megabits, PeakRate.BitsPerSecond(layers, bitsPerSymbol, blocks, numerology, overhead) / 1e6, 5.1e-5);
        Assert.Equal(0.75 * megabits, PeakRate.BitsPerSecond(layers, bitsPerSymbol, blocks, numerology, overhead, 0.75) / 1e6, 5.1e-5);
    }

    [Fact]
    public void Bad_numbers_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("AttenuationFactor", () => new TruncatedShannonRate(0, -10, 4));
        Assert.Throws<ArgumentOutOfRangeException>("AttenuationFactor", () => new TruncatedShannonRate(1.1, -10, 4));
        Assert.Throws<ArgumentOutOfRangeException>("MinimumSnrDb", () => new TruncatedShannonRate(0.6, double.NaN, 4));
        Assert.Throws<ArgumentOutOfRangeException>("MaximumSpectralEfficiency", () => new TruncatedShannonRate(0.6, -10, 0));
        Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => TruncatedShannonRate.Uplink.SpectralEfficiency(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => TruncatedShannonRate.Uplink.SpectralEfficiency(-1));
        Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => FiniteBlocklength.Rate(double.PositiveInfinity, 10, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("channelUses", () => FiniteBlocklength.Rate(1, 0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("errorRate", () => FiniteBlocklength.Rate(1, 10, 1));
        Assert.Throws<ArgumentOutOfRangeException>("errorRate", () => FiniteBlocklength.Rate(1, 10, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => FiniteBlocklength.Dispersion(-1));
        Assert.Throws<ArgumentOutOfRangeException>("layers", () => PeakRate.BitsPerSecond(0, 2, 1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("bitsPerSymbol", () => PeakRate.BitsPerSecond(1, 11, 1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("resourceBlocks", () => PeakRate.BitsPerSecond(1, 2, 0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("numerology", () => PeakRate.BitsPerSecond(1, 2, 1, 7, 0));
        Assert.Throws<ArgumentOutOfRangeException>("overheadShare", () => PeakRate.BitsPerSecond(1, 2, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("scalingFactor", () => PeakRate.BitsPerSecond(1, 2, 1, 1, 0, double.NaN));
    }
}
