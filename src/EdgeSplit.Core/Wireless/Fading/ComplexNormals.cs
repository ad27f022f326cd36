using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Complex normal numbers of mean square 1 (each part of variance 1/2), one per time block: the scattered part of a channel.</summary>
/// <remarks>The number of block b has the normal quantiles of the first two draws of RandomSource(key, entity, b, attempt) as its parts, times sqrt(1/2). Eight at
/// once where the processor has AVX-512, with the same bits. Allocates nothing. Stateless, so safe to use from any thread.</remarks>
internal static class ComplexNormals
{
    private const double Root = 0.70710678118654757;

    /// <summary>The numbers of consecutive blocks.</summary>
    internal static void Fill(StreamKey key, ulong entity, ulong attempt, ulong firstBlock, Span<double> real, Span<double> imaginary)
    {
        var done = 0;
        if (WideLanes.IsSupported)
        {
            for (; done <= real.Length - WideLanes.Count; done += WideLanes.Count)
            {
                var blocks = Vector512.Create(firstBlock + (ulong)done) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
                Draw(key, entity, attempt, blocks, ref real[done], ref imaginary[done]);
            }
        }

        for (; done < real.Length; done++)
        {
            Draw(key, entity, attempt, firstBlock + (ulong)done, out real[done], out imaginary[done]);
        }
    }

    /// <summary>The numbers of any blocks. All spans have one length, a multiple of eight.</summary>
    internal static void FillAt(StreamKey key, ulong entity, ulong attempt, ReadOnlySpan<ulong> blocks, Span<double> real, Span<double> imaginary)
    {
        for (var done = 0; done < blocks.Length; done += WideLanes.Count)
        {
            if (WideLanes.IsSupported)
            {
                Draw(key, entity, attempt, Vector512.Create(blocks[done..]), ref real[done], ref imaginary[done]);
                continue;
            }

            for (var i = done; i < done + WideLanes.Count; i++)
            {
                Draw(key, entity, attempt, blocks[i], out real[i], out imaginary[i]);
            }
        }
    }

    /// <summary>The number at the start of a source; it moves on by two draws.</summary>
    internal static void Draw(ref RandomSource random, out double real, out double imaginary)
    {
        real = (FrozenFunctions.NormalQuantile(new ScalarLane(random.NextUniform())) * new ScalarLane(Root)).Value;
        imaginary = (FrozenFunctions.NormalQuantile(new ScalarLane(random.NextUniform())) * new ScalarLane(Root)).Value;
    }

    private static void Draw(StreamKey key, ulong entity, ulong attempt, ulong block, out double real, out double imaginary)
    {
        var random = new RandomSource(key, entity, block, attempt);
        Draw(ref random, out real, out imaginary);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // keeps callers within the compiler's budget for inlining
    private static void Draw(StreamKey key, ulong entity, ulong attempt, Vector512<ulong> blocks, ref double real, ref double imaginary)
    {
        Philox4x64.Block8(entity, blocks, attempt, 0, key, out var words0, out var words1, out _, out _);
        Quantile(words0).StoreUnsafe(ref real);
        Quantile(words1).StoreUnsafe(ref imaginary);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<double> Quantile(Vector512<ulong> words) =>
        (FrozenFunctions.NormalQuantile(WideLanes.UniformOf(words)) * WideLanes.Broadcast(Root)).Value;
}
