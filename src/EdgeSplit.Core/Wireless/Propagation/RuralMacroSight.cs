namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Line of sight in a 3GPP rural macro cell: 1 up to 10 m, then exp(-(d - 10)/1000).</summary>
/// <remarks>Immutable, so safe to share between threads. Source: 3GPP TR 38.901 Table 7.4.2-1, RMa.</remarks>
public sealed record RuralMacroSight : ILineOfSightProbability
{
    /// <summary>Way over which the state holds, metres: 60, see <see cref="SightAlongWay"/>. Source: TR 38.901 Table 7.6.3.1-2 (not confirmed).</summary>
    public const double StateCorrelationMetres = 60;

    /// <inheritdoc/>
    public double Probability(double horizontalDistanceMetres) => Math.Exp(-Math.Max(0, Guard.NonNegative(horizontalDistanceMetres) - 10) / 1000);
}
