using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeSplit.Core.Randomness;

/// <summary>Philox4x64-10: the counter-based generator behind every random number of the library. Frozen.</summary>
/// <remarks>
/// <para>A keyed bijection of 256-bit counters: equal counter and key give equal words on every machine, and any counter
/// can be asked at any time. There is no state, so nothing that is drawn moves anything else.</para>
/// <para>Bit for bit the <c>philox4x64</c> of Random123 with 10 rounds. NumPy's <c>Philox</c> is the same function, but
/// adds one to its counter before the first block. It is not a cryptographic generator.</para>
/// <para>Stateless, so safe to use from any thread.</para>
/// <para>Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
/// doi:10.1145/2063384.2063405; Random123, <c>include/Random123/philox.h</c>.</para>
/// </remarks>
public static class Philox4x64
{
    private const ulong Multiplier0 = 0xD2E7470EE14C6C93;
    private const ulong Multiplier1 = 0xCA5A826395121157;
    private const ulong Weyl0 = 0x9E3779B97F4A7C15;
    private const ulong Weyl1 = 0xBB67AE8584CAA73B;
    private const int Rounds = 10;

    /// <summary>Encrypts one counter into four 64-bit words of uniform random bits.</summary>
    /// <param name="counter0">First word of the counter; <see cref="RandomSource"/> puts the entity here.</param>
    /// <param name="counter1">Second word of the counter; <see cref="RandomSource"/> puts the time block here.</param>
    /// <param name="counter2">Third word of the counter; <see cref="RandomSource"/> puts the attempt here.</param>
    /// <param name="counter3">Fourth word of the counter; <see cref="RandomSource"/> puts the index of the draw here.</param>
    /// <param name="key0">First word of the key; <see cref="RandomSource"/> puts <see cref="StreamKey.Seed"/> here.</param>
    /// <param name="key1">Second word of the key; <see cref="RandomSource"/> puts <see cref="StreamKey.Name"/> here.</param>
    /// <returns>The four words, in the order of Random123.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong Word0, ulong Word1, ulong Word2, ulong Word3) Block(
        ulong counter0, ulong counter1, ulong counter2, ulong counter3, ulong key0, ulong key1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var high0 = Math.BigMul(Multiplier0, counter0, out var low0);
            var high1 = Math.BigMul(Multiplier1, counter2, out var low1);
            counter0 = high1 ^ counter1 ^ key0;
            counter1 = low1;
            counter2 = high0 ^ counter3 ^ key1;
            counter3 = low0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (counter0, counter1, counter2, counter3);
    }

    /// <summary>Eight blocks at once that differ in the second counter word only; needs AVX-512F and AVX-512DQ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Block8(
        ulong counter0, Vector512<ulong> counters1, ulong counter2, ulong counter3, StreamKey key,
        out Vector512<ulong> words0, out Vector512<ulong> words1, out Vector512<ulong> words2, out Vector512<ulong> words3)
    {
        // Round 1: only the second counter word differs between the lanes, so scalar products serve all of them.
        var (key0, key1) = (key.Seed, key.Name);
        var high0 = Math.BigMul(Multiplier0, counter0, out var low0);
        var high1 = Math.BigMul(Multiplier1, counter2, out var low1);
        var lanes0 = counters1 ^ Vector512.Create(high1 ^ key0);
        var shared2 = high0 ^ counter3 ^ key1;

        // Round 2: words 0 and 1 become equal in all lanes, words 2 and 3 differ.
        key0 += Weyl0;
        key1 += Weyl1;
        high1 = Math.BigMul(Multiplier1, shared2, out var shared1);
        Multiply(lanes0, Multiplier0, out var highs0, out var lanes3);
        var shared0 = high1 ^ low1 ^ key0;
        var lanes2 = highs0 ^ Vector512.Create(low0 ^ key1);

        // Round 3: from here on, words 0 to 2 differ.
        key0 += Weyl0;
        key1 += Weyl1;
        high0 = Math.BigMul(Multiplier0, shared0, out low0);
        Multiply(lanes2, Multiplier1, out var highs1, out words1);
        words0 = highs1 ^ Vector512.Create(shared1 ^ key0);
        words2 = lanes3 ^ Vector512.Create(high0 ^ key1);
        words3 = Vector512.Create(low0);

        // Rounds 4 to 10, unrolled so that products of unused words vanish.
        Round(ref words0, ref words1, ref words2, ref words3, ref key0, ref key1);
        Round(ref words0, ref words1, ref words2, ref words3, ref key0, ref key1);
        Round(ref words0, ref words1, ref words2, ref words3, ref key0, ref key1);
        Round(ref words0, ref words1, ref words2, ref words3, ref key0, ref key1);
        Round(ref words0, ref words1, ref words2, ref words3, ref key0, ref key1);
        Round(ref words0, ref words1, ref words2, ref words3, ref key0, ref key1);
        Round(ref words0, ref words1, ref words2, ref words3, ref key0, ref key1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector512<ulong> words0, ref Vector512<ulong> words1, ref Vector512<ulong> words2, ref Vector512<ulong> words3,
        ref ulong key0, ref ulong key1)
    {
        key0 += Weyl0;
        key1 += Weyl1;
        Multiply(words0, Multiplier0, out var highs0, out var lows0);
        Multiply(words2, Multiplier1, out var highs1, out var lows1);
        words0 = highs1 ^ words1 ^ Vector512.Create(key0);
        words1 = lows1;
        words2 = highs0 ^ words3 ^ Vector512.Create(key1);
        words3 = lows0;
    }

    /// <summary>The 128-bit products of eight words and a constant, from 32-bit partial products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(Vector512<ulong> words, ulong multiplier, out Vector512<ulong> highs, out Vector512<ulong> lows)
    {
        var multiplierLow = Vector512.Create(multiplier).AsUInt32();
        var multiplierHigh = Vector512.Create(multiplier >> 32).AsUInt32();
        var wordsLow = words.AsUInt32();
        var wordsHigh = (words >>> 32).AsUInt32();
        var lowLow = Avx512F.Multiply(wordsLow, multiplierLow);
        var highLow = Avx512F.Multiply(wordsHigh, multiplierLow) + (lowLow >>> 32);
        var lowHigh = Avx512F.Multiply(wordsLow, multiplierHigh) + (highLow & Vector512.Create(0xFFFFFFFFUL));
        highs = Avx512F.Multiply(wordsHigh, multiplierHigh) + (highLow >>> 32) + (lowHigh >>> 32);
        lows = words * Vector512.Create(multiplier);
    }
}
