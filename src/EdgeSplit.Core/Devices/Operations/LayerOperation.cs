using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices.Operations;

/// <summary>One operation of a layer as a profiler measures it: what it computes and moves.</summary>
/// <remarks>Immutable value. Values are of 16 bits.</remarks>
/// <param name="Kind">The kind of operation.</param>
/// <param name="Flop">Floating-point operations.</param>
/// <param name="WeightBytes">Weight bytes read.</param>
/// <param name="MovedBytes">Activation bytes read and written; for attention the KV cache read, queries and outputs.</param>
/// <param name="QueryTokens">New tokens of the longest sequence in the pass, for attention: a single token's attention is bound by reading the cache, many tokens' by computing.</param>
public readonly record struct LayerOperation(LayerOperationKind Kind, double Flop, double WeightBytes, double MovedBytes, int QueryTokens)
{
    private const double Bytes = 2;

    /// <summary>A product of a batch of activations with a weight matrix.</summary>
    /// <param name="tokens">Rows of activations, at least 1.</param>
    /// <param name="inputs">Inner width, at least 1.</param>
    /// <param name="outputs">Outer width, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static LayerOperation Product(int tokens, int inputs, int outputs)
    {
        double t = Guard.AtLeast(tokens, 1), i = Guard.AtLeast(inputs, 1), o = Guard.AtLeast(outputs, 1);
        return new(LayerOperationKind.Matrix, 2 * t * i * o, Bytes * i * o, Bytes * t * (i + o), 0);
    }

    /// <summary>An elementwise operation.</summary>
    /// <param name="kind">Norm, activation, rotary, add or embedding.</param>
    /// <param name="values">Values read and written, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is another, or there are no values.</exception>
    public static LayerOperation Elementwise(LayerOperationKind kind, double values) =>
        kind is LayerOperationKind.Matrix or LayerOperationKind.Attention || !Enum.IsDefined(kind)
            ? throw new ArgumentOutOfRangeException(nameof(kind), kind, "Must be an elementwise operation.")
            : new(kind, 0, 0, Bytes * Guard.InRange(values, 1, double.MaxValue), 0);

    /// <summary>Fused attention over one prompt part and a batch of single tokens.</summary>
    /// <param name="queryHeads">Query heads, at least 1.</param>
    /// <param name="keyValueHeads">Key and value heads, at least 1.</param>
    /// <param name="headDimension">Values per head, at least 1.</param>
    /// <param name="promptTokens">New tokens of a prompt, at least 0.</param>
    /// <param name="promptContext">Tokens in that sequence's cache, at least 0.</param>
    /// <param name="sequences">Sequences that generate one token each, at least 0.</param>
    /// <param name="sequenceContext">Tokens in the cache of each, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range, or there is nothing to do.</exception>
    public static LayerOperation Attention(int queryHeads, int keyValueHeads, int headDimension, int promptTokens, int promptContext, int sequences, int sequenceContext)
    {
        double query = (double)Guard.AtLeast(queryHeads, 1) * Guard.AtLeast(headDimension, 1), keyValue = (double)Guard.AtLeast(keyValueHeads, 1) * headDimension;
        double prompt = Guard.AtLeast(promptTokens, 0), before = Guard.AtLeast(promptContext, 0), batch = Guard.AtLeast(sequences, 0), seen = Guard.AtLeast(sequenceContext, 0) + 1.0;
        Guard.AtLeast(promptTokens + sequences, 1, nameof(sequences));
        var pairs = (prompt * (before + (0.5 * (prompt + 1)))) + (batch * seen);
        var cached = (prompt > 0 ? before + prompt : 0) + (batch * seen);
        return new(LayerOperationKind.Attention, 4 * query * pairs, 0, Bytes * ((2 * keyValue * cached) + (2 * query * (prompt + batch))), prompt > 0 ? promptTokens : 1);
    }

    /// <summary>The operation that a row of measured layer times names.</summary>
    /// <param name="row">The row.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="reason">Why there is none.</param>
    /// <returns>Whether the row could be understood.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="row"/> is null.</exception>
    public static bool TryCreate(LayerTimeRow row, out LayerOperation operation, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(row);
        operation = default;
        reason = null;
        if (row.Operation == "matmul")
        {
            if (row.ProductRows is null || row.ProductInner is null || row.ProductColumns is null)
            {
                reason = "a product without its sizes";
                return false;
            }

            operation = Product(row.ProductRows.Value, row.ProductInner.Value, row.ProductColumns.Value);
            return true;
        }

        if (!ModelNames.TryFind(row.Model, null, out var model, out reason))
        {
            return false;
        }

        var shape = model.Shape;
        var parts = row.TensorParallelDegree;
        var tokens = row.Tokens ?? row.DecodeSequences ?? 0;
        if (row.Operation == "attention")
        {
            if (row.PrefillChunkTokens is null && row.DecodeSequences is null)
            {
                reason = "attention without its lengths";
                return false;
            }

            if ((row.PrefillChunkTokens ?? 0) + (row.DecodeSequences ?? 0) < 1)
            {
                reason = "attention over nothing";
                return false;
            }

            operation = Attention(
                Math.Max(1, shape.QueryHeads / parts), Math.Max(1, shape.KeyValueHeads / parts), shape.HeadDimension,
                row.PrefillChunkTokens ?? 0, row.PrefillCachedTokens ?? 0, row.DecodeSequences ?? 0, row.DecodeCachedTokens ?? 0);
            return true;
        }

        if (tokens < 1)
        {
            reason = "a row without tokens";
            return false;
        }

        int query = shape.QueryDimension / parts, keyValue = Math.Max(shape.KeyValueDimension / parts, shape.HeadDimension), inner = Math.Max(1, shape.IntermediateSize / parts);
        var gated = shape.GatedFeedForward ? 2 : 1;
        double t = tokens;
        switch (row.Operation)
        {
            case "attn_pre_proj" or "qkv_proj":
                operation = Product(tokens, shape.HiddenSize, query + (2 * keyValue));
                return true;
            case "attn_post_proj" or "o_proj":
                operation = Product(tokens, query, shape.HiddenSize);
                return true;
            case "mlp_up_proj" or "gate_up_proj":
                operation = Product(tokens, shape.HiddenSize, gated * inner);
                return true;
            case "mlp_down_proj" or "down_proj":
                operation = Product(tokens, inner, shape.HiddenSize);
                return true;
            case "lm_head":
                operation = Product(tokens, shape.HiddenSize, shape.VocabularySize);
                return true;
            case "input_layernorm" or "post_attention_layernorm" or "layernorm" or "final_layernorm":
                operation = Elementwise(LayerOperationKind.Norm, 2 * t * shape.HiddenSize);
                return true;
            case "qk_norm":
                operation = Elementwise(LayerOperationKind.Norm, 2 * t * (query + keyValue));
                return true;
            case "mlp_act" or "act_fn":
                operation = Elementwise(LayerOperationKind.Activation, (gated + 1) * t * inner);
                return true;
            case "attn_rope" or "rotary_emb":
                operation = Elementwise(LayerOperationKind.Rotary, 2 * t * (query + keyValue));
                return true;
            case "add":
                operation = Elementwise(LayerOperationKind.Add, 3 * t * shape.HiddenSize);
                return true;
            case "emb" or "embedding":
                operation = Elementwise(LayerOperationKind.Embedding, 2 * t * shape.HiddenSize);
                return true;
            default:
                reason = $"unknown operation \"{row.Operation}\"";
                return false;
        }
    }
}
