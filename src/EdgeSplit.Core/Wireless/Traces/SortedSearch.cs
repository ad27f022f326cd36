using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Binary search in ascending values without a branch that depends on them: a mispredicted branch costs more than a step.</summary>
/// <remarks>Doubles must be at least 0 and not -0: then their bits, read as whole numbers, have the same order.</remarks>
internal static class SortedSearch
{
    /// <summary>Number of values at or below a limit; shape [at least one].</summary>
    internal static int CountAtOrBelow(ReadOnlySpan<double> ascending, double limit)
    {
        ref var first = ref Unsafe.As<double, long>(ref MemoryMarshal.GetReference(ascending));
        var key = BitConverter.DoubleToInt64Bits(limit + 0.0); // -0 becomes 0
        var (place, length) = (0, ascending.Length); // the answer lies in [place, place + length]
        while (length > 1)
        {
            var half = length >> 1;
            place += half & (int)~((key - Unsafe.Add(ref first, place + half - 1)) >> 63);
            length -= half;
        }

        return place + 1 + (int)((key - Unsafe.Add(ref first, place)) >> 63);
    }

    /// <summary>Number of values below a limit; shape [at least one].</summary>
    internal static int CountBelow(ReadOnlySpan<double> ascending, double limit)
    {
        ref var first = ref Unsafe.As<double, long>(ref MemoryMarshal.GetReference(ascending));
        var key = BitConverter.DoubleToInt64Bits(limit + 0.0);
        var (place, length) = (0, ascending.Length);
        while (length > 1)
        {
            var half = length >> 1;
            place += half & (int)((Unsafe.Add(ref first, place + half - 1) - key) >> 63);
            length -= half;
        }

        return place - (int)((Unsafe.Add(ref first, place) - key) >> 63);
    }

    /// <summary>Number of values at or below a limit; shape [at least one].</summary>
    internal static int CountAtOrBelow(ReadOnlySpan<uint> ascending, uint limit)
    {
        ref var first = ref MemoryMarshal.GetReference(ascending);
        var (place, length) = (0, ascending.Length);
        while (length > 1)
        {
            var half = length >> 1;
            place += half & (int)~(((long)limit - Unsafe.Add(ref first, place + half - 1)) >> 63);
            length -= half;
        }

        return place + 1 + (int)(((long)limit - Unsafe.Add(ref first, place)) >> 63);
    }
}
