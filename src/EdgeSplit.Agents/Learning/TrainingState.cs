using System.Runtime.InteropServices;

namespace EdgeSplit.Agents.Learning;

/// <summary>What a <see cref="TrainingCallback"/> sees of its training.</summary>
/// <remarks>One instance per training; valid during the calls.</remarks>
public sealed class TrainingState
{
    private const int Recent = 100;
    private readonly double[] recentReturns = new double[Recent];
    private readonly double[] laneReturns;
    private readonly double[] endedReturns;
    private int endedCount;

    internal TrainingState(IAgent agent, int lanes)
    {
        Agent = agent;
        LaneCount = lanes;
        laneReturns = new double[lanes];
        endedReturns = new double[lanes];
    }

    /// <summary>The agent.</summary>
    public IAgent Agent { get; }

    /// <summary>Number of lanes: transitions of a batch.</summary>
    public int LaneCount { get; }

    /// <summary>Transitions so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Episodes that have ended.</summary>
    public long Episodes { get; private set; }

    /// <summary>The undiscounted returns of the episodes that ended with the last batch, in the order of the lanes.</summary>
    public ReadOnlySpan<double> EndedReturns => endedReturns.AsSpan(0, endedCount);

    /// <summary>The mean undiscounted return of the last 100 episodes, or of all where there are fewer; NaN before the first.</summary>
    public double MeanReturn
    {
        get
        {
            var count = (int)Math.Min(Recent, Episodes);
            var sum = 0.0;
            foreach (var value in recentReturns.AsSpan(0, count))
            {
                sum += value;
            }

            return count == 0 ? double.NaN : sum / count;
        }
    }

    /// <summary>Whether a multiple of a number of steps was reached with the last batch.</summary>
    /// <param name="every">Steps, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public bool Reached(long every)
    {
        Guard.InRange((double)every, 1, long.MaxValue, nameof(every));
        return Steps / every > (Steps - LaneCount) / every;
    }

    internal void Add(ReadOnlySpan<double> rewards, ReadOnlySpan<bool> terminated, ReadOnlySpan<bool> truncated)
    {
        Steps += LaneCount;
        endedCount = 0;
        for (var lane = 0; lane < rewards.Length; lane++)
        {
            laneReturns[lane] += rewards[lane];
            if (terminated[lane] || truncated[lane])
            {
                endedReturns[endedCount++] = laneReturns[lane];
                recentReturns[(int)(Episodes++ % Recent)] = laneReturns[lane];
                laneReturns[lane] = 0;
            }
        }
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Steps);
        writer.Write(Episodes);
        writer.Write(MemoryMarshal.AsBytes<double>(recentReturns));
        writer.Write(MemoryMarshal.AsBytes<double>(laneReturns));
    }

    internal void Load(BinaryReader reader)
    {
        (Steps, Episodes) = (reader.ReadInt64(), reader.ReadInt64());
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(recentReturns.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(laneReturns.AsSpan()));
        endedCount = 0;
        if (Steps < 0 || Episodes < 0)
        {
            throw new InvalidDataException("a negative number of steps or episodes");
        }
    }
}
