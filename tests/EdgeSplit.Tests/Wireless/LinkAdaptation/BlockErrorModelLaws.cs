using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless.LinkAdaptation;

public sealed class BlockErrorModelLaws
{
    private static readonly BlockErrorModel[] Models =
        [new(McsTable.Qam64), new(McsTable.Qam256), new(McsTable.Qam64, BlockErrorModel.IdealGapDb), new(McsTable.Qam256, BlockErrorModel.IdealGapDb)];

    public static TheoryData<int> All => [0, 1, 2, 3];

    private static double Linear(double db) => Math.Pow(10, db / 10);

    [Theory] // the capacity column of the reference, plus the gap; the ideal receiver beside simulated LDPC points of about 10 %
    [InlineData(1, 0, -7.53)]
    [InlineData(1, 6, -0.65)]
    [InlineData(1, 9, 2.26)]
    [InlineData(1, 10, 1.92)]
    [InlineData(1, 16, 7.53)]
    [InlineData(1, 17, 7.35)]
    [InlineData(1, 23, 13.36)]
    [InlineData(1, 28, 18.46)]
    [InlineData(2, 5, 2.68)]
    [InlineData(2, 12, 9.12)]
    [InlineData(2, 20, 16.99)]
    [InlineData(2, 27, 24.01)]
    public void At_1000_bits_the_threshold_is_capacity_plus_gap(int table, int mcs, double capacitySnrDb)
    {
        var rows = table == 1 ? McsTable.Qam64 : McsTable.Qam256;
        Assert.Equal(capacitySnrDb + 3.5, new BlockErrorModel(rows).ThresholdDb(mcs, 1000), 0.0051);
        Assert.Equal(capacitySnrDb + 1.3, new BlockErrorModel(rows, 1.3).ThresholdDb(mcs, 1000), 0.0051);
    }

