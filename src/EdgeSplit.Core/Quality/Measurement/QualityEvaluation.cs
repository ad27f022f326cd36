using EdgeSplit.Core.Inference;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Quality of a model on a text, clean and with changes of its hidden state, window by window: perplexity, and what a codec or channel of one's own does to it.</summary>
/// <remarks>The clean model runs once; each change runs only the layers behind its split. Equal arguments give equal bits on any number of threads. Immutable.</remarks>
public sealed class QualityEvaluation
{
    private readonly WindowQuality[] clean;
    private readonly WindowQuality[][] changed;

    private QualityEvaluation(WindowQuality[] clean, WindowQuality[][] changed)
    {
        this.clean = clean;
        this.changed = changed;
        Clean = WindowStatistics.Estimate(clean, clean);
        Changed = [.. changed.Select(windows => WindowStatistics.Estimate(clean, windows))];
    }

    /// <summary>The clean model; its perplexity is exp(<see cref="QualityEstimate.Nll"/>).</summary>
    public QualityEstimate Clean { get; }

    /// <summary>The changes, in their order.</summary>
    public IReadOnlyList<QualityEstimate> Changed { get; }

    /// <summary>The clean model by window.</summary>
    public ReadOnlySpan<WindowQuality> CleanWindows => clean;

    /// <summary>A change by window.</summary>
    /// <param name="change">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such change.</exception>
    public ReadOnlySpan<WindowQuality> WindowsOf(int change) => changed[Guard.InRange(change, 0, changed.Length - 1)];

    /// <summary>Measures.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text; context of at most the model's positions.</param>
    /// <param name="changes">Changes of the hidden state, each measured alone; may be empty.</param>
    /// <param name="threads">Threads, 1 to 256.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, the text does not fit the model, or logits are not finite.</exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public static QualityEvaluation Run(
        LlamaModel model, MeasurementText text, IReadOnlyList<SplitChange> changes, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(changes);
        Guard.InRange(threads, 1, 256);
        Guard.InRange(text.ContextTokens, 2, model.Configuration.MaximumPositions);
        foreach (var change in changes)
        {
            Guard.InRange(change.Split, 0, model.Layers);
            ArgumentNullException.ThrowIfNull(change.Change);
        }

        var clean = new WindowQuality[text.Windows];
        var changed = changes.Select(_ => new WindowQuality[text.Windows]).ToArray();
        ParallelUnits.Run(
            WindowPass.Groups(text), threads, own => new WindowPass(model, text, changes.Select(change => change.Split), own), Measure, cancellation);
        return new QualityEvaluation(clean, changed);

        void Measure(WindowPass pass, int group)
        {
            var (first, count) = WindowPass.GroupOf(text, group);
            pass.Start(group, clean.AsSpan(first, count));
            for (var i = 0; i < changes.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                pass.Evaluate(changes[i].Split, changes[i].Change, changed[i].AsSpan(first, count));
            }
        }
    }
}
