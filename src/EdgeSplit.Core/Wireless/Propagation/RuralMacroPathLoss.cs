namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>3GPP rural macro cell (RMa): large cells over fields and villages.</summary>
/// <remarks>
/// <para>Line of sight up to the breakpoint: PL1(d) = 20 log10(40 pi d fc / 3) + min(0.03 h^1.72, 10) log10(d) - min(0.044 h^1.72, 14.77) +
/// 0.002 log10(h) d at d = d3D; beyond: PL1(breakpoint) + 40 log10(d3D / breakpoint). The breakpoint is compared with the horizontal distance but put into
/// PL1 as it is, so that the loss steps up there by a hundredth of a decibel or less, as the standard has it. Without line of sight: the larger of
/// that and a law of its own in heights and street width.</para>
/// <para>Valid for horizontal distances from 10 m to 10 km, without line of sight to 5 km; others are refused, never clamped.
/// Immutable, so safe to share between threads.</para>
/// <para>Source: 3GPP TR 38.901 Table 7.4.1-1 (loss, sigma), Table 7.5-6 (correlation distance).</para>
/// </remarks>
/// <param name="CarrierHz">Carrier frequency, hertz, in [0.5e9, 30e9].</param>
/// <param name="Sight">With or without line of sight.</param>
/// <param name="BaseStationHeightMetres">Height of the base station's antenna, metres, in [10, 150].</param>
/// <param name="TerminalHeightMetres">Height of the terminal's antenna, metres, in [1, 10].</param>
/// <param name="BuildingHeightMetres">Mean height of the buildings h, metres, in [5, 50].</param>
/// <param name="StreetWidthMetres">Mean width of the streets W, metres, in [5, 50].</param>
public sealed record RuralMacroPathLoss(
    double CarrierHz,
    SightCondition Sight,
    double BaseStationHeightMetres = 35,
    double TerminalHeightMetres = 1.5,
    double BuildingHeightMetres = 5,
    double StreetWidthMetres = 20) : IPathLoss, IShadowingLaw
{
    private readonly Coefficients _coefficients = new(CarrierHz, BaseStationHeightMetres, TerminalHeightMetres, BuildingHeightMetres, StreetWidthMetres);

    /// <summary>Smallest valid horizontal distance, metres.</summary>
    public const double MinimumMetres = 10;

    /// <summary>Largest valid horizontal distance with line of sight, metres.</summary>
    public const double MaximumMetres = 10_000;

    /// <summary>Largest valid horizontal distance without line of sight, metres.</summary>
    public const double MaximumNonLineOfSightMetres = 5000;

    /// <summary>Carrier frequency, hertz.</summary>
    public double CarrierHz { get; } = PathLossTable.Carrier(CarrierHz, 30e9);

    /// <summary>With or without line of sight.</summary>
    public SightCondition Sight { get; } = PathLossTable.Known(Sight);

    /// <summary>Height of the base station's antenna, metres.</summary>
    public double BaseStationHeightMetres { get; } = Guard.InRange(BaseStationHeightMetres, 10, 150);

    /// <summary>Height of the terminal's antenna, metres.</summary>
    public double TerminalHeightMetres { get; } = Guard.InRange(TerminalHeightMetres, 1, 10);

    /// <summary>Mean height of the buildings, metres.</summary>
    public double BuildingHeightMetres { get; } = Guard.InRange(BuildingHeightMetres, 5, 50);

    /// <summary>Mean width of the streets, metres.</summary>
    public double StreetWidthMetres { get; } = Guard.InRange(StreetWidthMetres, 5, 50);

    /// <summary>Horizontal distance beyond which the line-of-sight loss falls off with slope 40, metres: 2 pi hBS hUT fc / c with c = 3e8 m/s.</summary>
    public double BreakpointMetres => _coefficients.BreakpointMetres;

    /// <inheritdoc/>
    /// <value>37 with line of sight, 120 without.</value>
    public double CorrelationMetres => Sight == SightCondition.LineOfSight ? 37 : 120;

    /// <inheritdoc/>
    public double LossDb(double distanceMetres)
    {
        var hasSight = Sight == SightCondition.LineOfSight;
        PathLossTable.Valid(distanceMetres, MinimumMetres, hasSight ? MaximumMetres : MaximumNonLineOfSightMetres, hasSight ? "RMa with line of sight" : "RMa without line of sight");
        var slantMetres = PathLossTable.SlantMetres(distanceMetres, BaseStationHeightMetres - TerminalHeightMetres);
        var logSlant = Math.Log10(slantMetres);
        var clearDb = distanceMetres <= BreakpointMetres
            ? _coefficients.NearDb(slantMetres, logSlant)
            : _coefficients.BreakpointDb + (40 * (logSlant - _coefficients.LogBreakpoint));
        return hasSight ? clearDb : Math.Max(clearDb, _coefficients.ObstructedDb + (_coefficients.ObstructedSlope * (logSlant - 3)));
    }

    /// <inheritdoc/>
    /// <returns>With line of sight 4 dB up to the breakpoint and 6 dB beyond; without, 8 dB.</returns>
    public double StandardDeviationDb(double horizontalDistanceMetres)
    {
        Guard.NonNegative(horizontalDistanceMetres);
        return Sight == SightCondition.NonLineOfSight ? 8 : horizontalDistanceMetres <= BreakpointMetres ? 4 : 6;
    }

    /// <summary>What the formulas need of the geometry and the carrier.</summary>
    private readonly record struct Coefficients
    {
        private readonly double _nearDb;
        private readonly double _nearSlope;
        private readonly double _nearPerMetre;

        internal Coefficients(double carrierHz, double baseStation, double terminal, double building, double street)
        {
            var logCarrier = PathLossTable.LogCarrierGiga(carrierHz);
            var power = Math.Pow(building, 1.72);
            _nearDb = (20 * (Math.Log10(40 * Math.PI / 3) + logCarrier)) - Math.Min(0.044 * power, 14.77);
            _nearSlope = 20 + Math.Min(0.03 * power, 10);
            _nearPerMetre = 0.002 * Math.Log10(building);
            BreakpointMetres = 2 * Math.PI * baseStation * terminal * carrierHz / PathLossTable.LightMetresPerSecond;
            LogBreakpoint = Math.Log10(BreakpointMetres);
            BreakpointDb = NearDb(BreakpointMetres, LogBreakpoint);

            var logBaseStation = Math.Log10(baseStation);
            var (lowness, logTerminal) = (building / baseStation, Math.Log10(11.75 * terminal));
            ObstructedSlope = 43.42 - (3.1 * logBaseStation);
            ObstructedDb = 161.04 - (7.1 * Math.Log10(street)) + (7.5 * Math.Log10(building))
                - ((24.37 - (3.7 * lowness * lowness)) * logBaseStation) + (20 * logCarrier) - ((3.2 * logTerminal * logTerminal) - 4.97);
        }

        internal double BreakpointMetres { get; }

        internal double LogBreakpoint { get; }

        internal double BreakpointDb { get; }

        internal double ObstructedDb { get; }

        internal double ObstructedSlope { get; }

        internal double NearDb(double metres, double logMetres) => _nearDb + (_nearSlope * logMetres) + (_nearPerMetre * metres);
    }
}
