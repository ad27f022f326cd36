namespace EdgeSplit.Core.Wireless.Energy;

/// <summary>One transfer that a radio is asked for: data up, then data down.</summary>
/// <param name="RequestSeconds">When the data are ready, seconds, at least 0.</param>
/// <param name="UplinkBits">Bits to send, at least 0.</param>
/// <param name="UplinkSeconds">Time on the air that they take, seconds, at least 0.</param>
/// <param name="DownlinkBits">Bits to receive, at least 0.</param>
/// <param name="DownlinkSeconds">Time on the air that they take, seconds, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or negative.</exception>
public readonly record struct RadioTransfer(double RequestSeconds, double UplinkBits, double UplinkSeconds, double DownlinkBits, double DownlinkSeconds)
{
    /// <summary>When the data are ready, seconds.</summary>
    public double RequestSeconds { get; } = Guard.NonNegative(RequestSeconds);

    /// <summary>Bits to send.</summary>
    public double UplinkBits { get; } = Guard.NonNegative(UplinkBits);

    /// <summary>Time on the air of the bits to send, seconds.</summary>
    public double UplinkSeconds { get; } = Guard.NonNegative(UplinkSeconds);

    /// <summary>Bits to receive.</summary>
    public double DownlinkBits { get; } = Guard.NonNegative(DownlinkBits);

    /// <summary>Time on the air of the bits to receive, seconds.</summary>
    public double DownlinkSeconds { get; } = Guard.NonNegative(DownlinkSeconds);
}
