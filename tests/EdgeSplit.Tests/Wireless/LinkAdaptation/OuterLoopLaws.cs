using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transport;
using EdgeSplit.Tests.Wireless.Transport;
using static EdgeSplit.Tests.Wireless.Transport.AdaptedLinkCases;

namespace EdgeSplit.Tests.Wireless.LinkAdaptation;

public sealed class OuterLoopLaws
{
    [Theory]
    [InlineData(0.1, 0.5)]
    [InlineData(0.01, 1.0)]
    [InlineData(0.5, 0.1)]
    public void Steps_balance_exactly_at_the_target(double target, double stepDownDb)
    {
        var loop = new OuterLoop(target, stepDownDb);
        Assert.Equal(0.0, (loop.StepUpDb * (1 - target)) - (loop.StepDownDb * target), 15);
        Assert.Equal(loop.StepUpDb, loop.Next(0, true), 15);
        Assert.Equal(-stepDownDb, loop.Next(0, false), 15);
        Assert.Equal(loop.MaximumOffsetDb, loop.Next(loop.MaximumOffsetDb, true));
        Assert.Equal(loop.MinimumOffsetDb, loop.Next(loop.MinimumOffsetDb, false));
    }

    [Fact]
    public void The_offset_counts_the_failures_so_their_rate_cannot_stray()
    {
        var loop = new OuterLoop(0.1, 0.5);
        var random = new RandomSource(Key, 70);
        var (offset, failures) = (0.0, 0);
        const int blocks = 5000;
        for (var i = 0; i < blocks; i++)
        {
            // Failure probability rises with the offset: an arbitrary channel of its own.
            var isDecoded = random.NextUniform() >= 1 / (1 + Math.Exp(-2 * (offset - 3)));
            failures += isDecoded ? 0 : 1;
            offset = loop.Next(offset, isDecoded);
        }

        Assert.Equal(0.1 + ((0.0 - offset) / (blocks * (loop.StepUpDb + loop.StepDownDb))), (double)failures / blocks, 9);
        Assert.Equal(0.1, (double)failures / blocks, 0.01);
    }

    [Theory] // a fading channel with delayed reports, from two different starts; 0.17 is the target of a published simulator's own test
    [InlineData(0.1, -12.0)]
    [InlineData(0.1, 12.0)]
    [InlineData(0.17, -12.0)]
    [InlineData(0.17, 12.0)]
    [InlineData(0.05, 0.0)]
    public void The_loop_converges_to_its_target_from_any_start(double target, double startDb)
    {
        var options = Usual with { OuterLoop = new OuterLoop(target, 0.5, startDb), ReportDelaySlots = 8, ReportPeriodSlots = 10 };
        var statistics = new AdaptedLink(options, Rayleigh(60, 23.0), Key, 71).Statistics(2000, 20_000);
        Assert.Equal(target, statistics.FirstRoundErrorRate, 0.01);
    }

    [Fact]
    public void Without_the_loop_delayed_reports_miss_the_target_by_far()
    {
        var options = Usual with { OuterLoop = null, ReportTable = null, ReportDelaySlots = 8, ReportPeriodSlots = 10 };
        Assert.True(new AdaptedLink(options, Rayleigh(60, 23.0), Key, 71).Statistics(2000, 20_000).FirstRoundErrorRate > 0.15);
    }
}
