using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Energy;

/// <summary>Least energy that carries a number of bits in a time over a known gain, at Shannon capacity; and the time that takes least energy in all.</summary>
/// <remarks>
/// <para>Sending L bits in T seconds over bandwidth B with power gain g radiates at least E(T) = T N0 B/g (2^(L/(BT)) - 1) joules: strictly decreasing
/// and convex in T, with the limit L N0 ln 2 / g, which is Eb/N0 = ln 2 = -1.59 dB. It is a bound: a real modulation and coding scheme takes more by its gap.</para>
/// <para>A transmitter with circuit power pays for every second, so its total E(T)/efficiency + circuit power T has one minimum: with x = L/(BT) the root of
/// (N0 B / (g efficiency)) (2^x (1 - x ln 2) - 1) + circuit power = 0. Without circuit power it is never too late to be slower.</para>
/// <para>Immutable, so safe to share between threads; a <c>with</c> expression is checked like a construction. Sources: S. Verdu, "Spectral efficiency in
/// the wideband regime", IEEE Transactions on Information Theory 48(6), 2002, pp. 1319-1343; E. Uysal-Biyikoglu, B. Prabhakar, A. El Gamal,
/// "Energy-efficient packet transmission over a wireless link", IEEE/ACM Transactions on Networking 10(4), 2002, pp. 487-499.</para>
/// </remarks>
public sealed record ShannonTransmission
{
    /// <summary>Bandwidth, hertz.</summary>
    /// <value>Positive.</value>
    public required double BandwidthHz { get; init => field = Guard.Positive(value, nameof(BandwidthHz)); }

    /// <summary>Power gain from transmitter to receiver, antennas included, dB: minus the path loss.</summary>
    /// <value>In [-500, 500].</value>
    public required double PowerGainDb { get; init => field = Guard.InRange(value, -500.0, 500.0, nameof(PowerGainDb)); }

    /// <summary>Noise density at the receiver, its noise figure included, dBm per hertz.</summary>
    /// <value>In [-500, 500]; default <see cref="ThermalNoise.ReferenceDensityDbmPerHz"/>, k T0 at 290 K and noise figure 0.</value>
    public double NoiseDensityDbmPerHz { get; init => field = Guard.InRange(value, -500.0, 500.0, nameof(NoiseDensityDbmPerHz)); } = ThermalNoise.ReferenceDensityDbmPerHz;

    /// <summary>Amplifier efficiency and circuit power of the sender.</summary>
    /// <value>Not null; default <see cref="Transmitter.Lossless"/>.</value>
    public Transmitter Transmitter
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = Transmitter.Lossless;

    /// <summary>Energy per nat at the transmitter that the noise asks for in the limit of a long time: N0/g, joules.</summary>
    private double JoulesPerNat => 1e-3 * Decibels.ToLinear(NoiseDensityDbmPerHz - PowerGainDb);

    /// <summary>Least radiated energy of sending bits in a time, joules.</summary>
    /// <param name="bits">Bits, at least 0, finite.</param>
    /// <param name="seconds">Time on the air, seconds, positive; positive infinity gives <see cref="LimitJoules"/>.</param>
    /// <returns>0 for no bits; positive infinity where the energy exceeds every double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or out of range.</exception>
    public double RadiatedJoules(double bits, double seconds)
    {
        Guard.NonNegative(bits);
        Guard.InRange(seconds, double.Epsilon, double.PositiveInfinity);
        if (bits == 0)
        {
            return 0.0;
        }

        var nats = bits / BandwidthHz * Ln2;
        return nats / seconds < 1e-300 ? LimitJoules(bits) : BandwidthHz * JoulesPerNat * (seconds * ExponentialDistribution.ExponentialMinusOne(nats / seconds));
    }

    /// <summary>The radiated energy that no transmission of these bits goes below, however slow or wide: L N0 ln 2 / g, joules.</summary>
    /// <param name="bits">Bits, at least 0, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bits are NaN, infinite or negative.</exception>
    public double LimitJoules(double bits) => Guard.NonNegative(bits) * Ln2 * JoulesPerNat;

    /// <summary>Least energy of sending bits in a time, by part, for the <see cref="Transmitter"/>.</summary>
    /// <param name="bits">Bits, at least 0, finite; 0 bits keep the circuit on all the same.</param>
    /// <param name="seconds">Time on the air, seconds, positive; may be infinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or out of range.</exception>
    public TransmissionEnergy Energy(double bits, double seconds) => Transmitter.Of(RadiatedJoules(bits, seconds), seconds, 0.0);

    /// <summary>The time on the air that takes least energy in all, seconds; proportional to the bits.</summary>
    /// <param name="bits">Bits, at least 0, finite.</param>
    /// <returns>0 for no bits; positive infinity for a transmitter without circuit power.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bits are NaN, infinite or negative.</exception>
    public double OptimalSeconds(double bits)
    {
        if (Guard.NonNegative(bits) == 0)
        {
            return 0.0;
        }

        var circuit = Transmitter.CircuitWatts * Transmitter.AmplifierEfficiency / (BandwidthHz * JoulesPerNat);
        return circuit > 0 ? bits * Ln2 / BandwidthHz / OptimalNatsPerSymbol(circuit) : double.PositiveInfinity;
    }

    /// <summary>The least energy of these bits at any time on the air, joules: that of <see cref="OptimalSeconds"/>.</summary>
    /// <param name="bits">Bits, at least 0, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bits are NaN, infinite or negative.</exception>
    public double MinimumJoules(double bits) => Guard.NonNegative(bits) == 0 ? 0.0 : Energy(bits, OptimalSeconds(bits)).TotalJoules;

    private static double Ln2 { get; } = Math.Log(2.0);

    /// <summary>The root y &gt; 0 of y e^y - (e^y - 1) = circuit, by Newton's method from above (the function is convex and increasing).</summary>
    private static double OptimalNatsPerSymbol(double circuit)
    {
        // The function is at least y^2/2, and at y = 1 + ln(1 + circuit) it exceeds the circuit power: two starts above the root.
        var y = Math.Min(Math.Sqrt(2.0 * circuit), 1.0 + Math.Log(1.0 + circuit));
        for (var i = 0; i < 100; i++)
        {
            var step = (Excess(y) - circuit) / (y * Math.Exp(y));
            y -= step;
            if (!(step > 1e-15 * y))
            {
                break;
            }
        }

        return y;
    }

    private static double Excess(double y)
    {
        if (y > 0.5)
        {
            return (Math.Exp(y) * (y - 1.0)) + 1.0;
        }

        var (sum, power) = (0.0, 0.5 * y * y); // power = y^n / n!
        for (var n = 2; n < 18; n++)
        {
            sum += power * (n - 1);
            power *= y / (n + 1);
        }

        return sum;
    }
}
