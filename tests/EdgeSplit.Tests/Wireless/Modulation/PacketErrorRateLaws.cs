using EdgeSplit.Core.Wireless.Modulation;

namespace EdgeSplit.Tests.Wireless.Modulation;

public sealed class PacketErrorRateLaws
{
    [Theory] // BPSK over noise at 7 dB: the reference
    [InlineData(1000, 0.538361648)]
    [InlineData(12000, 0.999906325)]
    public void Packets_of_BPSK_bits_match_the_reference(long bits, double expected) =>
        Assert.Equal(expected, PacketErrorRate.OfIndependentBits(BitErrorRate.Awgn(2, Math.Pow(10, 0.7)), bits), 1e-9);

    [Theory] // -expm1(n log1p(-b)) of the same double b, with 50 digits in a separate program
    [InlineData(1e-20, 1000, 1e-17)]
    [InlineData(1e-300, 7, 7e-300)]
    [InlineData(1e-12, 1_000_000, 9.9999950000066665e-7)]
    [InlineData(1e-17, 1_000_000_000_000_000_000, 0.99995460007023752)]
    [InlineData(0.5, 3, 0.875)]
    [InlineData(0.3, 1, 0.3)]
    public void Small_probabilities_keep_their_relative_accuracy(double bitErrorRate, long bits, double expected) =>
        Assert.Equal(1, PacketErrorRate.OfIndependentBits(bitErrorRate, bits) / expected, 1e-13);

    [Fact]
    public void It_rises_with_the_number_of_bits_and_with_their_error_rate()
    {
        foreach (var rate in new[] { 1e-20, 1e-9, 1e-4, 0.01 })
        {
            var previous = 0.0;
            for (var bits = 1L; bits < 1000; bits = (bits * 5 / 4) + 1)
            {
                var error = PacketErrorRate.OfIndependentBits(rate, bits);
                Assert.True(error > previous);
                Assert.True(error < PacketErrorRate.OfIndependentBits(rate * 1.01, bits));
                Assert.True(error <= bits * rate * (1 + 1e-14)); // the union bound
                previous = error;
            }
        }
    }

    [Fact]
    public void Extremes_are_exact()
    {
        Assert.Equal(0, PacketErrorRate.OfIndependentBits(0, 1000));
        Assert.Equal(0, PacketErrorRate.OfIndependentBits(1, 0));
        Assert.Equal(1, PacketErrorRate.OfIndependentBits(1, 1));
        Assert.Equal(1, PacketErrorRate.OfIndependentBits(0.5, long.MaxValue));
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("bitErrorRate", () => PacketErrorRate.OfIndependentBits(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>("bitErrorRate", () => PacketErrorRate.OfIndependentBits(-0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("bitErrorRate", () => PacketErrorRate.OfIndependentBits(1.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("bits", () => PacketErrorRate.OfIndependentBits(0.1, -1));
    }

    [Theory] // 3.01, 6.02, 7.78 and 9.03 dB
    [InlineData(2, 0)]
    [InlineData(4, 3.0103)]
    [InlineData(16, 6.0206)]
    [InlineData(64, 7.7815)]
    [InlineData(256, 9.0309)]
    public void Symbols_have_the_energy_of_their_bits(int points, double differenceDb)
    {
        Assert.Equal(differenceDb, 10 * Math.Log10(BitEnergy.EsN0Linear(5, points) / 5), 5e-5);
        foreach (var codeRate in new[] { 1, 0.5, 0.117 })
        {
            Assert.Equal(3.7, BitEnergy.EbN0Linear(BitEnergy.EsN0Linear(3.7, points, codeRate), points, codeRate), 1e-14);
            Assert.Equal(codeRate, BitEnergy.EsN0Linear(2, points, codeRate) / BitEnergy.EsN0Linear(2, points), 1e-15);
        }
    }

    [Fact]
    public void Bad_energies_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("constellationPoints", () => BitEnergy.EbN0Linear(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("codeRate", () => BitEnergy.EbN0Linear(1, 4, 0));
        Assert.Throws<ArgumentOutOfRangeException>("codeRate", () => BitEnergy.EsN0Linear(1, 4, 1.01));
        Assert.Throws<ArgumentOutOfRangeException>("codeRate", () => BitEnergy.EsN0Linear(1, 4, double.NaN));
    }
}
