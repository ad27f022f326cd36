using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless.Transfers;

public sealed class WidebandSnrLaws
{
    private const double MeanSnr = 12;
    private const int Subbands = 12;

    private static readonly StreamKey Key = StreamKey.Create(4, "wideband-snr");

    public static TheoryData<IFadingEvolution, double?> Cases => new()
    {
        { new IndependentBlocks(), null }, { new IndependentBlocks(), 3.0 }, { new AutoregressiveEvolution(), 0.5 }, { new ClarkeEvolution(), null }, { new ClarkeEvolution(), 20.0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_effective_snr_lies_between_the_least_and_the_mean_of_the_subbands_and_is_what_the_mapping_says(IFadingEvolution evolution, double? beta)
    {
        const int blocks = 500;
        var fading = Fading(evolution, 2e-7);
        var (gains, effective) = (new double[blocks * Subbands], new double[blocks]);
        fading.FillGains(3, gains);
        new WidebandSnrProcess(fading, MeanSnr, beta).FillSnr(3, effective);
        var isStrict = 0;
        for (var block = 0; block < blocks; block++)
        {
            var subbands = gains.AsSpan(block * Subbands, Subbands).ToArray().Select(gain => MeanSnr * gain).ToArray();
            Assert.InRange(effective[block], subbands.Min() * (1 - 1e-9), subbands.Average() * (1 + 1e-9));
            isStrict += effective[block] < 0.999 * subbands.Average() ? 1 : 0;
            var naive = beta is { } b ? -b * Math.Log(subbands.Average(snr => Math.Exp(-snr / b))) : Math.Pow(2, subbands.Average(snr => Math.Log2(1 + snr))) - 1;
            Assert.Equal(naive, effective[block], 1e-8 * naive);
        }

        Assert.True(isStrict > blocks / 2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3.0)]
    public void A_tiny_delay_spread_is_flat_fading(double? beta)
    {
        var fading = Fading(new ClarkeEvolution(), 1e-15);
        var (gains, effective) = (new double[100 * Subbands], new double[100]);
        fading.FillGains(0, gains);
        new WidebandSnrProcess(fading, MeanSnr, beta).FillSnr(0, effective);
        for (var block = 0; block < 100; block++)
        {
            Assert.Equal(MeanSnr * gains[block * Subbands], effective[block], 1e-6 * MeanSnr);
            Assert.Equal(gains[block * Subbands], gains[(block * Subbands) + Subbands - 1], 1e-6);
        }
    }

    [Fact] // more frequencies, less fading: the deviation of the effective SNR falls with the delay spread
    public void A_larger_delay_spread_fades_less()
    {
        double Deviation(double spread)
        {
            var effective = new double[1500];
            new WidebandSnrProcess(Fading(new IndependentBlocks(), spread), MeanSnr).FillSnr(0, effective);
            var mean = effective.Average();
            return Math.Sqrt(effective.Average(snr => (snr - mean) * (snr - mean))) / mean;
        }

        var deviations = new[] { 1e-10, 1e-8, 5e-8 }.Select(Deviation).ToArray();
        Assert.Equal(deviations.OrderDescending(), deviations);
        Assert.Equal(1, deviations[0], 0.15); // Rayleigh
    }

    [Fact]
    public void Portions_and_order_do_not_matter_and_filling_allocates_nothing()
    {
        var process = new WidebandSnrProcess(Fading(new ClarkeEvolution(), 2e-7), MeanSnr);
        var (whole, parts) = (new double[101], new double[101]);
        process.FillSnr(0, whole);
        process.FillSnr(40, parts.AsSpan(40));
        process.FillSnr(0, parts.AsSpan(0, 33));
        process.FillSnr(33, parts.AsSpan(33, 7));
        Assert.Equal(whole, parts);
        for (var i = 0; i < 50; i++)
        {
            process.FillSnr(i, whole);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            process.FillSnr(i, whole);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Without_signal_the_snr_is_0_and_without_fading_the_mean()
    {
        var snr = new double[20];
        new WidebandSnrProcess(Fading(new IndependentBlocks(), 2e-7), 0).FillSnr(0, snr);
        Assert.All(snr, value => Assert.Equal(0, value, 1e-12));
        var steady = new WidebandFading(Key, 1, PowerDelayProfile.Exponential(2e-7), [-1e6, 1e6], new IndependentBlocks(), new ConstantGain(), 0.01, 10);
        new WidebandSnrProcess(steady, MeanSnr).FillSnr(0, snr);
        Assert.All(snr, value => Assert.Equal(MeanSnr, value, 1e-9));
    }

    [Fact] // the link gives the same, through the law of its rate, whatever the other futures do
    public void A_wideband_link_is_this_process_behind_its_rate_law()
    {
        var link = LinkCatalog.Find("5g-n78-20mhz-urban").Radio with { Wideband = new FrequencySelectivity { RmsDelaySpreadSeconds = 2e-7 }, Evolution = new ClarkeEvolution() };
        var sampler = link.CreateSampler();
        var session = new LinkSession(3, 4, 5, 0, 11, 1, 0);
        var process = sampler.Create(LinkDirection.Uplink, session);
        Assert.Equal(link.FadingBlockSeconds, process.BlockSeconds);
        var (snr, efficiency, future) = (new double[200], new double[200], new double[200]);
        ((ISnrProcess)process).FillSnr(0, snr);
        process.Fill(0, efficiency);
        Assert.All(snr.Zip(efficiency), pair => Assert.Equal(link.UplinkRate.SpectralEfficiency(pair.First), pair.Second, 1e-12));
        Assert.InRange(snr.Average(), Math.Pow(10, 0.4), Math.Pow(10, 1.5)); // 10 dB after the bias, less what the band's ripple costs
        sampler.Create(LinkDirection.Uplink, session with { Future = 2 }).Fill(0, future);
        Assert.Equal(efficiency[0], future[0], 1e-9);
        Assert.NotEqual(efficiency[150], future[150]);
        Assert.Throws<InvalidOperationException>(() => (LinkCatalog.Find("5g-n78-100mhz-street").Radio with { Wideband = link.Wideband }).CreateSampler());
    }

    [Fact]
    public void Bad_arguments_are_refused_by_name()
    {
        var fading = Fading(new IndependentBlocks(), 2e-7);
        Assert.Throws<ArgumentNullException>("fading", () => new WidebandSnrProcess(null!, 1));
        foreach (var bad in new[] { double.NaN, -1, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>("meanSnrLinear", () => new WidebandSnrProcess(fading, bad));
            Assert.Throws<ArgumentOutOfRangeException>("eesmBeta", () => new WidebandSnrProcess(fading, 1, bad));
        }

        Assert.Throws<ArgumentOutOfRangeException>("eesmBeta", () => new WidebandSnrProcess(fading, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WidebandSnrProcess(fading, 1).FillSnr(-1, new double[1]));
    }

    private static WidebandFading Fading(IFadingEvolution evolution, double spreadSeconds) => new(
        Key, 7, PowerDelayProfile.Exponential(spreadSeconds), WidebandFading.SubbandCentresHz(20e6, Subbands), evolution, NakagamiFading.Rayleigh, 0.01, 5);
}
