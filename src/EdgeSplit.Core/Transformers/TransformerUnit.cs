namespace EdgeSplit.Core.Transformers;

/// <summary>The units that a placement puts onto nodes. One layer is an <see cref="Attention"/> and a <see cref="FeedForward"/> unit.</summary>
public enum TransformerUnit
{
    /// <summary>Token embedding, with learned positions where the family has them. Runs where layer 0 runs.</summary>
    Embedding,

    /// <summary>Norm, query, key and value projections, attention over the cache, output projection, residual add.</summary>
    Attention,

    /// <summary>Norm, dense or expert feed-forward network, residual add.</summary>
    FeedForward,

    /// <summary>Final norm and language-model head, for the last token of the pass only. Runs where the last layer runs.</summary>
    Head,
}
