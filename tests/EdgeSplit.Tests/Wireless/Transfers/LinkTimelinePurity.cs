using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless.Transfers;

/// <summary>What a timeline does not depend on, what it refuses, and what it does not allocate.</summary>
public sealed class LinkTimelinePurity
{
    [Fact]
    public void Infinity_in_gives_infinity_out()
    {
        var timeline = new LinkTimeline(new ConstantEfficiencyProcess(1));
        Assert.Equal(double.PositiveInfinity, timeline.CompletionSeconds(double.PositiveInfinity, 1));
        Assert.Equal(double.PositiveInfinity, timeline.CompletionSeconds(1, double.PositiveInfinity));
    }

    [Fact]
    public void Results_do_not_depend_on_the_order_of_calls()
    {
        foreach (var process in TimelineCases.Processes())
        {
            var queries = TimelineCases.Queries(400, 4000.0, 30.0).Concat(TimelineCases.Queries(20, 3000.0, 4000.0)).ToArray();
            var forward = new LinkTimeline(process);
            var backward = new LinkTimeline(new ConstantEfficiencyProcess(1));
            backward.Reset(process);
            var ends = Array.ConvertAll(queries, q => forward.CompletionSeconds(q.Start, q.Size));
            var bits = Array.ConvertAll(queries, q => forward.BitsPerHertz(q.Start, q.Start + q.Size));
            for (var i = queries.Length - 1; i >= 0; i--)
            {
                Assert.Equal(bits[i], backward.BitsPerHertz(queries[i].Start, queries[i].Start + queries[i].Size));
                Assert.Equal(ends[i], backward.CompletionSeconds(queries[i].Start, queries[i].Size));
            }

            for (var i = 0; i < queries.Length; i += 37)
            {
                Assert.Equal(ends[i], new LinkTimeline(process).CompletionSeconds(queries[i].Start, queries[i].Size));
            }
        }
    }

    [Fact]
    public void A_process_fills_the_same_bits_in_any_portions()
    {
        foreach (var process in TimelineCases.Processes())
        {
            var whole = new double[500];
            process.Fill(1000, whole);
            for (var first = 0; first < 500;)
            {
                var length = Math.Min(1 + (first % 37), 500 - first);
                var part = new double[length];
                process.Fill(1000 + first, part);
                Assert.Equal(whole.AsSpan(first, length).ToArray(), part);
                first += length;
            }
        }
    }

    [Fact]
    public void A_wrapped_list_equals_the_unrolled_one()
    {
        double[] values = [1, 0, 2.5, 0.25, 7];
        var wrapped = new LinkTimeline(new PiecewiseEfficiencyProcess(0.3, values, PiecewiseExtension.Wrap));
        var unrolled = new LinkTimeline(new PiecewiseEfficiencyProcess(0.3, Enumerable.Repeat(values, 400).SelectMany(v => v).ToArray()));
        foreach (var (start, size) in TimelineCases.Queries(200, 100.0, 300.0))
        {
            Assert.Equal(unrolled.CompletionSeconds(start, size), wrapped.CompletionSeconds(start, size));
        }
    }

    [Fact]
    public void After_warm_up_nothing_is_allocated()
    {
        var process = new BlockFadingProcess(TimelineCases.Key, 1, 20, NakagamiFading.Rayleigh, new ShannonRate(3.5, 4.4), 0.01);
        var timeline = new LinkTimeline(process);
        var total = Walk(timeline);
        timeline.Reset(process);
        var before = GC.GetAllocatedBytesForCurrentThread();
        total -= Walk(timeline);
        var after = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(0, after - before);
        Assert.Equal(0.0, total);

        static double Walk(LinkTimeline timeline)
        {
            var (time, sum) = (0.0, 0.0);
            for (var i = 0; i < 20_000; i++)
            {
                time = timeline.CompletionSeconds(time, i % 1000 == 0 ? 50.0 : 0.004);
                sum += timeline.BitsPerHertz(time - (0.05 * (i % 2)), time + 0.1) + timeline.EfficiencyAt(time);
            }

            return time + sum;
        }
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var timeline = new LinkTimeline(new ConstantEfficiencyProcess(1, 0.5));
        foreach (var bad in new[] { double.NaN, -1e-9, double.NegativeInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => timeline.CompletionSeconds(bad, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => timeline.CompletionSeconds(1, bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => timeline.BitsPerHertz(bad, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => timeline.BitsPerHertz(0, bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => timeline.EfficiencyAt(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantEfficiencyProcess(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new PiecewiseEfficiencyProcess(1, [1, bad]));
            Assert.Throws<ArgumentOutOfRangeException>(() => new PiecewiseEfficiencyProcess(bad, [1]));
            Assert.Throws<ArgumentOutOfRangeException>(() => new LinkTimeline(new ConstantEfficiencyProcess(1), bad));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => timeline.BitsPerHertz(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => timeline.EfficiencyAt(1e300));
        Assert.Throws<ArgumentException>(() => new PiecewiseEfficiencyProcess(1, []));
        Assert.Throws<ArgumentNullException>(() => new LinkTimeline(null!));
        Assert.Throws<ArgumentNullException>(() => timeline.Reset(null!));
    }

    [Fact]
    public void A_process_that_breaks_its_promise_is_named()
    {
        var timeline = new LinkTimeline(new Broken());
        var error = Assert.Throws<InvalidOperationException>(() => timeline.CompletionSeconds(0, 1));
        Assert.Contains("Broken", error.Message, StringComparison.Ordinal);
    }

    private sealed class Broken : IEfficiencyProcess
    {
        public double BlockSeconds => 1;

        public void Fill(long firstBlock, Span<double> spectralEfficiency) => spectralEfficiency.Fill(double.NaN);
    }
}
