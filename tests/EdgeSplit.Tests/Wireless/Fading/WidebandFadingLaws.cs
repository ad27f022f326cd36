using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Tests.Wireless.Fading;

public sealed class WidebandFadingLaws
{
    private static readonly StreamKey Key = StreamKey.Create(41, "wideband-laws");
    private static readonly double[] Offsets = [-9e6, -4e6, 0, 1e6, 3.5e6, 9e6, 9.2e6, 9.3e6, 9.5e6, 9.9e6, 10e6];

    public static TheoryData<IFadingEvolution> Evolutions => [new ClarkeEvolution(64), new AutoregressiveEvolution(), new IndependentBlocks()];

    [Theory]
    [MemberData(nameof(Evolutions))]
    public void Every_subband_follows_the_law_and_two_are_correlated_by_their_distance(IFadingEvolution evolution)
    {
        const int links = 4_000;
        var profile = PowerDelayProfile.Exponential(60e-9, 8);
        var gains = new double[links][];
        foreach (var law in new IFadingModel[] { NakagamiFading.Rayleigh, new RicianFading(3) })
        {
            for (var link = 0; link < links; link++)
            {
                gains[link] = new double[Offsets.Length];
                new WidebandFading(Key, (ulong)link, profile, Offsets, evolution, law, 0.01, 12).FillGains(6, gains[link]);
            }

            foreach (var subband in new[] { 0, 2, 10 })
            {
                var sorted = gains.Select(row => row[subband]).Order().ToArray();
                var distance = Enumerable.Range(0, links).Max(i => Math.Abs(law.CumulativeProbability(sorted[i]) - ((i + 0.5) / links)));
                Assert.True(distance * Math.Sqrt(links) < 1.95, $"{law} {distance}");
            }

            if (law is not RicianFading)
            {
                foreach (var (first, second) in new[] { (2, 3), (0, 1), (2, 4), (0, 10), (9, 10) })
                {
                    var covariance = gains.Average(row => (row[first] - 1) * (row[second] - 1));
                    Assert.Equal(profile.FrequencyCorrelation(Offsets[second] - Offsets[first]), covariance, 0.2);
                }
            }
        }
    }

    [Fact]
    public void Frequency_correlation_is_measured_to_three_per_cent_of_its_range()
    {
        const int blocks = 400_000;
        var profile = new PowerDelayProfile([0, 50e-9, 200e-9], [1, 0.5, 0.25]);
        var wideband = new WidebandFading(Key, 3, profile, [0, 1e6, 2.2e6, 5e6], new IndependentBlocks(), NakagamiFading.Rayleigh, 1, 0);
        var gains = new double[blocks * 4];
        wideband.FillGains(0, gains);
        foreach (var (first, second, offset) in new[] { (0, 1, 1e6), (0, 2, 2.2e6), (1, 3, 4e6), (2, 2, 0) })
        {
            var covariance = 0.0;
            for (var block = 0; block < blocks; block++)
            {
                covariance += (gains[(4 * block) + first] - 1) * (gains[(4 * block) + second] - 1) / blocks;
            }

            Assert.Equal(profile.FrequencyCorrelation(offset), covariance, 0.03); // five standard errors
        }
    }

    [Fact]
    public void A_single_path_is_flat_and_equals_its_tap()
    {
        var wideband = new WidebandFading(Key, 3, new PowerDelayProfile([0], [2]), Offsets, new ClarkeEvolution(), NakagamiFading.Rayleigh, 0.01, 12);
        var gains = new double[50 * Offsets.Length];
        wideband.FillGains(100, gains);
        var tap = new double[50];
        new ClarkeFading(Key.Derive("tap 0"), 3, NakagamiFading.Rayleigh, 0.01, 12).FillGains(100, tap);
        for (var i = 0; i < gains.Length; i++)
        {
            Assert.Equal(tap[i / Offsets.Length], gains[i], 1e-13);
        }
    }

