using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Tests.Wireless.Traces;

public sealed class RateTraceLaws
{
    [Fact]
    public void A_constant_rate_takes_exactly_size_over_rate()
    {
        foreach (var end in new[] { TraceEnd.Wrap, TraceEnd.Hold })
        {
            var trace = new RateTrace([0, 0.1, 0.1, 0.37, 2], [3.7e6, 99, 3.7e6, 3.7e6, 3.7e6], 3.3, end);
            Assert.Equal(3.7e6, trace.MeanBitsPerSecond);
            foreach (var (start, bits) in TraceText.Transfers(200, 100.0, 1e12))
            {
                Assert.Equal(bits / 3.7e6, trace.CompletionSeconds(0, bits));
                Assert.Equal(start + (bits / 3.7e6), trace.CompletionSeconds(start, bits));
            }
        }
    }

    [Theory]
    [InlineData(TraceEnd.Wrap)]
    [InlineData(TraceEnd.Hold)]
    [InlineData(TraceEnd.Stop)]
    public void A_ragged_trace_agrees_with_walking_row_by_row(TraceEnd end)
    {
        var trace = TraceText.Ragged(60, 1, end);
        var unreachable = 0;
        foreach (var (start, bits) in TraceText.Transfers(1000, 100.0, 2e8))
        {
            var (expected, actual) = (NaiveCompletion(trace, start, bits), trace.CompletionSeconds(start, bits));
            Assert.True(double.IsPositiveInfinity(expected) ? double.IsPositiveInfinity(actual) : Math.Abs(expected - actual) <= 1e-9 * (1 + expected), $"{start} {bits}: {actual}, not {expected}");
            unreachable += double.IsPositiveInfinity(actual) ? 1 : 0;
        }

        Assert.Equal(end == TraceEnd.Stop, unreachable > 0);
    }

    [Fact]
    public void Two_messages_back_to_back_end_when_one_of_the_joint_size_ends()
    {
        var trace = TraceText.Ragged(80, 2, TraceEnd.Wrap);
        foreach (var (start, bits) in TraceText.Transfers(500, 300.0, 3e8))
        {
            foreach (var part in new[] { 0.0, 0.01, 0.37, 0.99, 1.0 })
            {
                var joint = trace.CompletionSeconds(start, bits);
                var second = trace.CompletionSeconds(trace.CompletionSeconds(start, bits * part), bits * (1 - part));
                Assert.InRange(trace.Bits(Math.Min(joint, second), Math.Max(joint, second)), 0, (1e-11 * bits) + 1e-4); // rounding of the absolute time x rate
            }
        }
    }

    [Theory]
    [InlineData(TraceEnd.Wrap)]
    [InlineData(TraceEnd.Hold)]
    public void Bits_and_completion_are_inverse(TraceEnd end)
    {
        var trace = TraceText.Ragged(80, 3, end);
        foreach (var (start, bits) in TraceText.Transfers(1000, 200.0, 3e8))
        {
            Assert.Equal(bits, trace.Bits(start, trace.CompletionSeconds(start, bits)), (1e-11 * bits) + 1e-4);
        }
    }

    [Fact]
    public void What_a_stopping_trace_carries_until_its_end_is_reachable_and_ends_there_or_before()
    {
        var trace = TraceText.Ragged(80, 4, TraceEnd.Stop);
        foreach (var (start, _) in TraceText.Transfers(500, trace.DurationSeconds, 10))
        {
            var left = trace.Bits(start, trace.DurationSeconds);
            Assert.InRange(trace.CompletionSeconds(start, left), start, trace.DurationSeconds);
            Assert.Equal(double.PositiveInfinity, trace.CompletionSeconds(start, (left * 1.000001) + 1));
            Assert.Equal(left, trace.Bits(start, 1e9));
        }
    }

    [Fact]
    public void Completion_does_not_fall_with_size()
    {
        foreach (var end in Enum.GetValues<TraceEnd>())
        {
            var trace = TraceText.Ragged(40, 5, end);
            foreach (var start in new[] { 0.0, 1.234, 17.7, 1000.5 })
            {
                var previous = start;
                for (var bits = 1e-6; bits < 1e9; bits = (bits * 1.01) + 100)
                {
                    var completion = trace.CompletionSeconds(start, bits);
                    Assert.True(completion >= previous, $"{end} {start} {bits}");
                    previous = completion;
                }
            }
        }
    }

    [Fact]
    public void Completion_does_not_fall_with_the_start_and_is_never_before_it()
    {
        foreach (var end in Enum.GetValues<TraceEnd>())
        {
            var trace = TraceText.Ragged(40, 6, end);
            foreach (var bits in new[] { 1e-3, 1e4, 1e6, 1e8 })
            {
                var previous = 0.0;
                for (var start = 0.0; start < 60; start += 0.0171)
                {
                    var completion = trace.CompletionSeconds(start, bits);
                    Assert.True(completion >= start && completion >= previous * (1 - 1e-13), $"{end} {start} {bits}");
                    previous = completion;
                }
            }
        }
    }

