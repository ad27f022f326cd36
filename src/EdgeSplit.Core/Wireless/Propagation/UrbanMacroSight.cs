namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Line of sight in a 3GPP urban macro cell: 1 up to 18 m, then (18/d + exp(-d/63)(1 - 18/d)) (1 + C' 1.25 (d/100)^3 exp(-d/150)).</summary>
/// <remarks>
/// <para>C' is 0 for terminals up to 13 m and ((hUT - 13)/10)^1.5 above. Just beyond 18 m the formula exceeds 1 for high terminals (by 0.0065 at 23 m): the
/// result is then 1.</para>
/// <para>Immutable, so safe to share between threads. Source: 3GPP TR 38.901 Table 7.4.2-1, UMa.</para>
/// </remarks>
/// <param name="TerminalHeightMetres">Height of the terminal's antenna, metres, in [1.5, 23].</param>
public sealed record UrbanMacroSight(double TerminalHeightMetres = 1.5) : ILineOfSightProbability
{
    private readonly double _heightFactor = EffectiveEnvironmentHeight.TerminalFactor(TerminalHeightMetres);

    /// <summary>Way over which the state holds, metres: 50, see <see cref="SightAlongWay"/>. Source: TR 38.901 Table 7.6.3.1-2 (not confirmed).</summary>
    public const double StateCorrelationMetres = 50;

    /// <summary>Height of the terminal's antenna, metres.</summary>
    public double TerminalHeightMetres { get; } = Guard.InRange(TerminalHeightMetres, 1.5, 23);

    /// <inheritdoc/>
    public double Probability(double horizontalDistanceMetres)
    {
        Guard.NonNegative(horizontalDistanceMetres);
        var share = 18 / horizontalDistanceMetres;
        return horizontalDistanceMetres <= 18 ? 1 : Math.Min(1,
            (share + (Math.Exp(-horizontalDistanceMetres / 63) * (1 - share)))
            * (1 + (_heightFactor * EffectiveEnvironmentHeight.DistanceFactor(horizontalDistanceMetres))));
    }
}
