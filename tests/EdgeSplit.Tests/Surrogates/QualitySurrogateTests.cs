using EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;

namespace EdgeSplit.Tests.Surrogates;

public sealed class QualitySurrogateTests
{
    private const int FewSteps = 40;

    private static readonly double[] Levels = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3];

    [Fact]
    public void It_has_the_published_number_of_parameters_and_equal_arguments_give_equal_bits()
    {
        var points = Smooth();
        var first = QualitySurrogate.Train(points, 3, FewSteps);
        Assert.Equal(QualitySurrogate.ParameterCount, first.Parameters.Length);
        Assert.Equal((2 * 128) + 128 + (128 * 128) + 128 + 128 + 1, QualitySurrogate.ParameterCount);
        var second = QualitySurrogate.Train(points, 3, FewSteps);
        Assert.True(first.Parameters.SequenceEqual(second.Parameters));
        Assert.Equal(BitConverter.DoubleToInt64Bits(first.Evaluate(4, 0.12)), BitConverter.DoubleToInt64Bits(second.Evaluate(4, 0.12)));
        Assert.False(first.Parameters.SequenceEqual(QualitySurrogate.Train(points, 4, FewSteps).Parameters));
    }

    [Fact]
    public void It_fits_a_smooth_function_at_its_points_and_between_them()
    {
        var surrogate = QualitySurrogate.Train(Smooth(), steps: 1000);
        Assert.All(Smooth(), point => Assert.Equal(point.LossNats, surrogate.Evaluate(point.Split, point.ErasureProbability), 0.01));
        Assert.All(new[] { 2.5, 6.5, 9.5 }, split => Assert.All(new[] { 0.075, 0.125, 0.175 }, share => Assert.Equal(Loss(split, share), surrogate.Evaluate(split, share), 0.03)));
    }

    [Fact]
    public void An_evaluation_allocates_nothing()
    {
        var surrogate = QualitySurrogate.Train(Smooth(), steps: FewSteps);
        var sum = surrogate.Evaluate(3, 0.1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            sum += surrogate.Evaluate(3, i / 400.0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(double.IsFinite(sum));
    }

    [Fact]
    public void What_cannot_be_trained_on_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => QualitySurrogate.Train(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => QualitySurrogate.Train([new(1, 0.1, 0, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => QualitySurrogate.Train([new(1, 0.1, 0, 0), new(2, double.NaN, 0, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => QualitySurrogate.Train([new(1, 0.1, 0, 0), new(2, 0.1, double.NaN, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => QualitySurrogate.Train(Smooth(), steps: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => QualitySurrogate.Train(Smooth(), steps: 1).Evaluate(1, 1.1));
    }

    [Fact]
    public void The_points_are_the_single_values_erased_and_one_without_loss_per_split()
    {
        var points = QualitySurrogate.PointsOf(ReferenceQuality.Table);
        Assert.Equal(11 * 8, points.Count);
        Assert.Equal([0, .. Levels], points.Where(point => point.Split == 4).Select(point => point.ErasureProbability));
        Assert.All(points.Where(point => point.ErasureProbability == 0), point => Assert.Equal(0, point.LossNats));
        var cell = ReferenceQuality.Table.Cells.Single(cell => cell.Split == 4 && cell.Damage == new HiddenStateDamage { ErasureProbability = 0.2 });
        Assert.Contains(new QualityPoint(4, 0.2, cell.Estimate.NllRise, cell.Estimate.NllRiseStandardError), points);
    }

    [Fact]
    public void A_level_that_is_left_out_does_not_move_the_network()
    {
        static bool IsLeftOut(QualityPoint point) => point.ErasureProbability == 0.1;
        var points = Smooth();
        QualityPoint[] changed = [.. points.Select(point => IsLeftOut(point) ? point with { LossNats = 100 - point.LossNats } : point)];
        var before = QualityHoldOut.Fit(points, IsLeftOut, 0, FewSteps);
        Assert.True(before.Parameters.SequenceEqual(QualityHoldOut.Fit(changed, IsLeftOut, 0, FewSteps).Parameters));
        Assert.Equal(before.Evaluate(5, 0.1), QualityHoldOut.Fit(changed, IsLeftOut, 0, FewSteps).Evaluate(5, 0.1));
        Assert.False(before.Parameters.SequenceEqual(QualityHoldOut.Fit(changed, _ => false, 0, FewSteps).Parameters));
    }

    /// <summary>Raising the values of one level by a constant raises its own held-out errors by exactly that, for network and interpolation, as neither has seen them.</summary>
    [Fact]
    public void Errors_of_a_table_are_of_what_was_left_out()
    {
        var table = Table(Loss);
        var result = QualityHoldOut.Compare(table, networks: 1, steps: 5);
        Assert.Equal(["one level of erasure", "every other level", "one split", "every other split", "nothing"], result.Select(row => row.LeftOut));
        Assert.Equal([66, 33, 63, 35, 77], result.Select(row => row.Points));
        Assert.Equal(0, result[4].Interpolation.RootMeanSquareNats);
        Assert.All(result, row => Assert.Equal(0.01, row.NoiseNats, 1e-12));

        // In a table that is linear in depth, interpolation gives a split that was left out exactly; the network does not.
        Assert.True(result[2].Interpolation.LargestNats < 1e-12 && result[3].Interpolation.LargestNats < 1e-12);
        Assert.True(result[2].Network.RootMeanSquareNats > 1e-3);

        // A jump at one inner split is missed in full when that split is left out, and nowhere to be seen when nothing is.
        var jump = QualityHoldOut.Compare(Table((split, share) => Loss(split, share) + (split == 6 ? 5 : 0)), networks: 1, steps: 5);
        Assert.InRange(jump[2].Interpolation.LargestNats, 5 - 1e-9, 5 + 1e-9);
        Assert.Equal(0, jump[4].Interpolation.LargestNats);
    }

    [Fact]
    public void A_table_with_nothing_to_leave_out_is_refused()
    {
        var table = Table(Loss);
        Assert.Throws<ArgumentException>(() => QualityHoldOut.Compare(table with { Cells = [.. table.Cells.Where(cell => cell.Split < 3)] }));
        Assert.Throws<ArgumentException>(() => QualityHoldOut.Compare(table with { Cells = [.. table.Cells.Where(cell => cell.Damage.ErasureProbability < 0.03)] }));
        Assert.Throws<ArgumentNullException>(() => QualityHoldOut.Compare(null!));
    }

    private static double Loss(double split, double share) => (1 + (0.1 * split)) * share * (1 + (4 * share));

    private static QualityPoint[] Smooth() => [.. from split in Enumerable.Range(1, 11) from share in (double[])[0, .. Levels] select new QualityPoint(split, share, Loss(split, share), 0)];

    private static QualityTable Table(Func<double, double, double> loss) => ReferenceQuality.Table with
    {
        Cells = [.. from split in Enumerable.Range(1, 11)
                    from share in Levels
                    select new QualityCell(split, new HiddenStateDamage { ErasureProbability = share }, new QualityEstimate(1, 0.01, 0, 0.01, 1, 0, loss(split, share), 0.01))],
    };
}
