namespace EdgeSplit.Core.Devices.Thermal;

/// <summary>How a device warms and cools: a chain of one or two heat stores (processor, then case) to the air, as an RC network.</summary>
/// <remarks>
/// <para>C1 dT1/dt = P - (T1 - T2) / R1 and C2 dT2/dt = (T1 - T2) / R1 - (T2 - Ta) / R2. While the power P is constant the solution is exact: the steady temperatures plus
/// two decaying exponentials whose rates are the eigenvalues of the network; there is no time step.</para>
/// <para>In steady state all heat passes every resistance, so the largest power that keeps a stage at a limit is (limit - ambient) / (resistance from there to the air).</para>
/// <para>Excluded: resistance that falls with temperature (radiation, convection), leakage power that rises with it, hands and sunshine.</para>
/// <para>Immutable, compared by value; safe to share between threads. Nothing here allocates.</para>
/// <para>Source: the compact thermal model of K. Skadron et al., "Temperature-Aware Microarchitecture", ISCA 2003, cut down to a chain.</para>
/// </remarks>
public sealed record ThermalModel
{
    /// <summary>The stage that the power heats.</summary>
    public required ThermalStage Inner { get; init => field = Checked(value, nameof(Inner)); }

    /// <summary>The outer stage, between the inner one and the air; null (default) leaves one stage.</summary>
    public ThermalStage? Outer { get; init => field = value is { } stage ? Checked(stage, nameof(Outer)) : null; }

    /// <summary>Temperature of the air, degrees Celsius, in [-50, 100]. Default 25.</summary>
    public double AmbientCelsius { get; init => field = Guard.InRange(value, -50, 100, nameof(AmbientCelsius)); } = 25;

    /// <summary>The device as cold as the air, at full speed.</summary>
    public ThermalState Cold => new(AmbientCelsius, AmbientCelsius, 0);

    private double OuterResistance => Outer?.ResistanceKelvinPerWatt ?? 0;

    /// <summary>Temperatures that a constant power leads to in the end, at full speed.</summary>
    /// <param name="watts">Power, watts, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="watts"/> is NaN or out of range.</exception>
    public ThermalState SteadyState(double watts)
    {
        var outer = AmbientCelsius + (Guard.NonNegative(watts) * OuterResistance);
        var inner = outer + (watts * Inner.ResistanceKelvinPerWatt);
        return new ThermalState(inner, Outer is null ? inner : outer, 0);
    }

    /// <summary>The largest constant power that never takes a stage beyond a limit, watts: (limit - ambient) / resistance to the air; 0 when the air is warmer.</summary>
    /// <param name="limitCelsius">The limit, degrees Celsius, finite.</param>
    /// <param name="sensor">The stage that is limited.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not finite, or the stage is not defined.</exception>
    public double SustainableWatts(double limitCelsius, ThermalSensor sensor = ThermalSensor.Inner)
    {
        var resistance = Checked(sensor) == ThermalSensor.Outer && Outer is not null ? OuterResistance : Inner.ResistanceKelvinPerWatt + OuterResistance;
        return Math.Max(0, Guard.Finite(limitCelsius) - AmbientCelsius) / resistance;
    }

    /// <summary>The state after some time at constant power; the throttle step stays as it is.</summary>
    /// <param name="state">Temperatures now, finite.</param>
    /// <param name="watts">Power, watts, at least 0.</param>
    /// <param name="seconds">Time, seconds, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public ThermalState After(ThermalState state, double watts, double seconds)
    {
        CheckFinite(state);
        var modes = ModesOf(state, watts);
        Guard.NonNegative(seconds);
        return state with { InnerCelsius = modes.InnerCelsius(seconds), OuterCelsius = modes.OuterCelsius(seconds) };
    }

    /// <summary>Heat given to the air while the power is constant, joules; below 0 when the device is colder than the air.</summary>
    /// <remarks>Power x time = this + what the stages have stored: heat is conserved exactly.</remarks>
    /// <param name="state">Temperatures at the start, finite.</param>
    /// <param name="watts">Power, watts, at least 0.</param>
    /// <param name="seconds">Time, seconds, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public double ShedJoules(ThermalState state, double watts, double seconds)
    {
        CheckFinite(state);
        var modes = ModesOf(state, watts);
        var resistance = Outer is null ? Inner.ResistanceKelvinPerWatt : OuterResistance;
        return (modes.OuterIntegral(Guard.NonNegative(seconds)) - (AmbientCelsius * seconds)) / resistance;
    }

