using EdgeSplit.Core.Wireless.Knowledge;

namespace EdgeSplit.Tests.Wireless.Knowledge;

public sealed class RecentGoodputLaws
{
    [Fact]
    public void Without_transfers_it_is_what_was_expected()
    {
        var empty = new RecentGoodput(0.9, 5e6);
        Assert.Equal((5e6, false), (empty.BitsPerSecond, empty.IsKnown));
        Assert.Equal((0, false), (default(RecentGoodput).BitsPerSecond, default(RecentGoodput).IsKnown));
        Assert.Equal(empty, empty.After(1000, 0));
        Assert.Equal((0, true), (empty.After(0, 1).BitsPerSecond, empty.After(0, 1).IsKnown));
    }

    [Fact]
    public void It_is_the_ratio_of_weighted_bits_and_weighted_seconds()
    {
        const double retention = 0.7;
        var (bits, seconds) = (new[] { 100.0, 0, 700, 20, 5000 }, new[] { 1, 0.5, 2, 0.01, 9 });
        var goodput = new RecentGoodput(retention, 123);
        for (var n = 1; n <= bits.Length; n++)
        {
            goodput = goodput.After(bits[n - 1], seconds[n - 1]);
            var weights = Enumerable.Range(0, n).Select(i => Math.Pow(retention, n - 1 - i)).ToArray();
            var expected = weights.Zip(bits, (w, b) => w * b).Sum() / weights.Zip(seconds, (w, s) => w * s).Sum();
            Assert.Equal(expected, goodput.BitsPerSecond, 1e-12 * expected);
        }
    }

    [Fact]
    public void Retention_zero_is_the_last_transfer_and_one_is_all_of_them()
    {
        Assert.Equal(4, new RecentGoodput(0).After(90, 3).After(8, 2).BitsPerSecond);
        Assert.Equal(98.0 / 5, new RecentGoodput(1).After(90, 3).After(8, 2).BitsPerSecond);
        Assert.Equal(4, default(RecentGoodput).After(90, 3).After(8, 2).BitsPerSecond);
    }

    [Fact]
    public void A_constant_link_is_known_exactly_and_a_change_is_learnt()
    {
        var goodput = new RecentGoodput(0.8);
        for (var i = 1; i < 50; i++)
        {
            goodput = goodput.After(1000 * i, 0.001 * i);
            Assert.Equal(1e6, goodput.BitsPerSecond, 1e-4);
        }

        for (var (i, previous) = (0, 1e6); i < 40; i++, previous = goodput.BitsPerSecond)
        {
            goodput = goodput.After(1000, 0.01);
            Assert.InRange(goodput.BitsPerSecond, 1e5, previous);
        }

        Assert.Equal(100538.087856989, goodput.BitsPerSecond, 1e-8); // the two weighted sums with 50 digits in a separate program
    }

    [Fact]
    public void It_is_never_NaN_nor_infinite()
    {
        var goodput = new RecentGoodput(1);
        foreach (var (bits, seconds) in new[] { (1e100, double.Epsilon), (0.0, double.Epsilon), (1e100, 1e100), (0, 0), (double.Epsilon, 1e100) })
        {
            Assert.True(double.IsFinite(new RecentGoodput(0.5).After(bits, seconds).BitsPerSecond));
            goodput = goodput.After(bits, seconds);
            Assert.True(double.IsFinite(goodput.BitsPerSecond));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(double.PositiveInfinity)]
    public void Bad_numbers_are_refused_by_name(double bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>("retention", () => new RecentGoodput(bad));
        Assert.Throws<ArgumentOutOfRangeException>("expectedBitsPerSecond", () => new RecentGoodput(0.5, bad));
        Assert.Throws<ArgumentOutOfRangeException>("bits", () => new RecentGoodput(0.5).After(bad, 1));
        Assert.Throws<ArgumentOutOfRangeException>("seconds", () => new RecentGoodput(0.5).After(1, bad));
        Assert.Throws<ArgumentOutOfRangeException>("retention", () => new RecentGoodput(1.01));
    }
}
