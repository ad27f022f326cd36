using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless.LinkAdaptation;

public sealed class ShannonRateLaws
{
    [Theory] // log2(1 + snr), and with the gap -ln(5 BER)/1.5 of BER 5e-5 and 1e-5
    [InlineData(-10, 0.1375, 0.0259, 0.0217)]
    [InlineData(0, 1.0000, 0.2398, 0.2035)]
    [InlineData(10, 3.4594, 1.4898, 1.3303)]
    [InlineData(20, 6.6582, 4.2544, 4.0131)]
    [InlineData(30, 9.9672, 7.5066, 7.2523)]
    public void Efficiency_by_SNR(double snrDb, double capacity, double lte, double newRadio)
    {
        var snr = Math.Pow(10, snrDb / 10);
        Assert.Equal(capacity, ShannonRate.Capacity.SpectralEfficiency(snr), 5e-5);
        Assert.Equal(lte, new ShannonRate(ShannonRate.GapOfBitErrorRateDb(5e-5), 100).SpectralEfficiency(snr), 5e-5);
        Assert.Equal(newRadio, new ShannonRate(ShannonRate.GapOfBitErrorRateDb(1e-5), 100).SpectralEfficiency(snr), 5e-5);
    }

    [Fact]
    public void The_gap_of_a_bit_error_rate()
    {
        Assert.Equal(7.4268, ShannonRate.GapOfBitErrorRateDb(5e-5), 5e-5);
        Assert.Equal(8.1970, ShannonRate.GapOfBitErrorRateDb(1e-5), 5e-5);
        Assert.Throws<ArgumentOutOfRangeException>(() => ShannonRate.GapOfBitErrorRateDb(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShannonRate.GapOfBitErrorRateDb(0.2));
    }

    [Fact]
    public void Efficiency_does_not_fall_with_SNR_and_stops_at_the_ceiling()
    {
        var rate = new ShannonRate(3.5, 4.38);
        var previous = 0.0;
        for (var snrDb = -150.0; snrDb < 60; snrDb += 0.01)
        {
            var value = rate.SpectralEfficiency(Math.Pow(10, snrDb / 10));
            Assert.True(value >= previous);
            previous = value;
        }

        Assert.Equal(4.38, previous);
        Assert.Equal(4.38, rate.SpectralEfficiency(double.PositiveInfinity));
        Assert.Equal(0.0, rate.SpectralEfficiency(0));
    }

    [Theory]
    [InlineData(1e-18)]
    [InlineData(1e-12)]
    [InlineData(1e-8)]
    public void At_low_SNR_the_slope_is_one_over_ln_2(double snr) =>
        Assert.Equal(1.0, ShannonRate.Capacity.SpectralEfficiency(snr) * Math.Log(2) / snr, 1e-7);

    [Fact]
    public void Required_SNR_inverts_the_efficiency()
    {
        var rate = new ShannonRate(3.5, 6);
        for (var efficiency = 0.01; efficiency <= 6; efficiency += 0.37)
        {
            Assert.Equal(efficiency, rate.SpectralEfficiency(rate.RequiredSnrLinear(efficiency)), 1e-12);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => rate.RequiredSnrLinear(6.1));
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShannonRate(double.NaN, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShannonRate(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShannonRate(3, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShannonRate.Capacity.SpectralEfficiency(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShannonRate.Capacity.SpectralEfficiency(-0.1));
    }
}
