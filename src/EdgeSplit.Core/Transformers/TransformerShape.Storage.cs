namespace EdgeSplit.Core.Transformers;

public sealed partial record TransformerShape
{
    /// <summary>Bits that the parameters of one unit take in a format: what a node that holds the unit must store.</summary>
    /// <remarks>
    /// Counts what <see cref="ParametersOf"/> counts: a tied head owns its norm only; where it runs apart from the embedding it needs a copy of
    /// the table, <see cref="TiedHeadBits"/>. GGUF mixtures are averaged over the layers.
    /// </remarks>
    /// <param name="unit">The unit.</param>
    /// <param name="layer">Layer index from 0; ignored for embedding and head.</param>
    /// <param name="weights">Format of the weights.</param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unit"/> or <paramref name="layer"/> is out of range.</exception>
    /// <exception cref="ArgumentException">The shape contradicts itself.</exception>
    public double WeightBits(TransformerUnit unit, int layer, NumberFormat weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _ = Validate();
        return StoredWeights.Bits(this, unit, unit is TransformerUnit.Attention or TransformerUnit.FeedForward ? CheckLayer(layer) : 0, weights);
    }

    /// <summary>Bits of the table that a tied head multiplies by; 0 where the head has a matrix of its own.</summary>
    /// <param name="weights">Format of the weights.</param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    /// <exception cref="ArgumentException">The shape contradicts itself.</exception>
    public double TiedHeadBits(NumberFormat weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return Validate().TiedEmbeddings ? StoredWeights.HeadMatrix(this, weights) : 0;
    }

    /// <summary>Bytes of all tensors in a format; what llama-bench prints as the size of the model. The metadata of a file (vocabulary) come on top.</summary>
    /// <param name="weights">Format of the weights.</param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    /// <exception cref="ArgumentException">The shape contradicts itself.</exception>
    public double FileBytes(NumberFormat weights)
    {
        var bits = WeightBits(TransformerUnit.Embedding, 0, weights) + WeightBits(TransformerUnit.Head, 0, weights)
            + (Layers * WeightBits(TransformerUnit.Attention, 0, weights));
        double? dense = null, expert = null;
        for (var layer = 0; layer < Layers; layer++)
        {
            bits += HasExperts(layer)
                ? expert ??= WeightBits(TransformerUnit.FeedForward, layer, weights)
                : dense ??= WeightBits(TransformerUnit.FeedForward, layer, weights);
        }

        return bits / 8;
    }

    internal bool HasLatentAttention => KeyValueLatentDimension > 0;

    /// <summary>Values of one value head.</summary>
    internal int ValueDimension => ValueHeadDimension > 0 ? ValueHeadDimension : HeadDimension;

    internal double CachedValuesPerToken => HasLatentAttention ? (double)KeyValueLatentDimension + RotaryHeadDimension : 2.0 * KeyValueDimension;
}
