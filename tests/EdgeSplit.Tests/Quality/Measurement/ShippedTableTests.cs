using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Quality.Measurement;
using EdgeSplit.Tests.Inference;

namespace EdgeSplit.Tests.Quality.Measurement;

/// <summary>The table that comes with the library is that of the checkpoint that comes with the project: a new checkpoint needs a new measurement.</summary>
public sealed class ShippedTableTests
{
    [Fact]
    public void It_is_measured_on_the_checkpoint_and_on_the_text_that_this_writes()
    {
        var table = ReferenceQuality.Table;
        var model = ReferenceModel.Model;
        Assert.Equal(model.Checkpoint.ComputeSha256(), table.Model.Sha256);
        Assert.Equal((model.Layers, model.HiddenSize, model.Vocabulary), (table.Model.Layers, table.Model.HiddenSize, table.Model.Vocabulary));

        var text = MeasurementText.Sample(model, table.Text.Windows, table.Text.ContextTokens, table.Seed, threads: 2);
        Assert.Equal(text.Provenance.Sha256, table.Text.Sha256);

        // The cheapest points again, on all windows: the clean model, and the last split where it was erased.
        var channel = new DamageChannel(table.Seed, table.Text.ContextTokens, model.HiddenSize);
        var cell = table.Cells.First(own => own.Split == model.Layers - 1 && own.Damage.ErasureProbability == 0.1);
        var again = QualityEvaluation.Run(
            model, text, [new SplitChange(cell.Split, (window, state, _, _) => channel.Apply(cell.Damage, window, state))], threads: 1, CancellationToken.None);
        Assert.Equal(table.Clean.Nll, again.Clean.Nll, 1e-9);
        Assert.Equal(cell.Estimate.NllRise, again.Changed[0].NllRise, 1e-9);
        Assert.InRange(cell.Estimate.NllRise, 0.01, 0.2);
    }
}
