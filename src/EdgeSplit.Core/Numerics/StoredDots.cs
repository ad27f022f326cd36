using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeSplit.Core.Numerics;

/// <summary>Products of a stored matrix with few vectors, as in decoding: dot products of whole rows, so that every weight is read from memory once.</summary>
/// <remarks>Two chains of 16 lanes per row, added at the end, then the lanes by one fixed tree: the same bits however the rows are divided among threads.</remarks>
internal static unsafe class StoredDots
{
    private const int Lanes = 16;

    /// <summary>y[t, r] = start + Σ x[t, k]·w[r, k] for the rows of the matrix from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    internal static void Run<TLoad>(byte* w, int columns, int first, int end, float* x, int vectors, float* y, int yRow, float* bias, bool accumulate)
        where TLoad : struct, IWeightLoad
    {
        nint rowBytes = (nint)columns * TLoad.Bytes;
        var row = first;
        var sums = stackalloc float[4];
        for (; row + 4 <= end; row += 4)
        {
            for (var t = 0; t < vectors; t++)
            {
                Four<TLoad>(w + (row * rowBytes), rowBytes, x + ((nint)t * columns), columns, sums);
                var target = y + ((nint)t * yRow) + row;
                for (var i = 0; i < 4; i++)
                {
                    target[i] = sums[i] + Start(target + i, bias is null ? null : bias + row + i, accumulate);
                }
            }
        }

        for (; row < end; row++)
        {
            for (var t = 0; t < vectors; t++)
            {
                var target = y + ((nint)t * yRow) + row;
                *target = One<TLoad>(w + (row * rowBytes), x + ((nint)t * columns), columns) + Start(target, bias is null ? null : bias + row, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Start(float* target, float* bias, bool accumulate) => accumulate ? *target : bias is null ? 0f : *bias;

    [SkipLocalsInit]
    private static void Four<TLoad>(byte* w0, nint rowBytes, float* x, int columns, float* sums)
        where TLoad : struct, IWeightLoad
    {
        byte* w1 = w0 + rowBytes, w2 = w1 + rowBytes, w3 = w2 + rowBytes;
        var ahead = 4 * rowBytes;
        Vector512<float> a0, a1, a2, a3, b0, b1, b2, b3;
        a0 = a1 = a2 = a3 = b0 = b1 = b2 = b3 = Vector512<float>.Zero;
        nint k = 0;
        for (; k + (2 * Lanes) <= columns; k += 2 * Lanes)
        {
            var u = Vector512.Load(x + k);
            var v = Vector512.Load(x + k + Lanes);
            var at = k * TLoad.Bytes;
            var next = at + (Lanes * TLoad.Bytes);
            if (Sse.IsSupported)
            {
                // The same place in the next four rows: asking for it early hides the walk to pages of a mapped file, which the hardware does not look ahead into.
                Sse.Prefetch1(w0 + ahead + at);
                Sse.Prefetch1(w1 + ahead + at);
                Sse.Prefetch1(w2 + ahead + at);
                Sse.Prefetch1(w3 + ahead + at);
            }

            a0 = Vector512.FusedMultiplyAdd(TLoad.Load(w0 + at), u, a0);
            b0 = Vector512.FusedMultiplyAdd(TLoad.Load(w0 + next), v, b0);
            a1 = Vector512.FusedMultiplyAdd(TLoad.Load(w1 + at), u, a1);
            b1 = Vector512.FusedMultiplyAdd(TLoad.Load(w1 + next), v, b1);
            a2 = Vector512.FusedMultiplyAdd(TLoad.Load(w2 + at), u, a2);
            b2 = Vector512.FusedMultiplyAdd(TLoad.Load(w2 + next), v, b2);
            a3 = Vector512.FusedMultiplyAdd(TLoad.Load(w3 + at), u, a3);
            b3 = Vector512.FusedMultiplyAdd(TLoad.Load(w3 + next), v, b3);
        }

        sums[0] = Finish<TLoad>(w0, x, k, columns, a0, b0);
        sums[1] = Finish<TLoad>(w1, x, k, columns, a1, b1);
        sums[2] = Finish<TLoad>(w2, x, k, columns, a2, b2);
        sums[3] = Finish<TLoad>(w3, x, k, columns, a3, b3);
    }

    private static float One<TLoad>(byte* w, float* x, int columns)
        where TLoad : struct, IWeightLoad
    {
        Vector512<float> a, b;
        a = b = Vector512<float>.Zero;
        nint k = 0;
        for (; k + (2 * Lanes) <= columns; k += 2 * Lanes)
        {
            a = Vector512.FusedMultiplyAdd(TLoad.Load(w + (k * TLoad.Bytes)), Vector512.Load(x + k), a);
            b = Vector512.FusedMultiplyAdd(TLoad.Load(w + ((k + Lanes) * TLoad.Bytes)), Vector512.Load(x + k + Lanes), b);
        }

        return Finish<TLoad>(w, x, k, columns, a, b);
    }

    /// <summary>The last products, fewer than two vectors: whole vectors, then one by one in order.</summary>
    private static float Finish<TLoad>(byte* w, float* x, nint k, int columns, Vector512<float> a, Vector512<float> b)
        where TLoad : struct, IWeightLoad
    {
        if (k + Lanes <= columns)
        {
            a = Vector512.FusedMultiplyAdd(TLoad.Load(w + (k * TLoad.Bytes)), Vector512.Load(x + k), a);
            k += Lanes;
        }

        var sum = DotTiles.Sum(a + b);
        for (; k < columns; k++)
        {
            sum = MathF.FusedMultiplyAdd(TLoad.LoadOne(w + (k * TLoad.Bytes)), x[k], sum);
        }

        return sum;
    }
}
