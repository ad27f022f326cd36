namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>What a trace means after its last instant.</summary>
public enum TraceEnd
{
    /// <summary>The trace starts again from its beginning, for ever.</summary>
    Wrap,

    /// <summary>The last value holds for ever.</summary>
    Hold,

    /// <summary>The link carries nothing more.</summary>
    Stop,
}
