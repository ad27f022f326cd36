namespace EdgeSplit.Core.Placements;

/// <summary>The state of link and server that a prediction takes as constant.</summary>
/// <param name="UplinkBitsPerSecond">Goodput from device to server, bit/s, positive.</param>
/// <param name="DownlinkBitsPerSecond">Goodput from server to device, bit/s, positive.</param>
/// <param name="ServerShare">Share of the server that the request gets, in (0, 1]: 1 is an idle server, 1/3 one that serves two others as well.</param>
public readonly record struct OperatingPoint(double UplinkBitsPerSecond, double DownlinkBitsPerSecond, double ServerShare)
{
    /// <summary>Throws where a field is out of its range; NaN fails.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is out of its range.</exception>
    public void Validate()
    {
        Guard.Positive(UplinkBitsPerSecond);
        Guard.Positive(DownlinkBitsPerSecond);
        Guard.InRange(ServerShare, double.Epsilon, 1);
    }
}
