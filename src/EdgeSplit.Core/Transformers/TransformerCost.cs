namespace EdgeSplit.Core.Transformers;

/// <summary>Counts floating-point operations and bytes of each unit of a transformer.</summary>
/// <remarks>
/// <para><b>FLOP.</b> A matrix costs 2 x inputs x outputs per token. Attention costs 2 FLOP per multiply-add for queries with keys and
/// again for probabilities with values, over the causal half only: pass (T, c) has P = sum over i = 1..T of min(c + i, window)
/// (query, key) pairs, hence 4 x query heads x head dimension x P. Elementwise: softmax 5 per query head and pair, norm 7 per element,
/// residual add 1 per element, bias and position add 1 per element, gated activation 2 per element of the intermediate size, plain activation 1,
/// router softmax 5 per expert, weighting and summing of expert outputs 2 per element and active expert. Rotary positions, scalings by a
/// constant, soft caps and sampling are not counted.</para>
/// <para><b>The head</b> runs for the last token of the pass only.</para>
/// <para><b>Latent attention</b> is counted in its absorbed form, as llama.cpp runs it: queries meet the cached latent vectors, so that a pair costs
/// 2 x heads x (2 x latent + rotary) FLOP and each latent vector is read once for keys and values. A serving engine that rebuilds keys and values for a long
/// prompt does less attention arithmetic there.</para>
/// <para><b>Weight bytes.</b> Every weight of the unit once per pass at the true bits that the format has for it (<see cref="TransformerShape.WeightBits"/>),
/// norms and biases too; of the embedding only the rows looked up; a tied head still reads the whole table; of experts only the expected distinct
/// ones, E (1 - (1 - k/E)^T), beside the shared ones.</para>
/// <para><b>Activation bytes.</b> Each operation reads its input and writes its output once, as LLM-Viewer counts with fused attention: scores and
/// probabilities never reach memory; the query, key and value projections each read the hidden state (in whatever layout a checkpoint stores them);
/// what the key and value projections write is a cache write, not an activation; a residual add reads and writes one hidden state (the other
/// operand is what the operation before it has just produced); biases are fused. Of token ids and routing tables nothing is counted.</para>
/// <para><b>Keys and values.</b> Every cached key and value that some new token attends to is read once per pass: min(c + T, window + T - 1) tokens;
/// T tokens are written.</para>
/// <para><b>Operations</b> are the operations above: 7 for attention (norm, q, k, v, fused attention, output, add; + 2 with query and key norms,
/// + 1 with a norm behind or before the output), 6 for a gated feed-forward network, 9 with experts, 14 with shared ones too, 2 for the head.</para>
/// <para>Source of the conventions: Z. Yuan et al., "LLM Inference Unveiled: Survey and Roofline Model Insights", arXiv 2402.16363, and its
/// tool LLM-Viewer, less that tool's known errors (head without its factor 2, activation over the hidden size, attention without the causal half).</para>
/// </remarks>
public static class TransformerCost
{
    private const double SoftmaxFlop = 5;
    private const double NormFlop = 7;

