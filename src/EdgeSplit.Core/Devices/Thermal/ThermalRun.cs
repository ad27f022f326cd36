namespace EdgeSplit.Core.Devices.Thermal;

/// <summary>What a device did over some time: speed, power and temperature in segments of constant speed.</summary>
/// <remarks>Immutable; safe to share between threads. Queries take a binary search.</remarks>
public sealed class ThermalRun
{
    private readonly ThermalSegment[] segments;
    private readonly double[] workBefore;

    internal ThermalRun(List<ThermalSegment> segments, double seconds, ThermalState end)
    {
        this.segments = [.. segments];
        Segments = Array.AsReadOnly(this.segments);
        (Seconds, End) = (seconds, end);
        workBefore = new double[this.segments.Length + 1];
        for (var i = 0; i < this.segments.Length; i++)
        {
            workBefore[i + 1] = workBefore[i] + (this.segments[i].Speed * this.segments[i].Seconds);
            EnergyJoules += this.segments[i].Watts * this.segments[i].Seconds;
        }
    }

    /// <summary>The segments in order; they fill the run without gaps.</summary>
    public IReadOnlyList<ThermalSegment> Segments { get; }

    /// <summary>Length of the run, seconds.</summary>
    public double Seconds { get; }

    /// <summary>Temperatures and throttle step at the end: the start of the next run.</summary>
    public ThermalState End { get; }

    /// <summary>Energy that became heat, joules.</summary>
    public double EnergyJoules { get; }

    /// <summary>Work done, in seconds at full speed.</summary>
    public double WorkSeconds => workBefore[^1];

    /// <summary>When the speed first falls below full speed, seconds; infinity when it never does in this run.</summary>
    public double TimeToThrottleSeconds
    {
        get
        {
            foreach (var segment in segments)
            {
                if (segment.Speed < 1)
                {
                    return segment.StartSeconds;
                }
            }

            return double.PositiveInfinity;
        }
    }

    /// <summary>Mean speed over the last fifth of the run, as a share of full speed: what is left of a burst's speed.</summary>
    public double SustainedSpeed => Seconds > 0 ? MeanSpeed(0.8 * Seconds, Seconds) : segments[^1].Speed;

    /// <summary>Speed at an instant, as a share of full speed.</summary>
    /// <param name="seconds">The instant, in [0, <see cref="Seconds"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The instant is NaN or out of range.</exception>
    public double SpeedAt(double seconds) => segments[IndexAt(seconds)].Speed;

    /// <summary>Temperatures and throttle step at an instant.</summary>
    /// <param name="seconds">The instant, in [0, <see cref="Seconds"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The instant is NaN or out of range.</exception>
    public ThermalState StateAt(double seconds)
    {
        var segment = segments[IndexAt(seconds)];
        return segment.At(seconds - segment.StartSeconds);
    }

    /// <summary>Work done until an instant, in seconds at full speed.</summary>
    /// <param name="seconds">The instant, in [0, <see cref="Seconds"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The instant is NaN or out of range.</exception>
    public double WorkUntil(double seconds)
    {
        var index = IndexAt(seconds);
        return workBefore[index] + (segments[index].Speed * (seconds - segments[index].StartSeconds));
    }

    /// <summary>Mean speed over a part of the run, as a share of full speed.</summary>
    /// <param name="fromSeconds">Where the part begins, in [0, <see cref="Seconds"/>].</param>
    /// <param name="toSeconds">Where it ends, later.</param>
    /// <exception cref="ArgumentOutOfRangeException">An instant is NaN or out of range.</exception>
    public double MeanSpeed(double fromSeconds, double toSeconds) =>
        (WorkUntil(toSeconds) - WorkUntil(fromSeconds)) / Guard.Positive(toSeconds - fromSeconds, nameof(toSeconds));

    /// <summary>When some work is done, seconds from the start; infinity when the run ends before.</summary>
    /// <param name="workSeconds">The work, in seconds at full speed, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The work is NaN or out of range.</exception>
    public double SecondsFor(double workSeconds)
    {
        if (Guard.NonNegative(workSeconds) > WorkSeconds)
        {
            return double.PositiveInfinity;
        }

        var index = Array.BinarySearch(workBefore, workSeconds);
        index = Math.Min(index >= 0 ? index : ~index - 1, segments.Length - 1);
        return segments[index].StartSeconds + ((workSeconds - workBefore[index]) / segments[index].Speed);
    }

    private int IndexAt(double seconds)
    {
        Guard.InRange(seconds, 0, Seconds);
        int low = 0, high = segments.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            (low, high) = segments[middle].StartSeconds <= seconds ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
