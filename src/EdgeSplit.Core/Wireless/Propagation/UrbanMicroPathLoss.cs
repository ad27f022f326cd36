namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>3GPP urban micro cell in a street canyon (UMi): base station below the roofs.</summary>
/// <remarks>
/// <para>Line of sight: 32.4 + 21 log10(d3D) + 20 log10(fc) up to the breakpoint, then slope 40, continuous there. Without: the larger of that
/// and 35.3 log10(d3D) + 22.4 + 21.3 log10(fc) - 0.3 (hUT - 1.5), or in the optional form 32.4 + 20 log10(fc) + 31.9 log10(d3D).
/// The slant distance d3D comes from the horizontal one and the heights; fc in GHz.</para>
/// <para>Valid for horizontal distances from 10 m to 5 km; others are refused, never clamped. Immutable, so safe to share between threads.</para>
/// <para>Source: 3GPP TR 38.901 Table 7.4.1-1 (loss, sigma), Table 7.5-6 (correlation distance); optional sigma 8.2 dB not confirmed.</para>
/// </remarks>
/// <param name="CarrierHz">Carrier frequency, hertz, in [0.5e9, 100e9].</param>
/// <param name="Sight">With or without line of sight.</param>
/// <param name="Form">Formula without line of sight; of no effect with it.</param>
/// <param name="BaseStationHeightMetres">Height of the base station's antenna, metres, above 1 (the environment); the standard has 10.</param>
/// <param name="TerminalHeightMetres">Height of the terminal's antenna, metres, in [1.5, 22.5].</param>
public sealed record UrbanMicroPathLoss(
    double CarrierHz,
    SightCondition Sight,
    NonLineOfSightForm Form = NonLineOfSightForm.Mandatory,
    double BaseStationHeightMetres = 10,
    double TerminalHeightMetres = 1.5) : IPathLoss, IShadowingLaw
{
    private const double EnvironmentHeightMetres = 1;

    private readonly double _carrierDb = 20 * PathLossTable.LogCarrierGiga(CarrierHz);
    private readonly double _obstructedDb = 22.4 + (21.3 * PathLossTable.LogCarrierGiga(CarrierHz)) - (0.3 * (TerminalHeightMetres - 1.5));
    private readonly double _farDb = 9.5 * Math.Log10(
        Square(Breakpoint(CarrierHz, BaseStationHeightMetres, TerminalHeightMetres)) + Square(BaseStationHeightMetres - TerminalHeightMetres));

    /// <summary>Smallest valid horizontal distance, metres.</summary>
    public const double MinimumMetres = 10;

    /// <summary>Largest valid horizontal distance, metres.</summary>
    public const double MaximumMetres = 5000;

    /// <summary>Carrier frequency, hertz.</summary>
    public double CarrierHz { get; } = PathLossTable.Carrier(CarrierHz);

    /// <summary>With or without line of sight.</summary>
    public SightCondition Sight { get; } = PathLossTable.Known(Sight);

    /// <summary>Formula without line of sight.</summary>
    public NonLineOfSightForm Form { get; } = PathLossTable.Known(Form);

    /// <summary>Height of the base station's antenna, metres.</summary>
    public double BaseStationHeightMetres { get; } = Guard.InRange(BaseStationHeightMetres, Math.BitIncrement(EnvironmentHeightMetres), double.MaxValue);

    /// <summary>Height of the terminal's antenna, metres.</summary>
    public double TerminalHeightMetres { get; } = Guard.InRange(TerminalHeightMetres, 1.5, 22.5);

    /// <summary>Horizontal distance beyond which the line-of-sight loss falls off with slope 40, metres: 4 (hBS - 1)(hUT - 1) fc / c with c = 3e8 m/s.</summary>
    public double BreakpointMetres => Breakpoint(CarrierHz, BaseStationHeightMetres, TerminalHeightMetres);

    /// <inheritdoc/>
    /// <value>10 with line of sight, 13 without.</value>
    public double CorrelationMetres => Sight == SightCondition.LineOfSight ? 10 : 13;

    /// <inheritdoc/>
    public double LossDb(double distanceMetres)
    {
        PathLossTable.Valid(distanceMetres, MinimumMetres, MaximumMetres, "UMi street canyon");
        var logSlant = Math.Log10(PathLossTable.SlantMetres(distanceMetres, BaseStationHeightMetres - TerminalHeightMetres));
        if (Sight == SightCondition.NonLineOfSight && Form == NonLineOfSightForm.Optional)
        {
            return 32.4 + _carrierDb + (31.9 * logSlant);
        }

        var clearDb = 32.4 + _carrierDb + (distanceMetres <= BreakpointMetres ? 21 * logSlant : (40 * logSlant) - _farDb);
        return Sight == SightCondition.LineOfSight ? clearDb : Math.Max(clearDb, _obstructedDb + (35.3 * logSlant));
    }

    /// <inheritdoc/>
    /// <returns>4 dB with line of sight, 7.82 without, 8.2 in the optional form.</returns>
    public double StandardDeviationDb(double horizontalDistanceMetres)
    {
        Guard.NonNegative(horizontalDistanceMetres);
        return Sight == SightCondition.LineOfSight ? 4 : Form == NonLineOfSightForm.Mandatory ? 7.82 : 8.2;
    }

    private static double Breakpoint(double carrierHz, double baseStationMetres, double terminalMetres) =>
        4 * (baseStationMetres - EnvironmentHeightMetres) * (terminalMetres - EnvironmentHeightMetres) * carrierHz / PathLossTable.LightMetresPerSecond;

    private static double Square(double value) => value * value;
}
