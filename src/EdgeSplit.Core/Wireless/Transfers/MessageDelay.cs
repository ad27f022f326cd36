namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>The fixed delay that every message pays whatever its size: what rules token-by-token decoding over a link.</summary>
/// <remarks>Order: the message waits for its grant, is on the air, travels one way, and passes the protocol. Immutable, so safe to share
/// between threads.</remarks>
/// <param name="GrantSeconds">Wait for permission to send (scheduling request and grant, or channel access), seconds, at least 0.</param>
/// <param name="OneWaySeconds">Propagation, slot alignment, decoding and transport to the server, seconds, at least 0.</param>
/// <param name="ProtocolSeconds">Software on both ends: framing, copying, system calls, seconds, at least 0.</param>
public sealed record MessageDelay(double GrantSeconds, double OneWaySeconds, double ProtocolSeconds)
{
    /// <summary>No delay at all.</summary>
    public static MessageDelay None { get; } = new(0.0, 0.0, 0.0);

    /// <summary>Wait for permission to send, seconds; before the first bit.</summary>
    public double GrantSeconds { get; } = Guard.NonNegative(GrantSeconds);

    /// <summary>Travel to the far end, seconds; after the last bit.</summary>
    public double OneWaySeconds { get; } = Guard.NonNegative(OneWaySeconds);

    /// <summary>Software on both ends, seconds; after the last bit.</summary>
    public double ProtocolSeconds { get; } = Guard.NonNegative(ProtocolSeconds);

    /// <summary>The whole fixed delay, seconds.</summary>
    public double TotalSeconds => GrantSeconds + OneWaySeconds + ProtocolSeconds;
}
