using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Agents.Environments;

/// <summary>Where one environment of a batch stands: its world, its conversation, its turn.</summary>
internal struct BatchLane
{
    internal ulong Seed;
    internal ulong WorldNumber;
    internal ulong WorldSeed;
    internal WorldRegimes Regimes;
    internal int Regime;
    internal double LinkBiasDb;
    internal double ServerLoadFactor;
    internal SplitProfile Truth;
    internal TurnProcess? Process;

    internal int EpisodesInWorld;
    internal int Conversation;
    internal int FirstRequest;
    internal int Turns;
    internal double LinkSeconds;
    internal double LevelDb;
    internal double SnrLinear; // hidden bias included

    internal int Turn;
    internal int Steps;
    internal TurnDraw Draw;
    internal int ContextTokens;
    internal int CacheSplitPoint;
    internal double RecentUplinkBitsPerSecond;
    internal int ReportedJobs;

    internal readonly int Request => FirstRequest + Turn;

    internal readonly LinkSession Session() => new(WorldSeed, (ulong)Conversation, (ulong)Request, LinkSeconds, LevelDb, LinkBiasDb, 0);

    internal readonly TurnWork Work(double outputTokens, int maximumOutputTokens) => new(Draw.PromptTokens, ContextTokens, outputTokens, maximumOutputTokens);

    internal readonly Observation Observe(double expectedOutputTokens, int maximumOutputTokens) => new(
        Draw.ChannelEstimateDb,
        Turn == 0 ? 0 : RecentUplinkBitsPerSecond,
        ReportedJobs,
        Draw.PromptTokens,
        expectedOutputTokens,
        maximumOutputTokens,
        ContextTokens,
        ContextTokens == 0 ? -1 : CacheSplitPoint,
        Turn);
}
