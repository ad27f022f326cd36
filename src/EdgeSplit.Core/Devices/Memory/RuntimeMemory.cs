using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices.Memory;

/// <summary>The memory that a runtime needs for a model, or for a range of its layers: weights, KV cache, compute buffers, its own overhead.</summary>
/// <remarks>
/// <para><b>Compute buffer</b>: the largest of three stages of one micro-batch of T tokens in 32-bit values, since stages reuse each other's space.
/// Logits: T x (vocabulary + hidden). Feed-forward: T x (2 hidden + 2 inner). Attention: T x (2 hidden + 2 query width), and when attention is not fused also the
/// scores and the mask, T x (query heads + 1) x cached tokens; fused, the mask in 16 bits. These give the buffers that llama.cpp prints for T = 512 to the byte:
/// Llama-2-7B at context 512 70.50 MiB, Llama-3-8B at 512 and 2048 258.50 MiB and at 8192 560.00 MiB, Mistral-7B at 32,768 2144.00 MiB.
/// Experts: T x (2 hidden + 2 x active experts x expert width).</para>
/// <para><b>Weights</b> as the placements count them: embedding where layer 0 runs, head where the last layer runs; a tied head that runs without layer 0 needs a copy of the table.</para>
/// <para>Never falls with context, sequences, micro-batch or layers. Immutable; safe to share between threads.</para>
/// </remarks>
public sealed record RuntimeMemory
{
    private const double ComputeBytesPerValue = 4;

    /// <summary>The model.</summary>
    public required TransformerShape Shape { get; init => field = value?.Validate() ?? throw new ArgumentNullException(nameof(Shape)); }

    /// <summary>Format of the weights.</summary>
    public required NumberFormat Weights { get; init => field = value ?? throw new ArgumentNullException(nameof(Weights)); }

    /// <summary>Format of the KV cache. Default F16.</summary>
    public NumberFormat KeyValues { get; init => field = value ?? throw new ArgumentNullException(nameof(KeyValues)); } = NumberFormat.F16;

    /// <summary>First layer held here, at least 0. Default 0.</summary>
    public int FirstLayer { get; init => field = Guard.AtLeast(value, 0, nameof(FirstLayer)); }

    /// <summary>The layer behind the last held here; -1 (default) is all of the model's.</summary>
    public int EndLayer { get; init => field = Guard.AtLeast(value, -1, nameof(EndLayer)); } = -1;

    /// <summary>Tokens that pass through the layers at once, at least 1. Default 512, as llama.cpp has it.</summary>
    public int MicroBatchTokens { get; init => field = Guard.AtLeast(value, 1, nameof(MicroBatchTokens)); } = 512;

    /// <summary>Whether scores never reach memory. Default true.</summary>
    public bool FusedAttention { get; init; } = true;

    /// <summary>Whether the buffer holds the logits of every token of a micro-batch, as llama.cpp reserves it, or of one token per sequence. Default true.</summary>
    public bool LogitsOfEveryToken { get; init; } = true;

    /// <summary>Overhead of the runtime, bytes, at least 0; <see cref="RuntimeOverhead"/> has class values. Default 0: already in the device's unusable share.</summary>
    public double RuntimeBytes { get; init => field = Guard.NonNegative(value, nameof(RuntimeBytes)); }

    /// <summary>Lost to holes and rounding, as a share of weights, cache and buffers, dimensionless, in [0, 1]. Default 0; a cache in pages of 16 tokens loses under 4 % (W. Kwon et al., "PagedAttention", SOSP 2023).</summary>
    public double FragmentationShare { get; init => field = Guard.InRange(value, 0, 1, nameof(FragmentationShare)); }

    /// <summary>Tokens by which the cache of a sequence grows, at least 1: its size is rounded up to them. Default 1.</summary>
    public int KeyValuePageTokens { get; init => field = Guard.AtLeast(value, 1, nameof(KeyValuePageTokens)); } = 1;

