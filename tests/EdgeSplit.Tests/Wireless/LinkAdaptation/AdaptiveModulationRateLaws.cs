using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless.LinkAdaptation;

public sealed class AdaptiveModulationRateLaws
{
    private static readonly AdaptiveModulationRate[] Laws =
    [
        new(new(McsTable.Qam64), 150),
        new(new(McsTable.Qam64), 150 * 50, overheadShare: 0),
        new(new(McsTable.Qam256, BlockErrorModel.IdealGapDb), 150 * 200, 0.01, 0.2, 2),
        new(new(McsTable.Qam256), 24, 0.6, 0.1, 1),
        new(new(McsTable.Qam256, 40), 1, 1e-6, 0, 16),
    ];

    public static TheoryData<int> Every => [0, 1, 2, 3, 4];

    private static double Linear(double db) => Math.Pow(10, db / 10);

    [Theory]
    [MemberData(nameof(Every))]
    public void The_table_holds_the_best_goodput_up_to_this_SNR_within_its_error(int which)
    {
        // Naively: the scheme that the target selects, its goodput, the running maximum over a grid of 1/512 octave; an error of 0.034 dB along the SNR.
        var law = Laws[which];
        var (best, bound, mcs, behind) = (0.0, 0.0, 0, new Queue<double>());
        var low = law.ErrorModel.ThresholdDb(0, 1000) - 20;
        var steps = 0;
        for (var octave = low / 3.0103; octave * 3.0103 < low + 65; octave += 1.0 / 512)
        {
            var snr = Math.Pow(2, octave);
            bound = Math.Max(bound, Goodput(law, mcs, snr)); // what the scheme of the point before may have reached before it was left
            mcs = Math.Max(0, law.ErrorModel.SelectMcsForResources(snr, law.ResourceElements, law.TargetBler));
            best = Math.Max(best, Goodput(law, mcs, snr));
            bound = Math.Max(bound, best);
            behind.Enqueue(best);
            if (behind.Count > 6)
            {
                behind.Dequeue(); // 6/512 octave = 0.0353 dB
            }

            if (++steps % 3 == 0)
            {
                // Not below the best of 0.035 dB before, not above the best of now taken 0.035 dB on.
                Assert.True(law.SpectralEfficiency(snr) >= behind.Peek() - 1e-9);
                Assert.True(law.SpectralEfficiency(snr * Math.Pow(2, -6.0 / 512)) <= bound + 1e-9);
            }
        }

        Assert.Equal(law.MaximumSpectralEfficiency, best, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Efficiency_does_not_fall_from_nothing_to_its_ceiling(int which)
    {
        var law = Laws[which];
        var previous = 0.0;
        for (var db = -60.0; db < 100; db += 0.01)
        {
            var value = law.SpectralEfficiency(Linear(db));
            Assert.True(value >= previous);
            previous = value;
        }

        Assert.Equal(law.MaximumSpectralEfficiency, previous);
        Assert.Equal(law.ErrorModel.Table.MaximumSpectralEfficiency * (1 - law.OverheadShare), law.MaximumSpectralEfficiency);
        Assert.Equal(law.MaximumSpectralEfficiency, law.SpectralEfficiency(double.PositiveInfinity));
        Assert.Equal(0.0, law.SpectralEfficiency(0));
        Assert.Equal(0.0, law.SpectralEfficiency(double.Epsilon));
        Assert.Equal(0.0, law.SpectralEfficiency(Linear(law.ErrorModel.ThresholdDb(0, 1000) - 30)));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Never_more_than_capacity(int which)
    {
        // The bounds hold for gaps that keep the thresholds above capacity, with blocks that are long enough.
        var law = Laws[which];
        for (var db = -15.0; db < 50; db += 0.1)
        {
            Assert.True(law.SpectralEfficiency(Linear(db)) <= Math.Log2(1 + Linear(db)), $"{db}");
        }
    }

    [Fact]
    public void Where_no_scheme_meets_the_target_repetitions_still_deliver()
    {
        // 2 dB below the lowest threshold the first round fails and the second (+3 dB) succeeds: half the efficiency of row 0. 4 dB below, the third.
        var law = Laws[1];
        var snr = Linear(law.ErrorModel.ThresholdDb(0, 1000) - 2);
        Assert.Equal(-1, law.ErrorModel.SelectMcsForResources(snr, law.ResourceElements, law.TargetBler));
        Assert.Equal(McsTable.Qam64[0].SpectralEfficiency / 2, law.SpectralEfficiency(snr), 1e-3);
        var third = Linear(law.ErrorModel.ThresholdDb(0, 1000) - 4);
        Assert.Equal(McsTable.Qam64[0].SpectralEfficiency / 3, law.SpectralEfficiency(third), 1e-3);
    }

    [Fact]
    public void More_rounds_carry_no_less_and_a_larger_gap_no_more()
    {
        var one = new AdaptiveModulationRate(new(McsTable.Qam64), 1500, maximumRounds: 1);
        var four = new AdaptiveModulationRate(new(McsTable.Qam64), 1500, maximumRounds: 4);
        var ideal = new AdaptiveModulationRate(new(McsTable.Qam64, 1.3), 1500, maximumRounds: 4);
        for (var db = -15.0; db < 30; db += 0.13)
        {
            Assert.True(four.SpectralEfficiency(Linear(db)) >= one.SpectralEfficiency(Linear(db)) - 1e-12);
            Assert.True(ideal.SpectralEfficiency(Linear(db)) >= four.SpectralEfficiency(Linear(db)) - 1e-12);
        }
    }

    [Fact]
    public void Many_blocks_at_once_are_the_blocks_one_by_one()
    {
        var law = Laws[0];
        var values = Enumerable.Range(0, 1001).Select(i => Linear(-25 + (0.07 * i))).Append(0.0).Append(-0.0).Append(double.PositiveInfinity).Append(1e-320).ToArray();
        var expected = Array.ConvertAll(values, law.SpectralEfficiency);
        law.SpectralEfficiencies(values);
        Assert.Equal(expected, values);
    }

    [Fact]
    public void Laws_of_equal_parameters_are_equal_keys()
    {
        AdaptiveModulationRate Make(double gap = 3.5, int elements = 150, double target = 0.1, double overhead = 0.14, int rounds = 4) =>
            new(new(McsTable.Qam64, gap), elements, target, overhead, rounds);

        Assert.Equal(Laws[0], Make());
        Assert.Equal(Laws[0].GetHashCode(), Make().GetHashCode());
        foreach (var other in new[] { Make(gap: 3), Make(elements: 151), Make(target: 0.2), Make(overhead: 0.1), Make(rounds: 3), new(new(McsTable.Qam256), 150) })
        {
            Assert.NotEqual(Laws[0], other);
        }
    }

    [Fact]
    public void Bad_numbers_are_refused_by_name()
    {
        var errors = new BlockErrorModel(McsTable.Qam64);
        Assert.Throws<ArgumentNullException>("errorModel", () => new AdaptiveModulationRate(null!, 150));
        Assert.Throws<ArgumentOutOfRangeException>("resourceElements", () => new AdaptiveModulationRate(errors, 0));
        Assert.Throws<ArgumentOutOfRangeException>("targetBler", () => new AdaptiveModulationRate(errors, 150, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("overheadShare", () => new AdaptiveModulationRate(errors, 150, 0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("maximumRounds", () => new AdaptiveModulationRate(errors, 150, 0.1, 0, 0));
        foreach (var bad in new[] { double.NaN, -double.NaN, -1, double.NegativeInfinity, -double.Epsilon })
        {
            Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => Laws[0].SpectralEfficiency(bad));
            Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => Laws[0].SpectralEfficiencies(new[] { 1, bad }));
        }
    }

    [Fact]
    public void Evaluation_allocates_nothing()
    {
        var values = new double[1024];
        Laws[0].SpectralEfficiencies(values);
        Array.Fill(values, 10.0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Laws[0].SpectralEfficiencies(values);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(values[1023] > 0);
    }

    private static double Goodput(AdaptiveModulationRate law, int mcs, double snr)
    {
        var scheme = law.ErrorModel.Table[mcs];
        var bits = TransportBlockSize.Bits(law.ResourceElements, scheme);
        var rounds = 1.0;
        for (var k = 1; k < law.MaximumRounds; k++)
        {
            rounds += law.ErrorModel.TransportBlockErrorRate(mcs, k * snr, bits);
        }

        var delivered = 1 - law.ErrorModel.TransportBlockErrorRate(mcs, law.MaximumRounds * snr, bits);
        return scheme.SpectralEfficiency * (1 - law.OverheadShare) * delivered / rounds;
    }
}
