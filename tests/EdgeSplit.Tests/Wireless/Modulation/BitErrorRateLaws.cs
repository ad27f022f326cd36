using System.Numerics;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Modulation;
using MathNet.Numerics;

namespace EdgeSplit.Tests.Wireless.Modulation;

public sealed class BitErrorRateLaws
{
    private static readonly StreamKey Key = StreamKey.Create(20260118, "bit-error-rate-laws");

    [Theory] // the AWGN table of the reference: BPSK/QPSK, 16QAM, 64QAM, 256QAM
    [InlineData(-5, 2.13228018e-01, 2.61959956e-01, 3.09296876e-01, 3.39282375e-01)]
    [InlineData(0, 7.86496035e-02, 1.40981635e-01, 1.99841352e-01, 2.54607199e-01)]
    [InlineData(3, 2.28784076e-02, 7.74530603e-02, 1.37186816e-01, 1.97685889e-01)]
    [InlineData(5, 5.95386715e-03, 4.18927600e-02, 1.00791607e-01, 1.59345076e-01)]
    [InlineData(8, 1.90907774e-04, 9.24721374e-03, 5.23338628e-02, 1.07889943e-01)]
    [InlineData(10, 3.87210822e-06, 1.75415062e-03, 2.65327088e-02, 7.85962755e-02)]
    [InlineData(12, 9.00601035e-09, 1.38658689e-04, 9.72398508e-03, 5.20758223e-02)]
    [InlineData(15, 9.12395736e-16, 1.84185551e-07, 7.72472180e-04, 1.98033873e-02)]
    [InlineData(18, 1.39601431e-29, 4.52230900e-13, 6.35114807e-06, 3.47209591e-03)]
    [InlineData(20, 1.04424379e-45, 1.40403652e-19, 2.63389253e-08, 5.05306946e-04)]
    public void Error_rates_over_noise_match_the_table(double ebN0Db, double bpsk, double qam16, double qam64, double qam256)
    {
        var ebN0 = Linear(ebN0Db);
        Assert.Equal(1, BitErrorRate.Awgn(2, ebN0) / bpsk, 1e-8);
        Assert.Equal(1, BitErrorRate.Awgn(4, ebN0) / bpsk, 1e-8);
        Assert.Equal(1, BitErrorRate.Awgn(16, ebN0) / qam16, 1e-8);
        Assert.Equal(1, BitErrorRate.Awgn(64, ebN0) / qam64, 1e-8);
        Assert.Equal(1, BitErrorRate.Awgn(256, ebN0) / qam256, 1e-8);
    }

    [Theory] // closed forms with 50 digits in a separate program
    [InlineData(2, 20, 1.04424379188127e-45)]
    [InlineData(2, 25, 7.30696918464811e-140)]
    [InlineData(4, 28, 1.06846073755609e-276)]
    [InlineData(16, 15, 1.84185551109448e-7)]
    [InlineData(16, 25, 2.17939904671363e-57)]
    [InlineData(16, 30, 2.02344960435296e-176)]
    [InlineData(64, 15, 0.000772472180420455)]
    [InlineData(64, 20, 2.63389253177304e-8)]
    [InlineData(64, 25, 5.81775672223596e-22)]
    [InlineData(64, 30, 1.24533181730988e-64)]
    public void Far_tails_keep_their_relative_accuracy(int points, double ebN0Db, double expected) =>
        Assert.Equal(1, BitErrorRate.Awgn(points, Linear(ebN0Db)) / expected, 1e-12);

