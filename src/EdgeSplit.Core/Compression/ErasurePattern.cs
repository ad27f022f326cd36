namespace EdgeSplit.Core.Compression;

/// <summary>Which values of a hidden state an unreliable uplink loses together.</summary>
public enum ErasurePattern
{
    /// <summary>Every value on its own, independently of the others: the published rule.</summary>
    Elements,

    /// <summary>Whole packets of neighbouring values, token by token.</summary>
    Packets,

    /// <summary>Whole packets whose values are spread evenly over the message.</summary>
    InterleavedPackets,
}
