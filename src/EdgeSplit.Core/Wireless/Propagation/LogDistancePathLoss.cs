namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Path loss that grows by 10 n dB per decade of distance: reference loss + 10 n log10(d / reference distance).</summary>
/// <remarks>
/// <para>n = 2 from the free-space loss is free space; cities have about 3 to 4. The single-slope forms of 3GPP TR 38.901 Table 7.4.1-1
/// are of this kind (reference distance 1 m), for example the optional UMi NLOS form of <see cref="UrbanMicroNonLineOfSight"/>.</para>
/// <para>The formula is used as it stands at every positive distance, also below the reference distance (extrapolation, where the loss may
/// even turn negative); validity limits belong to the user of the model, see <see cref="LinkParameters.MinimumDistanceMetres"/>.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// <para>Source: T. S. Rappaport, <i>Wireless Communications</i>, 2nd ed., section 4.9.</para>
/// </remarks>
/// <param name="ReferenceLossDb">Loss at the reference distance, dB, finite.</param>
/// <param name="ReferenceDistanceMetres">Reference distance, metres, positive.</param>
/// <param name="Exponent">Path-loss exponent n, pure number, at least 0; 2 is free space.</param>
public sealed record LogDistancePathLoss(double ReferenceLossDb, double ReferenceDistanceMetres, double Exponent) : IPathLoss
{
    /// <summary>Loss at the reference distance, dB.</summary>
    public double ReferenceLossDb { get; } = Guard.Finite(ReferenceLossDb);

    /// <summary>Reference distance, metres.</summary>
    public double ReferenceDistanceMetres { get; } = Guard.Positive(ReferenceDistanceMetres);

    /// <summary>Path-loss exponent n; 2 is free space.</summary>
    public double Exponent { get; } = Guard.NonNegative(Exponent);

    /// <summary>A log-distance law that starts from the free-space loss at 1 m.</summary>
    /// <param name="carrierHz">Carrier frequency, hertz, positive.</param>
    /// <param name="exponent">Path-loss exponent beyond 1 m, at least 0; 2 is free space everywhere.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static LogDistancePathLoss FreeSpaceReference(double carrierHz, double exponent) => new(FreeSpaceLossDb(1.0, carrierHz), 1.0, exponent);

    /// <summary>Free-space (Friis) loss 20 log10(4 pi d f / c) with the exact speed of light, dB.</summary>
    /// <param name="distanceMetres">Distance, metres, positive.</param>
    /// <param name="carrierHz">Carrier frequency, hertz, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or not positive.</exception>
    public static double FreeSpaceLossDb(double distanceMetres, double carrierHz) => 20.0 * Math.Log10(
        4.0 * Math.PI * Guard.Positive(distanceMetres) * Guard.Positive(carrierHz) / PhysicalConstants.SpeedOfLightMetresPerSecond);

    /// <summary>The optional NLOS law of the urban micro street canyon: 32.4 + 20 log10(fc / GHz) + 31.9 log10(d).</summary>
    /// <param name="carrierHz">Carrier frequency, hertz, positive; the specification covers 0.5 to 100 GHz.</param>
    /// <remarks>Source: 3GPP TR 38.901 Table 7.4.1-1, UMi street canyon, optional NLOS; valid for 10 m to 5 km.</remarks>
    public static LogDistancePathLoss UrbanMicroNonLineOfSight(double carrierHz) => StandardForm(carrierHz, 3.19);

    /// <summary>The optional NLOS law of the urban macro cell: 32.4 + 20 log10(fc / GHz) + 30 log10(d).</summary>
    /// <param name="carrierHz">Carrier frequency, hertz, positive; the specification covers 0.5 to 100 GHz.</param>
    /// <remarks>Source: 3GPP TR 38.901 Table 7.4.1-1, UMa, optional NLOS; valid for 10 m to 5 km.</remarks>
    public static LogDistancePathLoss UrbanMacroNonLineOfSight(double carrierHz) => StandardForm(carrierHz, 3.0);

    /// <summary>The LOS law of an indoor office: 32.4 + 20 log10(fc / GHz) + 17.3 log10(d).</summary>
    /// <param name="carrierHz">Carrier frequency, hertz, positive; the specification covers 0.5 to 100 GHz.</param>
    /// <remarks>Source: 3GPP TR 38.901 Table 7.4.1-1, InH office, LOS; valid for 1 m to 150 m.</remarks>
    public static LogDistancePathLoss IndoorOfficeLineOfSight(double carrierHz) => StandardForm(carrierHz, 1.73);

    /// <summary>The optional NLOS law of an indoor office: 32.4 + 20 log10(fc / GHz) + 31.9 log10(d).</summary>
    /// <param name="carrierHz">Carrier frequency, hertz, positive; the specification covers 0.5 to 100 GHz.</param>
    /// <remarks>Source: 3GPP TR 38.901 Table 7.4.1-1, InH office, optional NLOS; valid for 1 m to 150 m, where it never falls below LOS.</remarks>
    public static LogDistancePathLoss IndoorOfficeNonLineOfSight(double carrierHz) => StandardForm(carrierHz, 3.19);

    /// <inheritdoc/>
    public double LossDb(double distanceMetres) =>
        ReferenceLossDb + (10.0 * Exponent * Math.Log10(Guard.Positive(distanceMetres) / ReferenceDistanceMetres));

    private static LogDistancePathLoss StandardForm(double carrierHz, double exponent) =>
        new(32.4 + (20.0 * Math.Log10(Guard.Positive(carrierHz) / 1e9)), 1.0, exponent);
}
