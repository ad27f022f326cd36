using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>The effective height of the environment in an urban macro cell: what the heights of the antennas are counted from in the breakpoint.</summary>
/// <remarks>
/// <para>1 m with probability 1 / (1 + C), otherwise one of 12, 15, ..., up to hUT - 1.5, equally likely. C is 0 for terminals below 13 m, so
/// there it is always 1 m; else ((hUT - 13)/10)^1.5 times 0 up to 18 m and 1.25 (d/100)^3 exp(-d/150) beyond. Between 13 and 13.5 m the list has no
/// member, and the height is 1 m.</para>
/// <para>A property of the link: draw it once, at the distance where the link begins, and hand it to <see cref="UrbanMacroPathLoss"/>.</para>
/// <para>Stateless, so safe to use from any thread. Source: 3GPP TR 38.901 Table 7.4.1-1 note 1.</para>
/// </remarks>
public static class EffectiveEnvironmentHeight
{
    /// <summary>The probability that the effective height is 1 m.</summary>
    /// <param name="horizontalDistanceMetres">Horizontal distance, metres, at least 0.</param>
    /// <param name="terminalHeightMetres">Height of the terminal, metres, in [1.5, 22.5].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or out of range.</exception>
    public static double ProbabilityOfOneMetre(double horizontalDistanceMetres, double terminalHeightMetres)
    {
        Guard.NonNegative(horizontalDistanceMetres);
        Guard.InRange(terminalHeightMetres, 1.5, 22.5);
        return 1 / (1 + (TerminalFactor(terminalHeightMetres) * DistanceFactor(horizontalDistanceMetres)));
    }

    /// <summary>The height of one link, metres: a pure function of its arguments.</summary>
    /// <param name="key">Stream of the draws; a part of it is used, so that the same key may serve other models of the link.</param>
    /// <param name="entity">The link.</param>
    /// <param name="horizontalDistanceMetres">Horizontal distance at which the link begins, metres, at least 0.</param>
    /// <param name="terminalHeightMetres">Height of the terminal, metres, in [1.5, 22.5].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or out of range.</exception>
    public static double DrawMetres(StreamKey key, ulong entity, double horizontalDistanceMetres, double terminalHeightMetres)
    {
        var random = new RandomSource(key.Derive("effective-environment-height"), entity);
        var heights = (int)Math.Floor((terminalHeightMetres - 1.5 - 12) / 3) + 1;
        return random.NextUniform() < ProbabilityOfOneMetre(horizontalDistanceMetres, terminalHeightMetres) || heights < 1
            ? 1
            : 12 + (3 * random.NextInt32(heights));
    }

    /// <summary>((hUT - 13) / 10)^1.5, 0 below 13 m.</summary>
    internal static double TerminalFactor(double terminalHeightMetres) => Math.Pow(Math.Max(0, terminalHeightMetres - 13) / 10, 1.5);

    /// <summary>1.25 (d / 100)^3 exp(-d / 150) beyond 18 m.</summary>
    internal static double DistanceFactor(double distanceMetres)
    {
        var hundreds = distanceMetres / 100;
        return distanceMetres <= 18 ? 0 : 1.25 * hundreds * hundreds * hundreds * Math.Exp(-distanceMetres / 150);
    }
}
