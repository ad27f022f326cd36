using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Mobility;
using EdgeSplit.Core.Wireless.Propagation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Wireless;

/// <summary>Everything that describes one link between a device and its server: radio, propagation, fading, delays, energy.</summary>
/// <remarks>
/// <para>The chain: distance -> <see cref="PathLoss"/> -> (shadowing, drawn by the caller) -> <see cref="Uplink"/> or <see cref="Downlink"/> budget
/// -> mean SNR -> <see cref="Fading"/> per block of <see cref="CoherenceSeconds"/> -> <see cref="UplinkRate"/> or <see cref="DownlinkRate"/> ->
/// spectral efficiency -> times bandwidth and share -> completion time -> plus <see cref="MessageDelay"/>.</para>
/// <para>Immutable, so safe to share between threads; a <c>with</c> expression is checked like a construction.</para>
/// </remarks>
public sealed record LinkParameters : ILink
{
    /// <summary>A user whose mean uplink SNR lies below this is out of coverage and is drawn again, dB.</summary>
    public const double CoverageSnrDb = -10;

    /// <summary>Carrier frequency, hertz.</summary>
    /// <value>Positive.</value>
    public required double CarrierHz { get; init => field = Guard.Positive(value, nameof(CarrierHz)); }

    /// <summary>Budget from the device to the base station; holds the uplink's bandwidth.</summary>
    public required LinkBudget Uplink { get; init => field = Present(value, nameof(Uplink)); }

    /// <summary>Budget from the base station to the device; holds the downlink's bandwidth.</summary>
    public required LinkBudget Downlink { get; init => field = Present(value, nameof(Downlink)); }

    /// <summary>Mean loss over distance.</summary>
    public required IPathLoss PathLoss { get; init => field = Present(value, nameof(PathLoss)); }

    /// <summary>Standard deviation of the log-normal shadowing, dB.</summary>
    /// <value>At least 0.</value>
    public required double ShadowingStandardDeviationDb { get; init => field = Guard.NonNegative(value, nameof(ShadowingStandardDeviationDb)); }

    /// <summary>Nakagami shape m of the small-scale fading; 1 is Rayleigh, positive infinity is no fading.</summary>
    /// <value>In [0.5, 1e6], or positive infinity.</value>
    public required double NakagamiShape { get; init => field = double.IsPositiveInfinity(value) ? value : Guard.InRange(value, 0.5, 1e6, nameof(NakagamiShape)); }

    /// <summary>How long a fading gain holds, seconds; see <see cref="Doppler"/>.</summary>
    /// <value>Positive.</value>
    public required double CoherenceSeconds { get; init => field = Guard.Positive(value, nameof(CoherenceSeconds)); }

    /// <summary>Law from SNR to efficiency in the uplink.</summary>
    public required IRateLaw UplinkRate { get; init => field = Present(value, nameof(UplinkRate)); }

    /// <summary>Law from SNR to efficiency in the downlink.</summary>
    public required IRateLaw DownlinkRate { get; init => field = Present(value, nameof(DownlinkRate)); }

    /// <summary>Fixed delay of each message to the server.</summary>
    public required MessageDelay UplinkDelay { get; init => field = Present(value, nameof(UplinkDelay)); }

    /// <summary>Fixed delay of each message from the server.</summary>
    public required MessageDelay DownlinkDelay { get; init => field = Present(value, nameof(DownlinkDelay)); }

    /// <summary>Energy of the device's radio.</summary>
    public required RadioEnergyModel RadioEnergy { get; init => field = Present(value, nameof(RadioEnergy)); }

    /// <summary>Smallest distance at which the description holds, metres.</summary>
    /// <value>Positive.</value>
    public required double MinimumDistanceMetres { get; init => field = Guard.Positive(value, nameof(MinimumDistanceMetres)); }

    /// <summary>Largest distance at which the description holds, metres.</summary>
    /// <value>Positive; a range below the minimum admits no distance.</value>
    public required double MaximumDistanceMetres { get; init => field = Guard.Positive(value, nameof(MaximumDistanceMetres)); }

    /// <summary>The small-scale fading.</summary>
    /// <value>Where none is given, the one that <see cref="NakagamiShape"/> names.</value>
    public IFadingModel Fading
    {
        get => field ?? (double.IsPositiveInfinity(NakagamiShape) ? new ConstantGain() : new NakagamiFading(NakagamiShape));
        init => field = Present(value, nameof(Fading));
    }

    /// <summary>How the fading goes on in time.</summary>
    /// <value>The default value is <see cref="IndependentBlocks"/>.</value>
    public IFadingEvolution Evolution { get; init => field = Present(value, nameof(Evolution)); } = new IndependentBlocks();

    /// <summary>How the channel differs over its band.</summary>
    /// <value>Where none is given, fading is flat. Of effect on users who stand still; nominal efficiencies count flat fading.</value>
    public FrequencySelectivity? Wideband { get; init; }

