using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Agents.Environments;

/// <summary>When transfers end on a link whose rate changes, for transfers that come one after the other: <see cref="LinkTimeline"/> without its memory.</summary>
/// <remarks>Gives the answers of <see cref="LinkTimeline.CompletionSeconds(double, double)"/> up to rounding. It reads the blocks that it needs and few more, which is
/// faster where each channel is used once, and slower where many splits are tried on the same one. Not thread-safe.</remarks>
internal sealed class ForwardTimeline(IEfficiencyProcess process)
{
    // Blocks are drawn eight at a time where the processor can.
    private const int Lanes = 8;
    private const int Capacity = 64;

    private readonly double blockSeconds = process.BlockSeconds;
    private readonly double[] efficiencies = new double[Capacity];
    private long firstBlock;
    private int loaded;

    /// <summary>Forgets what was read: the process has changed.</summary>
    internal void Reset() => loaded = 0;

    /// <summary>When a transfer ends; positive infinity beyond <see cref="LinkTimeline.DefaultHorizonSeconds"/>.</summary>
    internal double CompletionSeconds(double startSeconds, double bitsPerHertz)
    {
        if (!(bitsPerHertz > 0))
        {
            return startSeconds;
        }

        var block = (long)(startSeconds / blockSeconds);
        if (block * blockSeconds > startSeconds)
        {
            block--;
        }
        else if ((block + 1) * blockSeconds <= startSeconds)
        {
            block++;
        }

        var limitSeconds = startSeconds + LinkTimeline.DefaultHorizonSeconds;
        var efficiency = Efficiency(block, 0);
        var endSeconds = (block + 1) * blockSeconds;
        var room = efficiency * (endSeconds - startSeconds);
        if (bitsPerHertz <= room)
        {
            return Math.Min(startSeconds + (bitsPerHertz / efficiency), endSeconds);
        }

        var rest = bitsPerHertz - room;
        while (endSeconds <= limitSeconds)
        {
            startSeconds = endSeconds;
            efficiency = Efficiency(++block, rest);
            endSeconds = (block + 1) * blockSeconds;
            room = efficiency * blockSeconds;
            if (rest <= room)
            {
                endSeconds = Math.Min(startSeconds + (rest / efficiency), endSeconds);
                return endSeconds <= limitSeconds ? endSeconds : double.PositiveInfinity;
            }

            rest -= room;
        }

        return double.PositiveInfinity;
    }

    private double Efficiency(long block, double rest)
    {
        var index = block - firstBlock;
        return (ulong)index < (ulong)loaded ? efficiencies[index] : Load(block, rest);
    }

    private double Load(long block, double rest)
    {
        // A long message reads ahead as far as it will get at the rate of the last block.
        var ahead = loaded > 0 ? rest / (efficiencies[loaded - 1] * blockSeconds) : 0;
        loaded = ahead < Lanes ? Lanes : ahead >= Capacity ? Capacity : ((int)ahead + Lanes) & -Lanes;
        firstBlock = block;
        process.Fill(block, efficiencies.AsSpan(0, loaded));
        return efficiencies[0];
    }
}