    [Fact]
    public void Wrapping_equals_an_unrolled_trace()
    {
        var once = new RateTrace([0, 1, 1, 3, 4], [10e6, 7, 0, 20e6, 5e6], 6.0);
        var cycles = Enumerable.Range(0, 50).ToArray();
        var unrolled = new RateTrace(
            [.. cycles.SelectMany(cycle => new[] { 0.0, 1, 1, 3, 4 }.Select(time => time + (6.0 * cycle)))],
            [.. cycles.SelectMany(_ => new[] { 10e6, 7, 0, 20e6, 5e6 })],
            300.0,
            TraceEnd.Stop);
        foreach (var (start, bits) in TraceText.Transfers(1000, 100.0, 1e9))
        {
            Assert.Equal(unrolled.CompletionSeconds(start, bits), once.CompletionSeconds(start, bits), 1e-9);
            Assert.Equal(unrolled.Bits(start, start + 33.3), once.Bits(start, start + 33.3), 1e-3);
            Assert.Equal(unrolled.RateAt(start), once.RateAt(start));
        }
    }

    [Fact]
    public void A_start_many_periods_in_is_the_same_as_within_the_first_one()
    {
        var trace = new RateTrace([0, 1, 3, 4], [10e6, 0, 20e6, 5e6], 6.0);
        foreach (var periods in new[] { 1.0, 7.0, 1e6, 1e9 })
        {
            foreach (var start in new[] { 0.0, 0.5, 1.0, 2.5, 3.0, 3.75, 5.5 })
            {
                var later = start + (6 * periods);
                Assert.Equal(trace.CompletionSeconds(start, 7e6) - start, trace.CompletionSeconds(later, 7e6) - later, 1e-14 * (later + 1) * 10);
                Assert.Equal(trace.RateAt(start), trace.RateAt(later));
                Assert.Equal(trace.Bits(start, start + 9), trace.Bits(later, later + 9), 1.0 + (1e-8 * later));
            }
        }

        Assert.Equal(6e9, trace.CompletionSeconds(0, 40e15), 1e-5); // a thousand million periods of 40 Mbit
    }

    [Fact]
    public void A_row_of_rate_zero_delays_and_a_message_that_fits_before_it_does_not_wait()
    {
        var trace = new RateTrace([0, 1, 4], [2e6, 0, 4e6], 5.0);
        Assert.Equal(1.0, trace.CompletionSeconds(0, 2e6));
        Assert.Equal(4.25, trace.CompletionSeconds(0, 3e6));
        Assert.Equal(4.5, trace.CompletionSeconds(2.5, 2e6));
        Assert.Equal(2.5, trace.CompletionSeconds(2.5, 0));
        Assert.Equal(0.0, trace.RateAt(3.999));
        Assert.Equal(4e6, trace.RateAt(4));
        Assert.Equal(2e6, trace.RateAt(5)); // wrapped
    }

    [Fact]
    public void A_trace_without_any_rate_is_valid_and_unreachable()
    {
        foreach (var end in Enum.GetValues<TraceEnd>())
        {
            var trace = new RateTrace([0, 1, 2], [0, 0, 0], 3.0, end);
            Assert.Equal(double.PositiveInfinity, trace.CompletionSeconds(0, 1));
            Assert.Equal(double.PositiveInfinity, trace.CompletionSeconds(1e6, 1e-300));
            Assert.Equal(7.7, trace.CompletionSeconds(7.7, 0));
            Assert.Equal((0.0, 0.0, 0.0), (trace.Bits(0, 1e6), trace.MeanBitsPerSecond, trace.RateAt(1.5)));
        }

        var dies = new RateTrace([0, 1], [5, 0], 2.0, TraceEnd.Hold);
        Assert.Equal(1.0, dies.CompletionSeconds(0, 5));
        Assert.Equal(double.PositiveInfinity, dies.CompletionSeconds(0, 5.001));
    }

    [Fact]
    public void The_last_value_holds_the_whole_wraps_or_nothing_follows()
    {
        double[] times = [0, 1];
        double[] rates = [1e6, 3e6];
        Assert.Equal(3.0, new RateTrace(times, rates, 2.0, TraceEnd.Hold).CompletionSeconds(0, 7e6));
        Assert.Equal(3.0 + (2.0 / 3), new RateTrace(times, rates, 2.0, TraceEnd.Wrap).CompletionSeconds(0, 7e6), 1e-12);
        Assert.Equal(double.PositiveInfinity, new RateTrace(times, rates, 2.0, TraceEnd.Stop).CompletionSeconds(0, 7e6));
        Assert.Equal((3e6, 1e6, 0.0), (
            new RateTrace(times, rates, 2.0, TraceEnd.Hold).RateAt(2.5),
            new RateTrace(times, rates, 2.0, TraceEnd.Wrap).RateAt(2.5),
            new RateTrace(times, rates, 2.0, TraceEnd.Stop).RateAt(2.5)));
    }

