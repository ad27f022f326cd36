using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <summary>Moves fewer values than a vector of 16 has, and reads and writes no others.</summary>
internal static unsafe class PartialVector
{
    /// <summary>Copies the first values of a row and fills the vector up with zeros, in halves of what is left.</summary>
    internal static void Load(float* source, int width, float* vector)
    {
        Vector512<float>.Zero.Store(vector);
        Copy(source, width, vector);
    }

    /// <summary>Copies fewer than 16 values: 8, 4, 2 and 1 of them, as the binary digits of their number say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Copy(float* source, int width, float* target)
    {
        if ((width & 8) != 0)
        {
            Vector256.Load(source).Store(target);
            source += 8;
            target += 8;
        }

        if ((width & 4) != 0)
        {
            Vector128.Load(source).Store(target);
            source += 4;
            target += 4;
        }

        if ((width & 2) != 0)
        {
            *(double*)target = *(double*)source;
            source += 2;
            target += 2;
        }

        if ((width & 1) != 0)
        {
            *target = *source;
        }
    }
}
