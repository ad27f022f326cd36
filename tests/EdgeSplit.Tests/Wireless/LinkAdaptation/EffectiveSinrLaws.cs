using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless.LinkAdaptation;

public sealed class EffectiveSinrLaws
{
    private static readonly double[] FourSinrs = [Math.Pow(10, -0.3), Math.Pow(10, 0.3), Math.Pow(10, 0.9), Math.Pow(10, 1.5)];

    private static readonly (string Name, Func<double[], double> Of)[] Mappings =
    [
        ("exponential, 1.6", sinr => EffectiveSinr.Exponential(sinr, 1.6)),
        ("exponential, 132.54", sinr => EffectiveSinr.Exponential(sinr, 132.54)),
        ("mutual information, QPSK", sinr => EffectiveSinr.MutualInformation(sinr, 2)),
        ("mutual information, 256QAM", sinr => EffectiveSinr.MutualInformation(sinr, 8, 1.2)),
        ("capacity", sinr => EffectiveSinr.Capacity(sinr)),
    ];

    public static TheoryData<int> Every => [0, 1, 2, 3, 4];

    [Theory] // linear, closed form
    [InlineData(1.6, 2.1032754, 2.1779253)]
    [InlineData(3.97, 3.3603611, 3.5836162)]
    [InlineData(9.95, 4.5153198, 5.6766937)]
    [InlineData(34.28, 5.2054827, 8.5211814)]
    [InlineData(132.54, 5.4236226, 9.9448837)]
    public void Exponential_mapping_by_beta(double beta, double ofTwo, double ofFour)
    {
        Assert.Equal(ofTwo, EffectiveSinr.Exponential([1, 10], beta), 6e-8);
        Assert.Equal(ofFour, EffectiveSinr.Exponential(FourSinrs, beta), 6e-8);
    }

    [Fact]
    public void Capacity_mapping_of_four() => Assert.Equal(5.0182732, EffectiveSinr.Capacity(FourSinrs), 6e-8);

    [Theory] // values that Sionna and 5G-LENA share
    [InlineData(1, 0, 1.60)]
    [InlineData(1, 9, 1.82)]
    [InlineData(1, 10, 3.97)]
    [InlineData(1, 17, 9.95)]
    [InlineData(1, 28, 34.28)]
    [InlineData(2, 4, 1.79)]
    [InlineData(2, 11, 10.97)]
    [InlineData(2, 20, 56.48)]
    [InlineData(2, 27, 132.54)]
    public void Beta_by_scheme(int table, int mcs, double beta) =>
        Assert.Equal(beta, EffectiveSinr.Beta(table == 1 ? McsTable.Qam64 : McsTable.Qam256, mcs));

