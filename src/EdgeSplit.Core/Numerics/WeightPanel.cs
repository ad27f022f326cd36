using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeSplit.Core.Numerics;

/// <summary>Converts a block of a stored matrix to single precision and turns it on its side: panel[k, r] = w[first + r, start + k].</summary>
/// <remarks>A panel is 64 values wide, so that the tiles of <see cref="ProductTiles"/> read it in order; rows beyond the block are zeros.</remarks>
internal static unsafe class WeightPanel
{
    /// <summary>Values per row of a panel.</summary>
    internal const int Width = 64;

    private const int Lanes = 16;

    /// <summary>Fills a panel.</summary>
    /// <param name="w">The stored matrix.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="first">Its first row of the block.</param>
    /// <param name="rows">Rows of the block, 1 to 64.</param>
    /// <param name="start">The first column of the block.</param>
    /// <param name="inner">Columns of the block.</param>
    /// <param name="panel">Receives the block, shape [inner, 64].</param>
    [SkipLocalsInit]
    internal static void Fill<TLoad>(byte* w, int columns, int first, int rows, int start, int inner, float* panel)
        where TLoad : struct, IWeightLoad
    {
        nint rowBytes = (nint)columns * TLoad.Bytes;
        var source = w + (first * rowBytes) + ((nint)start * TLoad.Bytes);
        for (var group = 0; group < Width; group += Lanes)
        {
            var present = Math.Clamp(rows - group, 0, Lanes);
            var k = 0;
            if (present == Lanes && Avx512F.IsSupported)
            {
                for (; k + Lanes <= inner; k += Lanes)
                {
                    Square<TLoad>(source + (group * rowBytes) + ((nint)k * TLoad.Bytes), rowBytes, panel + ((nint)k * Width) + group);
                }
            }

            for (; k < inner; k++)
            {
                var target = panel + ((nint)k * Width) + group;
                for (var r = 0; r < Lanes; r++)
                {
                    target[r] = r < present ? TLoad.LoadOne(source + ((group + r) * rowBytes) + ((nint)k * TLoad.Bytes)) : 0f;
                }
            }
        }
    }

    /// <summary>Sixteen rows of sixteen values: four steps of exchanges between registers.</summary>
    private static void Square<TLoad>(byte* source, nint rowBytes, float* target)
        where TLoad : struct, IWeightLoad
    {
        // Rows that are four apart meet in one register: quarter i of the result of a 128-bit exchange belongs to columns 4 i to 4 i + 3.
        for (var part = 0; part < 4; part++)
        {
            var row = source + (4 * part * rowBytes);
            var r0 = TLoad.Load(row);
            var r1 = TLoad.Load(row + rowBytes);
            var r2 = TLoad.Load(row + (2 * rowBytes));
            var r3 = TLoad.Load(row + (3 * rowBytes));
            var t0 = Avx512F.UnpackLow(r0, r1);
            var t1 = Avx512F.UnpackHigh(r0, r1);
            var t2 = Avx512F.UnpackLow(r2, r3);
            var t3 = Avx512F.UnpackHigh(r2, r3);
            Quarters(Avx512F.UnpackLow(t0.AsDouble(), t2.AsDouble()).AsSingle(), 0, part, target);
            Quarters(Avx512F.UnpackHigh(t0.AsDouble(), t2.AsDouble()).AsSingle(), 1, part, target);
            Quarters(Avx512F.UnpackLow(t1.AsDouble(), t3.AsDouble()).AsSingle(), 2, part, target);
            Quarters(Avx512F.UnpackHigh(t1.AsDouble(), t3.AsDouble()).AsSingle(), 3, part, target);
        }
    }

    /// <summary>Stores the four quarters of a register: columns c, c + 4, c + 8 and c + 12 of four neighbouring rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(Vector512<float> x, int column, int part, float* target)
    {
        var at = target + ((nint)column * Width) + (4 * part);
        Avx512F.ExtractVector128(x, 0).Store(at);
        Avx512F.ExtractVector128(x, 1).Store(at + (4 * Width));
        Avx512F.ExtractVector128(x, 2).Store(at + (8 * Width));
        Avx512F.ExtractVector128(x, 3).Store(at + (12 * Width));
    }
}
