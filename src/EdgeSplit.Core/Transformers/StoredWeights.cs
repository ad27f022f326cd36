namespace EdgeSplit.Core.Transformers;

/// <summary>Bits that the parameters of each unit take in a format: by tensor for a GGUF file, by one average otherwise.</summary>
internal static class StoredWeights
{
    /// <summary>Bits of all parameters that one unit owns, equal to what <see cref="TransformerShape.ParametersOf"/> counts.</summary>
    internal static double Bits(TransformerShape shape, TransformerUnit unit, int layer, NumberFormat format) => unit switch
    {
        TransformerUnit.Embedding => Embedding(shape, format),
        TransformerUnit.Attention => Attention(shape, layer, format),
        TransformerUnit.FeedForward when shape.HasExperts(layer) => FeedForwardBesideExperts(shape, layer, format) + (shape.Experts * Expert(shape, format)),
        TransformerUnit.FeedForward => FeedForward(shape, layer, format),
        TransformerUnit.Head => HeadVectors(shape, format) + (shape.TiedEmbeddings ? 0 : HeadMatrix(shape, format)),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Must be a defined unit."),
    };

    /// <summary>Bits per value of an embedding row: of the head where the table serves as one.</summary>
    internal static double EmbeddingBitsPerValue(TransformerShape shape, NumberFormat format) =>
        shape.TiedEmbeddings ? HeadBitsPerValue(shape, format) : format.File?.EmbeddingBits(shape) ?? format.EmbeddingBitsPerValue;

    internal static double HeadMatrix(TransformerShape shape, NumberFormat format) => ParameterCount.HeadMatrix(shape) * HeadBitsPerValue(shape, format);

    internal static double HeadVectors(TransformerShape shape, NumberFormat format) =>
        (ParameterCount.FinalNorm(shape) + ParameterCount.HeadBias(shape)) * (format.File is null ? format.HeadBitsPerValue : GgufFile.VectorBits);

    internal static double Attention(TransformerShape shape, int layer, NumberFormat format)
    {
        var parameters = ParameterCount.Of(shape, TransformerUnit.Attention, layer);
        if (format.File is not { } file)
        {
            return parameters * format.BitsPerValue;
        }

        double hidden = shape.HiddenSize;
        var matrices = 0.0;
        if (shape.HasLatentAttention)
        {
            var output = shape.QueryHeads * shape.ValueDimension;
            matrices = ((ParameterCount.AttentionMatrices(shape) - (output * hidden)) * file.Bits(WeightRole.LatentProjection, shape.HiddenSize, shape))
                + (output * hidden * file.Bits(WeightRole.AttentionOutput, output, shape));
        }
        else
        {
            var fused = TransformerFamily.FusesQueryKeyValue(shape.Family);
            matrices = hidden * (
                (shape.QueryDimension * file.Bits(fused ? WeightRole.FusedQueryKeyValue : WeightRole.Query, shape.HiddenSize, shape))
                + (shape.KeyValueDimension * file.Bits(fused ? WeightRole.FusedQueryKeyValue : WeightRole.Key, shape.HiddenSize, shape))
                + (shape.KeyValueDimension * file.Bits(fused ? WeightRole.FusedQueryKeyValue : WeightRole.Value, shape.HiddenSize, shape))
                + (shape.QueryDimension * file.Bits(WeightRole.AttentionOutput, shape.QueryDimension, shape)));
        }

        return matrices + ((parameters - ParameterCount.AttentionMatrices(shape)) * GgufFile.VectorBits);
    }

    internal static double FeedForward(TransformerShape shape, int layer, NumberFormat format)
    {
        var parameters = ParameterCount.Of(shape, TransformerUnit.FeedForward, layer);
        return format.File is not { } file
            ? parameters * format.BitsPerValue
            : Network(shape, shape.IntermediateSize, file)
                + ((parameters - ParameterCount.FeedForwardMatrices(shape, shape.IntermediateSize)) * GgufFile.VectorBits);
    }

    /// <summary>Norms, router and shared experts of a layer with experts.</summary>
    internal static double FeedForwardBesideExperts(TransformerShape shape, int layer, NumberFormat format)
    {
        var parameters = ParameterCount.Of(shape, TransformerUnit.FeedForward, layer) - (shape.Experts * ParameterCount.Expert(shape));
        if (format.File is not { } file)
        {
            return parameters * format.BitsPerValue;
        }

        var shared = shape.SharedExpertIntermediateSize;
        return shared == 0
            ? parameters * GgufFile.VectorBits
            : Network(shape, shared, file) + ((parameters - ParameterCount.FeedForwardMatrices(shape, shared)) * GgufFile.VectorBits);
    }

    internal static double Expert(TransformerShape shape, NumberFormat format)
    {
        var parameters = ParameterCount.Expert(shape);
        if (format.File is not { } file)
        {
            return parameters * format.ExpertBitsPerValue;
        }

        var inner = shape.ExpertIntermediateSize;
        var matrix = (double)shape.HiddenSize * inner;
        return (matrix * (
                ((shape.GatedFeedForward ? 2 : 1) * file.ExpertBits(WeightRole.Up, shape.HiddenSize, shape)) + file.ExpertBits(WeightRole.Down, inner, shape)))
            + ((parameters - ParameterCount.FeedForwardMatrices(shape, inner)) * GgufFile.VectorBits);
    }

    private static double HeadBitsPerValue(TransformerShape shape, NumberFormat format) => format.File?.HeadBits(shape) ?? format.HeadBitsPerValue;

    private static double Embedding(TransformerShape shape, NumberFormat format)
    {
        double positions = shape.LearnedPositionRows, hidden = shape.HiddenSize;
        var bits = EmbeddingBitsPerValue(shape, format);
        return hidden * ((shape.VocabularySize * bits) + (positions * (format.File is null ? bits : GgufFile.VectorBits)));
    }

    private static double Network(TransformerShape shape, int inner, GgufFile file) => (double)shape.HiddenSize * inner * (
        (shape.GatedFeedForward ? file.Bits(WeightRole.Gate, shape.HiddenSize, shape) : 0)
        + file.Bits(WeightRole.Up, shape.HiddenSize, shape) + file.Bits(WeightRole.Down, inner, shape));
}
