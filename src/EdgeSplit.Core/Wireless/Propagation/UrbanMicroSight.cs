namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Line of sight in a 3GPP urban micro cell: 1 up to 18 m, then 18/d + exp(-d/36)(1 - 18/d).</summary>
/// <remarks>Immutable, so safe to share between threads. Source: 3GPP TR 38.901 Table 7.4.2-1, UMi street canyon.</remarks>
public sealed record UrbanMicroSight : ILineOfSightProbability
{
    /// <summary>Way over which the state holds, metres: 50, see <see cref="SightAlongWay"/>. Source: TR 38.901 Table 7.6.3.1-2 (not confirmed).</summary>
    public const double StateCorrelationMetres = 50;

    /// <inheritdoc/>
    public double Probability(double horizontalDistanceMetres)
    {
        Guard.NonNegative(horizontalDistanceMetres);
        var share = 18 / horizontalDistanceMetres;
        return horizontalDistanceMetres <= 18 ? 1 : share + (Math.Exp(-horizontalDistanceMetres / 36) * (1 - share));
    }
}