    [Theory] // spreads of published link-level tables: block length, scheme of table 2, dB, allowance
    [InlineData(8192, 3, 0.148, 0.01)]
    [InlineData(8192, 15, 0.133, 0.02)]
    [InlineData(1064, 0, 0.226, 0.03)]
    [InlineData(1064, 10, 0.305, 0.03)]
    [InlineData(1064, 20, 0.427, 0.05)]
    [InlineData(272, 16, 0.743, 0.03)]
    [InlineData(272, 17, 0.788, 0.03)]
    [InlineData(288, 22, 0.844, 0.03)]
    [InlineData(112, 24, 1.768, 0.06)]
    [InlineData(120, 19, 1.465, 0.06)]
    public void The_curve_is_steeper_the_longer_the_block(int codeBlockBits, int mcs, double spreadDb, double allowance)
    {
        var model = Models[1];
        Assert.Equal(spreadDb, model.Curve(mcs, codeBlockBits).SpreadDb, allowance);
        var previous = double.PositiveInfinity;
        for (var bits = 24; bits <= 8448; bits++)
        {
            var spread = model.Curve(mcs, bits).SpreadDb;
            Assert.True(spread <= previous + 1e-9 && spread >= 0.15);
            Assert.True(double.IsInfinity(previous) || previous - spread < 0.02, "a step");
            previous = spread;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void At_the_threshold_one_of_ten_blocks_fails_and_the_rate_falls_with_SNR(int which)
    {
        var model = Models[which];
        foreach (var bits in new[] { 24, 112, 200, 500, 1000, 3000, 8448 })
        {
            for (var mcs = 0; mcs < model.Table.Count; mcs++)
            {
                var threshold = model.ThresholdDb(mcs, bits);
                Assert.Equal(0.1, model.CodeBlockErrorRate(mcs, Linear(threshold), bits), 1e-9);
                var previous = 2.0;
                for (var db = threshold - 8; db < threshold + 8; db += 0.25)
                {
                    var rate = model.CodeBlockErrorRate(mcs, Linear(db), bits);
                    Assert.True(rate < previous || (rate == previous && rate is 0.0 or 1.0));
                    previous = rate;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_transport_block_fails_at_least_as_often_as_its_code_blocks(int which)
    {
        var model = Models[which];
        for (var mcs = 0; mcs < model.Table.Count; mcs++)
        {
            foreach (var bits in new[] { 24, 3824, 8424, 8456, 40_000, 319_784 })
            {
                var cut = new CodeBlockSegmentation(bits, model.Table[mcs].CodeRate);
                for (var db = model.ThresholdDb(mcs, cut.CodeBlockBits) - 1; db < 40; db += 0.7)
                {
                    var one = model.CodeBlockErrorRate(mcs, Linear(db), cut.CodeBlockBits);
                    var all = model.TransportBlockErrorRate(mcs, Linear(db), bits);
                    Assert.True(all >= one * (1 - 1e-14));
                    Assert.Equal(1 - Math.Pow(1 - one, cut.CodeBlocks), all, 1e-13);
                    Assert.InRange(all, 0, Math.Min(1, cut.CodeBlocks * one * (1 + 1e-12)));
                }
            }
        }

        Assert.Equal(5e-200, BlockErrorModel.AnyFails(1e-200, 5), 1e-212);
        Assert.Equal(1.0, BlockErrorModel.AnyFails(1, 7));
        Assert.Equal(0.0, BlockErrorModel.AnyFails(1, 0));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_chosen_scheme_meets_the_target_and_no_better_one_does(int which)
    {
        var model = Models[which];
        foreach (var target in new[] { 0.6, 0.1, 1e-3 })
        {
            foreach (var (bits, elements) in new[] { (24, 12), (1000, 150), (8424, 1500), (100_000, 20_000) })
            {
                for (var db = -12.0; db < 36; db += 0.37)
                {
                    Check(model.SelectMcs(Linear(db), bits, target), mcs => model.TransportBlockErrorRate(mcs, Linear(db), bits));
                    Check(
                        model.SelectMcsForResources(Linear(db), elements, target),
                        mcs => model.TransportBlockErrorRate(mcs, Linear(db), TransportBlockSize.Bits(elements, model.Table[mcs])));
                }
            }

            void Check(int chosen, Func<int, double> errorRate)
            {
                var best = -1;
                for (var mcs = 0; mcs < model.Table.Count; mcs++)
                {
                    if (errorRate(mcs) <= target && (best < 0 || model.Table[mcs].SpectralEfficiency > model.Table[best].SpectralEfficiency))
                    {
                        best = mcs;
                    }
                }

                Assert.Equal(best, chosen);
            }
        }
    }

    [Fact]
    public void Where_table_1_turns_back_the_higher_efficiency_wins()
    {
        // Row 17 is reached 0.18 dB before row 16 and carries less: from the reach of 16 on, 17 is never chosen.
        var model = Models[0];
        Assert.True(model.ThresholdDb(17, 1000) < model.ThresholdDb(16, 1000));
        Assert.Equal(17, model.SelectMcs(Linear(model.ThresholdDb(17, 1000) + 0.05), 984, 0.1));
        Assert.Equal(16, model.SelectMcs(Linear(model.ThresholdDb(16, 1000) + 0.05), 984, 0.1));
        Assert.Equal(28, model.SelectMcs(double.PositiveInfinity, 984, 0.1));
        Assert.Equal(-1, model.SelectMcs(0, 984, 0.1));
    }

    [Fact]
    public void Models_of_the_same_table_and_gap_are_equal()
    {
        Assert.Equal(new BlockErrorModel(McsTable.Qam64, 2), new BlockErrorModel(McsTable.Qam64, 2));
        Assert.Equal(new BlockErrorModel(McsTable.Qam64, 2).GetHashCode(), new BlockErrorModel(McsTable.Qam64, 2).GetHashCode());
        Assert.NotEqual(new BlockErrorModel(McsTable.Qam64, 2), new BlockErrorModel(McsTable.Qam64, 2.1));
        Assert.NotEqual(new BlockErrorModel(McsTable.Qam64, 2), new BlockErrorModel(McsTable.Qam256, 2));
    }

    [Fact]
    public void Bad_numbers_are_refused_by_name()
    {
        var model = Models[0];
        Assert.Throws<ArgumentNullException>("Table", () => new BlockErrorModel(null!));
        Assert.Throws<ArgumentOutOfRangeException>("GapDb", () => new BlockErrorModel(McsTable.Qam64, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("mcs", () => model.CodeBlockErrorRate(29, 1, 100));
        Assert.Throws<ArgumentOutOfRangeException>("mcs", () => model.TransportBlockErrorRate(-1, 1, 100));
        Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => model.CodeBlockErrorRate(3, double.NaN, 100));
        Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => model.TransportBlockErrorRate(3, -1, 100));
        Assert.Throws<ArgumentOutOfRangeException>("codeBlockBits", () => model.ThresholdDb(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>("transportBlockBits", () => model.TransportBlockErrorRate(3, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("transportBlockBits", () => model.SelectMcs(1, 0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("resourceElements", () => model.SelectMcsForResources(1, 0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("targetBler", () => model.SelectMcs(1, 100, 0));
        Assert.Throws<ArgumentOutOfRangeException>("targetBler", () => model.SelectMcs(1, 100, 1));
        Assert.Throws<ArgumentOutOfRangeException>("blockErrorRate", () => BlockErrorModel.AnyFails(double.NaN, 2));
        Assert.Throws<ArgumentOutOfRangeException>("blocks", () => BlockErrorModel.AnyFails(0.1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("spreadDb", () => new ProbitErrorCurve(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("medianDb", () => new ProbitErrorCurve(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>("errorRate", () => new ProbitErrorCurve(1, 1).SnrDb(1));
        Assert.Throws<ArgumentOutOfRangeException>("snrDb", () => new ProbitErrorCurve(1, 1).ErrorRate(double.NaN));
    }

    [Fact]
    public void Choosing_and_rating_allocates_nothing()
    {
        var model = Models[1];
        var sum = Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        sum += Round();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);

        double Round()
        {
            var total = 0.0;
            for (var snr = 0.1; snr < 1000; snr *= 1.1)
            {
                total += model.SelectMcs(snr, 5000, 0.1) + model.SelectMcsForResources(snr, 3000, 0.1) + model.TransportBlockErrorRate(9, snr, 30_000);
            }

            return total;
        }
    }
}
