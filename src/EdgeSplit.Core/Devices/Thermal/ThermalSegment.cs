namespace EdgeSplit.Core.Devices.Thermal;

/// <summary>A part of a thermal run at one speed.</summary>
/// <remarks>Immutable.</remarks>
public sealed class ThermalSegment
{
    private readonly ThermalModes modes;

    internal ThermalSegment(double startSeconds, double seconds, double speed, double watts, ThermalState start, in ThermalModes modes)
    {
        (StartSeconds, Seconds, Speed, Watts, Start, this.modes) = (startSeconds, seconds, speed, watts, start, modes);
    }

    /// <summary>When it begins, seconds from the start of the run.</summary>
    public double StartSeconds { get; }

    /// <summary>How long it lasts, seconds, at least 0.</summary>
    public double Seconds { get; }

    /// <summary>Speed in it, as a share of full speed.</summary>
    public double Speed { get; }

    /// <summary>Power in it, watts.</summary>
    public double Watts { get; }

    /// <summary>Temperatures and throttle step at its beginning.</summary>
    public ThermalState Start { get; }

    /// <summary>When it ends, seconds from the start of the run.</summary>
    public double EndSeconds => StartSeconds + Seconds;

    internal ThermalState At(double secondsIn) => new(modes.InnerCelsius(secondsIn), modes.OuterCelsius(secondsIn), Start.ThrottleStep);
}
