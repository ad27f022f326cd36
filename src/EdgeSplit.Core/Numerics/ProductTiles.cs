using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <summary>The register-blocked product behind <see cref="MatrixProduct"/>: tiles of 4 rows by 64 columns, 8 by 16, or 4 by 16.</summary>
/// <remarks>
/// <para>C[i, j] = start + Σₖ A[i·aRow + k·aInner]·B[k·bRow + j], so that one set of tiles serves A and Aᵀ. The start is 0, the bias or C.</para>
/// <para>The last columns, fewer than 16, are computed in whole vectors that run over the end of B's row; the surplus lanes are never
/// stored. The last rows of B, where such a read would leave the span, are first copied to the stack.</para>
/// </remarks>
internal static unsafe partial class ProductTiles
{
    private const int Lanes = 16;

    /// <summary>Rows of a tile one vector wide: what the registers hold.</summary>
    private static int TileRows => Vector512.IsHardwareAccelerated ? 8 : 4;

    /// <summary>Computes C, whose rows are <paramref name="cRow"/> apart.</summary>
    internal static void Run(
        float* a,
        nint aRow,
        nint aInner,
        float* b,
        int bLength,
        nint bRow,
        float* c,
        nint cRow,
        float* bias,
        bool accumulate,
        int rows,
        int inner,
        int columns,
        bool rectify)
    {
        var column = 0;
        for (; Vector512.IsHardwareAccelerated && column + (4 * Lanes) <= columns; column += 4 * Lanes)
        {
            var start = bias is null ? null : bias + column;
            var row = 0;
            for (; row + 4 <= rows; row += 4)
            {
                FourByFour(a + (row * aRow), aRow, aInner, b + column, bRow, c + (row * cRow) + column, cRow, start, accumulate, inner, rectify);
            }

            for (; row < rows; row++)
            {
                OneByFour(a + (row * aRow), aInner, b + column, bRow, c + (row * cRow) + column, start, accumulate, inner, rectify);
            }
        }

        for (; column + Lanes <= columns; column += Lanes)
        {
            var start = bias is null ? null : bias + column;
            Strip(a, aRow, aInner, b + column, bRow, c + column, cRow, start, accumulate, rows, inner, rectify);
        }

        if (column < columns)
        {
            // Rows of B from which a whole vector can be read without leaving the span.
            var last = bLength - column - Lanes;
            var whole = last < 0 ? 0 : (int)Math.Min(inner, (last / bRow) + 1);
            var start = bias is null ? null : bias + column;
            Edge(a, aRow, aInner, b + column, bRow, whole, c + column, cRow, start, accumulate, rows, inner, rectify, columns - column);
        }
    }

    /// <summary>One vector of columns, all rows, in tiles of several rows, then single rows.</summary>
    private static void Strip(
        float* a, nint aRow, nint aInner, float* b, nint bRow, float* c, nint cRow, float* bias, bool accumulate, int rows, int inner, bool rectify)
    {
        var row = 0;
        for (; row + TileRows <= rows; row += TileRows)
        {
            Tile(a + (row * aRow), aRow, aInner, b, bRow, inner, null, 0, c + (row * cRow), cRow, bias, accumulate, rectify);
        }

        for (; row < rows; row++)
        {
            OneByOne(a + (row * aRow), aInner, b, bRow, inner, null, 0, c + (row * cRow), bias, accumulate, rectify);
        }
    }

