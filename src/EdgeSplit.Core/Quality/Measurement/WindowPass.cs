using EdgeSplit.Core.Inference;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Runs a few windows of a text through a model once, keeps the hidden state at some splits, and runs the rest again for each change made there.</summary>
/// <remarks>One thread at a time. Windows are independent sequences, so that a result depends neither on how many run together nor on what ran before.</remarks>
internal sealed class WindowPass
{
    /// <summary>Windows that run together: enough rows for the matrix kernels, few enough for their memory. It also is the unit that a measurement resumes by.</summary>
    internal const int MostWindows = 4;

    private readonly LlamaModel model;
    private readonly MeasurementText text;
    private readonly LlamaWorkspace workspace;
    private readonly int windowValues;
    private readonly float[]?[] states;
    private readonly float[] scratch;
    private float[]? otherState;
    private DamageChannel? channel;
    private readonly float[] cleanLogits;
    private readonly double[] cleanNormalizers;
    private readonly int[] cleanTops;
    private readonly float[] logits;

    /// <summary>Reserves memory.</summary>
    /// <param name="model">The clean model.</param>
    /// <param name="text">The text.</param>
    /// <param name="splits">The splits whose states are kept, each 0..L.</param>
    /// <param name="threads">Threads of the forward pass.</param>
    internal WindowPass(LlamaModel model, MeasurementText text, IEnumerable<int> splits, int threads)
    {
        this.model = model;
        this.text = text;
        workspace = new LlamaWorkspace(threads);
        windowValues = checked(text.ContextTokens * model.HiddenSize);
        states = new float[model.Layers + 1][];
        foreach (var split in splits)
        {
            states[split] ??= new float[checked(MostWindows * windowValues)];
        }

        scratch = new float[MostWindows * windowValues];
        var rows = MostWindows * text.ContextTokens;
        cleanLogits = new float[checked(rows * model.Vocabulary)];
        cleanNormalizers = new double[rows];
        cleanTops = new int[rows];
        logits = new float[text.ContextTokens * model.Vocabulary];
    }

    /// <summary>The first window of the group that was started.</summary>
    internal int FirstWindow { get; private set; }

    /// <summary>The windows of the group that was started.</summary>
    internal int Windows { get; private set; }

    /// <summary>Number of groups of a text.</summary>
    internal static int Groups(MeasurementText text) => ((text.Windows - 1) / MostWindows) + 1;

    /// <summary>The windows of a group.</summary>
    internal static (int First, int Count) GroupOf(MeasurementText text, int group) =>
        (group * MostWindows, Math.Min(MostWindows, text.Windows - (group * MostWindows)));

    /// <summary>Runs the clean model on a group of windows and returns its quality by window.</summary>
    internal void Start(int group, Span<WindowQuality> quality)
    {
        (FirstWindow, Windows) = GroupOf(text, group);
        var hidden = scratch.AsSpan(0, Windows * windowValues);
        Embed(hidden);
        for (var layer = 0; layer <= model.Layers; layer++)
        {
            if (states[layer] is { } kept)
            {
                hidden.CopyTo(kept);
            }

            if (layer < model.Layers)
            {
                model.RunLayers(hidden, Windows, text.ContextTokens, layer, layer + 1, workspace);
            }
        }

        for (var window = 0; window < Windows; window++)
        {
            var loss = 0.0;
            model.Head(
                hidden.Slice(window * windowValues, windowValues), text.ContextTokens, cleanLogits.AsSpan(window * logits.Length, logits.Length), workspace);
            var next = text.Window(FirstWindow + window)[1..];
            for (var position = 0; position < next.Length; position++)
            {
                var row = (window * text.ContextTokens) + position;
                var clean = Clean(row);
                cleanNormalizers[row] = PredictionMetrics.LogNormalizer(clean);
                cleanTops[row] = PredictionMetrics.Top(clean);
                loss += cleanNormalizers[row] - clean[next[position]];
            }

            quality[window] = new WindowQuality(loss / next.Length, 0, 1);
        }
    }

    /// <summary>A channel for this thread alone; always of the same seed.</summary>
    internal DamageChannel Channel(ulong seed) => channel ??= new DamageChannel(seed, text.ContextTokens, model.HiddenSize);

    /// <summary>Changes the kept state at a split, runs the layers behind it and compares with the clean model, by window.</summary>
    internal void Evaluate(int split, HiddenStateChange change, Span<WindowQuality> quality)
    {
        var hidden = scratch.AsSpan(0, Windows * windowValues);
        states[split].AsSpan(0, hidden.Length).CopyTo(hidden);
        for (var window = 0; window < Windows; window++)
        {
            change(FirstWindow + window, hidden.Slice(window * windowValues, windowValues), text.ContextTokens, model.HiddenSize);
        }

        Finish(hidden, split, quality);
    }

    /// <summary>Runs layers of another model on a state of their own, then the rest of this one, and compares with the clean model, by window.</summary>
    /// <param name="other">A model of the same shape: quantised weights.</param>
    /// <param name="done">Layers of the other model that ran in the last call for this group; 0 starts from the embedding.</param>
    /// <param name="end">Layers of the other model to have run afterwards.</param>
    /// <param name="quality">Receives the quality.</param>
    internal void EvaluateFirstLayers(LlamaModel other, int done, int end, Span<WindowQuality> quality)
    {
        otherState ??= new float[MostWindows * windowValues];
        var first = otherState.AsSpan(0, Windows * windowValues);
        if (done == 0)
        {
            Embed(first);
        }

        other.RunLayers(first, Windows, text.ContextTokens, done, end, workspace);
        var hidden = scratch.AsSpan(0, first.Length);
        first.CopyTo(hidden);
        Finish(hidden, end, quality);
    }

    private void Finish(Span<float> hidden, int split, Span<WindowQuality> quality)
    {
        var tokens = text.ContextTokens;
        model.RunLayers(hidden, Windows, tokens, split, model.Layers, workspace);
        for (var window = 0; window < Windows; window++)
        {
            model.Head(hidden.Slice(window * windowValues, windowValues), tokens, logits, workspace);
            var next = text.Window(FirstWindow + window)[1..];
            var (nll, kl, same) = (0.0, 0.0, 0);
            for (var position = 0; position < tokens; position++)
            {
                var row = (window * tokens) + position;
                var prediction = PredictionMetrics.Compare(
                    Clean(row), cleanNormalizers[row], cleanTops[row], logits.AsSpan(position * model.Vocabulary, model.Vocabulary), next[position]);
                nll += prediction.Nll;
                kl += prediction.Kl;
                same += prediction.IsSameTop ? 1 : 0;
            }

            quality[window] = new WindowQuality(nll / tokens, kl / tokens, (double)same / tokens);
        }
    }

    private void Embed(Span<float> hidden)
    {
        for (var window = 0; window < Windows; window++)
        {
            model.Embed(text.Window(FirstWindow + window)[..^1], hidden.Slice(window * windowValues, windowValues));
        }
    }

    private ReadOnlySpan<float> Clean(int row) => cleanLogits.AsSpan(row * model.Vocabulary, model.Vocabulary);
}
