using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeSplit.Core.Numerics;

/// <summary>Transposes dense row-major single-precision matrices.</summary>
/// <remarks>Nothing is allocated. Safe to call from any number of threads on different destinations.</remarks>
public static class MatrixTranspose
{
    private const int Lanes = 4;
    private const int Block = 16;

    /// <summary>B = Aᵀ.</summary>
    /// <param name="source">A, shape [rows, columns].</param>
    /// <param name="rows">Rows of A, at least 0.</param>
    /// <param name="columns">Columns of A, at least 0.</param>
    /// <param name="destination">Receives B, shape [columns, rows]; must not overlap <paramref name="source"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a span is shorter than its matrix.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> overlaps <paramref name="source"/>.</exception>
    public static void Transpose(ReadOnlySpan<float> source, int rows, int columns, Span<float> destination)
    {
        var size = checked(Guard.AtLeast(rows, 0) * Guard.AtLeast(columns, 0));
        Guard.AtLeast(source.Length, size);
        Guard.AtLeast(destination.Length, size);
        if (source[..size].Overlaps(destination[..size]))
        {
            throw new ArgumentException("Must not overlap the source.", nameof(destination));
        }

        var blocks = columns - (columns % Lanes);
        for (var top = 0; top + Lanes <= rows; top += Lanes)
        {
            for (var column = 0; column < blocks; column += Lanes)
            {
                FourByFour(source[((top * columns) + column)..], columns, destination[((column * rows) + top)..], rows);
            }
        }

        Rest(source, rows, columns, 0, rows - (rows % Lanes), blocks, destination);
        Rest(source, rows, columns, rows - (rows % Lanes), rows, 0, destination);
    }

    /// <summary>The elements of some rows, from a column on, one by one.</summary>
    private static void Rest(ReadOnlySpan<float> source, int rows, int columns, int first, int end, int firstColumn, Span<float> destination)
    {
        for (var top = first; top < end; top += Block)
        {
            var bottom = Math.Min(top + Block, end);
            for (var column = firstColumn; column < columns; column++)
            {
                var target = destination.Slice(column * rows + top, bottom - top);
                var at = (top * columns) + column;
                for (var i = 0; i < target.Length; i++, at += columns)
                {
                    target[i] = source[at];
                }
            }
        }
    }

    /// <summary>Four rows of four: pairs of rows are interleaved, then the halves of the pairs are exchanged.</summary>
    private static void FourByFour(ReadOnlySpan<float> source, int sourceRow, Span<float> destination, int destinationRow)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var r0 = Vector128.LoadUnsafe(ref from);
        var r1 = Vector128.LoadUnsafe(ref from, (nuint)sourceRow);
        var r2 = Vector128.LoadUnsafe(ref from, (nuint)(2 * sourceRow));
        var r3 = Vector128.LoadUnsafe(ref from, (nuint)(3 * sourceRow));
        var low01 = InterleaveLow(r0, r1);
        var high01 = InterleaveHigh(r0, r1);
        var low23 = InterleaveLow(r2, r3);
        var high23 = InterleaveHigh(r2, r3);
        FirstHalves(low01, low23).StoreUnsafe(ref to);
        SecondHalves(low01, low23).StoreUnsafe(ref to, (nuint)destinationRow);
        FirstHalves(high01, high23).StoreUnsafe(ref to, (nuint)(2 * destinationRow));
        SecondHalves(high01, high23).StoreUnsafe(ref to, (nuint)(3 * destinationRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y) : Vector128.Create(x[0], y[0], x[1], y[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y) : Vector128.Create(x[2], y[2], x[3], y[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FirstHalves(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(x, y) : Vector128.Create(x[0], x[1], y[0], y[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SecondHalves(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.MoveHighToLow(y, x) : Vector128.Create(x[2], x[3], y[2], y[3]);
}
