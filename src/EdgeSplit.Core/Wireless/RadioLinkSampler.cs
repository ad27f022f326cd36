using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Mobility;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Wireless;

/// <summary>Draws users over the cell of a radio link: uniform over the ring between its two distances, shadowed, drawn again where out of coverage.</summary>
/// <remarks>Allocates nothing per user who stands still. Immutable, so safe to share between threads.</remarks>
internal sealed class RadioLinkSampler : ILinkSampler
{
    private const int CoverageAttempts = 1000;

    private static readonly StreamKey PositionKey = StreamKey.Create(0, "channel/position");
    private static readonly StreamKey WayKey = StreamKey.Create(0, "channel/way");
    private static readonly StreamKey UplinkKey = StreamKey.Create(0, "channel/uplink");
    private static readonly StreamKey DownlinkKey = StreamKey.Create(0, "channel/downlink");
    private static readonly NormalDistribution Standard = new(0, 1);

    private readonly LinkParameters link;
    private readonly LinkBudgetBreakdown nominalUplink;
    private readonly double inner;
    private readonly double outer;
    private readonly double shadowingDb;
    private readonly double downlinkOffsetDb;

    internal RadioLinkSampler(LinkParameters link)
    {
        this.link = link;
        nominalUplink = link.Uplink.Evaluate(0, 0);
        inner = link.MinimumDistanceMetres * link.MinimumDistanceMetres;
        outer = link.MaximumDistanceMetres * link.MaximumDistanceMetres;
        shadowingDb = link.ShadowingStandardDeviationDb;
        downlinkOffsetDb = link.DownlinkOffsetDb;
        IsLevelConstant = link.Mobility is StaticUser;
    }

    public bool IsLevelConstant { get; }

    public double LevelDb(ulong seed, ulong user, double seconds)
    {
        var levelDb = StartLevelDb(seed, user, out _, out var moving);
        return moving is null ? levelDb : moving.LevelDb(seconds, out _);
    }

    public IEfficiencyProcess Create(LinkDirection direction, in LinkSession session)
    {
        var isUplink = direction == LinkDirection.Uplink;
        var key = (isUplink ? UplinkKey : DownlinkKey) with { Seed = session.Seed };
        var offsetDb = (isUplink ? 0 : downlinkOffsetDb) - session.BiasDb;
        if (link.IsPlainBlockFading)
        {
            return PlainBlocks(key, session, Math.Pow(10, (session.LevelDb + offsetDb) / 10), isUplink ? link.UplinkRate : link.DownlinkRate);
        }

        _ = StartLevelDb(session.Seed, session.User, out var isLineOfSight, out var moving);
        ISnrProcess snr;
        if (moving is null)
        {
            var law = isLineOfSight ? link.LineOfSight!.Fading : link.Fading;
            var meanSnr = Math.Pow(10, (session.LevelDb + offsetDb) / 10);
            snr = link.Wideband is { } wideband
                ? new WidebandSnrProcess(Selective(key, session, law, wideband, isUplink ? link.Uplink.BandwidthHz : link.Downlink.BandwidthHz), meanSnr, wideband.EesmBeta)
                : new FadingSnrProcess(Fading(key, session, law), meanSnr);
        }
        else
        {
            var obstructed = Fading(key, session, link.Fading);
            var clear = link.LineOfSight is { } sight ? Fading(key, session, sight.Fading) : obstructed;
            snr = new MovingUserSnr(moving, obstructed, clear, session.StartSeconds, PhysicalConstants.SpeedOfLightMetresPerSecond / link.CarrierHz, offsetDb);
        }

        return Adapted(direction, snr, key, session);
    }

    private IEfficiencyProcess Adapted(LinkDirection direction, ISnrProcess snr, StreamKey key, in LinkSession session)
    {
        var isUplink = direction == LinkDirection.Uplink;
        return (isUplink ? link.UplinkAdaptation : link.DownlinkAdaptation) is { } adaptation
            ? new AdaptedLink(adaptation, snr, Course(key.Derive("adaptation"), session), session.Request)
            : new RatedProcess(snr, isUplink ? link.UplinkRate : link.DownlinkRate);
    }

