namespace EdgeSplit.Core.Transformers;

/// <summary>Exact parameter counts of a shape: the sums of the sizes of the tensors that a checkpoint of this shape holds.</summary>
internal static class ParameterCount
{
    internal static long Of(TransformerShape shape, TransformerUnit unit, int layer)
    {
        _ = shape.Validate();
        checked
        {
            return unit switch
            {
                TransformerUnit.Embedding => ((long)shape.VocabularySize + shape.LearnedPositionRows) * shape.HiddenSize,
                TransformerUnit.Attention => Attention(shape, shape.CheckLayer(layer)),
                TransformerUnit.FeedForward => FeedForward(shape, shape.CheckLayer(layer)),
                TransformerUnit.Head => FinalNorm(shape) + (shape.TiedEmbeddings ? HeadBias(shape) : HeadMatrix(shape) + HeadBias(shape)),
                _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Must be a defined unit."),
            };
        }
    }

    internal static long Total(TransformerShape shape)
    {
        checked
        {
            var total = Of(shape, TransformerUnit.Embedding, 0) + Of(shape, TransformerUnit.Head, 0);
            for (var layer = 0; layer < shape.Layers; layer++)
            {
                total += Of(shape, TransformerUnit.Attention, layer) + Of(shape, TransformerUnit.FeedForward, layer);
            }

            return total;
        }
    }

    internal static long Active(TransformerShape shape)
    {
        checked
        {
            var total = Total(shape);
            for (var layer = 0; layer < shape.Layers; layer++)
            {
                if (shape.HasExperts(layer))
                {
                    total -= (shape.Experts - shape.ActiveExperts) * Expert(shape);
                }
            }

            return total;
        }
    }

    /// <summary>The query, key, value and output matrices, without biases and norms.</summary>
    internal static long AttentionMatrices(TransformerShape shape)
    {
        checked
        {
            if (!shape.HasLatentAttention)
            {
                return 2L * shape.HiddenSize * ((long)shape.QueryDimension + shape.KeyValueDimension);
            }

            long hidden = shape.HiddenSize, latent = shape.KeyValueLatentDimension, queryLatent = shape.QueryLatentDimension, values = (long)shape.QueryHeads * shape.ValueDimension;
            var query = queryLatent == 0 ? hidden * shape.QueryDimension : queryLatent * (hidden + shape.QueryDimension);
            var plainKeys = (long)shape.QueryHeads * (shape.HeadDimension - shape.RotaryHeadDimension);
            return query + (hidden * (latent + shape.RotaryHeadDimension)) + (latent * (plainKeys + values)) + (values * hidden);
        }
    }

    /// <summary>The matrices of one feed-forward network of the given inner width.</summary>
    internal static long FeedForwardMatrices(TransformerShape shape, int intermediate) =>
        checked((shape.GatedFeedForward ? 3L : 2L) * shape.HiddenSize * intermediate);

    internal static long FeedForwardBiases(TransformerShape shape, int intermediate) =>
        !shape.FeedForwardBias ? 0 : checked(((shape.GatedFeedForward ? 2L : 1L) * intermediate) + shape.HiddenSize);

    internal static long AttentionBiases(TransformerShape shape) => checked(
        (shape.QueryKeyValueBias ? shape.QueryDimension + (2L * shape.KeyValueDimension) : 0) + (shape.AttentionOutputBias ? shape.HiddenSize : 0));

    /// <summary>One whole expert, biases included.</summary>
    internal static long Expert(TransformerShape shape) =>
        checked(FeedForwardMatrices(shape, shape.ExpertIntermediateSize) + FeedForwardBiases(shape, shape.ExpertIntermediateSize));

    internal static long HeadMatrix(TransformerShape shape) => checked((long)shape.VocabularySize * shape.HiddenSize);

    internal static long HeadBias(TransformerShape shape) => shape.HeadBias ? shape.VocabularySize : 0;

    internal static long FinalNorm(TransformerShape shape) => NormWeights(shape, shape.HiddenSize);

    /// <summary>Norms over the hidden state that belong to the attention unit: one before it, and one after it where a layer has four.</summary>
    internal static int AttentionNorms(TransformerShape shape) => shape.NormsPerLayer == 4 ? 2 : 1;

    /// <summary>Norms over the hidden state that belong to the feed-forward unit.</summary>
    internal static int FeedForwardNorms(TransformerShape shape) => shape.NormsPerLayer - AttentionNorms(shape);

    /// <summary>Values of the norms inside attention: of queries and keys, of latent vectors, before the output projection.</summary>
    internal static long InnerAttentionNormValues(TransformerShape shape) => checked(
        (shape.QueryKeyNorms ? (long)shape.QueryDimension + shape.KeyValueDimension : 0)
        + (shape.HasLatentAttention ? (long)shape.QueryLatentDimension + shape.KeyValueLatentDimension : 0)
        + (shape.InnerNorms ? shape.QueryDimension : 0));

    private static long NormWeights(TransformerShape shape, int width) => checked((shape.Norm == NormKind.Layer ? 2L : 1L) * width);

    private static long Attention(TransformerShape shape, int layer)
    {
        _ = layer;
        checked
        {
            return AttentionMatrices(shape) + AttentionBiases(shape)
                + (AttentionNorms(shape) * NormWeights(shape, shape.HiddenSize))
                + (!shape.QueryKeyNorms ? 0 : shape.WholeQueryKeyNorms
                    ? NormWeights(shape, shape.QueryDimension) + NormWeights(shape, shape.KeyValueDimension)
                    : 2 * NormWeights(shape, shape.HeadDimension))
                + (shape.HasLatentAttention ? NormWeights(shape, shape.QueryLatentDimension) + NormWeights(shape, shape.KeyValueLatentDimension) : 0)
                + (shape.InnerNorms ? NormWeights(shape, shape.QueryDimension) : 0)
                + (shape.AttentionSinks ? shape.QueryHeads : 0);
        }
    }

    private static long Shared(TransformerShape shape) => shape.SharedExpertIntermediateSize == 0 ? 0 : checked(
        FeedForwardMatrices(shape, shape.SharedExpertIntermediateSize) + FeedForwardBiases(shape, shape.SharedExpertIntermediateSize));

    private static long FeedForward(TransformerShape shape, int layer)
    {
        checked
        {
            var network = shape.HasExperts(layer)
                ? ((long)shape.Experts * shape.HiddenSize) + (shape.RouterBias ? shape.Experts : 0) + (shape.Experts * Expert(shape)) + Shared(shape)
                : FeedForwardMatrices(shape, shape.IntermediateSize) + FeedForwardBiases(shape, shape.IntermediateSize)
                    + (shape.InnerNorms ? NormWeights(shape, shape.IntermediateSize) : 0);
            return network + (FeedForwardNorms(shape) * NormWeights(shape, shape.HiddenSize));
        }
    }
}
