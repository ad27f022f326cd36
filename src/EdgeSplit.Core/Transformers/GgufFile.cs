namespace EdgeSplit.Core.Transformers;

/// <summary>Which block each tensor of a GGUF file has, by the rules of llama.cpp's quantisation program from early 2024 on.</summary>
/// <remarks>
/// <para>The rules depend on the tensor, on its layer, on how many query heads share a key head, and on the number of experts. Rows that are no
/// multiple of 256 fall back to blocks of 32. Norms, biases and routers stay F32. Files of the IQ kinds are taken as made with an importance matrix.
/// Tensors of one role are averaged over the layers, so that equal layers have equal costs.</para>
/// <para>Source: <c>llama_tensor_get_type</c> of llama.cpp (<c>llama-quant.cpp</c>).</para>
/// </remarks>
internal sealed record GgufFile(GgufBlock Base, GgufMixture Mixture)
{
    internal const double VectorBits = 32;

    /// <summary>Bits per value of the matrices of one role, averaged over the layers.</summary>
    /// <param name="role">The role.</param>
    /// <param name="rowLength">Values of one row, the inputs of the matrix.</param>
    /// <param name="shape">The model.</param>
    internal double Bits(WeightRole role, int rowLength, TransformerShape shape)
    {
        var differs = Mixture is not (GgufMixture.None or GgufMixture.Ternary or GgufMixture.MxFp4Moe)
            && role is WeightRole.Value or WeightRole.Down or WeightRole.Gate or WeightRole.Up;
        var layers = differs ? shape.Layers : 1;
        var sum = 0.0;
        for (var layer = 0; layer < layers; layer++)
        {
            sum += BlockOf(role, layer, shape).ForRow(rowLength).Bits;
        }

        return sum / layers;
    }

    /// <summary>Bits per value of expert matrices.</summary>
    internal double ExpertBits(WeightRole role, int rowLength, TransformerShape shape) =>
        Mixture == GgufMixture.MxFp4Moe ? GgufBlock.MXFP4.ForRow(rowLength).Bits : Bits(role, rowLength, shape);

    /// <summary>Bits per value of the head, and of the table that serves as one.</summary>
    internal double HeadBits(TransformerShape shape)
    {
        var block = Base == GgufBlock.Q8_0 || shape.HiddenSize % 256 != 0 ? GgufBlock.Q8_0
            : IsSmallCodebook || Mixture == GgufMixture.IQ3_XXS ? GgufBlock.Q5_K
            : GgufBlock.Q6_K;
        return block.Bits;
    }

    /// <summary>Bits per value of an embedding table that is not the head.</summary>
    internal double EmbeddingBits(TransformerShape shape)
    {
        var block = Mixture switch
        {
            GgufMixture.IQ1_S or GgufMixture.IQ1_M or GgufMixture.IQ2_XXS or GgufMixture.IQ2_XS => GgufBlock.Q2_K,
            GgufMixture.IQ2_S or GgufMixture.IQ2_M or GgufMixture.IQ3_XXS => GgufBlock.IQ3_S,
            GgufMixture.Ternary => GgufBlock.Q4_K,
            _ => Base,
        };
        return block.ForRow(shape.HiddenSize).Bits;
    }

    private bool IsSmallCodebook => Mixture is GgufMixture.IQ1_S or GgufMixture.IQ1_M
        or GgufMixture.IQ2_XXS or GgufMixture.IQ2_XS or GgufMixture.IQ2_S or GgufMixture.IQ2_M;

    private GgufBlock BlockOf(WeightRole role, int layer, TransformerShape shape)
    {
        if (Mixture is GgufMixture.None or GgufMixture.Ternary or GgufMixture.MxFp4Moe)
        {
            // Beside eight experts the key and value matrices are so small that they get more bits in every file.
            return shape.Experts == 8 && role is (WeightRole.Key or WeightRole.Value) ? GgufBlock.Q8_0 : Base;
        }

        var grouped = shape.QueryHeads / shape.KeyValueHeads >= 4;
        if (IsSmallCodebook)
        {
            return SmallCodebook(role, layer, shape, grouped || shape.Experts >= 4);
        }

        return role switch
        {
            WeightRole.Value => Value(layer, shape, grouped),
            WeightRole.Key when shape.Experts == 8 => GgufBlock.Q8_0,
            WeightRole.Query or WeightRole.Key when Mixture == GgufMixture.IQ3_XS => GgufBlock.IQ3_XXS,
            WeightRole.Query or WeightRole.Key when Mixture == GgufMixture.IQ3_XXS => GgufBlock.IQ2_S,
            WeightRole.FusedQueryKeyValue => Fused(),
            WeightRole.AttentionOutput => Output(shape),
            WeightRole.Down => Down(layer, shape),
            WeightRole.Gate or WeightRole.Up when Mixture == GgufMixture.IQ3_XS && layer >= shape.Layers / 8 && layer < 7 * shape.Layers / 8 => GgufBlock.IQ3_XXS,
            _ => Base,
        };
    }

