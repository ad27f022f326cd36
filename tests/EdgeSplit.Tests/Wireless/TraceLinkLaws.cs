using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Traces;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless;

public sealed class TraceLinkLaws
{
    // Up: 1 Mbit/s for 10 s, nothing for 10 s, 4 Mbit/s for 10 s, 3 Mbit/s for 10 s; mean 2 Mbit/s. Down: three times that.
    private static readonly TraceLink Link = new()
    {
        Uplink = new RateTrace([0, 10, 20, 30], [1e6, 0, 4e6, 3e6], 40),
        Downlink = new RateTrace([0, 10, 20, 30], [3e6, 0, 12e6, 9e6], 40),
        UplinkDelay = new MessageDelay(0, 0, 0),
        DownlinkDelay = new MessageDelay(0, 0, 0),
        RadioEnergy = RadioEnergyModel.Lte,
    };

    private static readonly ILinkSampler Sampler = Link.CreateSampler();

    [Theory]
    [InlineData(0, 1.5)] // by wrap: the last 5 s of the recording, 3 Mbit/s over a mean of 2
    [InlineData(2, 1.1)] // (2 s x 1 + 3 s x 3) / 5 s / 2
    [InlineData(10, 0.5)]
    [InlineData(12.5, 0.25)]
    [InlineData(15, 0.01)] // nothing in the window: -20 dB, not minus infinity
    [InlineData(25, 2)]
    [InlineData(40, 1.5)]
    [InlineData(4002, 1.1)]
    public void The_level_is_the_recent_throughput_over_the_mean(double traceSeconds, double ratio) =>
        Assert.Equal(10 * Math.Log10(ratio), LevelAtDb(Link, traceSeconds), 1e-9);

    [Fact]
    public void A_window_may_be_longer_than_the_recording()
    {
        Assert.Equal(0, LevelAtDb(Link with { WindowSeconds = 400 }, 0), 1e-9);
        Assert.Equal(0, LevelAtDb(Link with { WindowSeconds = 400 }, 17), 1e-9);
        Assert.Equal(10 * Math.Log10(2.0), LevelAtDb(Link with { WindowSeconds = 1 }, 21), 1e-9);
    }

    [Fact]
    public void A_user_is_somewhere_in_the_recording_and_time_goes_on_from_there()
    {
        for (var user = 0UL; user < 200; user++)
        {
            var start = Start(user);
            foreach (var seconds in new[] { 0, 3.7, 55, 1e4 })
            {
                Assert.Equal(LevelAtDb(Link, start + seconds), Sampler.LevelDb(9, user, seconds), 1e-9);
            }
        }

        // The starts are uniform: Kolmogorov-Smirnov at 1e-3.
        var starts = Enumerable.Range(0, 2000).Select(user => Start((ulong)user) / 40).Order().ToArray();
        Assert.True(Enumerable.Range(0, starts.Length).Max(i => Math.Abs(starts[i] - ((i + 0.5) / starts.Length))) * Math.Sqrt(starts.Length) < 1.95);
    }

    [Fact]
    public void Blocks_carry_what_the_trace_carries_from_the_users_place_on_whatever_the_bias()
    {
        for (var user = 0UL; user < 20; user++)
        {
            var session = new LinkSession(9, user, 4, 6.5, 0, 0, 0);
            var start = Start(user) + 6.5;
            foreach (var (direction, trace) in new[] { (LinkDirection.Uplink, Link.Uplink), (LinkDirection.Downlink, Link.Downlink) })
            {
                var blocks = new double[5000];
                Sampler.Create(direction, session).Fill(0, blocks);
                Assert.Equal(trace.Bits(start, start + 50), blocks.Sum() * 0.01, 1);
                Assert.Equal(trace.Bits(start + 12.34, start + 12.35) / 0.01, blocks[1234], 1e-3);
                var biased = new double[5000];
                Sampler.Create(direction, session with { BiasDb = 7, LevelDb = -3, Request = 8 }).Fill(0, biased);
                Assert.Equal(blocks, biased);
            }
        }
    }