    /// <summary>The last columns, fewer than a vector: whole vectors into a tile on the stack, of which the columns are stored.</summary>
    [SkipLocalsInit]
    private static void Edge(
        float* a, nint aRow, nint aInner, float* b, nint bRow, int whole, float* c, nint cRow, float* bias, bool accumulate, int rows, int inner, bool rectify, int width)
    {
        var rest = stackalloc float[Lanes * Lanes];
        for (var k = whole; k < inner; k++)
        {
            PartialVector.Load(b + (k * bRow), width, rest + ((k - whole) * Lanes));
        }

        var start = stackalloc float[Lanes];
        if (bias is not null)
        {
            PartialVector.Load(bias, width, start);
        }

        var tile = stackalloc float[TileRows * Lanes];
        for (var row = 0; row < rows;)
        {
            var height = rows - row >= TileRows ? TileRows : 1;
            var source = a + (row * aRow);
            var target = c + (row * cRow);
            for (var i = 0; accumulate && i < height; i++)
            {
                PartialVector.Load(target + (i * cRow), width, tile + (i * Lanes));
            }

            if (height == TileRows)
            {
                Tile(source, aRow, aInner, b, bRow, whole, rest, inner - whole, tile, Lanes, bias is null ? null : start, accumulate, rectify);
            }
            else
            {
                OneByOne(source, aInner, b, bRow, whole, rest, inner - whole, tile, bias is null ? null : start, accumulate, rectify);
            }

            for (var i = 0; i < height; i++)
            {
                PartialVector.Copy(tile + (i * Lanes), width, target + (i * cRow));
            }

            row += height;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile(
        float* a, nint aRow, nint aInner, float* b, nint bRow, int whole, float* rest, int more, float* c, nint cRow, float* bias, bool accumulate, bool rectify)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            EightByOne(a, aRow, aInner, b, bRow, whole, rest, more, c, cRow, bias, accumulate, rectify);
        }
        else
        {
            FourByHalves(a, aRow, aInner, b, bRow, whole, rest, more, c, cRow, bias, accumulate, rectify);
        }
    }

    /// <summary>Eight rows, one vector; the inner index runs over B and then over the contiguous vectors of <paramref name="rest"/>.</summary>
    private static void EightByOne(
        float* a, nint aRow, nint aInner, float* b, nint bRow, int whole, float* rest, int more, float* c, nint cRow, float* bias, bool accumulate, bool rectify)
    {
        float* a4 = a + (4 * aRow), r4 = c + (4 * cRow);
        var aRow3 = 3 * aRow;
        Vector512<float> c0, c1, c2, c3, c4, c5, c6, c7;
        if (accumulate)
        {
            c0 = Vector512.Load(c);
            c1 = Vector512.Load(c + cRow);
            c2 = Vector512.Load(c + (2 * cRow));
            c3 = Vector512.Load(c + (3 * cRow));
            c4 = Vector512.Load(r4);
            c5 = Vector512.Load(r4 + cRow);
            c6 = Vector512.Load(r4 + (2 * cRow));
            c7 = Vector512.Load(r4 + (3 * cRow));
        }
        else
        {
            c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = bias is null ? Vector512<float>.Zero : Vector512.Load(bias);
        }

        for (var part = 0; part < 2; part++)
        {
            for (var k = whole; k > 0; k--)
            {
                var x = Vector512.Load(b);
                c0 = Vector512.FusedMultiplyAdd(Vector512.Create(*a), x, c0);
                c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a[aRow]), x, c1);
                c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a[2 * aRow]), x, c2);
                c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a[aRow3]), x, c3);
                c4 = Vector512.FusedMultiplyAdd(Vector512.Create(*a4), x, c4);
                c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a4[aRow]), x, c5);
                c6 = Vector512.FusedMultiplyAdd(Vector512.Create(a4[2 * aRow]), x, c6);
                c7 = Vector512.FusedMultiplyAdd(Vector512.Create(a4[aRow3]), x, c7);
                a += aInner;
                a4 += aInner;
                b += bRow;
            }

            b = rest;
            bRow = Lanes;
            whole = more;
        }

        Store(c, c0, rectify);
        Store(c + cRow, c1, rectify);
        Store(c + (2 * cRow), c2, rectify);
        Store(c + (3 * cRow), c3, rectify);
        Store(r4, c4, rectify);
        Store(r4 + cRow, c5, rectify);
        Store(r4 + (2 * cRow), c6, rectify);
        Store(r4 + (3 * cRow), c7, rectify);
    }

    private static void OneByOne(
        float* a, nint aInner, float* b, nint bRow, int whole, float* rest, int more, float* c, float* bias, bool accumulate, bool rectify)
    {
        var sum = accumulate ? Vector512.Load(c) : bias is null ? Vector512<float>.Zero : Vector512.Load(bias);
        for (var part = 0; part < 2; part++)
        {
            for (var k = whole; k > 0; k--)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(*a), Vector512.Load(b), sum);
                a += aInner;
                b += bRow;
            }

            b = rest;
            bRow = Lanes;
            whole = more;
        }

        Store(c, sum, rectify);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Rectify(Vector512<float> x) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> value, bool rectify) => (rectify ? Rectify(value) : value).Store(c);
}
