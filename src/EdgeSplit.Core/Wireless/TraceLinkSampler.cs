using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Traces;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless;

/// <summary>Draws starts in a recorded link.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
internal sealed class TraceLinkSampler(TraceLink link) : ILinkSampler
{
    private const double LowestLevelDb = -20; // a window that carried nothing has no logarithm
    private const int Analogues = 64;

    private static readonly StreamKey StartKey = StreamKey.Create(0, "channel/trace");
    private static readonly StreamKey AnalogueKey = StreamKey.Create(0, "channel/trace/analogues");

    public bool IsLevelConstant => false;

    public double LevelDb(ulong seed, ulong user, double seconds) => LevelAtDb(Start(seed, user) + seconds);

    public IEfficiencyProcess Create(LinkDirection direction, in LinkSession session)
    {
        var trace = direction == LinkDirection.Uplink ? link.Uplink : link.Downlink;
        var start = Start(session.Seed, session.User) + session.StartSeconds;
        var present = Process(trace, start);
        return session.Future == 0 ? present : new ConditionalFutureProcess(present, Process(trace, Analogue(session, start)));
    }

    /// <summary>Level of the uplink at a time of the trace, dB.</summary>
    internal double LevelAtDb(double traceSeconds)
    {
        // One period on, so that the window before an early start lies at the end of the recording.
        var end = traceSeconds + (Math.Ceiling(link.WindowSeconds / link.Uplink.DurationSeconds) * link.Uplink.DurationSeconds);
        var recent = link.Uplink.Bits(end - link.WindowSeconds, end) / link.WindowSeconds;
        return Math.Max(LowestLevelDb, Decibels.FromLinear(recent / link.Uplink.MeanBitsPerSecond));
    }

    private TraceProcess Process(ICapacityTrace trace, double start) => new(trace, start, link.BlockSeconds, 1);

    private double Start(ulong seed, ulong user) => TraceOffset.Uniform(link.Uplink, StartKey with { Seed = seed }, user);

    /// <summary>Another time of the trace at which the recent throughput was about what it is now. Both directions get the same one.</summary>
    private double Analogue(in LinkSession session, double start)
    {
        var level = LevelAtDb(start);
        var random = new RandomSource(AnalogueKey with { Seed = session.Seed }, session.Request, (ulong)session.Future);
        var (nearest, distance) = (start, double.PositiveInfinity);
        for (var i = 0; i < Analogues; i++)
        {
            var candidate = random.NextUniform() * link.Uplink.DurationSeconds;
            var difference = Math.Abs(LevelAtDb(candidate) - level);
            if (difference < distance)
            {
                (nearest, distance) = (candidate, difference);
            }
        }

        return nearest;
    }
}
