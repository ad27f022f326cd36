namespace EdgeSplit.Core.Devices.Thermal;

/// <summary>One step of throttling.</summary>
/// <param name="Speed">Speed while it is in force, as a share of full speed, in (0, 1].</param>
/// <param name="EnterCelsius">Temperature at which it comes into force, degrees Celsius.</param>
/// <param name="LeaveCelsius">Temperature at which it ends, degrees Celsius, at least 0.05 K below <paramref name="EnterCelsius"/>.</param>
public readonly record struct SpeedStep(double Speed, double EnterCelsius, double LeaveCelsius);

/// <summary>How a device slows down when it is hot: a ladder of speeds, each with a temperature to enter and a lower one to leave.</summary>
/// <remarks>
/// <para>One step is a switch with hysteresis; many are what a proportional governor does on hardware with discrete clocks. The speed changes at crossings only, so that a run is solved from
/// one crossing to the next without a time step.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public sealed class SpeedGovernor
{
    private const double SmallestHysteresisKelvin = 0.05;
    private readonly SpeedStep[] steps;

    /// <summary>Creates a ladder of steps.</summary>
    /// <param name="steps">Steps with falling speeds and rising temperatures; none means that the device never throttles.</param>
    /// <exception cref="ArgumentNullException"><paramref name="steps"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range, or the steps are not in order.</exception>
    public SpeedGovernor(IReadOnlyList<SpeedStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        this.steps = [.. steps];
        var last = new SpeedStep(1, double.MinValue, double.MinValue);
        foreach (var step in this.steps)
        {
            Guard.Positive(Guard.InRange(step.Speed, 0, last.Speed));
            Guard.InRange(Guard.Finite(step.EnterCelsius), last.EnterCelsius, double.MaxValue);
            Guard.InRange(Guard.Finite(step.LeaveCelsius), last.LeaveCelsius, step.EnterCelsius - SmallestHysteresisKelvin);
            if (step.EnterCelsius == last.EnterCelsius || step.LeaveCelsius == last.LeaveCelsius || step.Speed == last.Speed)
            {
                throw new ArgumentOutOfRangeException(nameof(steps), step, "Must be slower and hotter than the step before.");
            }

            last = step;
        }

        Steps = Array.AsReadOnly(this.steps);
    }

    /// <summary>Never slows down.</summary>
    public static SpeedGovernor None { get; } = new([]);

    /// <summary>The steps.</summary>
    public IReadOnlyList<SpeedStep> Steps { get; }

    /// <summary>A switch: slow from one temperature on until it has cooled to another.</summary>
    /// <param name="throttleCelsius">Temperature at which it slows down, degrees Celsius.</param>
    /// <param name="releaseCelsius">Temperature at which it is fast again, degrees Celsius, lower.</param>
    /// <param name="throttledSpeed">Speed between them, as a share of full speed, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public static SpeedGovernor Hysteresis(double throttleCelsius, double releaseCelsius, double throttledSpeed) =>
        new([new SpeedStep(throttledSpeed, throttleCelsius, releaseCelsius)]);

    /// <summary>A ladder: full speed up to one temperature, least speed from another on, evenly spaced clocks between.</summary>
    /// <param name="startCelsius">Temperature at which the first step is entered, degrees Celsius.</param>
    /// <param name="limitCelsius">Temperature at which the last step is entered, degrees Celsius, higher.</param>
    /// <param name="leastSpeed">Speed of the last step, as a share of full speed, in (0, 1).</param>
    /// <param name="steps">Number of steps, in [2, 1000]. Default 16.</param>
    /// <param name="hysteresisKelvin">How far below its entry each step is left, K, at least 0.05. Default 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public static SpeedGovernor Proportional(
        double startCelsius, double limitCelsius, double leastSpeed, int steps = 16, double hysteresisKelvin = 0.5)
    {
        Guard.InRange(Guard.Positive(leastSpeed), 0, 1);
        Guard.InRange(Guard.Finite(limitCelsius), Guard.Finite(startCelsius), double.MaxValue);
        Guard.InRange(hysteresisKelvin, SmallestHysteresisKelvin, 1000);
        var ladder = new SpeedStep[Guard.InRange(steps, 2, 1000)];
        for (var i = 0; i < steps; i++)
        {
            var enter = startCelsius + ((limitCelsius - startCelsius) * i / (steps - 1));
            ladder[i] = new SpeedStep(i == steps - 1 ? leastSpeed : 1 - ((1 - leastSpeed) * (i + 1) / steps), enter, enter - hysteresisKelvin);
        }

        return new SpeedGovernor(ladder);
    }

    /// <summary>Speed with some steps in force, as a share of full speed, in (0, 1].</summary>
    /// <param name="step">Steps in force, in [0, number of steps].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is out of range.</exception>
    public double Speed(int step) => Guard.InRange(step, 0, steps.Length) == 0 ? 1 : steps[step - 1].Speed;

    /// <summary>The step in force after a temperature was seen: up while it is at the next entry, down while it is at or below the exit.</summary>
    /// <param name="step">Steps in force so far, in [0, number of steps].</param>
    /// <param name="celsius">The temperature, degrees Celsius, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public int Next(int step, double celsius)
    {
        Guard.InRange(step, 0, steps.Length);
        Guard.Finite(celsius);
        while (step < steps.Length && celsius >= steps[step].EnterCelsius)
        {
            step++;
        }

        while (step > 0 && celsius <= steps[step - 1].LeaveCelsius)
        {
            step--;
        }

        return step;
    }
}
