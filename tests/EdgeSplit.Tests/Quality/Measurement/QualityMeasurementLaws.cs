using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Quality.Leakage;
using EdgeSplit.Core.Quality.Measurement;
using EdgeSplit.Tests.Inference;

namespace EdgeSplit.Tests.Quality.Measurement;

/// <summary>A table from a small random checkpoint: threads, interruptions, journals, quantised weights.</summary>
public sealed class QualityMeasurementLaws : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LlamaModel model;
    private readonly MeasurementText text;
    private readonly QualityPlan plan;
    private readonly LeakageMeasurement leakage;

    public QualityMeasurementLaws()
    {
        new RandomCheckpoint { Layers = 4 }.Write(folder.Path);
        model = LlamaModel.Load(folder.Path);
        text = MeasurementText.Sample(model, 11, 12, 5);
        plan = new QualityGrid { ErasureProbabilities = [0.1, 0.5], SnrDb = [0, 10], Bits = [3, 8], WeightBits = [3, 4], SlicesOnly = false }.Plan(4, 16);
        var attacks = new LeakagePlan { Windows = 3, Positions = 6, TrainingWindows = 8, ExhaustiveDamages = [HiddenStateDamage.None, new HiddenStateDamage { SnrDb = 10 }] };
        leakage = new LeakageMeasurement(model, attacks, LeakageText.Sample(model, attacks, 0, new LlamaWorkspace()));
    }

    private string Journal => folder.PathOf("table.json.partial");

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Equal_bits_on_any_number_of_threads(int threads) =>
        Assert.Equal(Measure(new MeasurementOptions { Threads = 1 }), Measure(new MeasurementOptions { Threads = threads }));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(25)]
    public void An_interrupted_run_goes_on_to_the_same_bits(int parts)
    {
        var whole = Measure(new MeasurementOptions());
        var options = new MeasurementOptions { JournalPath = Journal, Threads = 2 };
        Interrupt(options, parts);
        var kept = File.ReadAllBytes(Journal);

        // Killed while writing: the last line is torn.
        File.WriteAllBytes(Journal, kept[..^7]);
        var shares = new List<double>();
        Assert.Equal(whole, Measure(options, new Callback(progress => shares.Add(progress.Share))));
        Assert.Equal(1, shares.Max(), 1e-12);

        // Everything is there: nothing runs again.
        var finished = File.ReadAllBytes(Journal);
        shares.Clear();
        Assert.Equal(whole, Measure(options, new Callback(progress => shares.Add(progress.Share))));
        Assert.Empty(shares);
        Assert.Equal(finished, File.ReadAllBytes(Journal));
    }

    [Fact]
    public void The_journal_of_another_measurement_is_refused_and_kept()
    {
        var options = new MeasurementOptions { JournalPath = Journal };
        Interrupt(options, 2);
        var kept = File.ReadAllBytes(Journal);
        var error = Assert.Throws<MeasurementJournalException>(() => Measure(options with { Seed = 2 }));
        Assert.Contains("another measurement", error.Message, StringComparison.Ordinal);
        Assert.Contains("--restart", error.Message, StringComparison.Ordinal);
        Assert.Equal(kept, File.ReadAllBytes(Journal));

        Assert.Equal(Measure(new MeasurementOptions { Seed = 2 }), Measure(options with { Seed = 2, Restart = true }));
    }

    [Theory]
    [InlineData("my own notes\n")]
    [InlineData("my own notes without an end of line")]
    [InlineData("")]
    [InlineData("{\"format\":\"edgesplit-measu")]
    public void A_file_that_is_no_journal_is_never_overwritten(string content)
    {
        File.WriteAllText(Journal, content);
        var options = new MeasurementOptions { JournalPath = Journal };
        if (content.StartsWith("my", StringComparison.Ordinal))
        {
            Assert.Contains("no journal", Assert.Throws<MeasurementJournalException>(() => Measure(options)).Message, StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllText(Journal));
        }
        else
        {
            Assert.Equal(Measure(new MeasurementOptions()), Measure(options)); // a first line torn by a kill
        }
    }

    [Fact]
    public void A_journal_that_another_run_writes_is_refused()
    {
        using var other = new FileStream(Journal, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.Throws<MeasurementJournalException>(() => Measure(new MeasurementOptions { JournalPath = Journal }));
    }

    [Fact]
    public void A_broken_line_in_the_middle_is_refused()
    {
        var options = new MeasurementOptions { JournalPath = Journal };
        Interrupt(options, 3);
        var lines = File.ReadAllLines(Journal);
        foreach (var broken in new[] { "{\"Part\":99,\"Group\":0,\"Values\":\"\"}", "{\"Part\":-1,\"Group\":0,\"Values\":\"AAAA\"}", "{\"Part\":0,\"Group\":99,\"Values\":\"\"}", "{\"Part\":0,\"Group\":0,\"Values\":\"AAAA\"}", "{\"Part\":0,\"Group\":0,\"Values\":\"?\"}", "null", "x" })
        {
            File.WriteAllText(Journal, lines[0] + "\n" + broken + "\n" + lines[2] + "\n");
            Assert.Contains("line 2", Assert.Throws<MeasurementJournalException>(() => Measure(options)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_weight_cell_is_the_model_with_rounded_weights()
    {
        var table = QualityTable.Parse(Measure(new MeasurementOptions()), "table");
        Assert.Equal(plan.Weights.Count, table.Weights.Count);
        foreach (var cell in table.Weights)
        {
            using var rounded = model.WithQuantizedLayers(cell.Layers, cell.Bits, cell.GroupSize);
            Assert.Equal(QualityEvaluation.Run(rounded, text, []).Clean.Nll, cell.Estimate.Nll);
            Assert.True(cell.Estimate.Kl > 0);
        }

        using var same = model.WithQuantizedLayers(0, 2, 32);
        Assert.Equal(table.Clean.Nll, QualityEvaluation.Run(same, text, []).Clean.Nll);
    }

    [Fact]
    public void A_table_holds_every_planned_cell_and_its_provenance()
    {
        var table = QualityTable.Parse(Measure(new MeasurementOptions { ModelName = "small", Seed = 9 }), "table");
        Assert.Equal(plan.Cells.Select(cell => (cell.Split, cell.Damage)).ToHashSet(), table.Cells.Select(cell => (cell.Split, cell.Damage)).ToHashSet());
        Assert.Equal(("small", model.Checkpoint.ComputeSha256(), 4, 16, 32), (table.Model.Name, table.Model.Sha256, table.Model.Layers, table.Model.HiddenSize, table.Model.Vocabulary));
        Assert.Equal((text.Provenance, 9UL), (table.Text, table.Seed));
        Assert.Equal(QualityEvaluation.Run(model, text, []).Clean, table.Clean);
        Assert.All(table.Cells, cell => Assert.True(cell.Estimate.Kl > 0));
        Assert.Equal(leakage.Run(1).ToHashSet(), table.Leakage.ToHashSet());
    }

    private string Measure(MeasurementOptions options, IProgress<MeasurementProgress>? progress = null) =>
        QualityMeasurement.Run(model, text, plan, leakage, options, progress).ToJson();

    private void Interrupt(MeasurementOptions options, int parts)
    {
        using var ending = new CancellationTokenSource();
        var finished = 0;
        Assert.Throws<OperationCanceledException>(() => QualityMeasurement.Run(model, text, plan, leakage, options, new Callback(_ =>
        {
            if (Interlocked.Increment(ref finished) == parts)
            {
                ending.Cancel();
            }
        }), ending.Token));
    }

    private sealed class Callback(Action<MeasurementProgress> act) : IProgress<MeasurementProgress>
    {
        public void Report(MeasurementProgress value)
        {
            lock (act)
            {
                act(value);
            }
        }
    }
}
