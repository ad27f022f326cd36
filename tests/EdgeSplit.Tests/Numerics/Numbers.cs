using System.Runtime.InteropServices;

namespace EdgeSplit.Tests.Numerics;

/// <summary>Reproducible numbers in (-1, 1) for tests, by a 64-bit linear congruential generator (Knuth's MMIX constants).</summary>
internal static class Numbers
{
    internal static float[] Between(int count, ulong seed, float minimum = -1, float maximum = 1)
    {
        var state = seed * 0x9E3779B97F4A7C15UL;
        var values = new float[count];
        for (var i = -8; i < count; i++)
        {
            state = (state * 6364136223846793005UL) + 1442695040888963407UL;
            if (i >= 0)
            {
                values[i] = minimum + ((maximum - minimum) * (float)((state >> 40) / 16777216.0));
            }
        }

        return values;
    }

    internal static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)), "the bits differ");
}