    private IFadingProcess Fading(StreamKey key, in LinkSession session, IFadingModel law)
    {
        var fading = link.Evolution.Create(key, session.Request, law, link.FadingBlockSeconds, link.DopplerHz);
        return session.Future == 0 ? fading : fading.AnotherFuture(Course(key, session));
    }

    private WidebandFading Selective(StreamKey key, in LinkSession session, IFadingModel law, FrequencySelectivity wideband, double bandwidthHz)
    {
        var fading = new WidebandFading(
            key,
            session.Request,
            PowerDelayProfile.Exponential(wideband.RmsDelaySpreadSeconds),
            WidebandFading.SubbandCentresHz(bandwidthHz, wideband.Subbands),
            link.Evolution,
            law,
            link.FadingBlockSeconds,
            link.DopplerHz);
        return session.Future == 0 ? fading : fading.AnotherFuture(Course(key, session));
    }

    private IEfficiencyProcess PlainBlocks(StreamKey key, in LinkSession session, double meanSnrLinear, IRateLaw rate)
    {
        var present = new BlockFadingProcess(key, session.Request, meanSnrLinear, link.Fading, rate, link.CoherenceSeconds);
        return session.Future == 0 ? present : new ConditionalFutureProcess(present, present with { Key = Course(key, session) });
    }

    private static StreamKey Course(StreamKey key, in LinkSession session) =>
        session.Future == 0 ? key : key.Derive(FormattableString.Invariant($"imagined/{session.Future}"));

    /// <summary>The level at time 0 of the first place drawn that has coverage.</summary>
    private double StartLevelDb(ulong seed, ulong user, out bool isLineOfSight, out UserChannel? moving)
    {
        var key = PositionKey with { Seed = seed };
        for (var attempt = 0; attempt < CoverageAttempts; attempt++)
        {
            var random = new RandomSource(key, user, 0, (ulong)attempt);
            var distance = Math.Sqrt(inner + ((outer - inner) * random.NextUniform()));
            var levelDb = IsLevelConstant ? StandingLevelDb(distance, ref random, out isLineOfSight, out moving)
                : MovingLevelDb(seed, (user * CoverageAttempts) + (ulong)attempt, distance, ref random, out isLineOfSight, out moving);
            if (levelDb >= LinkParameters.CoverageSnrDb)
            {
                return levelDb;
            }
        }

        throw new InvalidOperationException(FormattableString.Invariant(
            $"No position between {link.MinimumDistanceMetres} m and {link.MaximumDistanceMetres} m had a mean SNR of at least {LinkParameters.CoverageSnrDb} dB in {CoverageAttempts} draws: the link does not cover its cell."));
    }

    private double StandingLevelDb(double distance, ref RandomSource random, out bool isLineOfSight, out UserChannel? moving)
    {
        moving = null;
        var shadowing = Standard.Sample(ref random);
        if (link.LineOfSight is { } clear && random.NextUniform() < clear.Probability.Probability(distance))
        {
            isLineOfSight = true;
            return (nominalUplink with { PathLossDb = clear.PathLoss.LossDb(distance), ShadowingDb = clear.ShadowingStandardDeviationDb * shadowing }).SnrDb;
        }

        isLineOfSight = false;
        return (nominalUplink with { PathLossDb = link.PathLoss.LossDb(distance), ShadowingDb = shadowingDb * shadowing }).SnrDb;
    }

    private double MovingLevelDb(ulong seed, ulong entity, double distance, ref RandomSource random, out bool isLineOfSight, out UserChannel moving)
    {
        var angle = 2 * Math.PI * random.NextUniform();
        var start = new PlanePosition(distance * Math.Cos(angle), distance * Math.Sin(angle));
        moving = new UserChannel(link, WayKey with { Seed = seed }, entity, start);
        return moving.LevelDb(0, out isLineOfSight);
    }
}
