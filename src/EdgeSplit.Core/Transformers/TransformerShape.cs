namespace EdgeSplit.Core.Transformers;

/// <summary>The shape of a decoder-only transformer language model: everything that its cost and its parameter count follow from.</summary>
/// <remarks>
/// <para>Usually read by <see cref="HuggingFaceConfig"/> or taken from <see cref="ModelCatalog"/>. Written by hand, the defaults are
/// those of a Llama: RMS norms before attention and feed-forward, no biases, gated feed-forward, rotary positions, full attention, no experts.</para>
/// <para>Each property checks its own range when set. What several properties must satisfy together
/// (query heads divisible by key-value heads, experts at least active experts) is checked by <see cref="Validate"/>,
/// which every count and cost calls first.</para>
/// <para>Immutable, compared by value, safe to share between threads. Layers are counted from 0.</para>
/// </remarks>
public sealed partial record TransformerShape
{
    private const int MaximumWidth = 1 << 24;

    /// <summary>Name for tables and messages, not blank.</summary>
    public required string Name { get; init => field = Guard.NotBlank(value, nameof(Name)); }

    /// <summary>Family, as Hugging Face's <c>model_type</c> names it: llama, mistral, qwen2, gemma3, ...</summary>
    public required string Family { get; init => field = Guard.NotBlank(value, nameof(Family)); }

    /// <summary>Number of layers, each attention plus feed-forward, in [1, 10,000].</summary>
    public required int Layers { get; init => field = Guard.InRange(value, 1, 10_000, nameof(Layers)); }

    /// <summary>Width of the hidden state, in values per token: what crosses a split.</summary>
    public required int HiddenSize { get; init => field = Guard.InRange(value, 1, MaximumWidth, nameof(HiddenSize)); }

    /// <summary>Inner width of a dense feed-forward network.</summary>
    public required int IntermediateSize { get; init => field = Guard.InRange(value, 1, MaximumWidth, nameof(IntermediateSize)); }

    /// <summary>Query heads; a multiple of <see cref="KeyValueHeads"/>.</summary>
    public required int QueryHeads { get; init => field = Guard.InRange(value, 1, 65_536, nameof(QueryHeads)); }

    /// <summary>Key and value heads: equal to <see cref="QueryHeads"/> without grouping, 1 for multi-query attention.</summary>
    public required int KeyValueHeads { get; init => field = Guard.InRange(value, 1, 65_536, nameof(KeyValueHeads)); }

    /// <summary>Values per head. Not always <see cref="HiddenSize"/> / <see cref="QueryHeads"/>.</summary>
    public required int HeadDimension { get; init => field = Guard.InRange(value, 1, 65_536, nameof(HeadDimension)); }

    /// <summary>Token ids, padding of the table included.</summary>
    public required int VocabularySize { get; init => field = Guard.InRange(value, 1, MaximumWidth, nameof(VocabularySize)); }

    /// <summary>The longest context the model was made for, in tokens.</summary>
    public required int MaximumPositions { get; init => field = Guard.InRange(value, 1, int.MaxValue, nameof(MaximumPositions)); }

    /// <summary>Whether the head multiplies by the embedding table instead of a matrix of its own. Default false.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Rows of a learned position table, 0 for rotary positions (default).</summary>
    public int LearnedPositionRows { get; init => field = Guard.InRange(value, 0, MaximumWidth, nameof(LearnedPositionRows)); }

    /// <summary>Kind of every norm. Default root mean square.</summary>
    public NormKind Norm { get; init; }

    /// <summary>Norms over the hidden state per layer: 1 (shared by parallel attention and feed-forward: Phi), 2 (default), 4 (Gemma 2, 3).</summary>
    public int NormsPerLayer
    {
        get;
        init => field = value is 1 or 2 or 4 ? value : throw new ArgumentOutOfRangeException(nameof(NormsPerLayer), value, "Must be 1, 2 or 4.");
    } = 2;

    /// <summary>Whether queries and keys are normalised per head (Qwen3, Gemma 3). Default false.</summary>
    public bool QueryKeyNorms { get; init; }

    /// <summary>Whether the query, key and value projections have biases (Qwen2, GPT-2, OPT, Phi). Default false.</summary>
    public bool QueryKeyValueBias { get; init; }

    /// <summary>Whether the attention output projection has a bias. Default false.</summary>
    public bool AttentionOutputBias { get; init; }

    /// <summary>Whether the feed-forward matrices have biases. Default false.</summary>
    public bool FeedForwardBias { get; init; }

    /// <summary>Whether the head has a bias (Phi). Default false.</summary>
    public bool HeadBias { get; init; }

