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

    [Theory] // log2(1 + x) of 200 bits, rounded; the numbers about sqrt(2) - 1 and 1 are where the reduction of the argument changes
    [InlineData(1e-300, 1.4426950408889634e-300)]
    [InlineData(7e-17, 1.0098865286222744e-16)]
    [InlineData(1e-8, 1.4426950336754884e-08)]
    [InlineData(0.001, 0.0014419741739064805)]
    [InlineData(0.1, 0.1375035237499349)]
    [InlineData(0.41421356237309503, 0.5)]
    [InlineData(0.41421356237309515, 0.5000000000000001)]
    [InlineData(0.5, 0.5849625007211562)]
    [InlineData(0.9999999999999999, 0.9999999999999999)]
    [InlineData(1.0, 1.0)]
    [InlineData(2.7, 1.8875252707415875)]
    [InlineData(1000.0, 9.967226258835993)]
    [InlineData(123456.789, 16.913658333980997)]
    [InlineData(1e12, 39.86313713864979)]
    [InlineData(double.MaxValue, 1024.0)]
    public void Capacity_is_right_to_two_units_in_the_last_place(double snr, double capacity)
    {
        var unit = Math.BitIncrement(capacity) - capacity;
        Assert.InRange(ShannonRate.Capacity.SpectralEfficiency(snr), capacity - (2 * unit), capacity + (2 * unit));
    }

    [Fact]
    public void Capacity_agrees_with_the_logarithm_of_the_system_from_its_least_to_its_largest_argument()
    {
        for (var exponent = -18.0; exponent <= 12; exponent += 0.0007)
        {
            var snr = Math.Pow(10, exponent);
            var onePlus = 1 + snr;
            var expected = snr < 1e-6 ? snr * Math.Log2(Math.E) * (1 - (snr * (0.5 - (snr / 3))))
                : snr < 1 ? Math.Log2(onePlus) * (snr / (onePlus - 1))
                : Math.Log2(onePlus);
            Assert.Equal(1.0, ShannonRate.Capacity.SpectralEfficiency(snr) / expected, 1e-15);
        }
    }

    [Theory] // the bits, so that every processor and vector width is held to them
    [InlineData(3e-9, 0x3E3296C7A8434EAC)]
    [InlineData(0.037, 0x3FAAD6418E56E7EB)]
    [InlineData(0.62, 0x3FE64594D130CFB9)]
    [InlineData(5.3, 0x40053E29197A1E24)]
    [InlineData(91011.12, 0x403079490F6894E2)]
    public void Efficiency_has_the_same_bits_on_every_machine(double snr, long bits)
    {
        Assert.Equal(bits, BitConverter.DoubleToInt64Bits(ShannonRate.Capacity.SpectralEfficiency(snr)));
        var many = Enumerable.Repeat(snr, 8).ToArray();
        ShannonRate.Capacity.SpectralEfficiencies(many);
        Assert.All(many, value => Assert.Equal(bits, BitConverter.DoubleToInt64Bits(value)));
    }

    [Theory]
    [InlineData(0.0, double.PositiveInfinity)]
    [InlineData(3.5, 4.38)]
    [InlineData(-2.0, 9.0)]
    public void Many_efficiencies_have_the_bits_of_single_ones_at_every_length(double gapDb, double ceiling)
    {
        var rate = new ShannonRate(gapDb, ceiling);
        double[] special = [0.0, -0.0, double.Epsilon, 1e-310, Math.Sqrt(2) - 1, 1.0, Math.BitIncrement(1.0), 1e15, 1e16, 1e308, double.MaxValue, double.PositiveInfinity];
        for (var length = 0; length < 70; length++)
        {
            var snr = Enumerable.Range(0, length).Select(i => i % 3 == 1 ? special[(i + length) % special.Length] : Math.Pow(10, ((((i * 37) + length) % 300) / 10.0) - 18)).ToArray();
            var many = snr.ToArray();
            rate.SpectralEfficiencies(many);
            Assert.Equal(snr.Select(rate.SpectralEfficiency).Select(BitConverter.DoubleToInt64Bits), many.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1e-300)]
    [InlineData(double.NegativeInfinity)]
    public void A_bad_number_among_many_is_refused_wherever_it_stands(double bad)
    {
        for (var place = 0; place < 20; place++)
        {
            var snr = Enumerable.Repeat(1.5, 20).ToArray();
            snr[place] = bad;
            Assert.Equal(bad, Assert.Throws<ArgumentOutOfRangeException>(() => ShannonRate.Capacity.SpectralEfficiencies(snr)).ActualValue);
        }
    }

    [Fact]
    public void Without_a_ceiling_an_infinite_SNR_has_no_limit() =>
        Assert.Equal(double.PositiveInfinity, ShannonRate.Capacity.SpectralEfficiency(double.PositiveInfinity));

    [Fact]
    public void Many_efficiencies_allocate_nothing()
    {
        var snr = new double[100];
        ShannonRate.Capacity.SpectralEfficiencies(snr);
        TruncatedShannonRate.Downlink.SpectralEfficiencies(snr);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ShannonRate.Capacity.SpectralEfficiencies(snr);
        TruncatedShannonRate.Downlink.SpectralEfficiencies(snr);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
