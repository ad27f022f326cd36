using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Randomness;

/// <summary>The random numbers at one address: (key, entity, time block, attempt). Equal addresses give equal numbers.</summary>
/// <remarks>
/// <para>Draw number n reads word n mod 4 of the <see cref="Philox4x64"/> block with counter (entity, time block, attempt, n / 4)
/// and key (<see cref="StreamKey.Seed"/>, <see cref="StreamKey.Name"/>). Creating a source costs nothing; the first draw computes a
/// block. Sources at different addresses share nothing: taking more draws at one moves no other.</para>
/// <para>Use one source per thing that happens (the fading of link 3 in block 17), not one source for a whole run.</para>
/// <para>A mutable value: pass it by <c>ref</c>; a copy goes on from the same place. The default value is the source at
/// address 0 of the default key. Not thread-safe, but two threads may hold sources at the same address.</para>
/// </remarks>
public struct RandomSource
{
    private const int WordsPerBlock = 4;

    private readonly StreamKey key;
    private readonly ulong entity;
    private readonly ulong timeBlock;
    private readonly ulong attempt;
    private ulong nextDraw;
    private ulong word1;
    private ulong word2;
    private ulong word3;
    private int wordsLeft;

    /// <summary>Creates the source at an address.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="entity">Whose numbers these are: a user, a link, a request; any value, 0 if omitted.</param>
    /// <param name="timeBlock">When: a coherence block, a turn; any value, 0 if omitted.</param>
    /// <param name="attempt">Which repetition within the block, for example a retransmission; any value, 0 if omitted.</param>
    public RandomSource(StreamKey key, ulong entity = 0, ulong timeBlock = 0, ulong attempt = 0)
    {
        this.key = key;
        this.entity = entity;
        this.timeBlock = timeBlock;
        this.attempt = attempt;
    }

    /// <summary>Draws 64 uniform random bits: one word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        switch (wordsLeft--)
        {
            case 3:
                return word1;
            case 2:
                return word2;
            case 1:
                return word3;
            default:
                return NextBlock();
        }
    }

    /// <summary>Draws a number of the open interval (0, 1), uniformly: one word.</summary>
    /// <remarks>The upper 52 bits k of the word give (2k + 1) / 2^53, the midpoint of one of 2^52 equal cells: exact, never 0 or 1,
    /// symmetric about one half, and increasing in the word.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextUniform() => ScalarLane.UniformOf(NextUInt64()).Value;

    /// <summary>Draws a whole number from 0 to <paramref name="exclusiveMax"/> - 1, every one equally likely.</summary>
    /// <remarks>Unbiased by rejection: one word, more with a probability below 2^-33 (so never, in practice).
    /// Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019, doi:10.1145/3230636.</remarks>
    /// <param name="exclusiveMax">The number of outcomes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is less than 1.</exception>
    public int NextInt32(int exclusiveMax)
    {
        var range = (ulong)Guard.AtLeast(exclusiveMax, 1);
        var result = Math.BigMul(NextUInt64(), range, out var remainder);
        if (remainder < range)
        {
            var biased = unchecked(0UL - range) % range;
            while (remainder < biased)
            {
                result = Math.BigMul(NextUInt64(), range, out remainder);
            }
        }

        return (int)result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong NextBlock()
    {
        (var word0, word1, word2, word3) = Philox4x64.Block(entity, timeBlock, attempt, nextDraw, key.Seed, key.Name);
        nextDraw++;
        wordsLeft = WordsPerBlock - 1;
        return word0;
    }
}
