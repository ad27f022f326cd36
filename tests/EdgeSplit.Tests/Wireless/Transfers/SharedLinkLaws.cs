using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless.Transfers;

public sealed class SharedLinkLaws
{
    private static readonly StreamKey Key = StreamKey.Create(11, "shared-link-laws");

    [Fact]
    public void Without_impairments_a_message_takes_size_over_rate_plus_its_fixed_delay()
    {
        var link = new SharedLink(new ConstantEfficiencyProcess(4), 20e6, ConstantShare.Whole);
        var delay = new MessageDelay(0.005, 0.0025, 0.0005);
        var result = link.Transfer(1.0, 8e6, delay);
        Assert.Equal(1.0 + 0.1 + 0.008, result.CompletionSeconds, 1e-14);
        Assert.Equal(0.1, result.AirSeconds, 1e-14);
        Assert.Equal(0.008, result.DelaySeconds, 1e-15);
        Assert.Equal(result.CompletionSeconds - 1.0, result.TotalSeconds, 1e-14);
        Assert.Equal(8e6, result.Bits);
        Assert.Equal(TransferStatus.Delivered, result.Status);
        Assert.Equal(0.008, link.Transfer(3.0, 0, delay).TotalSeconds, 1e-15);
    }

    [Fact]
    public void A_share_that_never_changes_gives_the_same_whatever_type_says_so()
    {
        var process = Fading();
        var fast = new SharedLink(process, 20e6, new ConstantShare(0.3));
        var slow = new SharedLink(process, 20e6, new PiecewiseShare(0.017, [0.3]));
        var random = new RandomSource(Key, 1);
        for (var i = 0; i < 400; i++)
        {
            var (start, bits) = (30 * random.NextUniform(), 2e7 * Math.Pow(1e-4, random.NextUniform()));
            var end = fast.CompletionSeconds(start, bits);
            Assert.Equal(end, slow.CompletionSeconds(start, bits), 1e-9);
            Assert.Equal(bits, fast.Bits(start, end), 1e-9 * bits);
            Assert.Equal(bits, slow.Bits(start, end), 1e-9 * bits);
        }
    }

    [Fact]
    public void Half_the_share_on_a_constant_link_takes_twice_as_long()
    {
        var process = new ConstantEfficiencyProcess(3);
        Assert.Equal(0.5, new SharedLink(process, 2e6, ConstantShare.Whole).CompletionSeconds(0, 3e6));
        Assert.Equal(1.0, new SharedLink(process, 2e6, new ConstantShare(0.5)).CompletionSeconds(0, 3e6));
    }

    [Fact]
    public void A_grant_that_comes_and_goes_is_integrated()
    {
        // 1 Mbit/s whole; shares 0.5, 0, 1 in blocks of 2 s.
        var link = new SharedLink(new ConstantEfficiencyProcess(1), 1e6, new PiecewiseShare(2, [0.5, 0, 1]));
        Assert.Equal(1.0, link.CompletionSeconds(0, 0.5e6), 1e-12);
        Assert.Equal(4.25, link.CompletionSeconds(0, 1.25e6), 1e-12);
        Assert.Equal(4.5, link.CompletionSeconds(3, 0.5e6), 1e-12);
        Assert.Equal(0.5e6, link.RateAt(1.9));
        Assert.Equal(0.0, link.RateAt(2));
        Assert.Equal(1e6, link.RateAt(100));
        Assert.Equal(1e6 + 2e6, link.Bits(0, 6), 1e-6);
    }

    [Fact]
    public void Back_to_back_messages_add_and_ends_do_not_fall()
    {
        var link = new SharedLink(Fading(), 20e6, new PiecewiseShare(0.005, [1, 0, 0.25, 0.4, 0, 0, 0.9], PiecewiseExtension.Wrap));
        var random = new RandomSource(Key, 2);
        for (var i = 0; i < 300; i++)
        {
            var (start, bits) = (30 * random.NextUniform(), 2e7 * Math.Pow(1e-4, random.NextUniform()));
            var part = bits * random.NextUniform();
            var joint = link.CompletionSeconds(start, bits);
            var split = link.CompletionSeconds(link.CompletionSeconds(start, part), bits - part);
            Assert.InRange(link.Bits(Math.Min(joint, split), Math.Max(joint, split)), 0, 1e-9 * bits);
            Assert.True(link.CompletionSeconds(start, bits * 1.001) >= joint);
            Assert.True(link.CompletionSeconds(start + 0.001, bits) >= joint * (1 - 1e-12));
            Assert.Equal(bits, link.Bits(start, joint), 1e-9 * bits);
        }
    }