    [Fact]
    public void Beta_does_not_fall_from_scheme_to_scheme_and_none_belongs_to_a_reserved_index()
    {
        foreach (var table in new[] { McsTable.Qam64, McsTable.Qam256 })
        {
            for (var mcs = 1; mcs < table.Count; mcs++)
            {
                Assert.True(EffectiveSinr.Beta(table, mcs) > EffectiveSinr.Beta(table, mcs - 1));
            }

            Assert.Throws<ArgumentOutOfRangeException>("mcs", () => EffectiveSinr.Beta(table, table.Count));
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Equal_resources_are_what_each_of_them_is(int which)
    {
        foreach (var sinr in new[] { 1e-300, 1e-9, 0.1, 1.0, 33.0, 1e6, 1e300 })
        {
            foreach (var count in new[] { 1, 2, 7, 8, 9, 50 })
            {
                Assert.Equal(sinr, Mappings[which].Of([.. Enumerable.Repeat(sinr, count)]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Between_least_and_mean_in_any_order(int which)
    {
        var random = new RandomSource(StreamKey.Create(5, "effective SINR"), (ulong)which, 0, 0);
        for (var round = 0; round < 300; round++)
        {
            var sinr = new double[1 + (round % 37)];
            for (var i = 0; i < sinr.Length; i++)
            {
                sinr[i] = Math.Pow(10, (-40 + (90 * random.NextUniform())) / 10);
            }

            var value = Mappings[which].Of(sinr);
            Assert.InRange(value, sinr.Min(), sinr.Average() * (1 + 1e-12));
            Assert.Equal(1.0, Mappings[which].Of([.. sinr.Reverse()]) / value, 1e-9);
            Assert.Equal(1.0, Mappings[which].Of([.. sinr.Order()]) / value, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_resource_at_the_effective_SINR_changes_nothing(int which)
    {
        double[] sinr = [0.7, 12, 3.3, 5, 0.9, 2, 8, 1.1, 4, 6];
        var value = Mappings[which].Of(sinr);
        Assert.Equal(value, Mappings[which].Of([.. sinr, value]), 1e-9 * value);
        Assert.Equal(value, Mappings[which].Of([.. sinr, value, value, value]), 1e-9 * value);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_better_resource_does_not_lower_the_effective_SINR(int which)
    {
        double[] sinr = [0.7, 12, 3.3, 5, 0.9, 2, 8, 1.1, 4, 6];
        var value = Mappings[which].Of(sinr);
        for (var i = 0; i < sinr.Length; i++)
        {
            var better = (double[])sinr.Clone();
            better[i] *= 1.01;
            Assert.True(Mappings[which].Of(better) > value);
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void An_unused_resource_is_left_out(int which)
    {
        Assert.Equal(Mappings[which].Of([3, 5, 8]), Mappings[which].Of([3, 0, 5, 0, 0, 8]), 1e-12);
        Assert.Equal(Mappings[which].Of([3, 5, 8]), Mappings[which].Of([0, 0, 0, 0, 0, 0, 0, 0, 3, 5, 0, 0, 8, 0, 0, 0, 0]), 1e-12);
        Assert.Equal(0.0, Mappings[which].Of([0, 0]));
        Assert.Equal(4.0, Mappings[which].Of([0, 4]));
    }

    [Fact]
    public void Exponential_mapping_rises_with_beta_from_least_to_mean()
    {
        var previous = FourSinrs.Min();
        for (var beta = 1e-4; beta < 1e12; beta *= 1.3)
        {
            var value = EffectiveSinr.Exponential(FourSinrs, beta);
            Assert.True(value >= previous * (1 - 1e-14));
            previous = value;
        }

        Assert.Equal(FourSinrs.Average(), previous, 1e-9);
        Assert.Equal(FourSinrs.Min(), EffectiveSinr.Exponential(FourSinrs, 1e-4), 2e-4);
        Assert.Equal(FourSinrs.Min(), EffectiveSinr.Exponential(FourSinrs, double.Epsilon));
    }

    [Fact]
    public void Nothing_underflows_far_above_beta()
    {
        // s / beta = 2000 and 2001: the plain form takes the logarithm of 0.
        Assert.Equal((2000 * 1.6) - (1.6 * Math.Log((1 + Math.Exp(-1)) / 2)), EffectiveSinr.Exponential([3200, 3201.6], 1.6), 1e-9);
        Assert.Equal(3200 + (1.6 * Math.Log(2)), EffectiveSinr.Exponential([3200, 1e9], 1.6), 1e-9);
        Assert.Equal(1e308, EffectiveSinr.Exponential([1e308, 1e308], 1e-3));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(16)]
    [InlineData(1e5)]
    [InlineData(1e9)]
    public void The_fast_mappings_agree_with_the_plain_formulas(double beta)
    {
        var random = new RandomSource(StreamKey.Create(6, "effective SINR"), 0, 0, 0);
        for (var count = 1; count < 70; count++)
        {
            var sinr = new double[count];
            for (var i = 0; i < count; i++)
            {
                sinr[i] = 30 * random.NextUniform();
            }

            var least = sinr.Min();
            var plain = least - (beta * Math.Log(sinr.Average(s => Math.Exp(-(s - least) / beta))));
            Assert.Equal(plain, EffectiveSinr.Exponential(sinr, beta), 1e-12 + (1e-15 * beta));
            Assert.Equal(Math.Pow(2, sinr.Average(s => Math.Log2(1 + s))) - 1, EffectiveSinr.Capacity(sinr), 1e-11);
            var information = sinr.Average(s => ConstellationCapacity.BitsPerSymbol(4, s));
            Assert.Equal(information, ConstellationCapacity.BitsPerSymbol(4, EffectiveSinr.MutualInformation(sinr, 4)), 1e-12);
        }
    }

    [Fact]
    public void Tiny_SINRs_keep_their_digits()
    {
        // All mappings are the mean to first order.
        double[] sinr = [1e-12, 3e-12];
        foreach (var (name, of) in Mappings)
        {
            Assert.True(Math.Abs(of(sinr) - 2e-12) < 1e-18, name);
        }
    }

    [Fact]
    public void A_saturated_constellation_reports_its_least_resource() =>
        Assert.Equal(1e5, EffectiveSinr.MutualInformation([1e6, 1e5, 1e7], 2));

    [Fact]
    public void Bad_numbers_are_refused_by_name()
    {
        foreach (var bad in new[] { double.NaN, -1, double.PositiveInfinity, double.NegativeInfinity })
        {
            foreach (var count in new[] { 1, 8, 20 })
            {
                var sinr = new double[count];
                sinr[count / 2] = bad;
                foreach (var (_, of) in Mappings)
                {
                    Assert.Throws<ArgumentOutOfRangeException>("sinrLinear", () => of(sinr));
                }
            }

            Assert.Throws<ArgumentOutOfRangeException>("beta", () => EffectiveSinr.Exponential([1], bad));
            Assert.Throws<ArgumentOutOfRangeException>("beta", () => EffectiveSinr.MutualInformation([1], 2, bad));
        }

        Assert.Throws<ArgumentOutOfRangeException>("beta", () => EffectiveSinr.Exponential([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>("bitsPerSymbol", () => EffectiveSinr.MutualInformation([1, 2], 5));
        Assert.Throws<ArgumentNullException>("table", () => EffectiveSinr.Beta(null!, 0));
        foreach (var (_, of) in Mappings)
        {
            Assert.Throws<ArgumentException>("sinrLinear", () => of([]));
        }
    }

    [Fact]
    public void Mapping_allocates_nothing()
    {
        var sinr = Enumerable.Range(1, 50).Select(i => 0.3 * i).ToArray();
        var sum = Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        sum += Round();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);

        double Round() => EffectiveSinr.Exponential(sinr, 4) + EffectiveSinr.MutualInformation(sinr, 6) + EffectiveSinr.Capacity(sinr);
    }
}