    /// <summary>Prepares the cost of one unit so that it can be evaluated for any forward pass.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="layer">Layer index from 0; ignored for embedding and head.</param>
    /// <param name="weights">Format of the weights.</param>
    /// <param name="activations">Format of the activations.</param>
    /// <param name="keyValues">Format of the KV cache.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unit"/> or <paramref name="layer"/> is out of range.</exception>
    /// <exception cref="ArgumentException">The shape contradicts itself.</exception>
    public static UnitCostModel Prepare(
        TransformerShape shape, TransformerUnit unit, int layer, NumberFormat weights, NumberFormat activations, NumberFormat keyValues)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(activations);
        ArgumentNullException.ThrowIfNull(keyValues);
        _ = shape.Validate();
        return unit switch
        {
            TransformerUnit.Embedding => Embedding(shape, weights, activations.BytesPerValue),
            TransformerUnit.Attention => Attention(shape, shape.CheckLayer(layer), weights, activations.BytesPerValue, keyValues.BytesPerValue),
            TransformerUnit.FeedForward when shape.HasExperts(layer) => Experts(shape, layer, weights, activations.BytesPerValue),
            TransformerUnit.FeedForward => FeedForward(shape, shape.CheckLayer(layer), weights, activations.BytesPerValue),
            TransformerUnit.Head => Head(shape, weights, activations.BytesPerValue),
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Must be a defined unit."),
        };
    }

    private static UnitCostModel Embedding(TransformerShape shape, NumberFormat weights, double activationBytes)
    {
        double hidden = shape.HiddenSize;
        var learned = shape.LearnedPositionRows > 0;
        return new UnitCostModel
        {
            ElementwiseFlopPerToken = learned ? hidden : 0,
            WeightBytesPerToken = (learned ? 2 : 1) * hidden * StoredWeights.EmbeddingBitsPerValue(shape, weights) / 8,
            ActivationBytesPerToken = (learned ? 4 : 1) * hidden * activationBytes,
            Operations = learned ? 3 : 1,
        };
    }

    private static UnitCostModel Attention(TransformerShape shape, int layer, NumberFormat weights, double activationBytes, double keyValueBytes)
    {
        if (shape.HasLatentAttention)
        {
            return LatentAttention(shape, layer, weights, activationBytes, keyValueBytes);
        }

        double hidden = shape.HiddenSize, query = shape.QueryDimension, keyValue = shape.KeyValueDimension;
        double norms = ParameterCount.AttentionNorms(shape);
        double innerNorms = ParameterCount.InnerAttentionNormValues(shape);
        var activations =
            (2 * norms * hidden)                   // norms
            + (3 * hidden) + query                 // q, k, v: keys and values go to the cache
            + (2 * innerNorms)                     // norms of queries and keys, and before the output projection
            + (2 * query)                          // fused attention
            + query + hidden                       // output projection
            + (2 * hidden);                        // residual add
        return new UnitCostModel
        {
            MatrixFlopPerToken = 2.0 * ParameterCount.AttentionMatrices(shape),
            AttentionFlopPerPair = 4 * query,
            AttentionScoresPerPair = shape.QueryHeads,
            ElementwiseFlopPerToken = (NormFlop * ((norms * hidden) + innerNorms)) + hidden + ParameterCount.AttentionBiases(shape),
            ElementwiseFlopPerPair = SoftmaxFlop * shape.QueryHeads,
            WeightBytesPerPass = StoredWeights.Attention(shape, layer, weights) / 8,
            ActivationBytesPerToken = activations * activationBytes,
            KeyValueBytesPerToken = 2 * keyValue * keyValueBytes,
            AttentionWindow = shape.AttentionWindow(layer),
            Operations = 6 + (int)norms + (shape.QueryKeyNorms ? 2 : 0) + (shape.InnerNorms ? 1 : 0),
        };
    }

    private static UnitCostModel LatentAttention(TransformerShape shape, int layer, NumberFormat weights, double activationBytes, double keyValueBytes)
    {
        double hidden = shape.HiddenSize, query = shape.QueryDimension, queryLatent = shape.QueryLatentDimension;
        double latent = shape.KeyValueLatentDimension, rotary = shape.RotaryHeadDimension, heads = shape.QueryHeads;
        double norms = ParameterCount.AttentionNorms(shape), innerNorms = ParameterCount.InnerAttentionNormValues(shape);
        double absorbedQuery = heads * (latent + rotary), weighted = heads * latent, values = heads * shape.ValueDimension;
        var activations =
            (2 * norms * hidden)                                                              // norms
            + (queryLatent > 0 ? hidden + queryLatent + queryLatent + query : hidden + query) // query
            + hidden                                                                          // latent vector: goes to the cache
            + (2 * innerNorms)                                                                // latent norms
            + (heads * (shape.HeadDimension - rotary)) + weighted                             // query times key matrix
            + absorbedQuery + weighted                                                        // fused attention
            + weighted + values                                                               // value matrix
            + values + hidden                                                                 // output projection
            + (2 * hidden);                                                                   // residual add
        return new UnitCostModel
        {
            MatrixFlopPerToken = 2.0 * ParameterCount.AttentionMatrices(shape),
            AttentionFlopPerPair = 2 * heads * ((2 * latent) + rotary),
            AttentionScoresPerPair = heads,
            ElementwiseFlopPerToken = (NormFlop * ((norms * hidden) + innerNorms)) + hidden + ParameterCount.AttentionBiases(shape),
            ElementwiseFlopPerPair = SoftmaxFlop * heads,
            WeightBytesPerPass = StoredWeights.Attention(shape, layer, weights) / 8,
            ActivationBytesPerToken = activations * activationBytes,
            KeyValueBytesPerToken = shape.CachedValuesPerToken * keyValueBytes,
            AttentionWindow = shape.AttentionWindow(layer),
            Operations = 7 + (int)norms + (queryLatent > 0 ? 3 : 1),
        };
    }

    private static UnitCostModel FeedForward(TransformerShape shape, int layer, NumberFormat weights, double activationBytes)
    {
        double hidden = shape.HiddenSize, inner = shape.IntermediateSize;
        double norms = ParameterCount.FeedForwardNorms(shape);
        var innerNorm = shape.InnerNorms ? inner : 0;
        return new UnitCostModel
        {
            MatrixFlopPerToken = 2.0 * ParameterCount.FeedForwardMatrices(shape, shape.IntermediateSize),
            ElementwiseFlopPerToken = (NormFlop * ((norms * hidden) + innerNorm)) + ActivationFlop(shape, inner) + hidden
                + ParameterCount.FeedForwardBiases(shape, shape.IntermediateSize),
            WeightBytesPerPass = StoredWeights.FeedForward(shape, layer, weights) / 8,
            ActivationBytesPerToken = ((2 * norms * hidden) + NetworkValues(shape, inner) + (2 * innerNorm) + (2 * hidden)) * activationBytes,
            Operations = (int)norms + (shape.GatedFeedForward ? 5 : 4) + (shape.InnerNorms ? 1 : 0),
        };
    }

    private static UnitCostModel Experts(TransformerShape shape, int layer, NumberFormat weights, double activationBytes)
    {
        double hidden = shape.HiddenSize, inner = shape.ExpertIntermediateSize, experts = shape.Experts, active = shape.ActiveExperts;
        double norms = ParameterCount.FeedForwardNorms(shape);
        double shared = shape.SharedExpertIntermediateSize;
        var sharedFlop = shared == 0 ? 0 : ActivationFlop(shape, shared) + ParameterCount.FeedForwardBiases(shape, shape.SharedExpertIntermediateSize) + hidden;
        return new UnitCostModel
        {
            MatrixFlopPerToken = (2 * hidden * experts) + (active * 2.0 * ParameterCount.FeedForwardMatrices(shape, shape.ExpertIntermediateSize))
                + (2.0 * ParameterCount.FeedForwardMatrices(shape, shape.SharedExpertIntermediateSize)),
            ElementwiseFlopPerToken = (NormFlop * norms * hidden) + (SoftmaxFlop * experts) + (shape.RouterBias ? experts : 0) + sharedFlop
                + (active * (ActivationFlop(shape, inner) + ParameterCount.FeedForwardBiases(shape, shape.ExpertIntermediateSize) + (2 * hidden))) + hidden,
            WeightBytesPerPass = StoredWeights.FeedForwardBesideExperts(shape, layer, weights) / 8,
            WeightBytesPerExpert = StoredWeights.Expert(shape, weights) / 8,
            Experts = experts,
            ActiveExperts = active,
            LogUnusedShare = Math.Log((experts - active) / experts),
            ActivationBytesPerToken = activationBytes * (
                (2 * norms * hidden)                             // norms
                + hidden + experts                               // router
                + (2 * experts)                                  // router softmax
                + (active * NetworkValues(shape, inner))         // experts
                + (active * hidden) + hidden                     // weighted sum of their outputs
                + (shared == 0 ? 0 : NetworkValues(shape, shared) + (2 * hidden))   // shared experts and their add
                + (2 * hidden)),                                 // residual add
            Operations = (int)norms + 4 + ((shared == 0 ? 1 : 2) * (shape.GatedFeedForward ? 4 : 3)) + (shared == 0 ? 0 : 1),
        };
    }

    private static UnitCostModel Head(TransformerShape shape, NumberFormat weights, double activationBytes)
    {
        double hidden = shape.HiddenSize, vocabulary = shape.VocabularySize;
        return new UnitCostModel
        {
            MatrixFlopPerPass = 2 * hidden * vocabulary,
            ElementwiseFlopPerPass = (NormFlop * hidden) + ParameterCount.HeadBias(shape),
            WeightBytesPerPass = (StoredWeights.HeadMatrix(shape, weights) + StoredWeights.HeadVectors(shape, weights)) / 8,
            ActivationBytesPerPass = ((2 * hidden) + hidden + vocabulary) * activationBytes,
            Operations = 2,
        };
    }

    private static double ActivationFlop(TransformerShape shape, double inner) => (shape.GatedFeedForward ? 2 : 1) * inner;

    /// <summary>Values read and written by the matrices and the activation of one feed-forward network, per token.</summary>
    private static double NetworkValues(TransformerShape shape, double inner)
    {
        double hidden = shape.HiddenSize;
        return shape.GatedFeedForward
            ? (2 * (hidden + inner)) + (3 * inner) + (inner + hidden)   // gate, up; activation; down
            : (hidden + inner) + (2 * inner) + (inner + hidden);        // up; activation; down
    }
}
