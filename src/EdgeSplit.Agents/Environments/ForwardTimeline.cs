using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Agents.Environments;

/// <summary>When transfers end on a link whose rate changes, for transfers that come one after the other: <see cref="LinkTimeline"/> without its memory.</summary>
/// <remarks>Gives the answers of <see cref="LinkTimeline.CompletionSeconds(double, double)"/> up to rounding. It reads the blocks that it needs and few more, which is
/// faster where each channel is used once, and slower where many splits are tried on the same one. Not thread-safe.</remarks>
/// <param name="initial">The efficiency over time.</param>
/// <param name="blocksAtOnce">Blocks are read in multiples of this, a power of two up to 64.</param>
internal sealed class ForwardTimeline(IEfficiencyProcess initial, int blocksAtOnce)
{
    private const int Capacity = 64;

    private IEfficiencyProcess process = initial;
    private double blockSeconds = initial.BlockSeconds;
    private double blocksPerSecond = 1 / initial.BlockSeconds;
    private readonly double[] efficiencies = new double[Capacity];
    private readonly double[] secondsPerAmount = new double[Capacity]; // 1 / efficiency: a product is sooner there than a quotient
    private long firstBlock;
    private int loaded;
    private long cursorBlock;
    private double cursorStartSeconds;
    private double cursorEndSeconds; // at or below the start: no cursor
    private double cursorEfficiency;
    private double cursorSecondsPerAmount;

    /// <summary>Forgets what was read: the process has changed.</summary>
    internal void Reset()
    {
        loaded = 0;
        cursorStartSeconds = cursorEndSeconds = 0;
    }

    /// <summary>Takes up another process.</summary>
    internal void Reset(IEfficiencyProcess another)
    {
        process = another;
        blockSeconds = another.BlockSeconds;
        blocksPerSecond = 1 / blockSeconds;
        Reset();
    }

    /// <summary>When a transfer ends; positive infinity beyond <see cref="LinkTimeline.DefaultHorizonSeconds"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double CompletionSeconds(double startSeconds, double bitsPerHertz)
    {
        if (!(bitsPerHertz > 0))
        {
            return startSeconds;
        }

        var (efficiency, reciprocal, endSeconds) = (cursorEfficiency, cursorSecondsPerAmount, cursorEndSeconds);
        if (!(startSeconds >= cursorStartSeconds && startSeconds < endSeconds))
        {
            if (double.IsPositiveInfinity(startSeconds))
            {
                return startSeconds;
            }

            // What the cursor is set to goes on in registers: the next message waits for this answer.
            var index = IndexAt(startSeconds);
            (efficiency, reciprocal, endSeconds) = (efficiencies[index], secondsPerAmount[index], (firstBlock + index + 1) * blockSeconds);
            (cursorBlock, cursorStartSeconds, cursorEndSeconds) = (firstBlock + index, (firstBlock + index) * blockSeconds, endSeconds);
            (cursorEfficiency, cursorSecondsPerAmount) = (efficiency, reciprocal);
        }

        var room = efficiency * (endSeconds - startSeconds);
        return bitsPerHertz <= room
            ? Math.Min(startSeconds + (bitsPerHertz * reciprocal), endSeconds)
            : CompletionInLaterBlock(startSeconds + LinkTimeline.DefaultHorizonSeconds, bitsPerHertz - room);
    }

    private double CompletionInLaterBlock(double limitSeconds, double rest)
    {
        for (var block = cursorBlock + 1; block * blockSeconds <= limitSeconds; block = firstBlock + loaded)
        {
            if ((ulong)(block - firstBlock) >= (ulong)loaded)
            {
                Load(block, rest);
            }

            for (var index = (int)(block - firstBlock); index < loaded; index++)
            {
                var room = efficiencies[index] * blockSeconds;
                if (rest <= room)
                {
                    PlaceCursor(index);
                    var endSeconds = Math.Min(cursorStartSeconds + (rest * cursorSecondsPerAmount), cursorEndSeconds);
                    return endSeconds <= limitSeconds ? endSeconds : double.PositiveInfinity;
                }

                rest -= room;
            }
        }

        return double.PositiveInfinity;
    }

    /// <summary>Where the block that holds an instant lies in the buffers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int IndexAt(double seconds)
    {
        var block = (long)(seconds * blocksPerSecond);
        if (block * blockSeconds > seconds)
        {
            block--;
        }
        else if ((block + 1) * blockSeconds <= seconds)
        {
            block++;
        }

        if ((ulong)(block - firstBlock) >= (ulong)loaded)
        {
            Load(block, 0);
        }

        return (int)(block - firstBlock);
    }

    private void PlaceCursor(int index)
    {
        cursorBlock = firstBlock + index;
        cursorEfficiency = efficiencies[index];
        cursorSecondsPerAmount = secondsPerAmount[index];
        cursorStartSeconds = cursorBlock * blockSeconds;
        cursorEndSeconds = (cursorBlock + 1) * blockSeconds;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Load(long block, double rest)
    {
        // A long message reads ahead as far as it will get at the rate of the last block.
        var ahead = loaded > 0 ? rest * secondsPerAmount[loaded - 1] * blocksPerSecond : 0;
        loaded = ahead >= Capacity - blocksAtOnce ? Capacity : ((int)ahead / blocksAtOnce * blocksAtOnce) + blocksAtOnce;
        firstBlock = block;
        process.Fill(block, efficiencies.AsSpan(0, loaded));
        for (var i = 0; i < loaded; i += Vector512<double>.Count)
        {
            (Vector512<double>.One / Vector512.LoadUnsafe(ref efficiencies[i])).StoreUnsafe(ref secondsPerAmount[i]);
        }
    }
}