    [Fact]
    public void Both_directions_start_at_one_time_in_the_real_and_in_every_imagined_course()
    {
        for (var user = 0UL; user < 20; user++)
        {
            foreach (var future in new[] { 0, 1, 2, 3 })
            {
                var session = new LinkSession(9, user, user, 2, 0, 0, future);
                var (up, down) = (new double[4000], new double[4000]);
                Sampler.Create(LinkDirection.Uplink, session).Fill(0, up);
                Sampler.Create(LinkDirection.Downlink, session).Fill(0, down);
                Assert.All(up.Zip(down), pair => Assert.Equal(3 * pair.First, pair.Second, 1e-2));
            }
        }
    }

    [Fact]
    public void Other_futures_share_the_present_block_and_start_where_the_throughput_was_alike()
    {
        // A slow and a fast half; every second has a rate of its own, which says where a course was taken from.
        var (times, rates) = (new double[2000], new double[2000]);
        for (var second = 0; second < times.Length; second++)
        {
            (times[second], rates[second]) = (second, (second < 1000 ? 1e6 : 9e6) + (100 * second));
        }

        var link = Link with { Uplink = new RateTrace(times, rates, 2000) };
        var sampler = link.CreateSampler();
        var isFast = 0;
        for (var user = 0UL; user < 40; user++)
        {
            var level = sampler.LevelDb(2, user, 30);
            var courses = Enumerable.Range(0, 4).Select(future => Blocks(new LinkSession(2, user, user, 30, level, 0, future))).ToArray();
            Assert.All(courses, course => Assert.Equal(courses[0][0], course[0]));
            Assert.Equal(4, courses.Select(course => string.Join(' ', course)).Distinct().Count());
            Assert.All(courses.Skip(1), course => Assert.Equal(level, LevelAtDb(link, Place(course[1])), 0.5));
            isFast += courses[0][0] > 5e6 ? 1 : 0;
        }

        Assert.InRange(isFast, 8, 32);

        double Place(double rate) => (rate - (rate > 5e6 ? 9e6 : 1e6)) / 100;

        double[] Blocks(LinkSession session)
        {
            var blocks = new double[600];
            sampler.Create(LinkDirection.Uplink, session).Fill(0, blocks);
            return blocks;
        }
    }

    [Fact]
    public void The_nominal_rate_is_the_mean_times_the_level()
    {
        Assert.Equal(2e6, Link.Nominal(LinkDirection.Uplink).At(0), 1e-6);
        Assert.Equal(6e7, Link.Nominal(LinkDirection.Downlink).At(10), 1e-3);
        Assert.Equal((1.0, 1.0, 0.0, 1.0), (Link.UplinkGrantedHz, Link.DownlinkGrantedHz, Link.DownlinkOffsetDb, Link.CoveredShare));
        Assert.False(Sampler.IsLevelConstant);
    }

    [Fact]
    public void The_median_level_is_that_of_the_times_of_the_recording()
    {
        var levels = Enumerable.Range(0, 40_000).Select(i => LevelAtDb(Link, (i + 0.5) * 1e-3)).Order().ToArray();
        Assert.Equal(levels[20_000], Link.MedianLevelDb, 0.3);
    }

    [Fact]
    public void Traces_that_end_or_carry_nothing_and_bad_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>("Uplink", () => Link with { Uplink = new RateTrace([0], [1e6], 10, TraceEnd.Stop) });
        Assert.Throws<ArgumentException>("Downlink", () => Link with { Downlink = new RateTrace([0], [1e6], 10, TraceEnd.Hold) });
        Assert.Throws<ArgumentException>("Uplink", () => Link with { Uplink = new RateTrace([0], [0], 10) });
        Assert.Throws<ArgumentNullException>("Uplink", () => Link with { Uplink = null! });
        Assert.Throws<ArgumentOutOfRangeException>("BlockSeconds", () => Link with { BlockSeconds = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("WindowSeconds", () => Link with { WindowSeconds = double.NaN });
        Assert.Throws<ArgumentNullException>("RadioEnergy", () => Link with { RadioEnergy = null! });
    }

    // Where a user starts; the law above shows that it is there.
    private static double Start(ulong user, TraceLink? link = null) => TraceOffset.Uniform((link ?? Link).Uplink, StreamKey.Create(9, "channel/trace"), user);

    // The level at a time of the recording: user 0 comes past it, a period or more after the start.
    private static double LevelAtDb(TraceLink link, double traceSeconds) =>
        link.CreateSampler().LevelDb(9, 0, traceSeconds + link.Uplink.DurationSeconds - Start(0, link));
}
