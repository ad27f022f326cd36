namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>States of a slot simulation at equally spaced slots, one after the other in a few growing arrays.</summary>
internal sealed class CheckpointStore
{
    private Checkpoint[] _checkpoints = new Checkpoint[16];
    private HarqBlock[] _blocks = new HarqBlock[256];
    private (long OriginSlot, int Bits)[] _returned = new (long, int)[16];
    private Checkpoint _open;

    internal int Count { get; private set; }

    internal void Clear() => (Count, _open) = (0, default);

    /// <summary>Starts a checkpoint; blocks on the air, blocks that wait and returned bits follow in this order.</summary>
    internal void Begin(long nextSlot, double offsetDb) => _open = new Checkpoint
    {
        NextSlot = nextSlot,
        OffsetDb = offsetDb,
        FirstBlock = _open.BlocksEnd,
        FirstWaiting = _open.BlocksEnd,
        BlocksEnd = _open.BlocksEnd,
        FirstReturned = _open.ReturnedEnd,
        ReturnedEnd = _open.ReturnedEnd,
    };

    internal void AddOnAir(in HarqBlock block)
    {
        AddWaiting(block);
        _open.FirstWaiting = _open.BlocksEnd;
    }

    internal void AddWaiting(in HarqBlock block)
    {
        Grow(ref _blocks, _open.BlocksEnd);
        _blocks[_open.BlocksEnd++] = block;
    }

    internal void AddReturned((long OriginSlot, int Bits) entry)
    {
        Grow(ref _returned, _open.ReturnedEnd);
        _returned[_open.ReturnedEnd++] = entry;
    }

    internal void End()
    {
        Grow(ref _checkpoints, Count);
        _checkpoints[Count++] = _open;
    }

    internal (long NextSlot, double OffsetDb) Read(
        int checkpoint, out ReadOnlySpan<HarqBlock> onAir, out ReadOnlySpan<HarqBlock> waiting, out ReadOnlySpan<(long OriginSlot, int Bits)> returned)
    {
        ref readonly var read = ref _checkpoints[checkpoint];
        onAir = _blocks.AsSpan(read.FirstBlock..read.FirstWaiting);
        waiting = _blocks.AsSpan(read.FirstWaiting..read.BlocksEnd);
        returned = _returned.AsSpan(read.FirstReturned..read.ReturnedEnd);
        return (read.NextSlot, read.OffsetDb);
    }

    private static void Grow<T>(ref T[] array, int place)
    {
        if (place == array.Length)
        {
            Array.Resize(ref array, 2 * array.Length);
        }
    }

    private struct Checkpoint
    {
        internal long NextSlot;
        internal double OffsetDb;
        internal int FirstBlock;
        internal int FirstWaiting;
        internal int BlocksEnd;
        internal int FirstReturned;
        internal int ReturnedEnd;
    }
}