    [Fact]
    public void The_gain_is_the_squared_sum_over_the_taps()
    {
        var profile = new PowerDelayProfile([10e-9, 70e-9, 300e-9], [4, 2, 1]);
        var wideband = new WidebandFading(Key, 7, profile, Offsets, new AutoregressiveEvolution(), NakagamiFading.Rayleigh, 0.01, 12);
        var gains = new double[Offsets.Length];
        wideband.FillGains(33, gains);
        for (var subband = 0; subband < Offsets.Length; subband++)
        {
            var sum = System.Numerics.Complex.Zero;
            for (var tap = 0; tap < 3; tap++)
            {
                var (real, imaginary) = (new double[1], new double[1]);
                var channel = new AutoregressiveEvolution().Create(Key.Derive($"tap {tap}"), 7, NakagamiFading.Rayleigh, 0.01, 12);
                channel.FillChannel(33, real, imaginary);
                sum += Math.Sqrt(profile.PowersLinear[tap]) * new System.Numerics.Complex(real[0], imaginary[0])
                    * System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * Offsets[subband] * profile.DelaysSeconds[tap]);
            }

            Assert.Equal(sum.Magnitude * sum.Magnitude, gains[subband], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Evolutions))]
    public void Portions_join_and_futures_share_the_present(IFadingEvolution evolution)
    {
        var wideband = new WidebandFading(Key, 7, PowerDelayProfile.Exponential(100e-9), Offsets, evolution, new RicianFading(2), 0.01, 12);
        var future = wideband.AnotherFuture(Key.Derive("future"));
        var width = Offsets.Length;
        double[] whole = new double[100 * width], other = new double[100 * width], part = new double[37 * width];
        wideband.FillGains(0, whole);
        future.FillGains(0, other);
        Assert.Equal(whole[..width], other[..width]);
        Assert.All(Enumerable.Range(width, whole.Length - width), i => Assert.NotEqual(whole[i], other[i]));
        wideband.FillGains(40, part);
        Assert.Equal(whole.AsSpan(40 * width, part.Length).ToArray(), part);
        wideband.FillGains(99, part.AsSpan(0, width));
        Assert.Equal(whole[(99 * width)..], part[..width]);

        wideband.FillGains(3, whole);
        var before = GC.GetAllocatedBytesForCurrentThread();
        wideband.FillGains(3, whole);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_exponential_profile_has_its_delay_spread()
    {
        foreach (var taps in new[] { 2, 5, 12, 64 })
        {
            var profile = PowerDelayProfile.Exponential(123e-9, taps);
            Assert.Equal(1.0, profile.RmsDelaySpreadSeconds / 123e-9, 1e-12);
            Assert.Equal(1.0, profile.PowersLinear.Sum(), 1e-12);
            Assert.All(profile.PowersLinear, power => Assert.Equal(1.0 / taps, power, 1e-12));
            Assert.True(profile.DelaysSeconds.SequenceEqual(profile.DelaysSeconds.Order()));
        }

        Assert.Equal(1.0, PowerDelayProfile.Exponential(0).FrequencyCorrelation(1e9));
    }

    [Theory] // 12 and 16 subbands of usual bands: none of them may come round to the first one
    [InlineData(20e6, 2e-7)]
    [InlineData(20e6, 1e-6)]
    [InlineData(100e6, 2e-7)]
    [InlineData(100e6, 3e-7)]
    public void Distant_subbands_of_an_exponential_profile_do_not_fade_as_one(double bandwidthHz, double spreadSeconds)
    {
        var profile = PowerDelayProfile.Exponential(spreadSeconds);
        foreach (var subbands in new[] { 12, 16 })
        {
            for (var k = 1; k < subbands; k++)
            {
                var offset = k * bandwidthHz / subbands;
                var lorentzian = 1 / (1 + Math.Pow(2 * Math.PI * offset * spreadSeconds, 2));
                Assert.InRange(profile.FrequencyCorrelation(offset), 0, lorentzian + 0.45);
            }
        }
    }

    [Fact] // two equal taps: cos^2(pi df dtau)
    public void Frequency_correlation_of_two_taps()
    {
        var profile = new PowerDelayProfile([30e-9, 130e-9], [3, 3]);
        Assert.Equal(50e-9, profile.RmsDelaySpreadSeconds, 1e-18);
        Assert.Equal(80e-9, profile.MeanDelaySeconds, 1e-18);
        foreach (var offset in new[] { 0.0, 1e6, 5e6, -2.5e6, 10e6 })
        {
            Assert.Equal(Math.Pow(Math.Cos(Math.PI * offset * 100e-9), 2), profile.FrequencyCorrelation(offset), 1e-14);
        }
    }

    [Fact] // many taps: 1 / (1 + (2 pi df spread)^2)
    public void A_fine_exponential_profile_has_the_Lorentzian_correlation()
    {
        var profile = PowerDelayProfile.Exponential(100e-9, 64);
        foreach (var offset in new[] { 2e5, 1e6, 2e6 })
        {
            Assert.Equal(1 / (1 + Math.Pow(2 * Math.PI * offset * 100e-9, 2)), profile.FrequencyCorrelation(offset), 0.03);
        }
    }

    [Fact]
    public void Subbands_lie_side_by_side() =>
        Assert.Equal([-7.5e6, -2.5e6, 2.5e6, 7.5e6], WidebandFading.SubbandCentresHz(20e6, 4));

    [Fact]
    public void Without_fading_every_subband_is_one()
    {
        var gains = new double[30];
        new WidebandFading(Key, 0, PowerDelayProfile.Exponential(1e-7), [0, 1e6], new ClarkeEvolution(), new ConstantGain(), 1, 1).FillGains(3, gains);
        Assert.All(gains, gain => Assert.Equal(1.0, gain));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var profile = PowerDelayProfile.Exponential(1e-7);
        Assert.Throws<ArgumentOutOfRangeException>("delaysSeconds", () => new PowerDelayProfile([], []));
        Assert.Throws<ArgumentOutOfRangeException>("delaysSeconds", () => new PowerDelayProfile([-1e-9], [1]));
        Assert.Throws<ArgumentOutOfRangeException>("powersLinear", () => new PowerDelayProfile([1e-9], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerDelayProfile([1e-9], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>("taps", () => PowerDelayProfile.Exponential(1e-7, 1));
        Assert.Throws<ArgumentOutOfRangeException>("rmsDelaySpreadSeconds", () => PowerDelayProfile.Exponential(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("offsetHz", () => profile.FrequencyCorrelation(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("bandwidthHz", () => WidebandFading.SubbandCentresHz(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>("subbandOffsetsHz", () => Of(NakagamiFading.Rayleigh, []));
        Assert.Throws<ArgumentOutOfRangeException>("subbandOffsetsHz", () => Of(NakagamiFading.Rayleigh, [double.NaN]));
        Assert.Contains("RicianFading", Assert.Throws<ArgumentException>("law", () => Of(new NakagamiFading(2), [0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("law", () => Of(null!, [0]));
        Assert.Throws<ArgumentException>("powerGainsLinear", () => Of(NakagamiFading.Rayleigh, [0, 1]).FillGains(0, new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>("firstBlock", () => Of(NakagamiFading.Rayleigh, [0, 1]).FillGains(-1, new double[2]));
        Assert.Throws<ArgumentException>("evolution", () => new WidebandFading(Key, 0, profile, [0], new OwnEvolution(), NakagamiFading.Rayleigh, 1, 1));

        WidebandFading Of(IFadingModel law, double[] offsets) => new(Key, 0, profile, offsets, new ClarkeEvolution(), law, 1, 1);
    }

    private sealed class OwnEvolution : IFadingEvolution
    {
        public IFadingProcess Create(StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double dopplerHz) => new BlockFading(key, entity, law, blockSeconds);
    }
}
