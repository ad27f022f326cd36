using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless.Transfers;

public sealed class LinkTimelineLaws
{
    [Fact]
    public void A_constant_link_takes_exactly_size_over_rate()
    {
        var timeline = new LinkTimeline(new ConstantEfficiencyProcess(3.7));
        for (var size = 1e-9; size < 1e4; size *= 3.1)
        {
            Assert.Equal(size / 3.7, timeline.CompletionSeconds(0, size));
            Assert.Equal(12.3 + (size / 3.7), timeline.CompletionSeconds(12.3, size));
        }
    }

    [Fact]
    public void A_constant_link_cut_into_blocks_takes_size_over_rate_to_rounding()
    {
        var timeline = new LinkTimeline(new ConstantEfficiencyProcess(3.7, 0.0173));
        for (var size = 1e-9; size < 1e4; size *= 3.1)
        {
            Assert.Equal(5.25 + (size / 3.7), timeline.CompletionSeconds(5.25, size), 1e-9);
        }
    }

    [Fact]
    public void A_ragged_link_agrees_with_adding_up_block_by_block()
    {
        var process = TimelineCases.Ragged(1000, 0.037, 1);
        var values = new double[4000];
        process.Fill(0, values);
        var timeline = new LinkTimeline(process);
        foreach (var (start, size) in TimelineCases.Queries(500, 20.0, 60.0))
        {
            Assert.Equal(Naive(values, 0.037, start, size), timeline.CompletionSeconds(start, size), 1e-9);
        }
    }

    [Fact]
    public void Two_messages_back_to_back_end_when_one_of_the_joint_size_ends()
    {
        foreach (var process in TimelineCases.Processes())
        {
            var timeline = new LinkTimeline(process);
            foreach (var (start, size) in TimelineCases.Queries(300, 30.0, 40.0))
            {
                foreach (var part in new[] { 0.0, 0.01, 0.37, 0.99, 1.0 })
                {
                    var joint = timeline.CompletionSeconds(start, size);
                    var second = timeline.CompletionSeconds(timeline.CompletionSeconds(start, size * part), size * (1 - part));
                    Assert.InRange(timeline.BitsPerHertz(Math.Min(joint, second), Math.Max(joint, second)), 0, (1e-11 * size) + 1e-13); // 1e-13: rounding of the absolute time
                }
            }
        }
    }

    [Fact]
    public void Completion_inverts_the_bits()
    {
        foreach (var process in TimelineCases.Processes())
        {
            var timeline = new LinkTimeline(process);
            foreach (var (start, size) in TimelineCases.Queries(500, 30.0, 40.0))
            {
                Assert.Equal(size, timeline.BitsPerHertz(start, timeline.CompletionSeconds(start, size)), 1e-11 * (size + 1));
            }
        }
    }

    [Fact]
    public void Completion_does_not_fall_with_size()
    {
        foreach (var process in TimelineCases.Processes())
        {
            var timeline = new LinkTimeline(process);
            var previous = 1.234;
            for (var size = 1e-12; size < 200; size = (size * 1.01) + 1e-4)
            {
                var end = timeline.CompletionSeconds(1.234, size);
                Assert.True(end >= previous);
                previous = end;
            }
        }
    }

    [Fact]
    public void Completion_does_not_fall_with_the_start_and_is_never_before_it()
    {
        foreach (var process in TimelineCases.Processes())
        {
            var timeline = new LinkTimeline(process);
            foreach (var size in new[] { 1e-9, 0.01, 1, 30 })
            {
                var previous = 0.0;
                for (var start = 0.0; start < 20; start += 0.0077)
                {
                    var end = timeline.CompletionSeconds(start, size);
                    Assert.True(end >= start);
                    Assert.True(end >= previous * (1 - 1e-13), $"start {start}");
                    previous = end;
                }
            }
        }
    }

    [Fact]
    public void Bits_add_over_time()
    {
        var timeline = new LinkTimeline(TimelineCases.Ragged(900, 0.013, 5));
        foreach (var (start, length) in TimelineCases.Queries(400, 30.0, 60.0))
        {
            var middle = start + (0.3 * length);
            var whole = timeline.BitsPerHertz(start, start + length);
            Assert.Equal(whole, timeline.BitsPerHertz(start, middle) + timeline.BitsPerHertz(middle, start + length), 1e-10);
        }

        Assert.Equal(0.0, timeline.BitsPerHertz(3.3, 3.3));
    }

    [Fact]
    public void A_message_waits_through_an_outage_and_its_predecessor_ends_before()
    {
        // 1 s at 2 bit/s/Hz, then 3 s of nothing, then 4 bit/s/Hz.
        var timeline = new LinkTimeline(new PiecewiseEfficiencyProcess(1.0, [2, 0, 0, 0, 4]));
        Assert.Equal(1.0, timeline.CompletionSeconds(0, 2), 1e-15);
        Assert.Equal(4.25, timeline.CompletionSeconds(0, 3), 1e-15);
        Assert.Equal(4.5, timeline.CompletionSeconds(2.5, 2), 1e-15);
        Assert.Equal(2.5, timeline.CompletionSeconds(2.5, 0));
        Assert.Equal(0.0, timeline.EfficiencyAt(3.999));
        Assert.Equal(4.0, timeline.EfficiencyAt(4));
    }

    [Fact]
    public void A_deep_fade_delays_but_is_finite()
    {
        var timeline = new LinkTimeline(new PiecewiseEfficiencyProcess(0.01, [1e-12, 1e-300, 1, 1e-9], PiecewiseExtension.Wrap));
        Assert.Equal(0.025, timeline.CompletionSeconds(0, 0.005), 1e-9);
        Assert.Equal(1.025, timeline.CompletionSeconds(0, 0.255), 1e-7);
    }

    [Fact]
    public void A_dead_link_is_unreachable()
    {
        foreach (var process in new IEfficiencyProcess[]
        {
            new ConstantEfficiencyProcess(0), new ConstantEfficiencyProcess(0, 0.01), new PiecewiseEfficiencyProcess(0.01, [3, 2, 0]),
        })
        {
            var timeline = new LinkTimeline(process);
            Assert.Equal(double.PositiveInfinity, timeline.CompletionSeconds(0, 1));
            Assert.Equal(double.PositiveInfinity, timeline.CompletionSeconds(17.7, 1));
            Assert.Equal(17.7, timeline.CompletionSeconds(17.7, 0));
        }
    }

    [Fact]
    public void Beyond_the_horizon_a_transfer_is_unreachable_and_below_it_is_not()
    {
        foreach (var blockSeconds in new[] { 1e9, 0.5 })
        {
            var timeline = new LinkTimeline(new ConstantEfficiencyProcess(1.0, blockSeconds), horizonSeconds: 10);
            Assert.Equal(10.0, timeline.CompletionSeconds(0, 10));
            Assert.Equal(double.PositiveInfinity, timeline.CompletionSeconds(0, 10.0001));
            Assert.Equal(13.0, timeline.CompletionSeconds(4, 9));
        }

        Assert.Equal(3600.0, new LinkTimeline(new ConstantEfficiencyProcess(1)).HorizonSeconds);
    }

    private static double Naive(double[] values, double blockSeconds, double start, double size)
    {
        var block = (int)Math.Floor(start / blockSeconds);
        for (var time = start; ; block++)
        {
            var end = (block + 1) * blockSeconds;
            if (values[block] * (end - time) >= size)
            {
                return time + (size / values[block]);
            }

            size -= values[block] * (end - time);
            time = end;
        }
    }
}
