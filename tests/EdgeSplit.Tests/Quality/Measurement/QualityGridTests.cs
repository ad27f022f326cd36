using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Quality.Measurement;

namespace EdgeSplit.Tests.Quality.Measurement;

public sealed class QualityGridTests
{
    private static readonly HiddenStateDamage AllErased = new() { ErasureProbability = 1 };

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(80)]
    public void Everything_erased_is_measured_at_every_split(int layers)
    {
        var plan = new QualityGrid().Plan(layers, 128);
        Assert.Equal(Math.Min(layers - 1, QualityGrid.MostSplits), plan.Splits.Count);
        Assert.Equal((1, layers - 1), (plan.Splits[0], plan.Splits[^1]));
        Assert.Equal(plan.Splits, plan.Cells.Where(cell => cell.Damage == AllErased).Select(cell => cell.Split));
        Assert.Equal(plan.Cells.Count, plan.Cells.Distinct().Count());
        Assert.Equal(layers, plan.Weights.Max(own => own.Layers));
    }

    [Fact]
    public void The_usual_grid_of_the_reference_model_costs_some_360_passes_over_the_text()
    {
        var plan = new QualityGrid().Plan(12, 128);
        Assert.InRange(plan.Cells.Count + plan.Weights.Count, 600, 750);
        var passes = plan.Cells.Sum(cell => (12 - cell.Split) / 12.0) + plan.Weights.Sum(own => (12 - own.Layers + 1) / 12.0);
        Assert.InRange(passes, 300, 380);
    }

    [Fact]
    public void Lists_replace_the_usual_ones()
    {
        var plan = new QualityGrid { Splits = [3, 2, 3], ErasureProbabilities = [0.1], SnrDb = [], Bits = [4], WeightBits = [], SlicesOnly = true }.Plan(5, 16);
        Assert.Equal([(2, 0.1), (2, 0.0), (2, 1.0), (3, 0.1), (3, 0.0), (3, 1.0)], plan.Cells.Select(cell => (cell.Split, cell.Damage.ErasureProbability)).OrderBy(cell => cell.Split).ThenBy(cell => Array.IndexOf([0.1, 0, 1], cell.ErasureProbability)));
        Assert.Empty(plan.Weights);
    }

    [Fact]
    public void Plans_refuse_what_cannot_be_measured()
    {
        static void Refuse(int split, HiddenStateDamage damage) => Assert.ThrowsAny<ArgumentException>(() => new QualityPlan(4, [new PlannedCell(split, damage)], []));
        Refuse(0, AllErased);
        Refuse(4, AllErased);
        Refuse(1, HiddenStateDamage.None);
        Refuse(1, new HiddenStateDamage { ErasureProbability = double.NaN, Bits = 3 });
        Refuse(1, new HiddenStateDamage { ErasureProbability = 1.1 });
        Refuse(1, new HiddenStateDamage { SnrDb = double.NaN });
        Refuse(1, new HiddenStateDamage { Bits = 1 });
        Refuse(1, new HiddenStateDamage { ErasureProbability = 0.1, Pattern = EdgeSplit.Core.Compression.ErasurePattern.Packets });
        Assert.ThrowsAny<ArgumentException>(() => new QualityPlan(4, [], []));
        foreach (var weights in new PlannedWeights[] { new(5, 4, 32), new(0, 4, 32), new(1, 9, 32), new(1, 1, 32), new(1, 4, -1) })
        {
            Assert.ThrowsAny<ArgumentException>(() => new QualityPlan(4, [new PlannedCell(1, AllErased)], [weights]));
        }
    }
}