    private GgufBlock SmallCodebook(WeightRole role, int layer, TransformerShape shape, bool wide)
    {
        var larger = Mixture is GgufMixture.IQ2_S or GgufMixture.IQ2_M;
        return role switch
        {
            WeightRole.Value => wide ? GgufBlock.Q4_K : larger ? GgufBlock.IQ3_S : GgufBlock.Q2_K,
            WeightRole.Key when shape.Experts == 8 => GgufBlock.Q4_K,
            WeightRole.Down when layer < shape.Layers / 8 => larger ? GgufBlock.IQ3_S : GgufBlock.Q2_K,
            WeightRole.AttentionOutput when shape.Experts == 8 => GgufBlock.Q5_K,
            WeightRole.AttentionOutput when Mixture is GgufMixture.IQ1_S or GgufMixture.IQ1_M => GgufBlock.IQ2_XXS,
            WeightRole.AttentionOutput when larger => GgufBlock.IQ3_S,
            _ => Base,
        };
    }

    private GgufBlock Value(int layer, TransformerShape shape, bool grouped)
    {
        if (shape.Experts == 8)
        {
            return GgufBlock.Q8_0;
        }

        var block = Mixture switch
        {
            GgufMixture.Q2_K => grouped ? GgufBlock.Q4_K : GgufBlock.Q3_K,
            GgufMixture.Q2_K_S or GgufMixture.IQ3_XXS or GgufMixture.IQ3_XS or GgufMixture.IQ3_S when grouped => GgufBlock.Q4_K,
            GgufMixture.IQ3_M => GgufBlock.Q4_K,
            GgufMixture.Q3_K_M => layer < 2 ? GgufBlock.Q5_K : GgufBlock.Q4_K,
            GgufMixture.Q3_K_L => GgufBlock.Q5_K,
            GgufMixture.IQ4 when grouped => GgufBlock.Q5_K,
            GgufMixture.Q4_K_M or GgufMixture.Q5_K_M when HasMoreBits(layer, shape.Layers) => GgufBlock.Q6_K,
            GgufMixture.Q4_K_S when layer < 4 => GgufBlock.Q5_K,
            _ => Base,
        };

        // The value matrices of Llama 70B serve eight query heads each: small and worth more bits.
        return shape is { Family: "llama", Layers: 80 } && grouped && (block == GgufBlock.Q3_K || block == GgufBlock.Q4_K) ? GgufBlock.Q5_K : block;
    }

    private GgufBlock Fused() => Mixture switch
    {
        GgufMixture.Q3_K_M or GgufMixture.Q3_K_L or GgufMixture.IQ3_M => GgufBlock.Q4_K,
        GgufMixture.Q4_K_M => GgufBlock.Q5_K,
        GgufMixture.Q5_K_M => GgufBlock.Q6_K,
        _ => Base,
    };

    private GgufBlock Output(TransformerShape shape) => Mixture switch
    {
        GgufMixture.Q3_K_L or GgufMixture.Q5_K_M when shape.Experts == 8 => Base,
        _ when shape.Experts == 8 => GgufBlock.Q5_K,
        GgufMixture.Q2_K => GgufBlock.Q3_K,
        GgufMixture.IQ3_XXS => GgufBlock.IQ3_S,
        GgufMixture.Q3_K_M or GgufMixture.IQ3_M => GgufBlock.Q4_K,
        GgufMixture.Q3_K_L => GgufBlock.Q5_K,
        _ => Base,
    };

    private GgufBlock Down(int layer, TransformerShape shape) => Mixture switch
    {
        GgufMixture.Q2_K => GgufBlock.Q3_K,
        GgufMixture.Q2_K_S or GgufMixture.IQ3_M when layer < shape.Layers / 8 => GgufBlock.Q4_K,
        GgufMixture.Q3_K_M => layer < shape.Layers / 16 ? GgufBlock.Q5_K : GgufBlock.Q4_K,
        GgufMixture.Q3_K_L => GgufBlock.Q5_K,
        GgufMixture.Q4_K_M or GgufMixture.Q5_K_M when HasMoreBits(layer, shape.Layers) => GgufBlock.Q6_K,
        GgufMixture.Q4_K_S when layer < shape.Layers / 8 => GgufBlock.Q5_K,
        _ => Base,
    };

    /// <summary>The first and last eighth of the layers and every third between.</summary>
    private static bool HasMoreBits(int layer, int layers) =>
        layer < layers / 8 || layer >= 7 * layers / 8 || (layer - (layers / 8)) % 3 == 2;
}