    [Theory] // the Rayleigh table of the reference: BPSK/QPSK, 16QAM, 64QAM
    [InlineData(0, 1.46446609e-01, 1.97573958e-01, 2.47063266e-01)]
    [InlineData(10, 2.32687054e-02, 4.23709712e-02, 7.66795532e-02)]
    [InlineData(20, 2.48140490e-03, 4.88544861e-03, 1.06195996e-02)]
    [InlineData(30, 2.49812656e-04, 4.96338380e-04, 1.10777587e-03)]
    [InlineData(40, 2.49981252e-05, 4.97133673e-05, 1.11261853e-04)]
    public void Error_rates_over_Rayleigh_fading_match_the_table(double ebN0Db, double bpsk, double qam16, double qam64)
    {
        Assert.Equal(1, BitErrorRate.Rayleigh(2, Linear(ebN0Db)) / bpsk, 1e-8);
        Assert.Equal(1, BitErrorRate.Rayleigh(4, Linear(ebN0Db)) / bpsk, 1e-8);
        Assert.Equal(1, BitErrorRate.Rayleigh(16, Linear(ebN0Db)) / qam16, 1e-8);
        Assert.Equal(1, BitErrorRate.Rayleigh(64, Linear(ebN0Db)) / qam64, 1e-8);
    }

