namespace EdgeSplit.Core.Wireless.Energy;

/// <summary>Energy that a device's radio takes: a floor while active, a price per bit, and a tail after the last bit.</summary>
/// <remarks>
/// <para>Sending B bits in T seconds takes (<see cref="TransmitActiveWatts"/> - <see cref="IncludedIdleWatts"/>) T + <see cref="JoulesPerBitUp"/> B,
/// receiving likewise. It is the linear law P = P0 + s x of power over throughput x with s in joules per bit (mW per Mbit/s are nJ/bit).</para>
/// <para>The measured presets are readings of the <b>whole phone</b>: they contain what the phone takes anyway, so adding a device's idle
/// power counts that twice. <see cref="AboveIdleOf"/> takes it off; as they stand they are upper bounds.</para>
/// <para>Immutable, so safe to share between threads; a <c>with</c> expression is checked like a construction.</para>
/// <para>Source of the NSA and LTE fits: least squares on controlled transfers, SIGCOMM21-5G/artifact, MN-Transfer_combined.csv (A. Narayanan et
/// al., "A variegated look at 5G in the wild", SIGCOMM 2021), one operator, R^2 between 0.42 and 0.88.</para>
/// </remarks>
public sealed record RadioEnergyModel
{
    private const string FitSource =
        "Least-squares fit of power over throughput, SIGCOMM21-5G/artifact MN-Transfer_combined.csv (Narayanan et al., SIGCOMM 2021), power monitor on the whole phone";

    private const string TailSource =
        "tail of LTE from Huang et al., MobiSys 2012 (1060 mW for 11.576 s; not confirmed, and taken over for 5G for want of a fit)";

    private const string HuangSource =
        "Huang et al., \"A close examination of performance and power characteristics of 4G LTE networks\", MobiSys 2012 (quoted, not confirmed)";

    /// <summary>Name of the model.</summary>
    /// <value>Not blank.</value>
    public required string Name { get; init => field = Guard.NotBlank(value, nameof(Name)); }

    /// <summary>Where the figures come from.</summary>
    /// <value>Not blank.</value>
    public required string Source { get; init => field = Guard.NotBlank(value, nameof(Source)); }

    /// <summary>Power while sending, at zero throughput, watts.</summary>
    /// <value>At least 0.</value>
    public required double TransmitActiveWatts { get; init => field = Guard.NonNegative(value, nameof(TransmitActiveWatts)); }

    /// <summary>Power while receiving, at zero throughput, watts.</summary>
    /// <value>At least 0.</value>
    public required double ReceiveActiveWatts { get; init => field = Guard.NonNegative(value, nameof(ReceiveActiveWatts)); }

    /// <summary>Energy of each bit sent, on top of the active power, joules.</summary>
    /// <value>At least 0.</value>
    public required double JoulesPerBitUp { get; init => field = Guard.NonNegative(value, nameof(JoulesPerBitUp)); }

    /// <summary>Energy of each bit received, on top of the active power, joules.</summary>
    /// <value>At least 0.</value>
    public required double JoulesPerBitDown { get; init => field = Guard.NonNegative(value, nameof(JoulesPerBitDown)); }

    /// <summary>Power in the tail, watts.</summary>
    /// <value>At least 0; default 0.</value>
    public double TailWatts { get; init => field = Guard.NonNegative(value, nameof(TailWatts)); }

    /// <summary>How long the radio stays awake after the last bit, seconds.</summary>
    /// <value>At least 0; default 0.</value>
    public double TailSeconds { get; init => field = Guard.NonNegative(value, nameof(TailSeconds)); }

    /// <summary>Idle power of the device contained in the readings of active and tail power, watts; it is taken off, never below 0.</summary>
    /// <value>At least 0; default 0: the readings stand as they are.</value>
    public double IncludedIdleWatts { get; init => field = Guard.NonNegative(value, nameof(IncludedIdleWatts)); }

    /// <summary>5G non-standalone, low band: 3199 mW + 32.17 x up, 3059 mW + 11.54 x down (x in Mbit/s); whole phone.</summary>
    public static RadioEnergyModel LowBand5G { get; } = Measured("5g-nsa-low-band", 3.199, 32.17e-9, 3.059, 11.54e-9);

    /// <summary>5G non-standalone, millimetre wave: 5664 mW + 8.88 x up, 5237 mW + 1.73 x down (x in Mbit/s); whole phone.</summary>
    public static RadioEnergyModel MillimetreWave5G { get; } = Measured("5g-nsa-mmwave", 5.664, 8.88e-9, 5.237, 1.73e-9);

    /// <summary>LTE: 2926 mW + 76.68 x up, 2839 mW + 11.54 x down (x in Mbit/s); whole phone.</summary>
    public static RadioEnergyModel Lte { get; } = Measured("lte", 2.926, 76.68e-9, 2.839, 11.54e-9);

    /// <summary>Wi-Fi of a 2012 phone: 132.86 mW + 283.17 x up and 137.01 x down (x in Mbit/s); not confirmed.</summary>
    public static RadioEnergyModel WiFi { get; } = new()
    {
        Name = "wifi-2012",
        Source = HuangSource,
        TransmitActiveWatts = 0.13286,
        ReceiveActiveWatts = 0.13286,
        JoulesPerBitUp = 283.17e-9,
        JoulesPerBitDown = 137.01e-9,
    };

