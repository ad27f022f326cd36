namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>3GPP indoor office (InH): base station under the ceiling of the same floor.</summary>
/// <remarks>
/// <para>Line of sight: 32.4 + 17.3 log10(d3D) + 20 log10(fc). Without: the larger of that and 38.3 log10(d3D) + 17.3 + 24.9 log10(fc), in the
/// optional form 32.4 + 20 log10(fc) + 31.9 log10(d3D), also never below line of sight. The slant distance d3D comes from the horizontal one and
/// the heights; fc in GHz.</para>
/// <para>Valid for slant distances from 1 to 150 m, so with the heights below for every horizontal distance from 0 m on; others are refused,
/// never clamped. Immutable, so safe to share between threads.</para>
/// <para>Source: 3GPP TR 38.901 Table 7.4.1-1 (loss, sigma), Table 7.5-6 (correlation distance), Table 7.2-2 (heights, not confirmed); optional sigma
/// 8.29 dB not confirmed.</para>
/// </remarks>
/// <param name="CarrierHz">Carrier frequency, hertz, in [0.5e9, 100e9].</param>
/// <param name="Sight">With or without line of sight.</param>
/// <param name="Form">Formula without line of sight; of no effect with it.</param>
/// <param name="BaseStationHeightMetres">Height of the base station's antenna, metres, positive.</param>
/// <param name="TerminalHeightMetres">Height of the terminal's antenna, metres, positive.</param>
public sealed record IndoorOfficePathLoss(
    double CarrierHz,
    SightCondition Sight,
    NonLineOfSightForm Form = NonLineOfSightForm.Mandatory,
    double BaseStationHeightMetres = 3,
    double TerminalHeightMetres = 1) : IPathLoss, IShadowingLaw
{
    private readonly double _logCarrier = PathLossTable.LogCarrierGiga(CarrierHz);

    /// <summary>Smallest valid slant distance, metres.</summary>
    public const double MinimumSlantMetres = 1;

    /// <summary>Largest valid slant distance, metres.</summary>
    public const double MaximumSlantMetres = 150;

    /// <summary>Carrier frequency, hertz.</summary>
    public double CarrierHz { get; } = PathLossTable.Carrier(CarrierHz);

    /// <summary>With or without line of sight.</summary>
    public SightCondition Sight { get; } = PathLossTable.Known(Sight);

    /// <summary>Formula without line of sight.</summary>
    public NonLineOfSightForm Form { get; } = PathLossTable.Known(Form);

    /// <summary>Height of the base station's antenna, metres.</summary>
    public double BaseStationHeightMetres { get; } = Guard.Positive(BaseStationHeightMetres);

    /// <summary>Height of the terminal's antenna, metres.</summary>
    public double TerminalHeightMetres { get; } = Guard.Positive(TerminalHeightMetres);

    /// <inheritdoc/>
    /// <value>10 with line of sight, 6 without.</value>
    public double CorrelationMetres => Sight == SightCondition.LineOfSight ? 10 : 6;

    /// <inheritdoc/>
    public double LossDb(double distanceMetres)
    {
        var slantMetres = PathLossTable.SlantMetres(distanceMetres, BaseStationHeightMetres - TerminalHeightMetres);
        if (!(distanceMetres >= 0 && slantMetres >= MinimumSlantMetres && slantMetres <= MaximumSlantMetres))
        {
            throw new ArgumentOutOfRangeException(nameof(distanceMetres), distanceMetres, FormattableString.Invariant(
                $"InH office holds for slant distances in [{MinimumSlantMetres}, {MaximumSlantMetres}] m (antennas at {BaseStationHeightMetres} and {TerminalHeightMetres} m)."));
        }

        var logSlant = Math.Log10(slantMetres);
        var clearDb = 32.4 + (17.3 * logSlant) + (20 * _logCarrier);
        return Sight == SightCondition.LineOfSight ? clearDb
            : Form == NonLineOfSightForm.Mandatory ? Math.Max(clearDb, 17.3 + (38.3 * logSlant) + (24.9 * _logCarrier))
            : Math.Max(clearDb, 32.4 + (31.9 * logSlant) + (20 * _logCarrier));
    }

    /// <inheritdoc/>
    /// <returns>3 dB with line of sight, 8.03 without, 8.29 in the optional form.</returns>
    public double StandardDeviationDb(double horizontalDistanceMetres)
    {
        Guard.NonNegative(horizontalDistanceMetres);
        return Sight == SightCondition.LineOfSight ? 3 : Form == NonLineOfSightForm.Mandatory ? 8.03 : 8.29;
    }
}
