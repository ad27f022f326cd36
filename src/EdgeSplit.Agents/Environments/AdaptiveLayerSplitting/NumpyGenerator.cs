using System.Numerics;

namespace EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

/// <summary>The numbers of NumPy's default generator for a small seed: for starts that were stated by such draws, and for nothing else in this library.</summary>
/// <remarks>
/// <para>PCG64 (a 128-bit linear congruential generator with the output function XSL-RR), seeded through SeedSequence.</para>
/// <para>Sources: M. O'Neill, "PCG: a family of simple fast space-efficient statistically good algorithms for random number generation", HMC-CS-2014-0905; M. O'Neill, "Developing a seed_seq alternative" (2015);
/// bounded integers by D. Lemire, ACM TOMACS 29(1), 2019.</para>
/// </remarks>
internal sealed class NumpyGenerator
{
    private const int PoolSize = 4;
    private const uint FirstPoolHash = 0x43B0D7E5;
    private const uint PoolHashFactor = 0x931E8875;
    private const uint FirstOutputHash = 0x8B51F9DD;
    private const uint OutputHashFactor = 0x58F38DED;
    private const uint MixLeft = 0xCA01F9DD;
    private const uint MixRight = 0x4973F715;

    private static readonly UInt128 Multiplier = new(0x2360ED051FC65DA4, 0x4385DF649FCCF645);

    private readonly UInt128 increment;
    private UInt128 state;
    private uint? spare;

    internal NumpyGenerator(uint seed)
    {
        Span<ulong> words = stackalloc ulong[4];
        Spread(seed, words);
        increment = (new UInt128(words[2], words[3]) << 1) | 1;
        state = increment + new UInt128(words[0], words[1]);
        state = (state * Multiplier) + increment;
    }

    internal ulong NextUInt64()
    {
        state = (state * Multiplier) + increment;
        return BitOperations.RotateRight((ulong)(state >> 64) ^ (ulong)state, (int)(state >> 122));
    }

    /// <summary>A multiple of 2^-53 in [0, 1).</summary>
    internal double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>A whole number in [0, exclusiveMax); the halves of a 64-bit draw serve one after the other, the lower one first.</summary>
    internal int NextInt32(int exclusiveMax)
    {
        var range = (uint)exclusiveMax;
        var product = (ulong)NextUInt32() * range;
        var biased = unchecked(0u - range) % range;
        while ((uint)product < biased)
        {
            product = (ulong)NextUInt32() * range;
        }

        return (int)(product >> 32);
    }

    private uint NextUInt32()
    {
        if (spare is { } kept)
        {
            spare = null;
            return kept;
        }

        var draw = NextUInt64();
        spare = (uint)(draw >> 32);
        return (uint)draw;
    }

    /// <summary>SeedSequence: spreads a seed of one word over a pool, and the pool over the words of the generator's state.</summary>
    private static void Spread(uint seed, Span<ulong> words)
    {
        unchecked
        {
            var hash = FirstPoolHash;
            uint Hash(uint value)
            {
                value ^= hash;
                hash *= PoolHashFactor;
                value *= hash;
                return value ^ (value >> 16);
            }

            var pool = new uint[PoolSize];
            for (var i = 0; i < PoolSize; i++)
            {
                pool[i] = Hash(i == 0 ? seed : 0);
            }

            for (var from = 0; from < PoolSize; from++)
            {
                for (var to = 0; to < PoolSize; to++)
                {
                    if (from != to)
                    {
                        var mixed = (MixLeft * pool[to]) - (MixRight * Hash(pool[from]));
                        pool[to] = mixed ^ (mixed >> 16);
                    }
                }
            }

            hash = FirstOutputHash;
            words.Clear();
            for (var i = 0; i < 2 * words.Length; i++)
            {
                var value = pool[i % PoolSize] ^ hash;
                hash *= OutputHashFactor;
                value *= hash;
                words[i / 2] |= (ulong)(value ^ (value >> 16)) << (32 * (i % 2));
            }
        }
    }
}
