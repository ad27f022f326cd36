using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Tests.Wireless.Fading;

/// <summary>What every fading law and every fading process of the library must show; an implementation without a case here fails.</summary>
public sealed class EveryFadingLaw
{
    private static readonly StreamKey Key = StreamKey.Create(77, "every-fading");

    private static IFadingModel[] AllModels => [new NakagamiFading(0.5), NakagamiFading.Rayleigh, new NakagamiFading(3.7), new RicianFading(0), new RicianFading(5), new ConstantGain()];

    /// <summary>Evolutions with one case each, the largest sum of sinusoids where the law is to be exact.</summary>
    private static IFadingEvolution[] AllEvolutions => [new IndependentBlocks(), new ClarkeEvolution(64), new AutoregressiveEvolution()];

    public static TheoryData<IFadingModel> Models => [.. AllModels];

    public static TheoryData<IFadingEvolution> Evolutions => [.. AllEvolutions];

    private static IEnumerable<IFadingModel> ModelsInTime =>
        [NakagamiFading.Rayleigh, new NakagamiFading(0.5), new NakagamiFading(1.5), new NakagamiFading(3.7), new RicianFading(4), new ConstantGain(), new SquaredUniform()];

    [Fact]
    public void Every_model_and_every_process_has_a_case()
    {
        Assert.Equal(Implementations<IFadingModel>(), AllModels.Select(model => model.GetType()).Distinct().OrderBy(type => type.Name));
        Assert.Equal(Implementations<IFadingEvolution>(), AllEvolutions.Select(evolution => evolution.GetType()).OrderBy(type => type.Name));
        var made = AllEvolutions.Select(evolution => evolution.Create(Key, 0, NakagamiFading.Rayleigh, 1, 0.1).GetType()).OrderBy(type => type.Name);
        Assert.Equal(Implementations<IFadingProcess>(), made);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Draws_follow_the_cumulative_probability(IFadingModel law)
    {
        var gains = new double[30_000];
        law.FillGains(Key, 5, 0, gains);
        AssertFollows(law, gains, 1.95); // 0.1 % point of the Kolmogorov distribution
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Filling_is_sampling_and_allocates_nothing(IFadingModel law)
    {
        var gains = new double[77];
        law.FillGains(Key, 3, 1000, gains);
        for (var i = 0; i < gains.Length; i++)
        {
            var random = new RandomSource(Key, 3, 1000 + (ulong)i, 0);
            Assert.Equal(law.Sample(ref random), gains[i]);
        }

        Assert.Equal(0, AllocatedBytes(() => law.FillGains(Key, 3, 1000, gains)));
    }

    [Theory]
    [MemberData(nameof(Evolutions))]
    public void One_block_of_many_links_follows_the_law(IFadingEvolution evolution)
    {
        const int links = 6_000;
        var gains = new double[links];
        foreach (var law in ModelsInTime)
        {
            for (var link = 0; link < links; link++)
            {
                evolution.Create(Key, (ulong)link, law, 0.01, 3.0).FillGains(41, gains.AsSpan(link, 1));
            }

            // A sum of 64 sinusoids is off by less than 1/64 of the probability: a tenth of the bound.
            AssertFollows(law, gains, 2.05);
        }
    }

    [Theory]
    [MemberData(nameof(Evolutions))]
    public void Any_portion_in_any_order_gives_the_same_bits(IFadingEvolution evolution)
    {
        foreach (var law in ModelsInTime)
        {
            foreach (var doppler in new[] { 0.0, 0.03, 7, 41 })
            {
                var process = evolution.Create(Key, 8, law, 0.01, doppler);
                foreach (var course in new[] { process, process.AnotherFuture(Key.Derive("other")) })
                {
                    var whole = new double[700];
                    course.FillGains(0, whole);
                    Assert.All(whole, gain => Assert.True(gain >= 0 && double.IsFinite(gain)));
                    foreach (var (start, length) in new[] { (699, 1), (0, 1), (255, 3), (13, 8), (500, 57), (1, 15), (250, 270), (256, 256) })
                    {
                        var part = new double[length];
                        course.FillGains(start, part);
                        Assert.Equal(whole.AsSpan(start, length).ToArray(), part);
                    }

                    var far = new double[40];
                    course.FillGains(123_456_789_012, far);
                    for (var i = far.Length - 1; i >= 0; i--)
                    {
                        var one = new double[1];
                        course.FillGains(123_456_789_012 + i, one);
                        Assert.Equal(far[i], one[0]);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Evolutions))]
    public void Filling_in_time_allocates_nothing(IFadingEvolution evolution)
    {
        var gains = new double[300];
        foreach (var law in ModelsInTime)
        {
            var process = evolution.Create(Key, 8, law, 0.01, 7);
            var other = process.AnotherFuture(Key);
            Assert.Equal(0, AllocatedBytes(() => process.FillGains(17, gains)));
            Assert.Equal(0, AllocatedBytes(() => process.FillGains(17, gains.AsSpan(0, 1))));
            Assert.Equal(0, AllocatedBytes(() => other.FillGains(17, gains)));
        }
    }

    [Theory]
    [MemberData(nameof(Evolutions))]
    public void A_channel_at_rest_never_changes(IFadingEvolution evolution)
    {
        if (evolution is IndependentBlocks)
        {
            return; // its blocks are coherence times by definition
        }

        foreach (var law in ModelsInTime)
        {
            var process = evolution.Create(Key, 8, law, 0.01, 0);
            var gains = new double[300];
            process.FillGains(0, gains);
            Assert.All(gains, gain => Assert.Equal(gains[0], gain));
            process.FillGains(1L << 40, gains.AsSpan(0, 1));
            Assert.Equal(gains[1], gains[0]);
            var future = new double[300];
            process.AnotherFuture(Key.Derive("other")).FillGains(0, future);
            Assert.Equal(gains, future);
        }
    }

    [Theory]
    [MemberData(nameof(Evolutions))]
    public void Another_future_shares_the_present_and_nothing_else(IFadingEvolution evolution)
    {
        foreach (var law in ModelsInTime.Where(law => law is not ConstantGain))
        {
            var process = evolution.Create(Key, 8, law, 0.01, 7);
            double[] own = new double[400], first = new double[400], second = new double[400], third = new double[400];
            process.FillGains(0, own);
            process.AnotherFuture(Key.Derive("first")).FillGains(0, first);
            process.AnotherFuture(Key.Derive("second")).FillGains(0, second);
            process.AnotherFuture(Key.Derive("second")).AnotherFuture(Key.Derive("first")).FillGains(0, third);
            Assert.Equal([own[0], own[0], own[0]], [first[0], second[0], third[0]]);
            Assert.Equal(first, third);
            Assert.All(Enumerable.Range(1, 399), i => Assert.True(own[i] != first[i] && own[i] != second[i] && first[i] != second[i]));
            var again = new double[400];
            process.FillGains(0, again);
            Assert.Equal(own, again);
        }
    }

    [Theory]
    [MemberData(nameof(Evolutions))]
    public void Bad_input_is_refused(IFadingEvolution evolution)
    {
        foreach (var bad in new[] { double.NaN, -1.0, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>("dopplerHz", () => evolution.Create(Key, 0, NakagamiFading.Rayleigh, 1, bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => evolution.Create(Key, 0, NakagamiFading.Rayleigh, bad, 1));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => evolution.Create(Key, 0, NakagamiFading.Rayleigh, 0, 1));
        Assert.Throws<ArgumentNullException>(() => evolution.Create(Key, 0, null!, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("firstBlock", () => evolution.Create(Key, 0, NakagamiFading.Rayleigh, 1, 1).FillGains(-1, new double[3]));
    }

    [Theory]
    [MemberData(nameof(Evolutions))]
    public void A_law_with_jumps_is_refused_where_a_quantile_is_needed(IFadingEvolution evolution)
    {
        if (evolution is not IndependentBlocks)
        {
            var message = Assert.Throws<ArgumentException>(() => evolution.Create(Key, 0, new OnOff(), 1, 0.1)).Message;
            Assert.Contains("NakagamiFading, RicianFading, ConstantGain", message, StringComparison.Ordinal);
        }
    }

    private static void AssertFollows(IFadingModel law, double[] gains, double bound)
    {
        Array.Sort(gains);
        var distance = 0.0;
        for (var i = 0; i < gains.Length; i++)
        {
            // From below: the probability of less than this gain, so that a law with an atom (no fading) is judged alike.
            var below = law.CumulativeProbability(Math.BitDecrement(gains[i])) - (i > 0 && gains[i - 1] == gains[i] ? 1 : (double)i / gains.Length);
            var above = i + 1 < gains.Length && gains[i + 1] == gains[i] ? 0 : ((i + 1.0) / gains.Length) - law.CumulativeProbability(gains[i]);
            distance = Math.Max(distance, Math.Max(below, above));
        }

        Assert.True(Math.Sqrt(gains.Length) * distance < bound, $"{law}: Kolmogorov-Smirnov distance {distance}");
    }

    private static long AllocatedBytes(Action action)
    {
        for (var i = 0; i < 5; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static IEnumerable<Type> Implementations<T>() => typeof(T).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && typeof(T).IsAssignableFrom(type) && !type.IsNested)
        .OrderBy(type => type.Name);

    /// <summary>A law of a user's own: 3 u^2, u uniform; bounded, so unlike the others.</summary>
    private sealed record SquaredUniform : IFadingModel
    {
        public double Sample(ref RandomSource random)
        {
            var uniform = random.NextUniform();
            return 3 * uniform * uniform;
        }

        public double CumulativeProbability(double powerGainLinear) => Math.Min(1.0, Math.Sqrt(powerGainLinear / 3));
    }

    private sealed record OnOff : IFadingModel
    {
        public double Sample(ref RandomSource random) => random.NextUniform() < 0.5 ? 0 : 2;

        public double CumulativeProbability(double powerGainLinear) => powerGainLinear < 2 ? 0.5 : 1;
    }
}