    /// <summary>Heat stored above the temperature of the air, joules.</summary>
    /// <param name="state">Temperatures, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A temperature is not finite.</exception>
    public double StoredJoules(ThermalState state)
    {
        CheckFinite(state);
        return (Inner.HeatCapacityJoulesPerKelvin * (state.InnerCelsius - AmbientCelsius))
            + (Outer is { } outer ? outer.HeatCapacityJoulesPerKelvin * (state.OuterCelsius - AmbientCelsius) : 0);
    }

    /// <summary>When a stage first reaches a temperature at constant power, seconds; 0 when it is there, infinity when it never comes there.</summary>
    /// <param name="state">Temperatures now, finite.</param>
    /// <param name="watts">Power, watts, at least 0.</param>
    /// <param name="targetCelsius">Temperature to reach, from below or from above, finite.</param>
    /// <param name="sensor">The stage that is watched.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range, or the stage is not defined.</exception>
    public double SecondsUntil(ThermalState state, double watts, double targetCelsius, ThermalSensor sensor = ThermalSensor.Inner)
    {
        CheckFinite(state);
        var outer = Checked(sensor) == ThermalSensor.Outer && Outer is not null;
        var crossing = ModesOf(state, watts).FirstCrossing(outer, Guard.Finite(targetCelsius));
        return targetCelsius == (outer ? state.OuterCelsius : state.InnerCelsius) ? 0 : crossing;
    }

    /// <summary>The solution from a state on while the power is constant.</summary>
    internal ThermalModes ModesOf(ThermalState state, double watts)
    {
        var steady = SteadyState(watts);
        var inner = state.InnerCelsius - steady.InnerCelsius;
        if (Outer is not { } outerStage)
        {
            var rate = 1 / (Inner.ResistanceKelvinPerWatt * Inner.HeatCapacityJoulesPerKelvin);
            return new ThermalModes(steady, rate, inner, inner, 2 * rate, 0, 0);
        }

        // du/dt = A u with A = [[-a, a], [b, -(b + c)]]; the rates are -eigenvalues, the slow one written without cancellation.
        var outer = state.OuterCelsius - steady.OuterCelsius;
        var a = 1 / (Inner.ResistanceKelvinPerWatt * Inner.HeatCapacityJoulesPerKelvin);
        var b = 1 / (Inner.ResistanceKelvinPerWatt * outerStage.HeatCapacityJoulesPerKelvin);
        var c = 1 / (outerStage.ResistanceKelvinPerWatt * outerStage.HeatCapacityJoulesPerKelvin);
        var mean = 0.5 * (a + b + c);
        var half = Math.Sqrt((0.25 * (((a - c) * (a - c)) + (b * b))) + (0.5 * b * (a + c)));
        double fast = mean + half, slow = a * c / fast, gap = 2 * half;
        double innerSlope = a * (outer - inner), outerSlope = (b * inner) - ((b + c) * outer);
        return new ThermalModes(
            steady,
            slow,
            (innerSlope + (fast * inner)) / gap,
            (outerSlope + (fast * outer)) / gap,
            fast,
            -(innerSlope + (slow * inner)) / gap,
            -(outerSlope + (slow * outer)) / gap);
    }

    internal static ThermalSensor Checked(ThermalSensor sensor) => sensor is ThermalSensor.Inner or ThermalSensor.Outer
        ? sensor
        : throw new ArgumentOutOfRangeException(nameof(sensor), sensor, "Must be a defined stage.");

    internal static void CheckFinite(ThermalState state)
    {
        Guard.Finite(state.InnerCelsius);
        Guard.Finite(state.OuterCelsius);
        Guard.AtLeast(state.ThrottleStep, 0);
    }

    private static ThermalStage Checked(ThermalStage stage, string name)
    {
        Guard.Positive(stage.HeatCapacityJoulesPerKelvin, name);
        Guard.Positive(stage.ResistanceKelvinPerWatt, name);
        return stage;
    }
}