    [SharedDataFact]
    public void Golden_values_hold()
    {
        var count = GoldenRecords.Check("ber", (quantity, inputs) => quantity switch
        {
            "bpsk_qpsk_awgn" => BitErrorRate.Awgn(4, Linear(inputs["ebn0_db"])),
            "16qam_awgn" => BitErrorRate.Awgn(16, Linear(inputs["ebn0_db"])),
            "64qam_awgn" => BitErrorRate.Awgn(64, Linear(inputs["ebn0_db"])),
            "256qam_awgn" => BitErrorRate.Awgn(256, Linear(inputs["ebn0_db"])),
            "bpsk_qpsk_rayleigh" => BitErrorRate.Rayleigh(4, Linear(inputs["mean_ebn0_db"])),
            "16qam_rayleigh" => BitErrorRate.Rayleigh(16, Linear(inputs["mean_ebn0_db"])),
            "64qam_rayleigh" => BitErrorRate.Rayleigh(64, Linear(inputs["mean_ebn0_db"])),
            "packet_error_bpsk" => PacketErrorRate.OfIndependentBits(BitErrorRate.Awgn(2, Linear(inputs["ebn0_db"])), inputs.Whole("bits_count")),
            "esn0_minus_ebn0_db" => 10 * Math.Log10(BitEnergy.EsN0Linear(1, inputs.Whole("constellation_points"), inputs["code_rate"])),
            "empirical_bpsk_awgn" => SimulatedBpsk(Linear(inputs["ebn0_db"]), inputs.Whole("bits_count"), isFading: false),
            "empirical_bpsk_rayleigh" => SimulatedBpsk(Linear(inputs["mean_ebn0_db"]), inputs.Whole("bits_count"), isFading: true),
            _ => null,
        });
        Assert.Equal(37, count);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(256)]
    public void The_closed_form_is_the_sum_over_all_pairs_of_sent_and_decided_symbols(int points)
    {
        foreach (var ebN0Db in new[] { -20.0, -5, 0, 6, 13 })
        {
            Assert.Equal(1, BitErrorRate.Awgn(points, Linear(ebN0Db)) / Enumerated(points, Linear(ebN0Db)), 1e-9);
        }
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(4096)]
    public void Larger_constellations_follow_the_same_law_axis_by_axis(int points)
    {
        foreach (var ebN0Db in new[] { -5.0, 6, 16, 22 })
        {
            Assert.Equal(1, BitErrorRate.Awgn(points, Linear(ebN0Db)) / EnumeratedAxis(points, Linear(ebN0Db)), 1e-8);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(256)]
    public void The_Rayleigh_average_is_the_integral_over_the_gain(int points)
    {
        foreach (var meanDb in new[] { -10.0, 5, 18 })
        {
            var integral = Integrate.GaussKronrod(gain => Math.Exp(-gain) * BitErrorRate.Awgn(points, gain * Linear(meanDb)), 0, 1)
                + Integrate.GaussKronrod(gain => Math.Exp(-gain) * BitErrorRate.Awgn(points, gain * Linear(meanDb)), 1, 45);
            Assert.Equal(1, BitErrorRate.Rayleigh(points, Linear(meanDb)) / integral, 1e-6);
        }
    }

    [Fact]
    public void Rayleigh_error_rates_fall_with_the_first_power_of_the_SNR()
    {
        for (var db = 60; db <= 300; db += 40)
        {
            Assert.Equal(1, BitErrorRate.Rayleigh(2, Linear(db)) * 4 * Linear(db), 1e-5);
            Assert.Equal(1, BitErrorRate.Rayleigh(64, Linear(db)) / BitErrorRate.Rayleigh(64, Linear(db + 10)) / 10, 1e-5);
        }
    }

    [Fact]
    public void Error_rates_fall_with_the_SNR_from_one_half_to_zero_and_rise_with_the_constellation()
    {
        int[] constellations = [4, 16, 64, 256, 1024, 4096];
        foreach (var points in constellations)
        {
            Assert.Equal(0.5, BitErrorRate.Awgn(points, 0), 1e-14);
            Assert.Equal(0.5, BitErrorRate.Rayleigh(points, 0), 1e-14);
            Assert.Equal(0, BitErrorRate.Awgn(points, double.PositiveInfinity));
            Assert.Equal(0, BitErrorRate.Rayleigh(points, double.PositiveInfinity));
            for (var db = -20; db < 25; db++)
            {
                Assert.True(BitErrorRate.Awgn(points, Linear(db + 1)) < BitErrorRate.Awgn(points, Linear(db)));
                Assert.True(BitErrorRate.Rayleigh(points, Linear(db + 1)) < BitErrorRate.Rayleigh(points, Linear(db)));
            }
        }

        for (var i = 1; i < constellations.Length; i++)
        {
            for (var db = 0; db < 25; db++)
            {
                Assert.True(BitErrorRate.Awgn(constellations[i], Linear(db)) > BitErrorRate.Awgn(constellations[i - 1], Linear(db)));
                Assert.True(BitErrorRate.Rayleigh(constellations[i], Linear(db)) > BitErrorRate.Rayleigh(constellations[i - 1], Linear(db)));
            }
        }
    }

    [Theory]
    [InlineData(16, 8)]
    [InlineData(64, 12)]
    public void Simulated_square_constellations_err_as_often_as_the_closed_form_says(int points, double ebN0Db)
    {
        const int symbols = 200_000;
        var levels = (int)Math.Sqrt(points);
        var bits = BitOperations.Log2((uint)levels);
        var amplitude = HalfDistance(points, Linear(ebN0Db));
        var noise = new double[symbols];
        BlockVariates.FillNormal(Key, (ulong)points, 0, new NormalDistribution(0, 1), noise);
        var random = new RandomSource(Key.Derive("symbols"), (ulong)points);
        var (sum, sumOfSquares) = (0.0, 0.0);
        foreach (var draw in noise)
        {
            var sent = random.NextInt32(levels);
            var decided = (int)Math.Clamp(Math.Floor(sent + 0.5 + (draw / (2 * amplitude))), 0, levels - 1);
            double errors = BitOperations.PopCount((uint)(Gray(sent) ^ Gray(decided)));
            (sum, sumOfSquares) = (sum + errors, sumOfSquares + (errors * errors));
        }

        var mean = sum / symbols;
        var error = 5 * Math.Sqrt(((sumOfSquares / symbols) - (mean * mean)) / symbols) / bits;
        var expected = BitErrorRate.Awgn(points, Linear(ebN0Db));
        Assert.InRange(mean / bits, expected - error, expected + error);
        Assert.True(error < 0.1 * expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(8192)]
    [InlineData(16384)]
    [InlineData(-4)]
    public void Other_constellations_are_refused(int points)
    {
        Assert.Throws<ArgumentOutOfRangeException>("constellationPoints", () => BitErrorRate.Awgn(points, 1));
        Assert.Throws<ArgumentOutOfRangeException>("constellationPoints", () => BitErrorRate.Rayleigh(points, 1));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1e-9)]
    [InlineData(double.NegativeInfinity)]
    public void An_SNR_out_of_range_is_refused(double ebN0)
    {
        Assert.Throws<ArgumentOutOfRangeException>("ebN0Linear", () => BitErrorRate.Awgn(16, ebN0));
        Assert.Throws<ArgumentOutOfRangeException>("meanEbN0Linear", () => BitErrorRate.Rayleigh(16, ebN0));
        Assert.Throws<ArgumentOutOfRangeException>("ebN0Linear", () => BitEnergy.EsN0Linear(ebN0, 16));
        Assert.Throws<ArgumentOutOfRangeException>("esN0Linear", () => BitEnergy.EbN0Linear(ebN0, 16));
    }

    private static double Linear(double db) => Math.Pow(10, db / 10);

    private static int Gray(int level) => level ^ (level >> 1);

    /// <summary>Half the distance of neighbouring points over the noise's standard deviation per axis, from the mean energy of the points.</summary>
    private static double HalfDistance(int points, double ebN0)
    {
        var levels = (int)Math.Sqrt(points);
        var meanSquare = 2 * Enumerable.Range(0, levels).Average(level => Math.Pow((2 * level) - levels + 1, 2)); // both axes, half distance 1
        return Math.Sqrt(2 * ebN0 * Math.Log2(points) / meanSquare);
    }

    /// <summary>Probability that one level is sent and another decided, over the levels of an axis.</summary>
    private static double[,] Decisions(int points, double ebN0)
    {
        var levels = (int)Math.Sqrt(points);
        var half = HalfDistance(points, ebN0);
        double Above(double x) => SpecialFunctions.Erfc(x / Math.Sqrt(2)) / 2;
        var table = new double[levels, levels];
        for (var sent = 0; sent < levels; sent++)
        {
            for (var decided = 0; decided < levels; decided++)
            {
                var offset = Math.Abs(decided - sent);
                var outermost = decided == (decided > sent ? levels - 1 : 0);
                table[sent, decided] = offset == 0
                    ? 1 - (sent > 0 ? Above(half) : 0) - (sent < levels - 1 ? Above(half) : 0)
                    : Above(((2 * offset) - 1) * half) - (outermost ? 0 : Above(((2 * offset) + 1) * half));
            }
        }

        return table;
    }

    private static double Enumerated(int points, double ebN0)
    {
        var levels = (int)Math.Sqrt(points);
        var decisions = Decisions(points, ebN0);
        var errors = 0.0;
        for (var sent = 0; sent < points; sent++)
        {
            for (var decided = 0; decided < points; decided++)
            {
                var (sentX, sentY, decidedX, decidedY) = (sent / levels, sent % levels, decided / levels, decided % levels);
                var wrongBits = BitOperations.PopCount((uint)(Gray(sentX) ^ Gray(decidedX))) + BitOperations.PopCount((uint)(Gray(sentY) ^ Gray(decidedY)));
                errors += wrongBits * decisions[sentX, decidedX] * decisions[sentY, decidedY];
            }
        }

        return errors / points / Math.Log2(points);
    }

    private static double EnumeratedAxis(int points, double ebN0)
    {
        var levels = (int)Math.Sqrt(points);
        var decisions = Decisions(points, ebN0);
        var errors = 0.0;
        for (var sent = 0; sent < levels; sent++)
        {
            for (var decided = 0; decided < levels; decided++)
            {
                errors += BitOperations.PopCount((uint)(Gray(sent) ^ Gray(decided))) * decisions[sent, decided];
            }
        }

        return errors / levels / Math.Log2(levels);
    }

    private static double SimulatedBpsk(double ebN0, int bits, bool isFading)
    {
        var (noise, gains) = (new double[bits], new double[bits]);
        BlockVariates.FillNormal(Key.Derive("noise"), 0, 0, new NormalDistribution(0, 1), noise);
        gains.AsSpan().Fill(1);
        if (isFading)
        {
            BlockVariates.FillExponential(Key.Derive("gain"), 0, 0, new ExponentialDistribution(1), gains);
        }

        return noise.Zip(gains, (draw, gain) => Math.Sqrt(2 * ebN0 * gain) + draw < 0 ? 1.0 : 0).Average();
    }
}
