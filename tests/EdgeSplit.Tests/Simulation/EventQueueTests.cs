using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Simulation;

public sealed class EventQueueTests
{
    [Fact]
    public void Events_leave_in_order_of_time_and_of_entry_among_equals()
    {
        var queue = new EventQueue<int>();
        var random = new RandomSource(StreamKey.Create(1, "events"));
        var entered = Enumerable.Range(0, 500).Select(i => (Time: (double)random.NextInt32(20), Item: i)).ToArray();
        foreach (var (time, item) in entered)
        {
            queue.Schedule(time, item);
        }

        Assert.Equal(500, queue.Count);
        var left = new List<(double, int)>();
        while (queue.TryNext(out var item))
        {
            left.Add((queue.NowSeconds, item));
        }

        Assert.Equal(entered.OrderBy(e => e.Time).ThenBy(e => e.Item), left);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void The_clock_does_not_run_backwards()
    {
        var queue = new EventQueue<string>();
        queue.Schedule(5, "a");
        Assert.True(queue.TryNext(out _));
        Assert.Equal(5, queue.NowSeconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Schedule(4.999, "b"));
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Schedule(double.NaN, "b"));
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Schedule(double.PositiveInfinity, "b"));
        queue.Schedule(5, "now");
        Assert.True(queue.TryNext(out var next));
        Assert.Equal("now", next);
        Assert.False(queue.TryNext(out _));
    }
}
