using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Inference;

/// <summary>What the forward pass of a Llama-family model follows: the sizes, and what beyond <see cref="TransformerShape"/> changes its values.</summary>
/// <remarks>
/// <para>Read from a Hugging Face <c>config.json</c> by the rules of <see cref="HuggingFaceConfig"/>; what a file does not say follows the family's class in
/// Hugging Face transformers. Immutable, compared by value, safe to share between threads. Layers are counted from 0.</para>
/// </remarks>
public sealed record LlamaConfiguration
{
    /// <summary>Name of the model: that of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>llama, mistral, qwen2 or qwen3.</summary>
    public required string Family { get; init; }

    /// <summary>Number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the hidden state, in values per token.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Inner width of the feed-forward network.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Query heads, a multiple of <see cref="KeyValueHeads"/>.</summary>
    public required int QueryHeads { get; init; }

    /// <summary>Key and value heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Values per head, an even number; not always <see cref="HiddenSize"/> / <see cref="QueryHeads"/>.</summary>
    public required int HeadDimension { get; init; }

    /// <summary>Rows of the embedding table: token ids are in [0, Vocabulary).</summary>
    public required int Vocabulary { get; init; }

    /// <summary>The longest context the model was made for, in tokens.</summary>
    public required int MaximumPositions { get; init; }

    /// <summary>Added to the mean square before the root in every norm, in (0, 1]. Default 1e-6.</summary>
    public float NormEpsilon { get; init; } = 1e-6f;

    /// <summary>Base of the rotary frequencies (<c>rope_theta</c>), at least 1. Default 10,000.</summary>
    public double RotaryBase { get; init; } = 10_000;

    /// <summary>Scaling of the rotary frequencies. Default none.</summary>
    public RotaryScaling Scaling { get; init; } = RotaryScaling.None;

    /// <summary>Whether the query, key and value projections have biases. Default false.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the attention output projection has a bias. Default false.</summary>
    public bool OutputBias { get; init; }

    /// <summary>Whether the feed-forward matrices have biases. Default false.</summary>
    public bool FeedForwardBias { get; init; }

    /// <summary>Whether queries and keys are normalised per head before rotation (Qwen3). Default false.</summary>
    public bool QueryKeyNorms { get; init; }

    /// <summary>Whether the head multiplies by the embedding table. Default false.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Tokens, the token itself included, that a windowed layer attends to; null (default) where no layer has a window.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>The layers that keep to <see cref="SlidingWindow"/>. Default all, which means nothing without a window.</summary>
    public LayerPattern WindowedLayers { get; init; } = LayerPattern.All;

    /// <summary>Id of the token that begins a text (<c>bos_token_id</c>); null (default) where the file names none.</summary>
    public int? BeginToken { get; init; }

    /// <summary>Whether the layer attends to the last <see cref="SlidingWindow"/> tokens only.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is out of range.</exception>
    public bool IsWindowed(int layer) => WindowedLayers.Contains(Guard.InRange(layer, 0, Layers - 1)) && SlidingWindow is not null;

    /// <summary>Reads a file; a folder means the <c>config.json</c> inside it.</summary>
    /// <param name="path">Path of the file or folder.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="TransformerConfigException">The file is missing, broken, or of a model that the forward pass does not run.</exception>
    public static LlamaConfiguration Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return HuggingFaceConfig.Read(path, LlamaConfigurationReader.Read);
    }
}
