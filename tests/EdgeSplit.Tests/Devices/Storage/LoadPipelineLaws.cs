using EdgeSplit.Core.Devices.Storage;

namespace EdgeSplit.Tests.Devices.Storage;

public sealed class LoadPipelineLaws
{
    [Fact]
    public void The_recursion_equals_the_heaviest_path()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (load, compute) = Times(seed, 1 + (seed % 17));
            var heaviest = 0.0;
            for (var j = 0; j < load.Length; j++)
            {
                heaviest = Math.Max(heaviest, load.Take(j + 1).Sum() + compute.Skip(j).Sum());
            }

            Assert.Equal(heaviest, LoadPipeline.Seconds(load, compute), 1e-12);
        }
    }

    [Fact]
    public void A_limited_buffer_equals_a_replay_of_events()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (load, compute) = Times(seed, 12);
            for (var buffered = 1; buffered <= 13; buffered++)
            {
                // The definition, layer by layer, by the whole history.
                var loaded = new double[12];
                var done = new double[12];
                for (var l = 0; l < 12; l++)
                {
                    loaded[l] = Math.Max(l > 0 ? loaded[l - 1] : 0, l >= buffered ? done[l - buffered] : 0) + load[l];
                    done[l] = Math.Max(l > 0 ? done[l - 1] : 0, loaded[l]) + compute[l];
                }

                Assert.Equal(done[11], LoadPipeline.Seconds(load, compute, buffered), 1e-12);
            }
        }
    }

    [Fact]
    public void It_lies_between_the_longer_of_the_two_and_their_sum_and_more_room_never_hurts()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (load, compute) = Times(seed, 20);
            var last = double.PositiveInfinity;
            for (var buffered = 1; buffered <= 21; buffered++)
            {
                var seconds = LoadPipeline.Seconds(load, compute, buffered);
                Assert.InRange(seconds, Math.Max(load.Sum(), compute.Sum()) - 1e-12, load.Sum() + compute.Sum() + 1e-12);
                Assert.True(seconds <= last + 1e-12);
                last = seconds;
            }

            Assert.Equal(load.Sum() + compute.Sum(), LoadPipeline.Seconds(load, compute, 1), 1e-12);
            Assert.Equal(LoadPipeline.Seconds(load, compute), last);
        }
    }

    [Fact]
    public void Resident_layers_compute_at_once_and_nothing_takes_no_time()
    {
        Assert.Equal(6, LoadPipeline.Seconds([0, 0, 0], [1, 2, 3]));
        Assert.Equal(0, LoadPipeline.Seconds([], []));
        Assert.Equal(5, LoadPipeline.Seconds([4, 0], [0, 1]));
    }

    [Fact]
    public void Bad_times_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadPipeline.Seconds([1], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadPipeline.Seconds([double.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadPipeline.Seconds([1], [-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadPipeline.Seconds([1, 1], [1, double.PositiveInfinity], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadPipeline.Seconds([1, 1], [1, 1], 0));
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var (load, compute) = Times(1, 80);
        var sum = LoadPipeline.Seconds(load, compute, 4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            sum += LoadPipeline.Seconds(load, compute, 4) + LoadPipeline.Seconds(load, compute);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }

    private static (double[] Load, double[] Compute) Times(int seed, int layers) => (
        [.. Enumerable.Range(0, layers).Select(i => (double)((((seed * 31) + i) * 7919) % 97) / 50)],
        [.. Enumerable.Range(0, layers).Select(i => (double)((((seed * 17) + i) * 104729) % 89) / 60)]);
}