    /// <summary>LTE of a 2012 phone: 1288.04 mW + 438.39 x up and 51.97 x down (x in Mbit/s), tail 1060 mW for 11.576 s; above the phone's base.</summary>
    /// <remarks>The slopes and the tail power stand in AT&amp;T's Application Resource Optimizer too (attdevsupport/ARO), which rounds the floor to 1200 mW and has a tail
    /// of 10.1 s; the floor and the length of the tail are not confirmed. The radios of ten years later take a fifth of the energy per bit.</remarks>
    public static RadioEnergyModel Lte2012 { get; } = new()
    {
        Name = "lte-2012",
        Source = HuangSource,
        TransmitActiveWatts = 1.28804,
        ReceiveActiveWatts = 1.28804,
        JoulesPerBitUp = 438.39e-9,
        JoulesPerBitDown = 51.97e-9,
        TailWatts = 1.060,
        TailSeconds = 11.576,
    };

    /// <summary>3G of a 2012 phone: 817.88 mW + 868.98 x up and 122.12 x down (x in Mbit/s); not confirmed. It has no tail here for want of a sourced figure.</summary>
    public static RadioEnergyModel ThirdGeneration2012 { get; } = new()
    {
        Name = "3g-2012",
        Source = HuangSource,
        TransmitActiveWatts = 0.81788,
        ReceiveActiveWatts = 0.81788,
        JoulesPerBitUp = 868.98e-9,
        JoulesPerBitDown = 122.12e-9,
    };

    /// <summary>Power while sending at a throughput, watts, as read: nothing is taken off.</summary>
    /// <param name="bitsPerSecond">Throughput, bit/s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The throughput is NaN, infinite or negative.</exception>
    public double TransmitWatts(double bitsPerSecond) => TransmitActiveWatts + (JoulesPerBitUp * Guard.NonNegative(bitsPerSecond));

    /// <summary>Power while receiving at a throughput, watts, as read: nothing is taken off.</summary>
    /// <param name="bitsPerSecond">Throughput, bit/s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The throughput is NaN, infinite or negative.</exception>
    public double ReceiveWatts(double bitsPerSecond) => ReceiveActiveWatts + (JoulesPerBitDown * Guard.NonNegative(bitsPerSecond));

    /// <summary>Energy of sending, joules.</summary>
    /// <param name="bits">Bits sent, at least 0.</param>
    /// <param name="airSeconds">Time on the air, seconds, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or negative.</exception>
    public double TransmitJoules(double bits, double airSeconds) =>
        (AboveIdle(TransmitActiveWatts) * Guard.NonNegative(airSeconds)) + (JoulesPerBitUp * Guard.NonNegative(bits));

    /// <summary>Energy of receiving, joules.</summary>
    /// <param name="bits">Bits received, at least 0.</param>
    /// <param name="airSeconds">Time on the air, seconds, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or negative.</exception>
    public double ReceiveJoules(double bits, double airSeconds) =>
        (AboveIdle(ReceiveActiveWatts) * Guard.NonNegative(airSeconds)) + (JoulesPerBitDown * Guard.NonNegative(bits));

    /// <summary>Energy of staying awake until the next transfer or the end of the tail, whichever comes first, joules.</summary>
    /// <param name="gapSeconds">Time until the next transfer, seconds, at least 0; positive infinity for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap is NaN or negative.</exception>
    public double TailJoules(double gapSeconds) =>
        AboveIdle(TailWatts) * Math.Min(TailSeconds, Guard.InRange(gapSeconds, 0.0, double.PositiveInfinity));

    /// <summary>Energy of one exchange, by part.</summary>
    /// <param name="uplinkBits">Bits sent, at least 0.</param>
    /// <param name="uplinkAirSeconds">Time sending, seconds, at least 0.</param>
    /// <param name="downlinkBits">Bits received, at least 0.</param>
    /// <param name="downlinkAirSeconds">Time receiving, seconds, at least 0.</param>
    /// <param name="gapSeconds">Time from the last bit to the next transfer, seconds, at least 0; positive infinity for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, negative or (but for the gap) infinite.</exception>
    public RadioEnergy Energy(double uplinkBits, double uplinkAirSeconds, double downlinkBits, double downlinkAirSeconds, double gapSeconds) => new(
        TransmitJoules(uplinkBits, uplinkAirSeconds),
        ReceiveJoules(downlinkBits, downlinkAirSeconds),
        uplinkBits > 0 || downlinkBits > 0 ? TailJoules(gapSeconds) : 0.0);

    /// <summary>The same radio with a phone's idle power taken off its whole-phone readings.</summary>
    /// <remarks>The tail power of the presets is a figure above the phone's base already and stays what it is.</remarks>
    /// <param name="idleWatts">Idle power of the phone that was read, watts, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The power is NaN, infinite or negative.</exception>
    public RadioEnergyModel AboveIdleOf(double idleWatts) => this with { IncludedIdleWatts = idleWatts, TailWatts = TailWatts + idleWatts };

    private static RadioEnergyModel Measured(string name, double upWatts, double upJoulesPerBit, double downWatts, double downJoulesPerBit) => new()
    {
        Name = name,
        Source = FitSource + "; " + TailSource,
        TransmitActiveWatts = upWatts,
        ReceiveActiveWatts = downWatts,
        JoulesPerBitUp = upJoulesPerBit,
        JoulesPerBitDown = downJoulesPerBit,
        TailWatts = 1.060,
        TailSeconds = 11.576,
    };

    private double AboveIdle(double watts) => Math.Max(0.0, watts - IncludedIdleWatts);
}
