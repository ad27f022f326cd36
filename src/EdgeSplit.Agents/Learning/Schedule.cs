using System.Text.Json.Serialization;

namespace EdgeSplit.Agents.Learning;

/// <summary>A setting that changes with the number of transitions learned from: constant, or linear from one value to another.</summary>
/// <remarks>Immutable, so safe to share between threads. A number converts to the constant schedule of that value.</remarks>
public sealed record Schedule
{
    /// <summary>Creates a linear schedule.</summary>
    /// <param name="start">The value at step 0, finite, at least 0.</param>
    /// <param name="end">The value from <paramref name="steps"/> on, finite, at least 0.</param>
    /// <param name="steps">Steps from start to end, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, or the steps are fewer than 1.</exception>
    [JsonConstructor]
    public Schedule(double start, double end, long steps)
    {
        Start = Guard.NonNegative(start);
        End = Guard.NonNegative(end);
        Guard.InRange((double)steps, 1, long.MaxValue, nameof(steps));
        Steps = steps;
    }

    /// <summary>The value at step 0.</summary>
    public double Start { get; }

    /// <summary>The value from step <see cref="Steps"/> on.</summary>
    public double End { get; }

    /// <summary>Steps from start to end.</summary>
    public long Steps { get; }

    /// <summary>A schedule of one value.</summary>
    /// <param name="value">The value, finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public static Schedule Constant(double value) => new(value, value, 1);

    /// <summary>A schedule that goes linearly from one value to another and stays there.</summary>
    /// <param name="start">The value at step 0, finite, at least 0.</param>
    /// <param name="end">The value from <paramref name="steps"/> on, finite, at least 0.</param>
    /// <param name="steps">Steps from start to end, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, or the steps are fewer than 1.</exception>
    public static Schedule Linear(double start, double end, long steps) => new(start, end, steps);

    /// <summary>The constant schedule of a value.</summary>
    /// <param name="value">The value, finite, at least 0.</param>
    public static implicit operator Schedule(double value) => Constant(value);

    /// <summary>The value at a step.</summary>
    /// <param name="step">Transitions learned from, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public double At(long step)
    {
        Guard.InRange((double)step, 0, long.MaxValue, nameof(step));
        return step >= Steps ? End : Start + ((End - Start) * step / Steps);
    }
}
