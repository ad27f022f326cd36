namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Free-space (Friis) loss 20 log10(4 pi d f / c), with the exact speed of light.</summary>
/// <remarks>
/// <para>The antennas are taken to be at one height. Holds in the far field; the formula is used as it stands at every positive distance and
/// turns negative below c / (4 pi f), some millimetres.</para>
/// <para>Immutable, so safe to share between threads. Source: H. T. Friis, "A note on a simple transmission formula", Proc. IRE 34(5), 1946, pp. 254-256.</para>
/// </remarks>
/// <param name="CarrierHz">Carrier frequency, hertz, positive.</param>
public sealed record FreeSpacePathLoss(double CarrierHz) : IPathLoss
{
    private readonly double _oneMetreDb = LogDistancePathLoss.FreeSpaceLossDb(1.0, Guard.Positive(CarrierHz));

    /// <summary>Carrier frequency, hertz.</summary>
    public double CarrierHz { get; } = CarrierHz;

    /// <inheritdoc/>
    public double LossDb(double distanceMetres) => _oneMetreDb + (20.0 * Math.Log10(Guard.Positive(distanceMetres)));
}