    /// <summary>What holds in line of sight, and how often it does; the other properties then describe the obstructed case.</summary>
    /// <value>Where none is given, the other properties hold always.</value>
    public LineOfSightPropagation? LineOfSight { get; init; }

    /// <summary>Distance over which the shadowing's correlation along a user's way falls to 1/e, metres.</summary>
    /// <value>Positive; default 13, the figure of 3GPP TR 38.901 Table 7.5-6 for a street canyon without line of sight.</value>
    public double ShadowingCorrelationMetres { get; init => field = Guard.Positive(value, nameof(ShadowingCorrelationMetres)); } = 13;

    /// <summary>How users move.</summary>
    /// <value>The default value is <see cref="StaticUser"/>: the surroundings move (see <see cref="CoherenceSeconds"/>), the user does not.</value>
    public IMobilityModel Mobility { get; init => field = Present(value, nameof(Mobility)); } = new StaticUser();

    /// <summary>How the two directions divide the time.</summary>
    /// <value>Where none is given, each has all of it: frequency division.</value>
    public IDuplexing? Duplexing { get; init; }

    /// <summary>Share of the uplink's time and bandwidth that the terminal is granted.</summary>
    /// <value>In (0, 1]. Where none is given, what <see cref="Duplexing"/> leaves to the uplink.</value>
    public double? UplinkShare { get; init => field = Share(value, nameof(UplinkShare)); }

    /// <summary>Share of the downlink's time and bandwidth that the terminal is granted.</summary>
    /// <value>In (0, 1]. Where none is given, what <see cref="Duplexing"/> leaves to the downlink.</value>
    public double? DownlinkShare { get; init => field = Share(value, nameof(DownlinkShare)); }

    /// <summary>Slot-by-slot link adaptation of the uplink: reports, outer loop, HARQ and radio link control.</summary>
    /// <value>Where none is given, <see cref="UplinkRate"/> turns the SNR of each block into its efficiency; otherwise it only says what the link promises. Its bandwidth must be the uplink's.</value>
    public AdaptedLinkOptions? UplinkAdaptation { get; init; }

    /// <summary>Slot-by-slot link adaptation of the downlink.</summary>
    /// <value>As <see cref="UplinkAdaptation"/>.</value>
    public AdaptedLinkOptions? DownlinkAdaptation { get; init; }

    /// <summary>Loss of packets that are sent once.</summary>
    /// <value>Where none is given, the link is reliable: what is lost is repeated, which takes time.</value>
    public IPacketLoss? PacketLoss { get; init; }

    /// <summary>Maximum Doppler shift, hertz: of the users' mean speed, or of surroundings whose coherence time is <see cref="CoherenceSeconds"/>.</summary>
    public double DopplerHz => Mobility.MeanSpeedMetresPerSecond > 0 ? Doppler.MaximumShiftHz(Mobility.MeanSpeedMetresPerSecond, CarrierHz) : 0.423 / CoherenceSeconds;

    /// <summary>How long a fading gain holds, seconds: a coherence time for <see cref="IndependentBlocks"/>; for correlated fading a fiftieth of a Doppler period, but no less than half a millisecond.</summary>
    public double FadingBlockSeconds => Evolution is IndependentBlocks ? 0.423 / DopplerHz : Math.Max(0.5e-3, 0.02 / DopplerHz);

    /// <summary>Uplink bandwidth times share: what turns spectral efficiency into bits, hertz.</summary>
    /// <value>With <see cref="UplinkAdaptation"/> the slots of the other direction carry nothing already, and only a share that is given counts.</value>
    public double UplinkGrantedHz => Uplink.BandwidthHz * (UplinkShare ?? (UplinkAdaptation is null ? DuplexShare(LinkDirection.Uplink) : 1));

    /// <summary>Downlink bandwidth times share, hertz.</summary>
    /// <value>As <see cref="UplinkGrantedHz"/>.</value>
    public double DownlinkGrantedHz => Downlink.BandwidthHz * (DownlinkShare ?? (DownlinkAdaptation is null ? DuplexShare(LinkDirection.Downlink) : 1));

    /// <summary>The uplink's budget at a distance.</summary>
    /// <param name="distanceMetres">Distance between the antennas, metres, in [minimum, maximum].</param>
    /// <param name="shadowingDb">Shadowing, dB, finite; positive is a loss.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is out of range, or an argument is NaN or infinite.</exception>
    public LinkBudgetBreakdown EvaluateUplink(double distanceMetres, double shadowingDb) => Uplink.Evaluate(LossDb(distanceMetres), shadowingDb);

    /// <summary>The downlink's budget at a distance.</summary>
    /// <param name="distanceMetres">Distance between the antennas, metres, in [minimum, maximum].</param>
    /// <param name="shadowingDb">Shadowing, dB, finite; positive is a loss.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is out of range, or an argument is NaN or infinite.</exception>
    public LinkBudgetBreakdown EvaluateDownlink(double distanceMetres, double shadowingDb) => Downlink.Evaluate(LossDb(distanceMetres), shadowingDb);