    [Fact]
    public void The_last_row_of_an_instant_holds()
    {
        var trace = new RateTrace([0, 1, 1, 1, 2], [1e6, 9e6, 9e9, 2e6, 4e6], 3.0);
        Assert.Equal(2e6, trace.RateAt(1));
        Assert.Equal(7e6, trace.Bits(0, 3));
        Assert.Equal(5, trace.Rows);
    }

    [Fact]
    public void A_zero_with_a_minus_sign_is_zero()
    {
        var trace = new RateTrace([0, -0.0, 1, 2], [7e6, 1e6, -0.0, 3e6], 3.0);
        Assert.Equal((1e6, 1e6, 0.0, 3e6), (trace.RateAt(0), trace.RateAt(-0.0), trace.RateAt(1.5), trace.RateAt(2)));
        Assert.Equal((2.0 + (1.0 / 3), 4e6), (trace.CompletionSeconds(-0.0, 2e6), trace.Bits(-0.0, 3)));
    }

    [Fact]
    public void Time_counts_from_the_first_row()
    {
        var trace = new RateTrace([3.5, 4.5], [1e6, 3e6], 2.0);
        Assert.Equal(3.5, trace.OriginSeconds);
        Assert.Equal(1e6, trace.RateAt(0));
        Assert.Equal(3e6, trace.RateAt(1));
    }

    [Fact]
    public void The_end_is_stated_or_one_more_step_and_it_cuts_the_tail()
    {
        Assert.Equal(9.0, new RateTrace([0, 4, 6.5, 6.5], [1, 1, 1, 1]).DurationSeconds);
        Assert.Equal(1.0, new RateTrace([5], [1]).DurationSeconds);
        Assert.Equal(1.0, new RateTrace([5, 5], [1, 2]).DurationSeconds);
        var cut = new RateTrace([0, 1, 2, 3], [1e6, 2e6, 5e6, 7e6], 1.5);
        Assert.Equal((2, 1.5, 2e6), (cut.Rows, cut.DurationSeconds, cut.Bits(0, 1.5)));
        Assert.Equal(1e6, cut.RateAt(1.5));
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        var trace = TraceText.Ragged(5, 9, TraceEnd.Wrap);
        foreach (var bad in new[] { double.NaN, -1.0 })
        {
            Assert.Equal("startSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => trace.CompletionSeconds(bad, 1)).ParamName);
            Assert.Equal("bits", Assert.Throws<ArgumentOutOfRangeException>(() => trace.CompletionSeconds(0, bad)).ParamName);
            Assert.Equal("startSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => trace.Bits(bad, 1)).ParamName);
            Assert.Equal("endSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => trace.Bits(0.5, bad)).ParamName);
            Assert.Equal("seconds", Assert.Throws<ArgumentOutOfRangeException>(() => trace.RateAt(bad)).ParamName);
            Assert.Equal("durationSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => new RateTrace([0], [1], bad)).ParamName);
            Assert.Equal("timesSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => new RateTrace([bad], [1])).ParamName);
            Assert.Equal("ratesBitsPerSecond", Assert.Throws<ArgumentOutOfRangeException>(() => new RateTrace([0], [bad])).ParamName);
        }

        Assert.Equal("timesSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => new RateTrace([1, 0.5], [1, 1])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateTrace([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => new RateTrace([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => trace.RateAt(1e300));
        Assert.Equal(double.PositiveInfinity, trace.CompletionSeconds(0, double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, trace.CompletionSeconds(double.PositiveInfinity, 1));
    }

    private static double NaiveCompletion(RateTrace trace, double start, double bits)
    {
        var rows = trace.Rows;
        for (double period = 0, left = bits; period < 10_000; period++)
        {
            for (var row = 0; row < rows; row++)
            {
                var end = (period * trace.DurationSeconds) + (row + 1 < rows ? trace.RowStartsSeconds[row + 1] : trace.DurationSeconds);
                var from = Math.Max(start, (period * trace.DurationSeconds) + trace.RowStartsSeconds[row]);
                var rate = trace.End == TraceEnd.Stop && period > 0 ? 0.0
                    : trace.End == TraceEnd.Hold && period > 0 ? trace.RowRatesBitsPerSecond[rows - 1]
                    : trace.RowRatesBitsPerSecond[row];
                if (end <= from)
                {
                    continue;
                }

                if (rate > 0 && left <= rate * (end - from))
                {
                    return from + (left / rate);
                }

                left -= rate * (end - from);
            }
        }

        return double.PositiveInfinity;
    }
}
