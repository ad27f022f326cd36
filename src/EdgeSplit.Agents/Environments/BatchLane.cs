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

    /// <summary>Writes what does not follow from the seed and the number of the world.</summary>
    internal readonly void Save(BinaryWriter writer)
    {
        writer.Write(Seed);
        writer.Write(WorldNumber);
        SavedState.Write(writer, [EpisodesInWorld, Conversation, FirstRequest, Turns, Turn, Steps, ContextTokens, CacheSplitPoint, ReportedJobs, Draw.PromptTokens, Draw.OutputTokens]);
        SavedState.Write(writer, [LinkSeconds, LevelDb, SnrLinear, RecentUplinkBitsPerSecond, Draw.ThinkSeconds, Draw.ChannelEstimateDb]);
    }

    /// <summary>Reads what <see cref="Save"/> wrote; the world is still to be entered.</summary>
    internal static BatchLane Read(BinaryReader reader)
    {
        var lane = new BatchLane { Seed = reader.ReadUInt64(), WorldNumber = reader.ReadUInt64() };
        var whole = SavedState.ReadInt32s(reader, 11);
        var real = SavedState.ReadDoubles(reader, 6);
        (lane.EpisodesInWorld, lane.Conversation, lane.FirstRequest, lane.Turns) = (whole[0], whole[1], whole[2], whole[3]);
        (lane.Turn, lane.Steps, lane.ContextTokens, lane.CacheSplitPoint, lane.ReportedJobs) = (whole[4], whole[5], whole[6], whole[7], whole[8]);
        (lane.LinkSeconds, lane.LevelDb, lane.SnrLinear, lane.RecentUplinkBitsPerSecond) = (real[0], real[1], real[2], real[3]);
        lane.Draw = new TurnDraw(whole[9], whole[10], real[4], real[5]);
        return lane;
    }
}
