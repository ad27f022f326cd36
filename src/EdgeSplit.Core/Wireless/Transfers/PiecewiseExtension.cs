namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>What a list of values means after its last block.</summary>
public enum PiecewiseExtension
{
    /// <summary>The last value holds for ever.</summary>
    Hold,

    /// <summary>The list starts again from its first value.</summary>
    Wrap,
}
