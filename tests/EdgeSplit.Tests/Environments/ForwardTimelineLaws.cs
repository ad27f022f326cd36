using EdgeSplit.Agents.Environments;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Environments;

/// <summary>The forward timeline answers as the one with memory does.</summary>
public sealed class ForwardTimelineLaws
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Transfers_one_after_the_other_end_as_on_a_link_timeline(int blocksAtOnce)
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var process = Process(seed);
            var forward = new ForwardTimeline(process, blocksAtOnce);
            var reference = new LinkTimeline(process);
            var random = new RandomSource(StreamKey.Create(seed, "transfers"), 1);
            var time = 0.0;
            for (var transfer = 0; transfer < 40; transfer++)
            {
                // Sizes from a sliver of a block to hundreds of blocks, pauses from none to many blocks, starts on block borders among them.
                var size = Math.Pow(10, (5 * random.NextUniform()) - 3) * process.BlockSeconds;
                time += random.NextInt32(3) switch
                {
                    0 => 0,
                    1 => process.BlockSeconds * random.NextInt32(20),
                    _ => 10 * process.BlockSeconds * random.NextUniform(),
                };
                var expected = reference.CompletionSeconds(time, size);
                Assert.Equal(expected, forward.CompletionSeconds(time, size), 1e-9 * (1 + expected));
                time = expected;
            }
        }
    }

    [Fact]
    public void A_size_of_nothing_ends_at_its_start_and_a_dead_link_never()
    {
        var forward = new ForwardTimeline(new PiecewiseEfficiencyProcess(0.5, [1.0, 0.0], PiecewiseExtension.Hold), 1);
        Assert.Equal(0.2, forward.CompletionSeconds(0.2, 0));
        Assert.Equal(0.5, forward.CompletionSeconds(0.2, 0.3), 1e-12);
        Assert.Equal(double.PositiveInfinity, forward.CompletionSeconds(0.5, 0.1));
    }

    [Fact]
    public void A_reset_starts_anew()
    {
        var process = Process(3);
        var forward = new ForwardTimeline(process, 8);
        var first = forward.CompletionSeconds(0, 2);
        forward.CompletionSeconds(first, 30);
        forward.Reset();
        Assert.Equal(first, forward.CompletionSeconds(0, 2));
    }

    // Values of many sizes with outages among them: one in five blocks carries nothing.
    private static PiecewiseEfficiencyProcess Process(ulong seed)
    {
        var values = new double[512];
        var random = new RandomSource(StreamKey.Create(seed, "efficiencies"));
        foreach (ref var value in values.AsSpan())
        {
            value = random.NextInt32(5) == 0 ? 0 : 5 * random.NextUniform();
        }

        return new PiecewiseEfficiencyProcess(0.043 * (1 + random.NextUniform()), values, PiecewiseExtension.Wrap);
    }
}