    /// <summary>The uplink's block-fading process at a distance.</summary>
    /// <param name="key">Stream of the fading draws; give the downlink another, or the two fade alike.</param>
    /// <param name="entity">Number of the device.</param>
    /// <param name="distanceMetres">Distance between the antennas, metres, in [minimum, maximum].</param>
    /// <param name="shadowingDb">Shadowing, dB, finite; positive is a loss.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is out of range, or a number is NaN or infinite.</exception>
    public BlockFadingProcess CreateUplink(StreamKey key, ulong entity, double distanceMetres, double shadowingDb) =>
        new(key, entity, EvaluateUplink(distanceMetres, shadowingDb).SnrLinear, Fading, UplinkRate, CoherenceSeconds);

    /// <summary>The downlink's block-fading process at a distance.</summary>
    /// <param name="key">Stream of the fading draws; give the uplink another, or the two fade alike.</param>
    /// <param name="entity">Number of the device.</param>
    /// <param name="distanceMetres">Distance between the antennas, metres, in [minimum, maximum].</param>
    /// <param name="shadowingDb">Shadowing, dB, finite; positive is a loss.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is out of range, or a number is NaN or infinite.</exception>
    public BlockFadingProcess CreateDownlink(StreamKey key, ulong entity, double distanceMetres, double shadowingDb) =>
        new(key, entity, EvaluateDownlink(distanceMetres, shadowingDb).SnrLinear, Fading, DownlinkRate, CoherenceSeconds);

    /// <summary>Whether a request's channel is nothing but independent blocks around a constant mean, for which there are faster ways.</summary>
    public bool IsPlainBlockFading =>
        Evolution is IndependentBlocks && Mobility is StaticUser && LineOfSight is null && Wideband is null && UplinkAdaptation is null && DownlinkAdaptation is null;

    /// <inheritdoc/>
    public double DownlinkOffsetDb => Downlink.Evaluate(0, 0).SnrDb - Uplink.Evaluate(0, 0).SnrDb;

    /// <inheritdoc/>
    public double CoveredShare => new CellCoverage(this).CoveredShare;

    /// <inheritdoc/>
    public double MedianLevelDb => new CellCoverage(this).MedianSnrDb();

    /// <inheritdoc/>
    /// <remarks>The rate law's mean over the fading of the main state; with slot-by-slot adaptation, which counts the slots of the other direction, times the direction's part of the slots.</remarks>
    public INominalEfficiency Nominal(LinkDirection direction)
    {
        var (rate, adaptation) = direction == LinkDirection.Uplink ? (UplinkRate, UplinkAdaptation) : (DownlinkRate, DownlinkAdaptation);
        var nominal = NominalEfficiency.Shared(Fading, rate);
        return adaptation is null ? nominal : new DutyCycle(nominal, MeanShare(adaptation.Duplexing, direction));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The bandwidth of an adaptation is not that of its direction, or the channel is wideband and users move.</exception>
    public ILinkSampler CreateSampler()
    {
        CheckBandwidth(UplinkAdaptation, Uplink, nameof(UplinkAdaptation));
        CheckBandwidth(DownlinkAdaptation, Downlink, nameof(DownlinkAdaptation));
        return Wideband is null || Mobility is StaticUser ? new RadioLinkSampler(this)
            : throw new InvalidOperationException("Wideband fading is for users who stand still (their surroundings may move).");
    }

    private static double? Share(double? share, string name) => share is { } given ? Guard.InRange(given, double.Epsilon, 1, name) : null;

    private static void CheckBandwidth(AdaptedLinkOptions? adaptation, LinkBudget budget, string name)
    {
        if (adaptation is not null && adaptation.BandwidthHz != budget.BandwidthHz)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{name} is for {adaptation.BandwidthHz} Hz, the budget for {budget.BandwidthHz} Hz: see {nameof(AdaptedLinkOptions.WithBandwidth)}."));
        }
    }

    private static double MeanShare(IDuplexing duplexing, LinkDirection direction)
    {
        var sum = 0.0;
        for (var slot = 0; slot < duplexing.PeriodSlots; slot++)
        {
            sum += duplexing.SlotShare(direction, slot);
        }

        return sum / duplexing.PeriodSlots;
    }

    private double DuplexShare(LinkDirection direction) => Duplexing is { } duplexing ? MeanShare(duplexing, direction) : 1;

    private double LossDb(double distanceMetres) =>
        PathLoss.LossDb(Guard.InRange(distanceMetres, MinimumDistanceMetres, MaximumDistanceMetres));

    private static T Present<T>(T value, string name)
        where T : class => value ?? throw new ArgumentNullException(name);

    private sealed record DutyCycle(INominalEfficiency Whole, double Share) : INominalEfficiency
    {
        public double At(double levelDb) => Share * Whole.At(levelDb);
    }
}
