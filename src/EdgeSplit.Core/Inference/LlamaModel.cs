using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Inference;

/// <summary>An executable transformer of the Llama family: Llama 1 to 3, Mistral, Qwen 2 and 3, from a checkpoint in the Hugging Face layout.</summary>
/// <remarks>
/// <para>Weights stay where the checkpoint maps them, in F32, F16 or BF16, and are converted as they are used; activations, keys and values are single precision.
/// A hidden state is row-major, shape [tokens, hidden size]. Split point k is the hidden state after the first k layers.</para>
/// <para>A result depends neither on the number of threads nor on the vector width of the processor. Passes of six tokens or more and passes of fewer add in
/// different orders, so that prefill and decode agree to rounding, not to the bit; the same passes, cut at any layer, agree to the bit.</para>
/// <para>Immutable and safe to share between threads, each with a <see cref="LlamaWorkspace"/> of its own. Dispose it when no pass runs any more.</para>
/// </remarks>
public sealed unsafe partial class LlamaModel : IDisposable
{
    private readonly LlamaLayer[] layers;
    private readonly StoredMatrix embedding;
    private readonly StoredMatrix head;
    private readonly float[] finalNorm;
    private readonly RotaryPositions rotary;
    private readonly bool ownsCheckpoint;

    private LlamaModel(
        Checkpoint checkpoint, LlamaLayer[] layers, StoredMatrix embedding, StoredMatrix head, float[] finalNorm, RotaryPositions rotary, bool ownsCheckpoint)
    {
        Checkpoint = checkpoint;
        this.layers = layers;
        this.embedding = embedding;
        this.head = head;
        this.finalNorm = finalNorm;
        this.rotary = rotary;
        this.ownsCheckpoint = ownsCheckpoint;
    }

    /// <summary>The checkpoint that the weights lie in.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>What the forward pass needs to know of the model.</summary>
    public LlamaConfiguration Configuration => Checkpoint.Configuration;

    /// <summary>Layers L; split points are 0..L.</summary>
    public int Layers => layers.Length;

    /// <summary>Values of the hidden state per token, d.</summary>
    public int HiddenSize => Configuration.HiddenSize;

    /// <summary>Tokens of the vocabulary, V.</summary>
    public int Vocabulary => Configuration.Vocabulary;

    /// <summary>Opens a checkpoint and checks all of its weights.</summary>
    /// <param name="path">A folder with config.json and model.safetensors or its shards, or the path of a safetensors file.</param>
    /// <exception cref="CheckpointException">A file is missing or broken, a tensor is missing, has another shape or holds a value that is not finite, or the family is another.</exception>
    public static LlamaModel Load(string path)
    {
        var checkpoint = Checkpoint.Open(path);
        try
        {
            return Load(checkpoint, ownsCheckpoint: true);
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>Views an open checkpoint as a model and checks all of its weights.</summary>
    /// <param name="checkpoint">The checkpoint; it stays the caller's to dispose.</param>
    /// <exception cref="ArgumentNullException"><paramref name="checkpoint"/> is null.</exception>
    /// <exception cref="CheckpointException">A tensor is missing, has another shape or holds a value that is not finite.</exception>
    public static LlamaModel Load(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return Load(checkpoint, ownsCheckpoint: false);
    }

    /// <summary>Looks up the embeddings of tokens: the hidden state before the first layer.</summary>
    /// <param name="tokens">Token ids, each below <see cref="Vocabulary"/>.</param>
    /// <param name="hidden">Receives the state, shape [tokens, hidden size].</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary, or the span has another length.</exception>
    public void Embed(ReadOnlySpan<int> tokens, Span<float> hidden)
    {
        Guard.SameLength(hidden.Length, checked(tokens.Length * HiddenSize));
        for (var i = 0; i < tokens.Length; i++)
        {
            embedding.CopyRow(Guard.InRange(tokens[i], 0, Vocabulary - 1, nameof(tokens)), hidden.Slice(i * HiddenSize, HiddenSize));
        }
    }

    /// <summary>Final norm and head: the logits of the next token after each row.</summary>
    /// <param name="hidden">The hidden state after the last layer, shape [rows, hidden size].</param>
    /// <param name="rows">Rows, at least 0.</param>
    /// <param name="logits">Receives the logits, shape [rows, vocabulary].</param>
    /// <param name="workspace">Memory to work in.</param>
    /// <exception cref="ArgumentNullException"><paramref name="workspace"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A span has another length.</exception>
    public void Head(ReadOnlySpan<float> hidden, int rows, Span<float> logits, LlamaWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Guard.SameLength(hidden.Length, checked(Guard.AtLeast(rows, 0) * HiddenSize));
        Guard.SameLength(logits.Length, checked(rows * Vocabulary));
        var normed = workspace.Normed(hidden.Length);
        fixed (float* x = hidden, y = logits, norm = finalNorm)
        {
            TransformerElementwise.RootMeanSquareNorm(x, HiddenSize, norm, normed, HiddenSize, rows, HiddenSize, Configuration.NormEpsilon);
            StoredProduct.Run(head, normed, rows, y, null, false, workspace.Scratch);
        }
    }

    /// <summary>Closes the checkpoint, where this model opened it.</summary>
    public void Dispose()
    {
        if (ownsCheckpoint)
        {
            Checkpoint.Dispose();
        }
    }

    private static LlamaModel Load(Checkpoint checkpoint, bool ownsCheckpoint)
    {
        var c = checkpoint.Configuration;
        var embedding = checkpoint.Matrix("model.embed_tokens.weight", c.Vocabulary, c.HiddenSize);
        var head = c.TiedEmbeddings ? embedding : checkpoint.Matrix("lm_head.weight", c.Vocabulary, c.HiddenSize);
        var layers = new LlamaLayer[c.Layers];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = LlamaLayer.Read(checkpoint, layer);
        }

        return new LlamaModel(checkpoint, layers, embedding, head, checkpoint.Vector("model.norm.weight", c.HiddenSize), new RotaryPositions(c), ownsCheckpoint);
    }
}
