using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Inference;

/// <summary>What the forward pass of a Llama-family model follows: the sizes, and what beyond <see cref="TransformerShape"/> changes its values.</summary>
/// <remarks>
/// <para>Read from a Hugging Face <c>config.json</c> by the rules of <see cref="HuggingFaceConfig"/>; what a file does not say follows the family's class in
/// Hugging Face transformers. There is no other way to make one, so its values always fit together. Immutable, compared by value, safe to share between threads. Layers are counted from 0.</para>
/// </remarks>
public sealed record LlamaConfiguration
{
    internal LlamaConfiguration()
    {
    }

    /// <summary>Name of the model: that of its folder.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>llama, mistral, qwen2 or qwen3.</summary>
    public string Family { get; internal init; } = "";

    /// <summary>Number of layers.</summary>
    public int Layers { get; internal init; }

    /// <summary>Width of the hidden state, in values per token.</summary>
    public int HiddenSize { get; internal init; }

    /// <summary>Inner width of the feed-forward network.</summary>
    public int IntermediateSize { get; internal init; }

    /// <summary>Query heads, a multiple of <see cref="KeyValueHeads"/>.</summary>
    public int QueryHeads { get; internal init; }

    /// <summary>Key and value heads.</summary>
    public int KeyValueHeads { get; internal init; }

    /// <summary>Values per head, an even number; not always <see cref="HiddenSize"/> / <see cref="QueryHeads"/>.</summary>
    public int HeadDimension { get; internal init; }

    /// <summary>Rows of the embedding table: token ids are in [0, Vocabulary).</summary>
    public int Vocabulary { get; internal init; }

    /// <summary>The longest context the model was made for, in tokens.</summary>
    public int MaximumPositions { get; internal init; }

    /// <summary>Added to the mean square before the root in every norm, in (0, 1]. Default 1e-6.</summary>
    public float NormEpsilon { get; internal init; } = 1e-6f;

    /// <summary>Base of the rotary frequencies (<c>rope_theta</c>), at least 1. Default 10,000.</summary>
    public double RotaryBase { get; internal init; } = 10_000;

    /// <summary>Scaling of the rotary frequencies. Default none.</summary>
    public RotaryScaling Scaling { get; internal init; } = RotaryScaling.None;

    /// <summary>Whether the query, key and value projections have biases. Default false.</summary>
    public bool AttentionBias { get; internal init; }

    /// <summary>Whether the attention output projection has a bias. Default false.</summary>
    public bool OutputBias { get; internal init; }

    /// <summary>Whether the feed-forward matrices have biases. Default false.</summary>
    public bool FeedForwardBias { get; internal init; }

    /// <summary>Whether queries and keys are normalised per head before rotation (Qwen3). Default false.</summary>
    public bool QueryKeyNorms { get; internal init; }

    /// <summary>Whether the head multiplies by the embedding table. Default false.</summary>
    public bool TiedEmbeddings { get; internal init; }

    /// <summary>Tokens, the token itself included, that a windowed layer attends to; null (default) where no layer has a window.</summary>
    public int? SlidingWindow { get; internal init; }

    /// <summary>The layers that keep to <see cref="SlidingWindow"/>. Default all, which means nothing without a window.</summary>
    public LayerPattern WindowedLayers { get; internal init; } = LayerPattern.All;

    /// <summary>Id of the token that begins a text (<c>bos_token_id</c>); null (default) where the file names none.</summary>
    public int? BeginToken { get; internal init; }

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