    /// <summary>Memory at a context and a number of sequences.</summary>
    /// <param name="contextTokens">Tokens in the cache of each sequence, at least 0.</param>
    /// <param name="sequences">Sequences at once, at least 1. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the layers are not the model's.</exception>
    public MemoryBreakdown At(int contextTokens, int sequences = 1)
    {
        Guard.AtLeast(contextTokens, 0);
        Guard.AtLeast(sequences, 1);
        var end = End();
        var weights = WeightBytes(end);
        double perSequence = 0;
        var cached = Math.Ceiling(contextTokens / (double)KeyValuePageTokens) * KeyValuePageTokens;
        for (var layer = FirstLayer; layer < end; layer++)
        {
            perSequence += Shape.KeyValueBitsPerToken(layer, KeyValues) / 8 * Math.Min(cached, Shape.AttentionWindow(layer));
        }

        var keyValues = perSequence * sequences;
        var buffer = end > FirstLayer ? ComputeBufferBytes(cached * sequences, sequences, end) : 0;
        return new MemoryBreakdown(weights, keyValues, buffer, RuntimeBytes, FragmentationShare * (weights + keyValues + buffer));
    }

    /// <summary>Whether the model fits a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="contextTokens">Tokens in the cache of each sequence, at least 0.</param>
    /// <param name="sequences">Sequences at once, at least 1. Default 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public MemoryFit Fit(IComputeProfile device, int contextTokens, int sequences = 1)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new MemoryFit(At(contextTokens, sequences), device.UsableMemoryBytes);
    }

    /// <summary>The longest context that fits, in [0, the model's maximum] tokens per sequence; -1 when not even an empty cache fits.</summary>
    /// <param name="usableBytes">Memory that may be filled, bytes, positive.</param>
    /// <param name="sequences">Sequences at once, at least 1. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public int LargestContext(double usableBytes, int sequences = 1)
    {
        Guard.Positive(usableBytes);
        return Largest(Shape.MaximumPositions, context => At(context, sequences).TotalBytes <= usableBytes);
    }

    /// <summary>The most sequences of one context that fit at once, in [0, 2^20].</summary>
    /// <param name="usableBytes">Memory that may be filled, bytes, positive.</param>
    /// <param name="contextTokens">Tokens in the cache of each sequence, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public int LargestBatch(double usableBytes, int contextTokens)
    {
        Guard.Positive(usableBytes);
        return 1 + Largest((1 << 20) - 1, others => At(contextTokens, others + 1).TotalBytes <= usableBytes);
    }

    /// <summary>The largest number in [0, limit] that fits, by bisection; -1 for none.</summary>
    private static int Largest(int limit, Predicate<int> fits)
    {
        int low = -1, high = limit;
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = fits(middle) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private int End() => EndLayer < 0
        ? Guard.InRange(Shape.Layers, FirstLayer, int.MaxValue, nameof(FirstLayer))
        : Guard.InRange(EndLayer, FirstLayer, Shape.Layers, nameof(EndLayer));

    private double WeightBytes(int end)
    {
        double bits = 0;
        for (var layer = FirstLayer; layer < end; layer++)
        {
            bits += Shape.WeightBits(TransformerUnit.Attention, layer, Weights) + Shape.WeightBits(TransformerUnit.FeedForward, layer, Weights);
        }

        var embedding = FirstLayer == 0 && end > 0;
        if (embedding)
        {
            bits += Shape.WeightBits(TransformerUnit.Embedding, 0, Weights);
        }

        if (end == Shape.Layers && end > FirstLayer)
        {
            bits += Shape.WeightBits(TransformerUnit.Head, Shape.Layers - 1, Weights) + (embedding ? 0 : Shape.TiedHeadBits(Weights));
        }

        return bits / 8;
    }

    private double ComputeBufferBytes(double cachedTokens, int sequences, int end)
    {
        double tokens = MicroBatchTokens, hidden = Shape.HiddenSize, query = Shape.QueryDimension;
        var inner = 0.0;
        for (var layer = FirstLayer; layer < end; layer++)
        {
            inner = Math.Max(inner, Shape.HasExperts(layer) ? (double)Shape.ActiveExperts * Shape.ExpertIntermediateSize : Shape.IntermediateSize);
        }

        var logits = end < Shape.Layers ? 0
            : ((LogitsOfEveryToken ? tokens : Math.Min(tokens, sequences)) * Shape.VocabularySize) + (tokens * hidden);
        var feedForward = tokens * ((2 * hidden) + (2 * inner));
        var attention = tokens * ((2 * hidden) + (2 * query) + (cachedTokens * (FusedAttention ? 0.5 : Shape.QueryHeads + 1)));
        return ComputeBytesPerValue * Math.Max(logits, Math.Max(feedForward, attention));
    }
}
