namespace EdgeSplit.Core.Devices.Operations;

/// <summary>The kinds of operations in a transformer layer that a device runs at different speeds.</summary>
public enum LayerOperationKind
{
    /// <summary>A product with a weight matrix.</summary>
    Matrix,

    /// <summary>Attention over the cache, fused.</summary>
    Attention,

    /// <summary>A norm over the hidden state, or over each head.</summary>
    Norm,

    /// <summary>The activation of a feed-forward network, with its gate.</summary>
    Activation,

    /// <summary>Rotary positions.</summary>
    Rotary,

    /// <summary>A residual add.</summary>
    Add,

    /// <summary>Looking up embedding rows.</summary>
    Embedding,
}
