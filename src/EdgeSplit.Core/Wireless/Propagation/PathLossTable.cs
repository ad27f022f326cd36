using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>What the rows of 3GPP TR 38.901 Table 7.4.1-1 share.</summary>
internal static class PathLossTable
{
    /// <summary>The speed of light that the notes of the table put into breakpoint distances, m/s; not the exact value.</summary>
    internal const double LightMetresPerSecond = 3.0e8;

    private const double LowestCarrierHz = 0.5e9;

    /// <summary>A carrier that the table covers.</summary>
    internal static double Carrier(double carrierHz, double highestHz = 100e9, [CallerArgumentExpression(nameof(carrierHz))] string? name = null) =>
        Guard.InRange(carrierHz, LowestCarrierHz, highestHz, name);

    internal static double LogCarrierGiga(double carrierHz) => Math.Log10(carrierHz / 1e9);

    internal static SightCondition Known(SightCondition Sight) => Enum.IsDefined(Sight)
        ? Sight
        : throw new ArgumentOutOfRangeException(nameof(Sight), Sight, "Must be LineOfSight or NonLineOfSight.");

    internal static NonLineOfSightForm Known(NonLineOfSightForm Form) => Enum.IsDefined(Form)
        ? Form
        : throw new ArgumentOutOfRangeException(nameof(Form), Form, "Must be Mandatory or Optional.");

    /// <summary>The distance, or an error that names the model and its range.</summary>
    internal static double Valid(double distanceMetres, double minimumMetres, double maximumMetres, string model) =>
        distanceMetres >= minimumMetres && distanceMetres <= maximumMetres
            ? distanceMetres
            : throw new ArgumentOutOfRangeException(nameof(distanceMetres), distanceMetres, FormattableString.Invariant(
                $"{model} holds for horizontal distances in [{minimumMetres}, {maximumMetres}] m."));

    /// <summary>The distance between antennas of different heights.</summary>
    internal static double SlantMetres(double horizontalMetres, double heightDifferenceMetres) =>
        Math.Sqrt((horizontalMetres * horizontalMetres) + (heightDifferenceMetres * heightDifferenceMetres));
}
