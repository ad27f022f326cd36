using EdgeSplit.Core.Wireless.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeSplit.Tests.Wireless.Traces;

public sealed class MahimahiTraceLaws
{
    [Fact]
    public void Replay_delivers_exactly_the_bytes_that_the_file_allows_in_any_window()
    {
        Prop.ForAll(Schedules(), Windows(), (schedule, window) =>
        {
            var trace = new MahimahiTrace(schedule);
            var (startMs, lengthMs) = window;
            return trace.Bits(startMs / 1000.0, (startMs + lengthMs) / 1000.0) == 12_000.0 * AllowedOpportunities(schedule, startMs, startMs + lengthMs);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(1, 3));
    }

    [Fact]
    public void A_message_ends_when_naive_accounting_byte_by_byte_says_so()
    {
        Prop.ForAll(Schedules(), Windows(), (schedule, window) =>
        {
            var trace = new MahimahiTrace(schedule);
            var (startMs, bytes) = (window.Item1, 1 + (37L * window.Item2));
            return trace.CompletionSeconds(startMs / 1000.0, 8.0 * bytes) == NaiveCompletionMs(schedule, startMs, bytes) / 1000.0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(2, 5));
    }

    [Fact]
    public void Bits_up_to_a_completion_cover_the_size_and_one_millisecond_less_does_not()
    {
        var trace = new MahimahiTrace([0, 0, 3, 9, 9, 9, 20]);
        for (var startMs = 0; startMs < 70; startMs++)
        {
            for (var bits = 100.0; bits < 400_000; bits += 1700)
            {
                var end = trace.CompletionSeconds(startMs / 1000.0, bits);
                Assert.True(trace.Bits(startMs / 1000.0, end) >= bits);
                Assert.True(trace.Bits(startMs / 1000.0, Math.Round((end * 1000) - 1) / 1000.0) < bits);
            }
        }
    }

    [Fact]
    public void Messages_of_whole_opportunities_add_where_no_instant_repeats()
    {
        var trace = new MahimahiTrace([1, 4, 5, 17, 30]);
        foreach (var (start, size) in TraceText.Transfers(300, 0.2, 100))
        {
            var (first, second) = (12_000 * Math.Ceiling(size), 24_000.0);
            Assert.Equal(trace.CompletionSeconds(start, first + second), trace.CompletionSeconds(trace.CompletionSeconds(start, first), second));
        }
    }

    [Fact]
    public void A_message_that_arrives_at_the_completion_of_another_is_never_earlier_than_one_that_was_queued_behind_it()
    {
        var trace = new MahimahiTrace([0, 20, 20, 20, 35]);
        var later = 0;
        foreach (var (start, size) in TraceText.Transfers(500, 0.2, 200_000))
        {
            var arrived = trace.CompletionSeconds(trace.CompletionSeconds(start, size), 9_000);
            var queued = trace.CompletionSeconds(start, size + 9_000);
            Assert.True(arrived >= queued);
            later += arrived > queued ? 1 : 0;
        }

        Assert.True(later > 0); // what is left of the millisecond is lost to the arrival
    }

    [Fact]
    public void Completion_does_not_fall_with_size_or_start()
    {
        var trace = new MahimahiTrace([0, 0, 3, 9, 9, 9, 20]);
        for (var bits = 1.0; bits < 300_000; bits += 5_900)
        {
            var previous = 0.0;
            for (var start = 0.0; start < 0.1; start += 0.00037)
            {
                var end = trace.CompletionSeconds(start, bits);
                Assert.True(end > start && end >= previous && trace.CompletionSeconds(start, bits + 3_000) >= end);
                previous = end;
            }
        }
    }

    [Fact]
    public void Wrapping_equals_an_unrolled_file()
    {
        uint[] once = [0, 0, 3, 9, 9, 20];
        var unrolled = Enumerable.Range(0, 40).SelectMany(cycle => once.Select(stamp => stamp + (20 * (uint)cycle))).ToArray();
        var (wrapped, flat) = (new MahimahiTrace(once), new MahimahiTrace(unrolled, TraceEnd.Stop));
        foreach (var (start, bits) in TraceText.Transfers(500, 0.35, 1e6))
        {
            Assert.Equal(flat.CompletionSeconds(start, bits), wrapped.CompletionSeconds(start, bits));
            Assert.Equal(flat.Bits(start, start + 0.123), wrapped.Bits(start, start + 0.123));
        }
    }

    [Fact]
    public void Far_into_the_replay_everything_repeats_shifted_by_whole_periods()
    {
        var trace = new MahimahiTrace([0, 5, 5, 5, 40]);
        for (var startMs = 0L; startMs < 90; startMs++)
        {
            const long laterMs = 40L * 1_000_000_000;
            Assert.Equal(
                Math.Round(trace.CompletionSeconds(startMs / 1000.0, 100_000) * 1000) + laterMs,
                Math.Round(trace.CompletionSeconds((startMs + laterMs) / 1000.0, 100_000) * 1000));
            Assert.Equal(trace.Bits(startMs / 1000.0, (startMs + 17) / 1000.0), trace.Bits((startMs + laterMs) / 1000.0, (startMs + 17 + laterMs) / 1000.0));
        }

        Assert.Equal(trace.MeanBitsPerSecond * 1e6, trace.Bits(0, 1e6), 1e-6); // whole periods: no rounding but that of the mean
        Assert.Equal(1e15 / trace.MeanBitsPerSecond, trace.CompletionSeconds(0, 1e15), 1.0);
    }

    [Fact]
    public void A_first_value_of_zero_falls_on_the_last_of_the_cycle_before()
    {
        var trace = new MahimahiTrace([0, 10]);
        Assert.Equal(0.01, trace.CompletionSeconds(0, 12_000)); // the opportunity at 0 is not strictly after the arrival
        Assert.Equal(0.01, trace.CompletionSeconds(0, 24_000)); // the last of cycle 0 and the first of cycle 1
        Assert.Equal(0.02, trace.CompletionSeconds(0, 24_001));
        Assert.Equal(24_000.0, trace.Bits(0.009, 0.01));
        Assert.Equal(0.0, trace.Bits(0.01, 0.0199));
        Assert.Equal(2 * 12e6, trace.RateAt(0.0095));
        Assert.Equal(0.0, trace.RateAt(0.01));
    }

    [Fact]
    public void A_start_may_lie_between_milliseconds_and_a_completion_may_be_a_start()
    {
        var trace = new MahimahiTrace([1, 2, 3, 57, 1001]);
        Assert.Equal(0.002, trace.CompletionSeconds(0.0015, 12_000));
        var time = 0.0;
        foreach (var expectedMs in new[] { 1, 2, 3, 57, 1001, 1002, 1003, 1004, 1058, 2002, 2003 })
        {
            time = trace.CompletionSeconds(time, 12_000);
            Assert.Equal(expectedMs / 1000.0, time);
        }
    }

    [Fact]
    public void A_file_that_stops_leaves_what_it_never_carries_unreachable()
    {
        var trace = new MahimahiTrace([1, 2, 3], TraceEnd.Stop);
        Assert.Equal(0.003, trace.CompletionSeconds(0, 36_000));
        Assert.Equal(double.PositiveInfinity, trace.CompletionSeconds(0, 36_001));
        Assert.Equal(double.PositiveInfinity, trace.CompletionSeconds(0.003, 1));
        Assert.Equal(5.0, trace.CompletionSeconds(5, 0));
        Assert.Equal(36_000.0, trace.Bits(0, 1000));
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        var trace = new MahimahiTrace([1, 2]);
        foreach (var bad in new[] { double.NaN, -1.0 })
        {
            Assert.Equal("startSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => trace.CompletionSeconds(bad, 1)).ParamName);
            Assert.Equal("bits", Assert.Throws<ArgumentOutOfRangeException>(() => trace.CompletionSeconds(0, bad)).ParamName);
            Assert.Equal("startSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => trace.Bits(bad, 1)).ParamName);
            Assert.Equal("endSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => trace.Bits(0.5, bad)).ParamName);
            Assert.Equal("seconds", Assert.Throws<ArgumentOutOfRangeException>(() => trace.RateAt(bad)).ParamName);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => trace.Bits(0, 1e300));
        Assert.Equal(double.PositiveInfinity, trace.CompletionSeconds(0, double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, trace.CompletionSeconds(0, 1e300));
        Assert.Equal("end", Assert.Throws<ArgumentException>(() => new MahimahiTrace([1], TraceEnd.Hold)).ParamName);
        Assert.Contains("2 ms follows 3 ms", Assert.Throws<ArgumentException>(() => new MahimahiTrace([3, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MahimahiTrace([0, 0]));
        Assert.Throws<ArgumentException>(() => new MahimahiTrace([]));
    }

    /// <summary>Opportunities strictly after the start and not after the end, walking millisecond by millisecond over the cycles.</summary>
    private static long AllowedOpportunities(uint[] schedule, long startMs, long endMs)
    {
        var count = 0L;
        for (var baseMs = 0L; baseMs <= endMs; baseMs += schedule[^1])
        {
            count += schedule.Count(stamp => baseMs + stamp > startMs && baseMs + stamp <= endMs);
        }

        return count;
    }

    private static long NaiveCompletionMs(uint[] schedule, long startMs, long bytes)
    {
        for (var baseMs = 0L; ; baseMs += schedule[^1])
        {
            foreach (var stamp in schedule)
            {
                if (baseMs + stamp > startMs && (bytes -= 1500) <= 0)
                {
                    return baseMs + stamp;
                }
            }
        }
    }

    private static Arbitrary<uint[]> Schedules() =>
        Gen.Choose(0, 12).Select(step => step < 5 ? 0 : step - 4).ArrayOf().Where(steps => steps.Sum() > 0).Select(Sums).ToArbitrary();

    private static Arbitrary<Tuple<int, int>> Windows() => Gen.Choose(0, 400).Zip(Gen.Choose(0, 400), Tuple.Create).ToArbitrary();

    private static uint[] Sums(int[] steps)
    {
        var sum = 0u;
        return [.. steps.Select(step => sum += (uint)step)];
    }
}
