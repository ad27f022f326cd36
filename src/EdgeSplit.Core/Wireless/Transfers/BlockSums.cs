using System.Numerics;

namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>Cumulative bits per hertz of an efficiency process over whole blocks, and the search for the block where a sum is reached.</summary>
/// <remarks>
/// Prefix sums are kept per chunk of 64 blocks, and totals per aligned power of two of chunks. A search walks chunk by chunk, doubling
/// the stride as it goes, and then halves it again: O(log n) steps. Every stored number is a pure function of its place, so what happens
/// to be cached never changes a result. The tables grow to the length of the longest search, up to 65 536 blocks.
/// </remarks>
internal sealed class BlockSums
{
    private const int ChunkBits = 6;
    private const int ChunkBlocks = 1 << ChunkBits;
    private const int InitialSlots = 8;
    private const int MaximumSlots = 1024;

    private IEfficiencyProcess _process;
    private double _blockSeconds;
    private int _slots;
    private long[] _chunkOfSlot;
    private double[] _efficiency;  // [slot, block]: bit/s/Hz
    private double[] _cumulative;  // [slot, block]: bits per hertz from the start of the chunk to the end of the block
    private (long Key, double Total)[] _nodes; // totals of aligned groups of 2^level chunks, key = first chunk and level

    internal BlockSums(IEfficiencyProcess process)
    {
        _chunkOfSlot = [];
        _efficiency = [];
        _cumulative = [];
        _nodes = [];
        _process = process;
        Allocate(InitialSlots);
        Reset(process);
    }

    internal void Reset(IEfficiencyProcess process)
    {
        _blockSeconds = Guard.Positive(process.BlockSeconds);
        _process = process;
        _chunkOfSlot.AsSpan().Fill(-1);
        _nodes.AsSpan().Fill((-1, 0.0));
    }

    internal double Efficiency(long block) => _efficiency[Load(block >> ChunkBits) + (int)(block & (ChunkBlocks - 1))];

    /// <summary>Bits per hertz of the whole blocks [from, to).</summary>
    internal double Sum(long from, long to)
    {
        if (from >= to)
        {
            return 0.0;
        }

        var (chunk, lastChunk) = (from >> ChunkBits, to >> ChunkBits);
        var offset = Load(chunk);
        var before = Before(offset, (int)(from & (ChunkBlocks - 1)));
        if (chunk == lastChunk)
        {
            return Before(offset, (int)(to & (ChunkBlocks - 1))) - before;
        }

        var sum = _cumulative[offset + ChunkBlocks - 1] - before;
        var walked = 1L;
        for (chunk++; chunk < lastChunk;)
        {
            var level = Stride(chunk, walked, lastChunk - 1);
            sum += Total(level, chunk);
            chunk += 1L << level;
            walked += 1L << level;
        }

        var rest = (int)(to & (ChunkBlocks - 1));
        return rest == 0 ? sum : sum + Before(Load(lastChunk), rest);
    }

    /// <summary>The first block at or after <paramref name="block"/> by whose end the bits per hertz have arrived, and how many fall into it.</summary>
    /// <returns>The block, or -1 if they have not arrived by the end of the chunk of <paramref name="lastBlock"/>.</returns>
    internal long Find(long block, double bitsPerHertz, long lastBlock, out double withinBlock)
    {
        var (chunk, lastChunk) = (block >> ChunkBits, lastBlock >> ChunkBits);
        var index = (int)(block & (ChunkBlocks - 1));
        var offset = Load(chunk);
        var target = Before(offset, index) + bitsPerHertz;
        if (target <= _cumulative[offset + ChunkBlocks - 1])
        {
            return FindInChunk(chunk, offset, index, target, out withinBlock);
        }

        var rest = target - _cumulative[offset + ChunkBlocks - 1];
        var walked = 1L;
        for (chunk++; chunk <= lastChunk;)
        {
            var level = Stride(chunk, walked, lastChunk);
            var total = Total(level, chunk);
            if (rest > total)
            {
                rest -= total;
                chunk += 1L << level;
                walked += 1L << level;
                continue;
            }

            while (level > 0)
            {
                level--;
                var left = Total(level, chunk);
                if (rest > left)
                {
                    chunk += 1L << level;
                    rest = Math.Min(rest - left, Total(level, chunk)); // the sum of two parts is rounded
                }
            }

            return FindInChunk(chunk, Load(chunk), 0, rest, out withinBlock);
        }

        withinBlock = 0.0;
        return -1;
    }

