using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality.Leakage;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Measures a quality table on a checkpoint: slices of damage by split, quantised weights, leakage.</summary>
/// <remarks>
/// <para>The text is worked through in groups of four windows; a part of the plan (a split with its damages, or a weight format with its numbers of layers) on a group is the unit that runs on one
/// thread and is journalled. Equal arguments give equal bits on any number of threads, and after any number of interruptions.</para>
/// <para>Leakage has units of its own (<see cref="LeakageMeasurement"/>), which are journalled as well.</para>
/// <para>Memory per thread: the states of four windows at the measured splits, twice their state, their clean logits and the logits of one. Quantised weights are held for one format at a time, in single
/// precision.</para>
/// </remarks>
public sealed class QualityMeasurement
{
    private readonly LlamaModel model;
    private readonly MeasurementText text;
    private readonly MeasurementOptions options;
    private readonly MeasurementPart[] parts;
    private readonly WindowQuality[] clean;
    private readonly WindowQuality[][][] results;
    private readonly bool[,] isDone;
    private readonly MeasurementJournal? journal;
    private readonly MeasurementProgressMeter meter;
    private readonly LeakageProgress? leakage;
    private readonly CancellationToken cancellation;

    private QualityMeasurement(
        LlamaModel model,
        MeasurementText text,
        MeasurementPart[] parts,
        LeakageProgress? leakage,
        MeasurementOptions options,
        MeasurementJournal? journal,
        IProgress<MeasurementProgress>? progress,
        CancellationToken cancellation)
    {
        this.model = model;
        this.text = text;
        this.options = options;
        this.parts = parts;
        this.journal = journal;
        this.leakage = leakage;
        this.cancellation = cancellation;
        clean = new WindowQuality[text.Windows];
        results = [.. parts.Select(part => Enumerable.Range(0, part.Cells).Select(_ => new WindowQuality[text.Windows]).ToArray())];
        isDone = new bool[parts.Length, WindowPass.Groups(text)];
        meter = new MeasurementProgressMeter(progress, (parts.Sum(part => part.Work(model.Layers, text)) * isDone.GetLength(1)) + (leakage?.Work ?? 0));
    }