    /// <summary>Whether the feed-forward network has a gate: three matrices (default) instead of two.</summary>
    public bool GatedFeedForward { get; init; } = true;

    /// <summary>Attention window of the layers in <see cref="WindowedLayers"/>, in tokens with the token itself; 0 (default) is none.</summary>
    public int SlidingWindow { get; init => field = Guard.InRange(value, 0, int.MaxValue, nameof(SlidingWindow)); }

    /// <summary>Which layers keep to <see cref="SlidingWindow"/>. Default all, which means nothing without a window.</summary>
    public LayerPattern WindowedLayers { get; init => field = value ?? throw new ArgumentNullException(nameof(WindowedLayers)); } = LayerPattern.All;

    /// <summary>Experts per expert layer; 0 (default) for a dense model.</summary>
    public int Experts { get; init => field = Guard.InRange(value, 0, 65_536, nameof(Experts)); }

    /// <summary>Experts that one token uses; 0 for a dense model.</summary>
    public int ActiveExperts { get; init => field = Guard.InRange(value, 0, 65_536, nameof(ActiveExperts)); }

    /// <summary>Inner width of one expert; 0 for a dense model.</summary>
    public int ExpertIntermediateSize { get; init => field = Guard.InRange(value, 0, MaximumWidth, nameof(ExpertIntermediateSize)); }

    /// <summary>Which layers have experts. Default all, which means nothing without experts.</summary>
    public LayerPattern ExpertLayers { get; init => field = value ?? throw new ArgumentNullException(nameof(ExpertLayers)); } = LayerPattern.All;

    /// <summary>Inner width of the experts that every token uses besides its own, all together (DeepSeek); 0 (default) for none.</summary>
    public int SharedExpertIntermediateSize { get; init => field = Guard.InRange(value, 0, MaximumWidth, nameof(SharedExpertIntermediateSize)); }

    /// <summary>Whether the router has one bias per expert (gpt-oss, DeepSeek-V3). Default false.</summary>
    public bool RouterBias { get; init; }

    /// <summary>
    /// Width of the latent vector that the cache holds instead of keys and values (multi-head latent attention of DeepSeek), in values per token;
    /// 0 (default) for ordinary attention. <see cref="RotaryHeadDimension"/> values are cached beside it.
    /// </summary>
    public int KeyValueLatentDimension { get; init => field = Guard.InRange(value, 0, MaximumWidth, nameof(KeyValueLatentDimension)); }

    /// <summary>Width of the latent vector that queries are made from; 0 (default) where they come straight from the hidden state. Latent attention only.</summary>
    public int QueryLatentDimension { get; init => field = Guard.InRange(value, 0, MaximumWidth, nameof(QueryLatentDimension)); }

    /// <summary>The values of <see cref="HeadDimension"/> that carry the position and are shared by all key heads. Latent attention only; default 0.</summary>
    public int RotaryHeadDimension { get; init => field = Guard.InRange(value, 0, 65_536, nameof(RotaryHeadDimension)); }

    /// <summary>Values of a value head; 0 (default) is <see cref="HeadDimension"/>. Latent attention only.</summary>
    public int ValueHeadDimension { get; init => field = Guard.InRange(value, 0, 65_536, nameof(ValueHeadDimension)); }

    /// <summary>Whether each query head has a learned logit that takes attention from all keys (gpt-oss). Its arithmetic is not counted. Default false.</summary>
    public bool AttentionSinks { get; init; }

    /// <summary>Whether query and key norms have a scale per value of all heads (OLMo 2) instead of one shared by the heads. Default false.</summary>
    public bool WholeQueryKeyNorms { get; init; }

    /// <summary>Whether a norm precedes the attention output projection and the last matrix of a dense feed-forward network (BitNet). Default false.</summary>
    public bool InnerNorms { get; init; }

    /// <summary>Width of all query heads together: QueryHeads x HeadDimension, not always the hidden size.</summary>
    public int QueryDimension => QueryHeads * HeadDimension;

    /// <summary>Width of all keys of a token in one layer (values have as many): KeyValueHeads x HeadDimension. Latent attention caches less.</summary>
    public int KeyValueDimension => KeyValueHeads * HeadDimension;

    /// <summary>Distinct weights of the model; a tied embedding counts once.</summary>
    /// <exception cref="ArgumentException">The shape contradicts itself.</exception>
    /// <exception cref="OverflowException">The count exceeds a 64-bit integer.</exception>
    public long TotalParameters => ParameterCount.Total(this);

    /// <summary>Weights that one token's pass multiplies by or looks rows up in: all but the unused experts.</summary>
    /// <exception cref="ArgumentException">The shape contradicts itself.</exception>
    /// <exception cref="OverflowException">The count exceeds a 64-bit integer.</exception>
    public long ActiveParameters => ParameterCount.Active(this);

