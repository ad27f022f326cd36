namespace EdgeSplit.Core.Wireless.Energy;

/// <summary>What a transmitter takes from the battery for what it radiates: E = (P/efficiency + circuit power) T + tail.</summary>
/// <remarks>
/// <para>A model from the parts of a transmitter. For the measured power of a whole phone see <see cref="RadioEnergyModel"/>; the two are alternatives,
/// never to be added.</para>
/// <para>Immutable, so safe to share between threads. Source: S. Cui, A. J. Goldsmith, A. Bahai, "Energy-constrained modulation optimization", IEEE
/// Transactions on Wireless Communications 4(5), 2005, pp. 2349-2360.</para>
/// </remarks>
/// <param name="AmplifierEfficiency">Radiated power over the power the amplifier takes, pure number, in (0, 1].</param>
/// <param name="CircuitWatts">Power of everything else while transmitting, watts, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
public sealed record Transmitter(double AmplifierEfficiency, double CircuitWatts)
{
    /// <summary>A transmitter without losses: all power is radiated.</summary>
    public static Transmitter Lossless { get; } = new(1.0, 0.0);

    /// <summary>Radiated power over the power the amplifier takes, in (0, 1].</summary>
    public double AmplifierEfficiency { get; } = Guard.InRange(AmplifierEfficiency, double.Epsilon, 1.0);

    /// <summary>Power of everything else while transmitting, watts.</summary>
    public double CircuitWatts { get; } = Guard.NonNegative(CircuitWatts);

    /// <summary>Energy of transmitting with a power for a time.</summary>
    /// <param name="radiatedWatts">Radiated power, watts, at least 0.</param>
    /// <param name="seconds">Time on the air, seconds, at least 0.</param>
    /// <param name="tailJoules">Energy of the tail, joules, at least 0; 0 if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or negative.</exception>
    public TransmissionEnergy Energy(double radiatedWatts, double seconds, double tailJoules = 0.0) =>
        Of(Guard.NonNegative(radiatedWatts) * Guard.NonNegative(seconds), seconds, Guard.NonNegative(tailJoules));

    /// <summary>The parts for an energy radiated over a time; arguments are not checked.</summary>
    internal TransmissionEnergy Of(double radiatedJoules, double seconds, double tailJoules) =>
        new(radiatedJoules, LossPerRadiated * radiatedJoules, CircuitWatts > 0 ? CircuitWatts * seconds : 0.0, tailJoules);

    private double LossPerRadiated => (1.0 - AmplifierEfficiency) / AmplifierEfficiency;
}