    private long FindInChunk(long chunk, int offset, int index, double target, out double withinBlock)
    {
        if (_cumulative[offset + index] < target)
        {
            var (low, high) = (index, ChunkBlocks - 1); // cumulative[low] < target <= cumulative[high]
            while (high - low > 1)
            {
                var middle = (low + high) >> 1;
                if (_cumulative[offset + middle] < target)
                {
                    low = middle;
                }
                else
                {
                    high = middle;
                }
            }

            index = high;
        }

        withinBlock = target - Before(offset, index);
        return (chunk << ChunkBits) + index;
    }

    private double Before(int offset, int index) => index == 0 ? 0.0 : _cumulative[offset + index - 1];

    /// <summary>The largest aligned power of two of chunks that is not longer than the way walked so far and ends by the last chunk.</summary>
    private static int Stride(long chunk, long walked, long lastChunk)
    {
        var level = Math.Min(BitOperations.TrailingZeroCount(chunk), BitOperations.Log2((ulong)walked));
        return Math.Min(level, BitOperations.Log2((ulong)(lastChunk - chunk + 1)));
    }

    private double Total(int level, long chunk)
    {
        if (level == 0)
        {
            return _cumulative[Load(chunk) + ChunkBlocks - 1];
        }

        if (level >= BitOperations.Log2((uint)_slots) && _slots < MaximumSlots)
        {
            Allocate(Math.Min(MaximumSlots, 2 << level));
        }

        var key = (chunk << ChunkBits) | (uint)level; // unique: chunk numbers stay far below 2^57, levels below 2^6
        var node = NodeSlot(level, chunk);
        if (_nodes[node].Key == key)
        {
            return _nodes[node].Total;
        }

        var total = Total(level - 1, chunk) + Total(level - 1, chunk + (1L << (level - 1)));
        _nodes[node] = (key, total);
        return total;
    }

    /// <summary>Nodes lie as in a binary heap over the slots; the few above its root share place 0.</summary>
    private int NodeSlot(int level, long chunk)
    {
        var width = _slots >> level;
        return width == 0 ? 0 : width + (int)((chunk >> level) & (width - 1));
    }

    /// <summary>Makes a chunk available and returns where its first block lies in the tables.</summary>
    private int Load(long chunk)
    {
        var slot = (int)(chunk & (_slots - 1));
        var offset = slot << ChunkBits;
        if (_chunkOfSlot[slot] != chunk)
        {
            Compute(chunk, slot, offset);
        }

        return offset;
    }

    private void Compute(long chunk, int slot, int offset)
    {
        _chunkOfSlot[slot] = -1;
        var efficiency = _efficiency.AsSpan(offset, ChunkBlocks);
        _process.Fill(chunk << ChunkBits, efficiency);
        var cumulative = _cumulative.AsSpan(offset, ChunkBlocks);
        var sum = 0.0;
        for (var i = 0; i < ChunkBlocks; i++)
        {
            if (!(efficiency[i] >= 0 && efficiency[i] <= double.MaxValue))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{_process.GetType().Name} gave the spectral efficiency {efficiency[i]} in block {(chunk << ChunkBits) + i}: it must be at least 0 and finite."));
            }

            sum += efficiency[i] * _blockSeconds;
            cumulative[i] = sum;
        }

        _chunkOfSlot[slot] = chunk;
    }

    private void Allocate(int slots)
    {
        _slots = slots;
        _chunkOfSlot = new long[slots];
        _efficiency = new double[slots * ChunkBlocks];
        _cumulative = new double[slots * ChunkBlocks];
        _nodes = new (long, double)[slots];
        _chunkOfSlot.AsSpan().Fill(-1);
        _nodes.AsSpan().Fill((-1, 0.0));
    }
}
