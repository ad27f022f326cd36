using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless;

/// <summary>Draws users over the cell of a radio link: uniform over the ring between its two distances, shadowed, drawn again where out of coverage.</summary>
/// <remarks>Allocates nothing per user. Immutable, so safe to share between threads.</remarks>
internal sealed class RadioLinkSampler : ILinkSampler
{
    private const int CoverageAttempts = 1000;

    private static readonly StreamKey PositionKey = StreamKey.Create(0, "channel/position");
    private static readonly StreamKey UplinkKey = StreamKey.Create(0, "channel/uplink");
    private static readonly StreamKey DownlinkKey = StreamKey.Create(0, "channel/downlink");

    private readonly LinkParameters link;
    private readonly LinkBudgetBreakdown nominalUplink;
    private readonly NormalDistribution shadowing;
    private readonly double downlinkOffsetDb;

    internal RadioLinkSampler(LinkParameters link)
    {
        this.link = link;
        nominalUplink = link.Uplink.Evaluate(0, 0);
        shadowing = new NormalDistribution(0, link.ShadowingStandardDeviationDb);
        downlinkOffsetDb = link.DownlinkOffsetDb;
    }

    public bool IsLevelConstant => true;

    public double LevelDb(ulong seed, ulong user, double seconds)
    {
        var key = PositionKey with { Seed = seed };
        var inner = link.MinimumDistanceMetres * link.MinimumDistanceMetres;
        var outer = link.MaximumDistanceMetres * link.MaximumDistanceMetres;
        for (var attempt = 0; attempt < CoverageAttempts; attempt++)
        {
            var random = new RandomSource(key, user, 0, (ulong)attempt);
            var distance = Math.Sqrt(inner + ((outer - inner) * random.NextUniform()));
            var budget = nominalUplink with { PathLossDb = link.PathLoss.LossDb(distance), ShadowingDb = shadowing.Sample(ref random) };
            var snrDb = budget.SnrDb;
            if (snrDb >= LinkParameters.CoverageSnrDb)
            {
                return snrDb;
            }
        }

        throw new InvalidOperationException(FormattableString.Invariant(
            $"No position between {link.MinimumDistanceMetres} m and {link.MaximumDistanceMetres} m had a mean SNR of at least {LinkParameters.CoverageSnrDb} dB in {CoverageAttempts} draws: the link does not cover its cell."));
    }

    public IEfficiencyProcess Create(LinkDirection direction, in LinkSession session)
    {
        var isUplink = direction == LinkDirection.Uplink;
        var key = (isUplink ? UplinkKey : DownlinkKey) with { Seed = session.Seed };
        var meanSnr = Math.Pow(10, (session.LevelDb + (isUplink ? 0 : downlinkOffsetDb) - session.BiasDb) / 10);
        var present = Process(key, session.Request, meanSnr, isUplink ? link.UplinkRate : link.DownlinkRate);
        return session.Future == 0 ? present
            : new ConditionalFutureProcess(present, present with { Key = key.Derive(FormattableString.Invariant($"imagined/{session.Future}")) });
    }

    private BlockFadingProcess Process(StreamKey key, ulong request, double meanSnrLinear, IRateLaw rate) =>
        new(key, request, meanSnrLinear, link.Fading, rate, link.CoherenceSeconds);
}
