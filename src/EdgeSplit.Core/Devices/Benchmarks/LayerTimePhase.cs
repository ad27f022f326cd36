namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>The pass that a time per operation belongs to.</summary>
public enum LayerTimePhase
{
    /// <summary>Either: the operation depends on the number of tokens alone.</summary>
    Any,

    /// <summary>A prompt.</summary>
    Prefill,

    /// <summary>One new token of each sequence.</summary>
    Decode,

    /// <summary>Once for each sequence, as the head and the sampler.</summary>
    PerSequence,
}
