namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Line of sight in a 3GPP office of rooms and cubicles: 1 up to 1.2 m, exp(-(d - 1.2)/4.7) below 6.5 m, then 0.32 exp(-(d - 6.5)/32.6).</summary>
/// <remarks>The step at 6.5 m (0.3238 to 0.32) is the standard's. Immutable, so safe to share between threads.
/// Source: 3GPP TR 38.901 Table 7.4.2-1, InH mixed office.</remarks>
public sealed record IndoorMixedOfficeSight : ILineOfSightProbability
{
    /// <summary>Way over which the state holds, metres: 10, see <see cref="SightAlongWay"/>. Source: TR 38.901 Table 7.6.3.1-2 (not confirmed).</summary>
    public const double StateCorrelationMetres = 10;

    /// <inheritdoc/>
    public double Probability(double horizontalDistanceMetres) => Guard.NonNegative(horizontalDistanceMetres) switch
    {
        <= 1.2 => 1,
        < 6.5 => Math.Exp(-(horizontalDistanceMetres - 1.2) / 4.7),
        _ => 0.32 * Math.Exp(-(horizontalDistanceMetres - 6.5) / 32.6),
    };
}
