using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>Checks that mobility models share.</summary>
internal static class MobilityChecks
{
    internal static double Radius(double radiusMetres, [CallerArgumentExpression(nameof(radiusMetres))] string? name = null) =>
        radiusMetres > 0 ? radiusMetres : throw new ArgumentOutOfRangeException(name, radiusMetres, "Must be positive; infinity is the open plane.");

    internal static PlanePosition Start(PlanePosition start, double radiusMetres)
    {
        Guard.Finite(start.XMetres, "start.XMetres");
        Guard.Finite(start.YMetres, "start.YMetres");
        return start.DistanceMetres <= radiusMetres
            ? start
            : throw new ArgumentOutOfRangeException(nameof(start), start, FormattableString.Invariant($"Must lie within {radiusMetres} m of the base station."));
    }
}
