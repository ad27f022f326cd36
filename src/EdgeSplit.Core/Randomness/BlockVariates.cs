using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Randomness;

/// <summary>Draws one variate for each of many consecutive time blocks: the hot path of block fading.</summary>
/// <remarks>
/// <para>Element i of the destination is, bit for bit, what the distribution's <see cref="IDistribution.Sample"/> gives for
/// <c>new RandomSource(key, entity, firstBlock + i, attempt)</c> (block numbers wrap at 2^64). Eight blocks are drawn at
/// once where the processor has AVX-512; the result does not depend on that.</para>
/// <para>Allocates nothing. Stateless, so safe to use from any thread.</para>
/// </remarks>
public static class BlockVariates
{
    /// <summary>Draws uniform numbers, one per time block.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="entity">Whose numbers these are.</param>
    /// <param name="firstBlock">The time block of the first element.</param>
    /// <param name="distribution">What to draw.</param>
    /// <param name="destination">Receives the draws; shape [blocks].</param>
    /// <param name="attempt">Which repetition within the block; 0 if omitted.</param>
    /// <exception cref="ArgumentNullException"><paramref name="distribution"/> is null.</exception>
    public static void FillUniform(
        StreamKey key, ulong entity, ulong firstBlock, UniformDistribution distribution, Span<double> destination, ulong attempt = 0)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        var done = WideLanes.IsSupported ? FillUniformWide(key, entity, firstBlock, distribution, destination, attempt) : 0;
        FillRest(key, entity, firstBlock, distribution, destination, attempt, done);
    }

    /// <summary>Draws normal numbers, one per time block.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="entity">Whose numbers these are.</param>
    /// <param name="firstBlock">The time block of the first element.</param>
    /// <param name="distribution">What to draw.</param>
    /// <param name="destination">Receives the draws; shape [blocks].</param>
    /// <param name="attempt">Which repetition within the block; 0 if omitted.</param>
    /// <exception cref="ArgumentNullException"><paramref name="distribution"/> is null.</exception>
    public static void FillNormal(
        StreamKey key, ulong entity, ulong firstBlock, NormalDistribution distribution, Span<double> destination, ulong attempt = 0)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        var done = WideLanes.IsSupported ? FillNormalWide(key, entity, firstBlock, distribution, destination, attempt) : 0;
        FillRest(key, entity, firstBlock, distribution, destination, attempt, done);
    }

    /// <summary>Draws exponential numbers, one per time block.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="entity">Whose numbers these are.</param>
    /// <param name="firstBlock">The time block of the first element.</param>
    /// <param name="distribution">What to draw.</param>
    /// <param name="destination">Receives the draws; shape [blocks].</param>
    /// <param name="attempt">Which repetition within the block; 0 if omitted.</param>
    /// <exception cref="ArgumentNullException"><paramref name="distribution"/> is null.</exception>
    public static void FillExponential(
        StreamKey key, ulong entity, ulong firstBlock, ExponentialDistribution distribution, Span<double> destination, ulong attempt = 0)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        var done = WideLanes.IsSupported ? FillExponentialWide(key, entity, firstBlock, distribution.Mean, destination, attempt) : 0;
        FillRest(key, entity, firstBlock, distribution, destination, attempt, done);
    }

    /// <summary>Draws gamma numbers, one per time block.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="entity">Whose numbers these are.</param>
    /// <param name="firstBlock">The time block of the first element.</param>
    /// <param name="distribution">What to draw.</param>
    /// <param name="destination">Receives the draws; shape [blocks].</param>
    /// <param name="attempt">Which repetition within the block; 0 if omitted.</param>
    /// <exception cref="ArgumentNullException"><paramref name="distribution"/> is null.</exception>
    public static void FillGamma(
        StreamKey key, ulong entity, ulong firstBlock, GammaDistribution distribution, Span<double> destination, ulong attempt = 0)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        var done = !WideLanes.IsSupported ? 0
            : distribution.Shape == 1 ? FillExponentialWide(key, entity, firstBlock, distribution.Scale, destination, attempt)
            : FillGammaWide(key, entity, firstBlock, distribution, destination, attempt);
        FillRest(key, entity, firstBlock, distribution, destination, attempt, done);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FillUniformWide(
        StreamKey key, ulong entity, ulong firstBlock, UniformDistribution distribution, Span<double> destination, ulong attempt)
    {
        var done = 0;
        for (; done <= destination.Length - WideLanes.Count; done += WideLanes.Count)
        {
            Philox4x64.Block8(entity, BlocksFrom(firstBlock, done), attempt, 0, key, out var words, out _, out _, out _);
            distribution.QuantileOf(WideLanes.UniformOf(words)).Value.CopyTo(destination[done..]);
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FillNormalWide(
        StreamKey key, ulong entity, ulong firstBlock, NormalDistribution distribution, Span<double> destination, ulong attempt)
    {
        var done = 0;
        for (; done <= destination.Length - WideLanes.Count; done += WideLanes.Count)
        {
            Philox4x64.Block8(entity, BlocksFrom(firstBlock, done), attempt, 0, key, out var words, out _, out _, out _);
            distribution.QuantileOf(WideLanes.UniformOf(words)).Value.CopyTo(destination[done..]);
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FillExponentialWide(
        StreamKey key, ulong entity, ulong firstBlock, double mean, Span<double> destination, ulong attempt)
    {
        var done = 0;
        for (; done <= destination.Length - WideLanes.Count; done += WideLanes.Count)
        {
            Philox4x64.Block8(entity, BlocksFrom(firstBlock, done), attempt, 0, key, out var words, out _, out _, out _);
            ExponentialDistribution.QuantileOf(WideLanes.UniformOf(words), mean).Value.CopyTo(destination[done..]);
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FillGammaWide(
        StreamKey key, ulong entity, ulong firstBlock, GammaDistribution distribution, Span<double> destination, ulong attempt)
    {
        var isBoosted = distribution.Shape < 1;
        var done = 0;
        for (; done <= destination.Length - WideLanes.Count; done += WideLanes.Count)
        {
            Philox4x64.Block8(entity, BlocksFrom(firstBlock, done), attempt, 0, key, out var words0, out var words1, out var words2, out _);
            var normalWords = isBoosted ? words1 : words0;
            var acceptanceWords = isBoosted ? words2 : words1;
            var isAccepted = distribution.Try(WideLanes.UniformOf(normalWords), WideLanes.UniformOf(acceptanceWords), out var value);
            var factor = isBoosted ? distribution.BoostOf(WideLanes.UniformOf(words0)) : WideLanes.Broadcast(1);
            (value * factor * WideLanes.Broadcast(distribution.Scale)).Value.CopyTo(destination[done..]);

            // A lane whose first try failed goes on alone, from the start of its block.
            for (var failed = ~WideLanes.Bits(isAccepted) & ((1 << WideLanes.Count) - 1); failed != 0; failed &= failed - 1)
            {
                var i = done + BitOperations.TrailingZeroCount(failed);
                var random = new RandomSource(key, entity, firstBlock + (ulong)i, attempt);
                destination[i] = distribution.Sample(ref random);
            }
        }

        return done;
    }

    private static void FillRest<TDistribution>(
        StreamKey key, ulong entity, ulong firstBlock, TDistribution distribution, Span<double> destination, ulong attempt, int done)
        where TDistribution : IDistribution
    {
        for (var i = done; i < destination.Length; i++)
        {
            var random = new RandomSource(key, entity, firstBlock + (ulong)i, attempt);
            destination[i] = distribution.Sample(ref random);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> BlocksFrom(ulong firstBlock, int offset) =>
        Vector512.Create(firstBlock + (ulong)offset) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
}