    [Fact]
    public void Results_do_not_depend_on_the_order_of_calls()
    {
        var share = new PiecewiseShare(0.005, [1, 0, 0.25, 0.4, 0, 0, 0.9], PiecewiseExtension.Wrap);
        var forward = new SharedLink(Fading(), 20e6, share);
        var backward = new SharedLink(new ConstantEfficiencyProcess(1), 20e6, ConstantShare.Whole);
        backward.Reset(Fading(), share);
        var ends = new double[300];
        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] = forward.CompletionSeconds(i * 0.37, 1e4 * (1 + (i % 50)));
        }

        for (var i = ends.Length - 1; i >= 0; i--)
        {
            Assert.Equal(ends[i], backward.CompletionSeconds(i * 0.37, 1e4 * (1 + (i % 50))));
        }
    }

    [Fact]
    public void Without_a_grant_nothing_arrives()
    {
        foreach (var share in new IShareProcess[] { new ConstantShare(0), new PiecewiseShare(0.5, [1, 0]) })
        {
            var link = new SharedLink(new ConstantEfficiencyProcess(1), 1e6, share);
            Assert.Equal(double.PositiveInfinity, link.CompletionSeconds(1, 1));
            Assert.Equal(1.0, link.CompletionSeconds(1, 0));
            var result = link.Transfer(1, 1, MessageDelay.None);
            Assert.Equal(TransferStatus.TimedOut, result.Status);
            Assert.Equal(double.PositiveInfinity, result.AirSeconds);
            Assert.Equal(double.PositiveInfinity, link.CompletionSeconds(double.PositiveInfinity, 1));
        }
    }

    [Fact]
    public void After_warm_up_nothing_is_allocated()
    {
        foreach (var share in new IShareProcess[] { ConstantShare.Whole, new PiecewiseShare(0.02, [1, 0.5, 0], PiecewiseExtension.Wrap) })
        {
            var link = new SharedLink(Fading(), 20e6, share);
            var delay = new MessageDelay(0.001, 0.001, 0);
            Walk();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Walk();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

            void Walk()
            {
                var time = 0.0;
                for (var i = 0; i < 2000; i++)
                {
                    time = link.Transfer(time, 65_536, delay).CompletionSeconds;
                }
            }
        }
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var process = new ConstantEfficiencyProcess(1);
        foreach (var share in new IShareProcess[] { ConstantShare.Whole, new PiecewiseShare(0.5, [1, 0.5]) })
        {
            var link = new SharedLink(process, 1e6, share);
            foreach (var bad in new[] { double.NaN, -1.0 })
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => link.CompletionSeconds(bad, 1));
                Assert.Throws<ArgumentOutOfRangeException>(() => link.CompletionSeconds(1, bad));
                Assert.Throws<ArgumentOutOfRangeException>(() => link.Bits(bad, 1));
                Assert.Throws<ArgumentOutOfRangeException>(() => link.RateAt(bad));
                Assert.Throws<ArgumentOutOfRangeException>(() => link.Transfer(1, bad, MessageDelay.None));
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedLink(process, double.NaN, ConstantShare.Whole));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantShare(1.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantShare(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PiecewiseShare(1, [0.5, 1.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageDelay(-1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageDelay(0, double.NaN, 0));
        Assert.Throws<ArgumentNullException>(() => new SharedLink(process, 1, null!));
    }

    private static BlockFadingProcess Fading() => new(Key, 4, 10, NakagamiFading.Rayleigh, new ShannonRate(3.5, 4.4), 0.0434785);
}