    /// <summary>Measures.</summary>
    /// <param name="model">The model, of as many layers as the plan.</param>
    /// <param name="text">The text; context of at most the model's positions.</param>
    /// <param name="plan">What to measure.</param>
    /// <param name="leakage">Attacks on the same model, run afterwards; none where null.</param>
    /// <param name="options">How to run; the defaults where null.</param>
    /// <param name="progress">Told how far it is, from several threads; may be null.</param>
    /// <param name="cancellation">Ends the run; what is finished stays in the journal.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentException">A number is out of range, plan or text do not fit the model, or the model's numbers overflow.</exception>
    /// <exception cref="MeasurementJournalException">The journal belongs to another measurement, is none, or cannot be opened.</exception>
    /// <exception cref="IOException">The journal cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public static QualityTable Run(
        LlamaModel model,
        MeasurementText text,
        QualityPlan plan,
        LeakageMeasurement? leakage = null,
        MeasurementOptions? options = null,
        IProgress<MeasurementProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(plan);
        options ??= new MeasurementOptions();
        Guard.InRange(options.Threads, 1, 256);
        Guard.InRange(plan.Layers, model.Layers, model.Layers);
        Guard.InRange(text.ContextTokens, 2, model.Configuration.MaximumPositions);
        var name = Guard.NotBlank(options.ModelName ?? model.Checkpoint.Name);
        var identity = new MeasurementIdentity(model, text, plan, leakage, options.Seed);
        var parts = MeasurementPart.Of(plan);
        var attacks = leakage is null ? null : new LeakageProgress(leakage);
        using var journal = options.JournalPath is { } path
            ? MeasurementJournal.Open(path, identity.Sha256, options.Restart, record => Values(record, parts, text) is not null || attacks?.Read(record) is not null)
            : null;
        var measurement = new QualityMeasurement(model, text, parts, attacks, options, journal, progress, cancellation);
        measurement.TakeUp();
        measurement.RunDamages();
        measurement.RunWeights();
        return measurement.Table(name, identity) with { Leakage = measurement.RunLeakage() };
    }

    private void TakeUp()
    {
        foreach (var record in journal?.Finished ?? [])
        {
            if (Values(record, parts, text) is { } quality)
            {
                Store(record.Part, record.Group, quality);
                meter.TakeUp(parts[record.Part].Work(model.Layers, text));
            }
            else if (leakage?.Read(record) is { } count)
            {
                meter.TakeUp(leakage.TakeUp(count));
            }
        }
    }

    /// <summary>The values of a line, of the clean model first; null where it is no part of the plan.</summary>
    private static WindowQuality[]? Values(JournalRecord record, MeasurementPart[] parts, MeasurementText text) =>
        record.Part >= 0 && record.Part < parts.Length && record.Group >= 0 && record.Group < WindowPass.Groups(text)
            ? record.Read<WindowQuality>((1 + parts[record.Part].Cells) * WindowPass.GroupOf(text, record.Group).Count)
            : null;

    private IReadOnlyList<LeakageCell> RunLeakage() => leakage?.Run(options.Threads, (count, unit) =>
    {
        journal?.Append(JournalRecord.Of(count));
        meter.Finish(unit.Work, FormattableString.Invariant($"leakage at split {unit.Split}, {unit.Attack}"));
    }, cancellation) ?? [];

    private void RunDamages()
    {
        var own = Enumerable.Range(0, parts.Length).Where(part => parts[part].Damages.Count > 0).ToArray();
        RunParts(own, [.. own.Select(part => parts[part].Split)], (pass, part, cell, quality) =>
        {
            var damage = parts[part].Damages[cell];
            var channel = pass.Channel(options.Seed);
            pass.Evaluate(parts[part].Split, (window, state, _, _) => channel.Apply(damage, window, state), quality);
        });
    }

    private void RunWeights()
    {
        for (var part = 0; part < parts.Length; part++)
        {
            var weights = parts[part].Weights;
            if (weights.Count == 0 || IsWhole(part))
            {
                continue;
            }

            using var quantised = model.WithQuantizedLayers(weights[^1].Layers, weights[0].Bits, weights[0].GroupSize);
            RunParts([part], [], (pass, _, cell, quality) =>
                pass.EvaluateFirstLayers(quantised, cell == 0 ? 0 : weights[cell - 1].Layers, weights[cell].Layers, quality));
        }
    }

    /// <summary>Runs what is missing of some parts on all groups.</summary>
    private void RunParts(int[] own, int[] splits, EvaluateCell evaluate)
    {
        if (Array.TrueForAll(own, IsWhole))
        {
            return;
        }

        ParallelUnits.Run(WindowPass.Groups(text), options.Threads, threads => new WindowPass(model, text, splits, threads), Measure, cancellation);

        void Measure(WindowPass pass, int group)
        {
            var missing = Array.FindAll(own, part => !isDone[part, group]);
            if (missing.Length == 0)
            {
                return;
            }

            var (_, count) = WindowPass.GroupOf(text, group);
            var started = new WindowQuality[count];
            pass.Start(group, started);
            foreach (var part in missing)
            {
                var quality = new WindowQuality[(1 + parts[part].Cells) * count];
                started.CopyTo(quality, 0);
                for (var cell = 0; cell < parts[part].Cells; cell++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    evaluate(pass, part, cell, quality.AsSpan((1 + cell) * count, count));
                }

                Store(part, group, quality);
                journal?.Append(JournalRecord.Of(part, group, quality));
                meter.Finish(parts[part].Work(model.Layers, text), parts[part].Name);
            }
        }
    }

    private void Store(int part, int group, ReadOnlySpan<WindowQuality> quality)
    {
        var (first, count) = WindowPass.GroupOf(text, group);
        quality[..count].CopyTo(clean.AsSpan(first));
        for (var cell = 0; cell < parts[part].Cells; cell++)
        {
            quality.Slice((1 + cell) * count, count).CopyTo(results[part][cell].AsSpan(first));
        }

        isDone[part, group] = true;
    }

    private bool IsWhole(int part)
    {
        for (var group = 0; group < isDone.GetLength(1); group++)
        {
            if (!isDone[part, group])
            {
                return false;
            }
        }

        return true;
    }

    private QualityTable Table(string name, MeasurementIdentity identity)
    {
        QualityEstimate Estimate(int part, int cell) => WindowStatistics.Estimate(clean, results[part][cell]);
        var indices = Enumerable.Range(0, parts.Length).ToArray();
        return new QualityTable
        {
            Model = new QualityTableModel(name, identity.CheckpointSha256, model.Layers, model.HiddenSize, model.Vocabulary),
            Text = text.Provenance,
            Seed = options.Seed,
            LibraryVersion = identity.LibraryVersion,
            Clean = WindowStatistics.Estimate(clean, clean),
            Cells = [.. indices.SelectMany(part => parts[part].Damages.Select((damage, cell) => new QualityCell(parts[part].Split, damage, Estimate(part, cell))))],
            Weights = [.. indices.SelectMany(part => parts[part].Weights.Select((own, cell) => new WeightCell(own.Layers, own.Bits, own.GroupSize, Estimate(part, cell))))],
        };
    }

    private delegate void EvaluateCell(WindowPass pass, int part, int cell, Span<WindowQuality> quality);
}
