using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.Knowledge;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless.Knowledge;

public sealed class ChannelKnowledgeLaws
{
    private const double BlockSeconds = 0.01;
    private const double Middle = 0.4 * BlockSeconds;

    private static readonly StreamKey Key = StreamKey.Create(20260119, "channel-knowledge");
    private static readonly BlockFadingProcess Channel =
        new(StreamKey.Create(1, "fading"), 3, 20, NakagamiFading.Rayleigh, ShannonRate.Capacity, BlockSeconds);

    public static TheoryData<IChannelEstimator> Estimators => [.. All];

    private static IChannelEstimator[] All =>
    [
        new PerfectKnowledge(),
        new DelayedKnowledge(0.035),
        new NoisyKnowledge(2),
        new QuantisedKnowledge(1),
        new ReportedLevel([-6, 0, 5.5, 11, 20]),
        new QuantisedKnowledge(1, new NoisyKnowledge(1.5, new DelayedKnowledge(0.02))),
    ];

    [Fact]
    public void Every_estimator_is_put_to_the_test() =>
        Assert.Equal(
            typeof(IChannelEstimator).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IChannelEstimator))).Select(type => type.Name).Order(),
            All.Select(estimator => estimator.GetType().Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Estimates_are_a_pure_function_of_the_block_and_allocate_nothing(IChannelEstimator estimator)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        var forwards = Enumerable.Range(0, 60).Select(block => At(estimator, block)).ToArray();
        var backwards = Enumerable.Range(0, 60).Reverse().Select(block => At(estimator, block)).Reverse().ToArray();
        Assert.Equal(forwards, backwards);
        Assert.True(forwards.Distinct().Count() > 3);
        if (estimator is not DelayedKnowledge)
        {
            Assert.Equal(forwards[7], estimator.EstimateDb(Channel, (7 * BlockSeconds) + (0.9 * BlockSeconds), Key, 5));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = estimator.EstimateDb(Channel, (7 * BlockSeconds) + Middle, Key, 5);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(forwards[7], again);
    }

    [Fact]
    public void Perfect_knowledge_is_the_true_SNR_of_the_block()
    {
        var snr = TrueSnr(50);
        for (var block = 0; block < 50; block++)
        {
            Assert.Equal(10 * Math.Log10(snr[block]), At(new PerfectKnowledge(), block));
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(1.0 / 3)]
    [InlineData(0.007)]
    public void A_block_starts_exactly_at_its_number_times_its_length(double blockSeconds)
    {
        double[] rising = [.. Enumerable.Range(1, 3000).Select(i => (double)i)];
        var channel = new Listed(rising, blockSeconds);
        for (var block = 1; block < 2999; block++)
        {
            var start = block * blockSeconds;
            Assert.Equal(10 * Math.Log10(block + 1), new PerfectKnowledge().EstimateDb(channel, start, Key, 0));
            Assert.Equal(10 * Math.Log10(block), new PerfectKnowledge().EstimateDb(channel, Math.BitDecrement(start), Key, 0));
        }
    }

    [Fact]
    public void Delayed_knowledge_is_the_true_SNR_of_the_past_block_and_of_block_zero_before_any_report()
    {
        var snr = TrueSnr(50);
        var estimator = new DelayedKnowledge(4 * BlockSeconds);
        for (var block = 0; block < 50; block++)
        {
            Assert.Equal(10 * Math.Log10(snr[Math.Max(0, block - 4)]), At(estimator, block));
        }

        Assert.Equal(At(new PerfectKnowledge(), 9), At(new DelayedKnowledge(0), 9));
    }

    [Fact]
    public void Estimation_errors_are_normal_with_the_stated_deviation()
    {
        const int blocks = 20_000;
        const double deviation = 1.7;
        var errors = new double[blocks];
        var estimator = new NoisyKnowledge(deviation);
        for (var block = 0; block < blocks; block++)
        {
            errors[block] = (At(estimator, block) - At(new PerfectKnowledge(), block)) / deviation;
        }

        var mean = errors.Average();
        Assert.InRange(mean, -5 / Math.Sqrt(blocks), 5 / Math.Sqrt(blocks));
        Assert.InRange(errors.Average(error => error * error), 1 - (5 * Math.Sqrt(2.0 / blocks)), 1 + (5 * Math.Sqrt(2.0 / blocks)));
        var neighbours = errors.Zip(errors.Skip(1), (here, next) => here * next).Average();
        Assert.InRange(neighbours, -5 / Math.Sqrt(blocks), 5 / Math.Sqrt(blocks));
        Array.Sort(errors);
        var distance = 0.0;
        for (var i = 0; i < blocks; i++)
        {
            var probability = new NormalDistribution(0, 1).CumulativeProbability(errors[i]);
            distance = Math.Max(distance, Math.Max(probability - ((double)i / blocks), ((i + 1.0) / blocks) - probability));
        }

        Assert.InRange(Math.Sqrt(blocks) * distance, 0.2, 1.95); // 0.1 % point
        Assert.Equal(At(new PerfectKnowledge(), 5), At(new NoisyKnowledge(0), 5));
    }

    [Fact]
    public void The_error_scales_with_its_deviation_and_belongs_to_key_and_link()
    {
        var truth = At(new PerfectKnowledge(), 11);
        Assert.Equal(2 * (At(new NoisyKnowledge(1), 11) - truth), At(new NoisyKnowledge(2), 11) - truth, 1e-12);
        var here = At(new NoisyKnowledge(1), 11);
        Assert.NotEqual(here, new NoisyKnowledge(1).EstimateDb(Channel, (11 * BlockSeconds) + Middle, Key, 6));
        Assert.NotEqual(here, new NoisyKnowledge(1).EstimateDb(Channel, (11 * BlockSeconds) + Middle, Key.Derive("other"), 5));
        Assert.NotEqual(here, At(new NoisyKnowledge(1), 12) - At(new PerfectKnowledge(), 12) + truth);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.25)]
    [InlineData(3.0)]
    public void Whole_steps_are_at_most_half_a_step_off(double stepDb)
    {
        for (var block = 0; block < 500; block++)
        {
            var (told, truth) = (At(new QuantisedKnowledge(stepDb), block), At(new PerfectKnowledge(), block));
            Assert.InRange(told - truth, -stepDb / 2, stepDb / 2);
            Assert.Equal(Math.Round(told / stepDb), told / stepDb, 1e-12);
        }
    }

    [Fact]
    public void A_reported_level_is_the_highest_whose_threshold_is_met()
    {
        double[] thresholds = [-6, 0, 5.5, 11, 20];
        var report = new ReportedLevel(thresholds);
        Assert.Equal([0, 1, 1, 2, 3, 5, 5], new[] { -6.001, -6, -0.001, 0, 10.999, 20, double.PositiveInfinity }.Select(report.LevelOf));
        Assert.Equal(0, report.LevelOf(double.NegativeInfinity));
        Assert.Equal(thresholds, report.ThresholdsDb);
        for (var block = 0; block < 500; block++)
        {
            var (told, truth) = (At(report, block), At(new PerfectKnowledge(), block));
            Assert.Equal(thresholds.Where(threshold => threshold <= truth).DefaultIfEmpty(double.NegativeInfinity).Max(), told);
        }

        thresholds[0] = 100;
        Assert.Equal(-6, report.ThresholdsDb[0]);
    }

    [Fact]
    public void Estimators_nest_in_the_order_written()
    {
        var noise = At(new NoisyKnowledge(1.5), 30) - At(new PerfectKnowledge(), 30);
        var expected = Math.Round(At(new PerfectKnowledge(), 28) + noise);
        Assert.Equal(expected, At(new QuantisedKnowledge(1, new NoisyKnowledge(1.5, new DelayedKnowledge(2 * BlockSeconds))), 30));
        Assert.Equal(At(new NoisyKnowledge(1.5), 28), At(new DelayedKnowledge(2 * BlockSeconds, new NoisyKnowledge(1.5)), 30));
    }

    [Fact]
    public void A_channel_that_carries_nothing_is_told_as_negative_infinity()
    {
        var dead = new Listed([0], 1);
        foreach (var estimator in All)
        {
            Assert.Equal(double.NegativeInfinity, estimator.EstimateDb(dead, 0, Key, 0));
        }
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Bad_times_and_channels_are_refused(IChannelEstimator estimator)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        foreach (var time in new[] { double.NaN, -1e-9, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>("timeSeconds", () => estimator.EstimateDb(Channel, time, Key, 0));
        }

        Assert.Throws<ArgumentNullException>("channel", () => estimator.EstimateDb(null!, 0, Key, 0));
    }

    [Fact]
    public void Bad_parameters_are_refused_by_name()
    {
        foreach (var bad in new[] { double.NaN, -0.1, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>("DelaySeconds", () => new DelayedKnowledge(bad));
            Assert.Throws<ArgumentOutOfRangeException>("StandardDeviationDb", () => new NoisyKnowledge(bad));
            Assert.Throws<ArgumentOutOfRangeException>("StepDb", () => new QuantisedKnowledge(bad));
        }

        Assert.Throws<ArgumentOutOfRangeException>("StepDb", () => new QuantisedKnowledge(0));
        Assert.Throws<ArgumentOutOfRangeException>("thresholdsDb.Length", () => new ReportedLevel([]));
        Assert.Throws<ArgumentOutOfRangeException>("thresholdsDb[1]", () => new ReportedLevel([1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("thresholdsDb[2]", () => new ReportedLevel([1, 2, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>("thresholdsDb[0]", () => new ReportedLevel([double.NegativeInfinity, 2]));
        Assert.Throws<ArgumentOutOfRangeException>("snrDb", () => new ReportedLevel([1, 2]).LevelOf(double.NaN));
    }

    private static double At(IChannelEstimator estimator, int block) =>
        estimator.EstimateDb(Channel, (block * BlockSeconds) + Middle, Key, 5);

    private static double[] TrueSnr(int blocks)
    {
        var snr = new double[blocks];
        Channel.FillSnr(0, snr);
        return snr;
    }

    private sealed class Listed(double[] snrLinear, double blockSeconds) : ISnrProcess
    {
        public double BlockSeconds => blockSeconds;

        public void FillSnr(long firstBlock, Span<double> destination) =>
            snrLinear.AsSpan((int)firstBlock, destination.Length).CopyTo(destination);
    }
}
