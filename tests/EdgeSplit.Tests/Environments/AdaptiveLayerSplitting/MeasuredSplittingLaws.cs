using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;
using EdgeSplit.Core.Quality;

namespace EdgeSplit.Tests.Environments.AdaptiveLayerSplitting;

public class MeasuredSplittingLaws
{
    [Fact]
    public void Every_choice_pays_the_relative_gain_and_the_layers_saved()
    {
        var environment = new MeasuredSplittingEnvironment(10);
        var run = new BatchRun(environment);
        run.Reset(3);
        var first = run.Observations.ToArray();
        var (noise, splits, ratios) = (new double[10], new int[10], new double[10]);
        for (var i = 0; i < 10; i++)
        {
            (noise[i], splits[i]) = (first[2 * i], (int)first[(2 * i) + 1]);
            Assert.InRange(noise[i], 0.08, 0.22);
            Assert.InRange(splits[i], 3, 6);
            ratios[i] = environment.PerplexityRatio(noise[i], splits[i]);
        }

        for (var step = 1; step <= 5; step++)
        {
            for (var i = 0; i < 10; i++)
            {
                run.Actions[i] = step == 1 ? splits[i] - 1 : (i + (step * 3)) % 10; // the first one stays
            }

            run.Step();
            var shown = step < 5 ? run.Observations : run.FinalObservations;
            for (var i = 0; i < 10; i++)
            {
                var next = run.Actions[i] + 1;
                noise[i] *= next > splits[i] ? 0.9995 : next < splits[i] ? 1.0005 : 1;
                ratios[i] = next == splits[i] ? ratios[i] : environment.PerplexityRatio(noise[i], next);
                splits[i] = next;
                var start = environment.PerplexityRatio(first[2 * i], (int)first[(2 * i) + 1]);
                Assert.Equal(noise[i], shown[2 * i], 1e-15);
                Assert.Equal(next, shown[(2 * i) + 1]);
                Assert.Equal((10.5 * (start - ratios[i]) / start) + ((10 - next) / 10.0), run.Rewards[i], 1e-12);
                Assert.Equal(step == 5, run.Truncated[i]);
            }
        }
    }

    [Fact]
    public void Staying_in_the_first_step_gains_nothing()
    {
        // The released code pays 10.5 for it, since it compares with no perplexity at all.
        var run = new BatchRun(new MeasuredSplittingEnvironment());
        run.Reset(1);
        run.Actions[0] = (int)run.Observations[1] - 1;
        run.Step();
        Assert.Equal((10 - run.Observations[1]) / 10, run.Rewards[0], 1e-15);
    }

    [Fact]
    public void Perplexity_is_that_of_the_table_after_exactly_p_layers()
    {
        var environment = new MeasuredSplittingEnvironment();
        var checkedCells = 0;
        foreach (var cell in ReferenceQuality.Table.Cells)
        {
            if (cell.Split <= 10 && cell.Damage.Simplified == new HiddenStateDamage { ErasureProbability = cell.Damage.ErasureProbability } && cell.Damage.ErasureProbability is > 0 and <= 0.3)
            {
                Assert.Equal(Math.Exp(cell.Estimate.NllRise), environment.PerplexityRatio(cell.Damage.ErasureProbability, cell.Split), 1e-9);
                checkedCells++;
            }
        }

        Assert.True(checkedCells >= 20, $"{checkedCells} cells");
        Assert.Equal(1, environment.PerplexityRatio(0, 5));
    }

    [Fact]
    public void With_32_layers_the_ten_splits_lie_in_the_first_third_of_the_model()
    {
        // Split 8 of 32 is at the depth of split 3 of 12.
        var deep = new MeasuredSplittingEnvironment(totalLayers: 32);
        Assert.Equal(new MeasuredSplittingEnvironment().PerplexityRatio(0.2, 3), deep.PerplexityRatio(0.2, 8), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeasuredSplittingEnvironment(totalLayers: 10));
    }

    [Fact]
    public void It_keeps_the_contract_and_allocates_nothing()
    {
        Assert.Empty(EnvironmentContract.CheckBatch(count => new MeasuredSplittingEnvironment(count), steps: 60));
        var run = new BatchRun(new MeasuredSplittingEnvironment(5));
        run.Reset(1);
        Assert.Equal(0, run.AllocatedBytes(100));
    }
}
