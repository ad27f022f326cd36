namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>3GPP urban macro cell (UMa): base station above the roofs.</summary>
/// <remarks>
/// <para>Line of sight: 28 + 22 log10(d3D) + 20 log10(fc) up to the breakpoint, then slope 40, continuous there. Without: the larger of that and
/// 13.54 + 39.08 log10(d3D) + 20 log10(fc) - 0.6 (hUT - 1.5), or in the optional form 32.4 + 20 log10(fc) + 30 log10(d3D).
/// The slant distance d3D comes from the horizontal one and the heights; fc in GHz.</para>
/// <para>For terminals of 13 m and more the standard draws the height of the environment: draw it once per link with
/// <see cref="Propagation.EffectiveEnvironmentHeight"/> and give it here, so that the breakpoint stays where it is while the terminal moves.</para>
/// <para>Valid for horizontal distances from 10 m to 5 km; others are refused, never clamped. Immutable, so safe to share between threads.</para>
/// <para>Source: 3GPP TR 38.901 Table 7.4.1-1 with note 1 (loss, sigma), Table 7.5-6 (correlation distance); optional sigma 7.8 dB not confirmed.</para>
/// </remarks>
/// <param name="CarrierHz">Carrier frequency, hertz, in [0.5e9, 100e9].</param>
/// <param name="Sight">With or without line of sight.</param>
/// <param name="Form">Formula without line of sight; of no effect with it.</param>
/// <param name="BaseStationHeightMetres">Height of the base station's antenna, metres, above the environment; the standard has 25.</param>
/// <param name="TerminalHeightMetres">Height of the terminal's antenna, metres, in [1.5, 22.5].</param>
/// <param name="EnvironmentHeightMetres">Effective height of the environment, metres, in [1, terminal height); 1 for every terminal below 13 m.</param>
public sealed record UrbanMacroPathLoss(
    double CarrierHz,
    SightCondition Sight,
    NonLineOfSightForm Form = NonLineOfSightForm.Mandatory,
    double BaseStationHeightMetres = 25,
    double TerminalHeightMetres = 1.5,
    double EnvironmentHeightMetres = 1) : IPathLoss, IShadowingLaw
{
    private readonly double _carrierDb = 20 * PathLossTable.LogCarrierGiga(CarrierHz);
    private readonly double _obstructedDb = 13.54 + (20 * PathLossTable.LogCarrierGiga(CarrierHz)) - (0.6 * (TerminalHeightMetres - 1.5));
    private readonly double _farDb = 9.0 * Math.Log10(
        Square(Breakpoint(CarrierHz, BaseStationHeightMetres, TerminalHeightMetres, EnvironmentHeightMetres)) + Square(BaseStationHeightMetres - TerminalHeightMetres));

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

    /// <summary>Height of the terminal's antenna, metres.</summary>
    public double TerminalHeightMetres { get; } = Guard.InRange(TerminalHeightMetres, 1.5, 22.5);

    /// <summary>Effective height of the environment, metres.</summary>
    public double EnvironmentHeightMetres { get; } = Guard.InRange(EnvironmentHeightMetres, 1, Math.BitDecrement(TerminalHeightMetres));

    /// <summary>Height of the base station's antenna, metres.</summary>
    public double BaseStationHeightMetres { get; } = Guard.InRange(BaseStationHeightMetres, Math.BitIncrement(EnvironmentHeightMetres), double.MaxValue);

    /// <summary>Horizontal distance beyond which the line-of-sight loss falls off with slope 40, metres: 4 (hBS - hE)(hUT - hE) fc / c with c = 3e8 m/s.</summary>
    public double BreakpointMetres => Breakpoint(CarrierHz, BaseStationHeightMetres, TerminalHeightMetres, EnvironmentHeightMetres);

    /// <inheritdoc/>
    /// <value>37 with line of sight, 50 without.</value>
    public double CorrelationMetres => Sight == SightCondition.LineOfSight ? 37 : 50;

    /// <inheritdoc/>
    public double LossDb(double distanceMetres)
    {
        PathLossTable.Valid(distanceMetres, MinimumMetres, MaximumMetres, "UMa");
        var logSlant = Math.Log10(PathLossTable.SlantMetres(distanceMetres, BaseStationHeightMetres - TerminalHeightMetres));
        if (Sight == SightCondition.NonLineOfSight && Form == NonLineOfSightForm.Optional)
        {
            return 32.4 + _carrierDb + (30 * logSlant);
        }

        var clearDb = 28 + _carrierDb + (distanceMetres <= BreakpointMetres ? 22 * logSlant : (40 * logSlant) - _farDb);
        return Sight == SightCondition.LineOfSight ? clearDb : Math.Max(clearDb, _obstructedDb + (39.08 * logSlant));
    }

    /// <inheritdoc/>
    /// <returns>4 dB with line of sight, 6 without, 7.8 in the optional form.</returns>
    public double StandardDeviationDb(double horizontalDistanceMetres)
    {
        Guard.NonNegative(horizontalDistanceMetres);
        return Sight == SightCondition.LineOfSight ? 4 : Form == NonLineOfSightForm.Mandatory ? 6 : 7.8;
    }

    private static double Breakpoint(double carrierHz, double baseStationMetres, double terminalMetres, double environmentMetres) =>
        4 * (baseStationMetres - environmentMetres) * (terminalMetres - environmentMetres) * carrierHz / PathLossTable.LightMetresPerSecond;

    private static double Square(double value) => value * value;
}
