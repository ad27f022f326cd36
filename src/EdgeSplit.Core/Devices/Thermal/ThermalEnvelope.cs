namespace EdgeSplit.Core.Devices.Thermal;

/// <summary>A device that heats itself: thermal model, governor, and power as a function of speed.</summary>
/// <remarks>
/// <para>Power at speed s is idle + (busy - idle) x s^n. With n = 1 a slow device is one that rests between; clocks that take the voltage down with them approach 3. A phone with two processors
/// of which one draws about twice the power of the other, and which kept 67 % and 38 to 48 % of their decode speeds over ten minutes, gives n of about 1.5 (iPhone 17 Pro,
/// dev.to/john-rocky, "the GPU wins the sprint, the Neural Engine wins the marathon"): the default.</para>
/// <para>A run goes from one crossing of a governor's temperature to the next, each found on the exact solution: there is no time step, and a run of a + b seconds is a run of a followed by
/// a run of b. Deterministic.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public sealed record ThermalEnvelope
{
    /// <summary>How it warms and cools.</summary>
    public required ThermalModel Model { get; init => field = value ?? throw new ArgumentNullException(nameof(Model)); }

    /// <summary>How it slows down.</summary>
    public required SpeedGovernor Governor { get; init => field = value ?? throw new ArgumentNullException(nameof(Governor)); }

    /// <summary>The stage that the governor watches. Default the inner one.</summary>
    public ThermalSensor Sensor { get; init => field = ThermalModel.Checked(value); }

    /// <summary>Exponent n of power above idle against speed, dimensionless, in [1, 3]. Default 1.5.</summary>
    public double PowerExponent { get; init => field = Guard.InRange(value, 1, 3, nameof(PowerExponent)); } = 1.5;

    /// <summary>Power at a speed, watts.</summary>
    /// <param name="idleWatts">Power while it waits, watts, at least 0.</param>
    /// <param name="busyWatts">Power at full speed, watts, at least <paramref name="idleWatts"/>.</param>
    /// <param name="speed">Share of full speed, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public double Watts(double idleWatts, double busyWatts, double speed) =>
        idleWatts + ((Guard.InRange(busyWatts, Guard.NonNegative(idleWatts), double.MaxValue) - idleWatts) * Math.Pow(Guard.InRange(speed, 0, 1), PowerExponent));

    /// <summary>The speed that a temperature limit allows for ever, as a share of full speed, in [0, 1]: where the power is what the model can shed at that limit.</summary>
    /// <param name="idleWatts">Power while it waits, watts, at least 0.</param>
    /// <param name="busyWatts">Power at full speed, watts, at least <paramref name="idleWatts"/>.</param>
    /// <param name="limitCelsius">Temperature of the watched stage that must not be passed, degrees Celsius, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public double SustainableSpeed(double idleWatts, double busyWatts, double limitCelsius)
    {
        Guard.InRange(busyWatts, Guard.NonNegative(idleWatts), double.MaxValue);
        var watts = Model.SustainableWatts(limitCelsius, Sensor);
        return watts >= busyWatts ? 1 : watts <= idleWatts ? 0 : Math.Pow((watts - idleWatts) / (busyWatts - idleWatts), 1 / PowerExponent);
    }

    /// <summary>Runs a device at work for some time.</summary>
    /// <param name="start">Temperatures and throttle step at the start; <see cref="ThermalModel.Cold"/>, or the end of another run.</param>
    /// <param name="idleWatts">Power while it waits, watts, at least 0.</param>
    /// <param name="busyWatts">Power at full speed, watts, at least <paramref name="idleWatts"/>.</param>
    /// <param name="seconds">Length of the run, seconds, in [0, 10^7].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public ThermalRun Work(ThermalState start, double idleWatts, double busyWatts, double seconds)
    {
        Guard.InRange(busyWatts, Guard.NonNegative(idleWatts), double.MaxValue);
        return Run(start, idleWatts, busyWatts, seconds);
    }

    /// <summary>Lets a device rest for some time; its governor lets go as it cools.</summary>
    /// <param name="start">Temperatures and throttle step at the start.</param>
    /// <param name="idleWatts">Power while it waits, watts, at least 0.</param>
    /// <param name="seconds">Length of the rest, seconds, in [0, 10^7].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public ThermalRun Rest(ThermalState start, double idleWatts, double seconds) => Run(start, Guard.NonNegative(idleWatts), idleWatts, seconds);

    /// <summary>A processor at a speed: every time of it is 1 / speed as long.</summary>
    /// <remarks>All clocks are taken down alike; a device that spares its memory clock decodes faster than this.</remarks>
    /// <param name="processor">The processor at full speed.</param>
    /// <param name="speed">Share of full speed, in (0, 1].</param>
    /// <exception cref="ArgumentNullException"><paramref name="processor"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="speed"/> is NaN or out of range.</exception>
    public static IComputeProfile Throttled(IComputeProfile processor, double speed)
    {
        ArgumentNullException.ThrowIfNull(processor);
        var slowdown = 1 / Guard.Positive(Guard.InRange(speed, 0, 1));
        return processor.Perturbed(slowdown, slowdown, slowdown);
    }

    private ThermalRun Run(ThermalState start, double idleWatts, double busyWatts, double seconds)
    {
        ThermalModel.CheckFinite(start);
        Guard.InRange(start.ThrottleStep, 0, Governor.Steps.Count);
        Guard.InRange(seconds, 0, 1e7);
        var outer = Sensor == ThermalSensor.Outer;
        var segments = new List<ThermalSegment>();
        var state = Model.Outer is null ? start with { OuterCelsius = start.InnerCelsius } : start;
        var now = 0.0;
        while (true)
        {
            // A fresh look at the ladder at the start only: later, the crossing itself says which step comes.
            var step = segments.Count == 0 ? Governor.Next(state.ThrottleStep, outer ? state.OuterCelsius : state.InnerCelsius) : state.ThrottleStep;
            var speed = Governor.Speed(step);
            var watts = Watts(idleWatts, busyWatts, speed);
            var modes = Model.ModesOf(state, watts);
            var up = step < Governor.Steps.Count ? modes.FirstCrossing(outer, Governor.Steps[step].EnterCelsius) : double.PositiveInfinity;
            var down = step > 0 ? modes.FirstCrossing(outer, Governor.Steps[step - 1].LeaveCelsius) : double.PositiveInfinity;
            var length = Math.Min(Math.Min(up, down), seconds - now);
            state = state with { ThrottleStep = step };
            segments.Add(new ThermalSegment(now, length, speed, watts, state, modes));
            state = new ThermalState(modes.InnerCelsius(length), modes.OuterCelsius(length), step);
            if (now + length >= seconds || length == seconds - now)
            {
                return new ThermalRun(segments, seconds, state);
            }

            now += length;
            state = state with { ThrottleStep = up <= down ? step + 1 : step - 1 };
        }
    }
}
