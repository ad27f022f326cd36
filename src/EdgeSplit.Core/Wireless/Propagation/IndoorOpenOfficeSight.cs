namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Line of sight in a 3GPP open-plan office: 1 up to 5 m, exp(-(d - 5)/70.8) up to 49 m, then 0.54 exp(-(d - 49)/211.7).</summary>
/// <remarks>The upward step at 49 m (0.5372 to 0.54) is the standard's. Immutable, so safe to share between threads.
/// Source: 3GPP TR 38.901 Table 7.4.2-1, InH open office.</remarks>
public sealed record IndoorOpenOfficeSight : ILineOfSightProbability
{
    /// <summary>Way over which the state holds, metres: 10, see <see cref="SightAlongWay"/>. Source: TR 38.901 Table 7.6.3.1-2 (not confirmed).</summary>
    public const double StateCorrelationMetres = 10;

    /// <inheritdoc/>
    public double Probability(double horizontalDistanceMetres) => Guard.NonNegative(horizontalDistanceMetres) switch
    {
        <= 5 => 1,
        <= 49 => Math.Exp(-(horizontalDistanceMetres - 5) / 70.8),
        _ => 0.54 * Math.Exp(-(horizontalDistanceMetres - 49) / 211.7),
    };
}
