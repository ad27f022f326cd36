using EdgeSplit.Core.Wireless.LinkAdaptation;
using MathNet.Numerics.Integration;

namespace EdgeSplit.Tests.Wireless.LinkAdaptation;

public sealed class ConstellationCapacityLaws
{
    public static TheoryData<int> Constellations => [2, 4, 6, 8];

    private static double Linear(double db) => Math.Pow(10, db / 10);

    [Theory] // bit per symbol of QPSK, 16QAM, 64QAM, 256QAM; numerical integration
    [InlineData(-10, 0.13749, 0.13750, 0.13750, 0.13750)]
    [InlineData(-5, 0.39546, 0.39600, 0.39607, 0.39609)]
    [InlineData(0, 0.97189, 0.98974, 0.99177, 0.99221)]
    [InlineData(5, 1.71839, 1.97317, 1.99261, 1.99659)]
    [InlineData(10, 1.99351, 3.16394, 3.26857, 3.28382)]
    [InlineData(15, 2.00000, 3.92853, 4.68143, 4.72930)]
    [InlineData(20, 2.00000, 3.99995, 5.80146, 6.25712)]
    [InlineData(25, 2.00000, 4.00000, 5.99923, 7.61668)]
    public void Capacity_by_SNR(double snrDb, double qpsk, double qam16, double qam64, double qam256)
    {
        foreach (var (bits, expected) in new[] { (2, qpsk), (4, qam16), (6, qam64), (8, qam256) })
        {
            Assert.Equal(expected, ConstellationCapacity.BitsPerSymbol(bits, Linear(snrDb)), 1.1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Constellations))]
    public void The_table_agrees_with_the_integral_between_its_points(int bits)
    {
        foreach (var db in new[] { -29.97, -17.3, -8.41, -3.07, 0.63, 4.9, 7.77, 11.21, 13.86, 17.03, 21.49, 25.55 })
        {
            Assert.Equal(Integral(bits, Linear(db)), ConstellationCapacity.BitsPerSymbol(bits, Linear(db)), 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Constellations))]
    public void Capacity_rises_and_stays_below_both_of_its_bounds(int bits)
    {
        var previous = 0.0;
        for (var db = -60.0; db < 60; db += 0.003)
        {
            var snr = Linear(db);
            var capacity = ConstellationCapacity.BitsPerSymbol(bits, snr);
            Assert.True(capacity >= previous);
            Assert.True(capacity <= bits && capacity <= Math.Log2(1 + snr) + 1e-15);
            Assert.True(capacity > previous || capacity > bits - 1e-12);
            previous = capacity;
        }

        Assert.Equal(bits, ConstellationCapacity.BitsPerSymbol(bits, double.PositiveInfinity));
        Assert.Equal(0.0, ConstellationCapacity.BitsPerSymbol(bits, 0));
        Assert.Equal(1.0, ConstellationCapacity.BitsPerSymbol(bits, 1e-20) * Math.Log(2) / 1e-20, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Constellations))]
    public void A_denser_constellation_carries_no_less(int bits)
    {
        for (var db = -30.0; db < 40; db += 0.1)
        {
            Assert.True(ConstellationCapacity.BitsPerSymbol(bits, Linear(db)) >= ConstellationCapacity.BitsPerSymbol(Math.Max(2, bits - 2), Linear(db)) - 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Constellations))]
    public void The_inverse_inverts(int bits)
    {
        for (var capacity = 1e-6; capacity < bits - 1e-3; capacity = Math.Min(capacity * 1.07, capacity + 0.013))
        {
            var snr = ConstellationCapacity.SnrLinear(bits, capacity);
            Assert.Equal(1.0, ConstellationCapacity.BitsPerSymbol(bits, snr) / capacity, 1e-13);
        }

        for (var deficit = 1e-3; deficit > 1e-11; deficit *= 0.3)
        {
            Assert.Equal(bits - deficit, ConstellationCapacity.BitsPerSymbol(bits, ConstellationCapacity.SnrLinear(bits, bits - deficit)), 1e-13);
        }

        Assert.Equal(0.0, ConstellationCapacity.SnrLinear(bits, 0));
        Assert.Equal(double.PositiveInfinity, ConstellationCapacity.SnrLinear(bits, bits));
    }

    [Fact]
    public void Bad_numbers_are_refused_by_name()
    {
        foreach (var bits in new[] { 0, 1, 3, 5, 7, 9, 10, -2 })
        {
            Assert.Throws<ArgumentOutOfRangeException>("bitsPerSymbol", () => ConstellationCapacity.BitsPerSymbol(bits, 1));
        }

        Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => ConstellationCapacity.BitsPerSymbol(2, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => ConstellationCapacity.BitsPerSymbol(2, -1e-9));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => ConstellationCapacity.SnrLinear(2, 2.1));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => ConstellationCapacity.SnrLinear(2, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => ConstellationCapacity.SnrLinear(2, double.NaN));
    }

    /// <summary>The textbook form: log2 M less the mean of log2 of the sum over the points, per real dimension.</summary>
    private static double Integral(int bits, double snr)
    {
        var levels = 1 << (bits / 2);
        var half = Math.Sqrt(3 * snr / ((levels * levels) - 1.0));
        var sum = 0.0;
        for (var sent = 0; sent < levels; sent++)
        {
            sum += GaussLegendreRule.Integrate(n => Math.Exp(-n * n / 2) / Math.Sqrt(2 * Math.PI) * Equivocation(sent, n), -9, 0, 128)
                + GaussLegendreRule.Integrate(n => Math.Exp(-n * n / 2) / Math.Sqrt(2 * Math.PI) * Equivocation(sent, n), 0, 9, 128);
        }

        return bits - (2 * sum / levels);

        double Equivocation(int sent, double noise)
        {
            var total = 0.0;
            for (var other = 0; other < levels; other++)
            {
                var shift = 2 * half * (sent - other);
                total += Math.Exp(-((shift * noise) + (shift * shift / 2)));
            }

            return Math.Log2(total);
        }
    }
}
