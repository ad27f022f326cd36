using System.Runtime.InteropServices;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Inference;

/// <summary>Memory that a forward pass works in, and the number of threads that it may use. It grows on demand; afterwards a pass with one thread allocates nothing.</summary>
/// <remarks>Results do not depend on the number of threads. Not thread-safe: one pass at a time; several workspaces may share a model.</remarks>
public sealed unsafe class LlamaWorkspace
{
    private readonly float[][] scores;
    private float[] normed = [];
    private float[] queries = [];
    private float[] keys = [];
    private float[] values = [];
    private float[] attended = [];
    private float[] gate = [];
    private float[] up = [];
    private float[] layerKeys = [];
    private float[] layerValues = [];

    /// <summary>An empty workspace.</summary>
    /// <param name="threads">Threads that one pass uses, 1 to 256; 1 if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is out of range.</exception>
    public LlamaWorkspace(int threads = 1)
    {
        Threads = Guard.InRange(threads, 1, 256);
        Scratch = ProductScratch.ForThreads(threads);
        scores = new float[threads][];
        Array.Fill(scores, []);
    }

    /// <summary>Threads that one pass uses.</summary>
    public int Threads { get; }

    internal ProductScratch[] Scratch { get; }

    internal float* Normed(long length) => Room(ref normed, length);

    internal float* Queries(long length) => Room(ref queries, length);

    internal float* Keys(long length) => Room(ref keys, length);

    internal float* Values(long length) => Room(ref values, length);

    internal float* Attended(long length) => Room(ref attended, length);

    internal float* Gate(long length) => Room(ref gate, length);

    internal float* Up(long length) => Room(ref up, length);

    internal float* Scores(int thread, long length) => Room(ref scores[thread], length);

    /// <summary>Keys and values of one sequence in one layer, where no cache keeps them; finite everywhere.</summary>
    internal (float[] Keys, float[] Values) Layer(long length)
    {
        if (layerKeys.Length < length)
        {
            layerKeys = GC.AllocateArray<float>(checked((int)length), pinned: true);
            layerValues = GC.AllocateArray<float>(checked((int)length), pinned: true);
        }

        return (layerKeys, layerValues);
    }

    private static float* Room(ref float[] array, long length)
    {
        if (array.Length < length)
        {
            array = GC.AllocateUninitializedArray<float>(checked((int)length), pinned: true);
        }

        return (float*)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
    }
}
