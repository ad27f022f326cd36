using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Traces;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless.Traces;

public sealed class TraceProcessLaws
{
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.0731)]
    [InlineData(40.0)]
    public void Blocks_carry_together_what_the_trace_carries(double blockSeconds)
    {
        foreach (var trace in Traces())
        {
            var process = new TraceProcess(trace, 1.2345, blockSeconds, 20e6);
            var blocks = new double[3000];
            process.Fill(5, blocks);
            var sum = blocks.Sum() * blockSeconds * 20e6;
            var expected = trace.Bits(1.2345 + (5 * blockSeconds), 1.2345 + (3005 * blockSeconds));
            Assert.Equal(expected, sum, 1e-10 * expected);
            Assert.All(blocks, efficiency => Assert.True(efficiency >= 0));
        }
    }

    [Fact]
    public void Each_block_of_opportunities_holds_a_whole_number_of_them_and_none_is_lost_at_a_border()
    {
        var trace = new MahimahiTrace([0, 0, 3, 9, 9, 9, 20]);
        var blocks = new double[500];
        new TraceProcess(trace, 0, 0.0037, 1e6).Fill(0, blocks);
        var opportunities = blocks.Select(efficiency => efficiency * 0.0037 * 1e6 / 12_000).ToArray();
        Assert.All(opportunities, count => Assert.Equal(Math.Round(count), count, 1e-9));
        Assert.Equal(trace.Bits(0, 500 * 0.0037) / 12_000, opportunities.Sum(Math.Round));
    }

    [Fact]
    public void Filling_in_portions_gives_the_same_bits()
    {
        foreach (var trace in Traces())
        {
            var process = new TraceProcess(trace, 0.7, 0.031, 5e6);
            var (whole, part) = (new double[100], new double[7]);
            process.Fill(0, whole);
            process.Fill(40, part);
            Assert.Equal(whole[40..47], part);
        }
    }

    [Fact]
    public void A_link_over_a_trace_ends_transfers_where_the_trace_does_to_within_a_block()
    {
        var trace = TraceText.Ragged(60, 11, TraceEnd.Wrap);
        var link = new SharedLink(new TraceProcess(trace, 3.3, 0.01, 10e6), 10e6, ConstantShare.Whole);
        foreach (var (start, bits) in TraceText.Transfers(200, 50.0, 5e7))
        {
            Assert.InRange(link.CompletionSeconds(start, bits) - (trace.CompletionSeconds(start + 3.3, bits) - 3.3), -0.010001, 0.010001);
        }
    }

    [Fact]
    public void A_constant_trace_keeps_its_rate_whatever_the_bandwidth()
    {
        var link = new SharedLink(new TraceProcess(new RateTrace([0], [16e6]), 0, 1e6, 40e6), 40e6, ConstantShare.Whole);
        Assert.Equal(0.5, link.CompletionSeconds(0, 8e6), 1e-12);
    }

    [Fact]
    public void Random_starts_are_uniform_and_a_pure_function_of_key_and_entity()
    {
        var trace = new RateTrace([0, 1], [1, 2], 250.0);
        var key = StreamKey.Create(3, "trace/offset");
        var offsets = Enumerable.Range(0, 4000).Select(entity => TraceOffset.Uniform(trace, key, (ulong)entity) / 250.0).Order().ToArray();
        var distance = offsets.Select((offset, i) => Math.Max(Math.Abs(offset - (i / 4000.0)), Math.Abs(offset - ((i + 1) / 4000.0)))).Max();
        Assert.InRange(distance * Math.Sqrt(4000), 0, 2.0); // Kolmogorov-Smirnov; exceeded with a probability of 7e-4, the key is fixed
        Assert.Equal(TraceOffset.Uniform(trace, key, 17), TraceOffset.Uniform(trace, key, 17));
        Assert.NotEqual(TraceOffset.Uniform(trace, key, 17), TraceOffset.Uniform(trace, key.Derive("other"), 17));
    }

    [Fact]
    public void Queries_allocate_nothing()
    {
        var mahimahi = new MahimahiTrace([0, 0, 3, 9, 9, 9, 20]);
        ICapacityTrace[] traces = [mahimahi, TraceText.Ragged(500, 12, TraceEnd.Wrap), TraceText.Ragged(50, 13, TraceEnd.Hold)];
        var process = new TraceProcess(mahimahi, 0.1, 0.01, 1e6);
        var (blocks, sum) = (new double[64], 0.0);
        for (var round = 0; round < 2; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var trace in traces)
            {
                for (var start = 0.0; start < 300; start += 1.7)
                {
                    sum += trace.CompletionSeconds(start, 3e6) + trace.Bits(start, start + 500) + trace.RateAt(start);
                }
            }

            process.Fill(0, blocks);
            Assert.True(round == 0 || GC.GetAllocatedBytesForCurrentThread() == before);
        }

        Assert.True(sum > 0);
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        var trace = new RateTrace([0], [1]);
        Assert.Equal("OffsetSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => new TraceProcess(trace, -1, 1, 1)).ParamName);
        Assert.Equal("BlockSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => new TraceProcess(trace, 0, double.NaN, 1)).ParamName);
        Assert.Equal("BandwidthHz", Assert.Throws<ArgumentOutOfRangeException>(() => new TraceProcess(trace, 0, 1, 0)).ParamName);
        Assert.Throws<ArgumentNullException>(() => new TraceProcess(null!, 0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TraceProcess(trace, 0, 1, 1).Fill(-1, new double[1]));
        Assert.Throws<ArgumentNullException>(() => TraceOffset.Uniform(null!, default, 0));
    }

    private static IEnumerable<ICapacityTrace> Traces() =>
    [
        new MahimahiTrace([0, 0, 3, 9, 9, 9, 20]), TraceText.Ragged(60, 10, TraceEnd.Wrap), TraceText.Ragged(60, 10, TraceEnd.Hold), TraceText.Ragged(60, 10, TraceEnd.Stop),
    ];
}
