using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Inference;

/// <summary>The weights of one transformer layer, where they were stored; norms and biases converted. Immutable.</summary>
internal sealed class LlamaLayer
{
    internal required float[] InputNorm { get; init; }

    internal required StoredMatrix Query { get; init; }

    internal required StoredMatrix Key { get; init; }

    internal required StoredMatrix Value { get; init; }

    internal required StoredMatrix Output { get; init; }

    internal float[]? QueryBias { get; init; }

    internal float[]? KeyBias { get; init; }

    internal float[]? ValueBias { get; init; }

    internal float[]? OutputBias { get; init; }

    /// <summary>Norm of each query head, shape [head dimension]; null where the family has none.</summary>
    internal float[]? QueryNorm { get; init; }

    /// <summary>Norm of each key head, shape [head dimension]; null where the family has none.</summary>
    internal float[]? KeyNorm { get; init; }

    internal required float[] FeedForwardNorm { get; init; }

    internal required StoredMatrix Gate { get; init; }

    internal required StoredMatrix Up { get; init; }

    internal required StoredMatrix Down { get; init; }

    internal float[]? GateBias { get; init; }

    internal float[]? UpBias { get; init; }

    internal float[]? DownBias { get; init; }

    /// <summary>Reads a layer by the names that Hugging Face gives its tensors.</summary>
    internal static LlamaLayer Read(Checkpoint checkpoint, int layer)
    {
        var c = checkpoint.Configuration;
        var prefix = FormattableString.Invariant($"model.layers.{layer}.");
        var queries = c.QueryHeads * c.HeadDimension;
        var keyValues = c.KeyValueHeads * c.HeadDimension;
        return new LlamaLayer
        {
            InputNorm = checkpoint.Vector(prefix + "input_layernorm.weight", c.HiddenSize),
            Query = checkpoint.Matrix(prefix + "self_attn.q_proj.weight", queries, c.HiddenSize),
            Key = checkpoint.Matrix(prefix + "self_attn.k_proj.weight", keyValues, c.HiddenSize),
            Value = checkpoint.Matrix(prefix + "self_attn.v_proj.weight", keyValues, c.HiddenSize),
            Output = checkpoint.Matrix(prefix + "self_attn.o_proj.weight", c.HiddenSize, queries),
            QueryBias = c.AttentionBias ? checkpoint.Vector(prefix + "self_attn.q_proj.bias", queries) : null,
            KeyBias = c.AttentionBias ? checkpoint.Vector(prefix + "self_attn.k_proj.bias", keyValues) : null,
            ValueBias = c.AttentionBias ? checkpoint.Vector(prefix + "self_attn.v_proj.bias", keyValues) : null,
            OutputBias = c.OutputBias ? checkpoint.Vector(prefix + "self_attn.o_proj.bias", c.HiddenSize) : null,
            QueryNorm = c.QueryKeyNorms ? checkpoint.Vector(prefix + "self_attn.q_norm.weight", c.HeadDimension) : null,
            KeyNorm = c.QueryKeyNorms ? checkpoint.Vector(prefix + "self_attn.k_norm.weight", c.HeadDimension) : null,
            FeedForwardNorm = checkpoint.Vector(prefix + "post_attention_layernorm.weight", c.HiddenSize),
            Gate = checkpoint.Matrix(prefix + "mlp.gate_proj.weight", c.IntermediateSize, c.HiddenSize),
            Up = checkpoint.Matrix(prefix + "mlp.up_proj.weight", c.IntermediateSize, c.HiddenSize),
            Down = checkpoint.Matrix(prefix + "mlp.down_proj.weight", c.HiddenSize, c.IntermediateSize),
            GateBias = c.FeedForwardBias ? checkpoint.Vector(prefix + "mlp.gate_proj.bias", c.IntermediateSize) : null,
            UpBias = c.FeedForwardBias ? checkpoint.Vector(prefix + "mlp.up_proj.bias", c.IntermediateSize) : null,
            DownBias = c.FeedForwardBias ? checkpoint.Vector(prefix + "mlp.down_proj.bias", c.HiddenSize) : null,
        };
    }

    /// <summary>The same layer with every matrix changed; norms and biases stay.</summary>
    internal LlamaLayer With(Func<StoredMatrix, StoredMatrix> change) => new()
    {
        InputNorm = InputNorm,
        Query = change(Query),
        Key = change(Key),
        Value = change(Value),
        Output = change(Output),
        QueryBias = QueryBias,
        KeyBias = KeyBias,
        ValueBias = ValueBias,
        OutputBias = OutputBias,
        QueryNorm = QueryNorm,
        KeyNorm = KeyNorm,
        FeedForwardNorm = FeedForwardNorm,
        Gate = change(Gate),
        Up = change(Up),
        Down = change(Down),
        GateBias = GateBias,
        UpBias = UpBias,
        DownBias = DownBias,
    };
}
