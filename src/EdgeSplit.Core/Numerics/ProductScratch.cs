using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Numerics;

/// <summary>Memory of one thread for the blocks of a <see cref="StoredProduct"/>; grows on demand. Not thread-safe.</summary>
internal sealed unsafe class ProductScratch
{
    private float[] panel = [];
    private float[] vectors = [];

    /// <summary>Room for a panel of weights.</summary>
    internal float* Panel(int length) => Room(ref panel, length);

    /// <summary>Room for a block of vectors.</summary>
    internal float* Vectors(int length) => Room(ref vectors, length);

    /// <summary>The memory of several threads.</summary>
    internal static ProductScratch[] ForThreads(int threads)
    {
        var all = new ProductScratch[Guard.AtLeast(threads, 1)];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = new ProductScratch();
        }

        return all;
    }

    /// <summary>An address on a 64-byte line, in an array that the collector does not move.</summary>
    private static float* Room(ref float[] array, int length)
    {
        const int line = 64;
        if (array.Length < length + (line / sizeof(float)))
        {
            array = GC.AllocateUninitializedArray<float>(length + (line / sizeof(float)), pinned: true);
        }

        var address = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        return (float*)((address + line - 1) & ~(nint)(line - 1));
    }
}
