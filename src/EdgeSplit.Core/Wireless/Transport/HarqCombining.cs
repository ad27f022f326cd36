namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>What a receiver does with the earlier rounds of a block that it could not decode.</summary>
public enum HarqCombining
{
    /// <summary>The rounds repeat the block; their SNRs add. See <see cref="ChaseCombining"/>.</summary>
    Chase,

    /// <summary>The rounds bring new parity; their mutual information adds. See <see cref="IncrementalRedundancy"/>.</summary>
    IncrementalRedundancy,

    /// <summary>Earlier rounds are thrown away; every round is decoded on its own. See <see cref="TruncatedArq"/>.</summary>
    None,
}