    /// <summary>Number of kinds of layer: layers of one kind have equal costs.</summary>
    public int LayerKinds
    {
        get
        {
            var kinds = 0;
            for (var layer = 0; layer < Layers; layer++)
            {
                kinds = Math.Max(kinds, KindOfLayer(layer) + 1);
                if (kinds == 4)
                {
                    break;
                }
            }

            return kinds;
        }
    }

    /// <summary>Weights that a unit owns. A norm belongs to the unit that it feeds or follows, the final norm to the head.</summary>
    /// <param name="unit">The unit. A tied head owns the final norm only.</param>
    /// <param name="layer">Layer index from 0; ignored for embedding and head.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unit"/> or <paramref name="layer"/> is out of range.</exception>
    /// <exception cref="ArgumentException">The shape contradicts itself.</exception>
    /// <exception cref="OverflowException">The count exceeds a 64-bit integer.</exception>
    public long ParametersOf(TransformerUnit unit, int layer) => ParameterCount.Of(this, unit, layer);

    /// <summary>The kind of a layer, from 0, numbered in the order in which kinds first appear.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is out of range.</exception>
    public int KindOfLayer(int layer)
    {
        var wanted = Traits(CheckLayer(layer));
        int seen = 0, kind = 0;
        for (var earlier = 0; earlier < layer; earlier++)
        {
            var traits = Traits(earlier);
            if (traits == wanted)
            {
                break;
            }

            if ((seen & (1 << traits)) == 0)
            {
                seen |= 1 << traits;
                kind++;
            }
        }

        return kind;
    }

    /// <summary>Whether the layer's feed-forward network consists of experts.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is out of range.</exception>
    public bool HasExperts(int layer) => Experts > 0 && ExpertLayers.Contains(CheckLayer(layer));

    /// <summary>How many tokens, itself included, a token of this layer attends to at most; <see cref="int.MaxValue"/> without a window.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is out of range.</exception>
    public int AttentionWindow(int layer) =>
        WindowedLayers.Contains(CheckLayer(layer)) && SlidingWindow > 0 ? SlidingWindow : int.MaxValue;

    /// <summary>Bits of the key and the value, or of their latent vector, of one token in one layer. A layer with a window keeps <see cref="AttentionWindow"/> tokens at most.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="keyValues">Format of the cache.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is out of range.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="keyValues"/> is null.</exception>
    public double KeyValueBitsPerToken(int layer, NumberFormat keyValues)
    {
        ArgumentNullException.ThrowIfNull(keyValues);
        _ = CheckLayer(layer);
        return CachedValuesPerToken * keyValues.BitsPerValue;
    }

    /// <summary>Checks what several properties must satisfy together.</summary>
    /// <returns>This shape.</returns>
    /// <exception cref="ArgumentException">Query heads are not a multiple of key-value heads, heads are too wide, experts and active experts do not fit together, or latent attention has not what it needs.</exception>
    public TransformerShape Validate()
    {
        if (QueryHeads % KeyValueHeads != 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"{Name}: {QueryHeads} query heads are not a multiple of {KeyValueHeads} key-value heads."));
        }

        if ((long)QueryHeads * HeadDimension > MaximumWidth)
        {
            throw new ArgumentException(FormattableString.Invariant($"{Name}: {QueryHeads} heads of {HeadDimension} values exceed {MaximumWidth} values."));
        }

        if (Experts > 0 && (ActiveExperts < 1 || ActiveExperts > Experts || ExpertIntermediateSize < 1))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{Name}: with {Experts} experts the active experts must be in [1, {Experts}] and the expert width at least 1, not {ActiveExperts} and {ExpertIntermediateSize}."));
        }

        if (HasLatentAttention && (RotaryHeadDimension >= HeadDimension || KeyValueHeads != QueryHeads || QueryKeyValueBias || QueryKeyNorms || InnerNorms))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{Name}: latent attention needs fewer than {HeadDimension} rotary values per head, as many key heads as query heads, and no biases or norms of queries and keys."));
        }

        return (long)QueryHeads * ValueDimension <= MaximumWidth
            ? this
            : throw new ArgumentException(FormattableString.Invariant($"{Name}: {QueryHeads} heads of {ValueDimension} values exceed {MaximumWidth} values."));
    }

    private int Traits(int layer) =>
        (SlidingWindow > 0 && WindowedLayers.Contains(layer) ? 1 : 0) | (Experts > 0 && ExpertLayers.Contains(layer) ? 2 : 0);

    internal int CheckLayer(int layer) => Guard.InRange(layer, 0, Layers - 1);
}
