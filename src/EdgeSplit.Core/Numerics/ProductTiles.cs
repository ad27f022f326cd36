using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <summary>The register-blocked product behind <see cref="MatrixProduct"/>: tiles of 4 rows by 4, 2 or 1 vectors of 16 lanes.</summary>
/// <remarks>
/// <para>C[i, j] = start + Σₖ A[i·aRow + k·aInner]·B[k·bRow + j], so that one set of tiles serves A and Aᵀ. The start is 0, the bias or C.</para>
/// <para>The last columns, fewer than 16, are computed in whole vectors that run over the end of B's row; the surplus lanes are never
/// stored. The last rows of B, where such a read would leave the span, are first copied to the stack.</para>
/// </remarks>
internal static unsafe class ProductTiles
{
    private const int Lanes = 16;

    /// <summary>Computes C; C is contiguous with <paramref name="columns"/> per row.</summary>
    internal static void Run(
        float* a, nint aRow, nint aInner, float* b, int bLength, nint bRow, float* c, float* bias, bool accumulate, int rows, int inner, int columns, bool rectify)
    {
        var column = 0;
        for (; column + (4 * Lanes) <= columns; column += 4 * Lanes)
        {
            var start = bias is null ? null : bias + column;
            var row = 0;
            for (; row + 4 <= rows; row += 4)
            {
                FourByFour(a + (row * aRow), aRow, aInner, b + column, bRow, c + ((nint)row * columns) + column, columns, start, accumulate, inner, rectify);
            }

            for (; row < rows; row++)
            {
                OneByFour(a + (row * aRow), aInner, b + column, bRow, c + ((nint)row * columns) + column, start, accumulate, inner, rectify);
            }
        }

        for (; column + Lanes <= columns; column += Lanes)
        {
            var start = bias is null ? null : bias + column;
            Strip(a, aRow, aInner, b + column, bRow, c + column, columns, start, accumulate, rows, inner, rectify);
        }

        if (column < columns)
        {
            // Rows of B from which a whole vector can be read without leaving the span.
            var last = bLength - column - Lanes;
            var whole = last < 0 ? 0 : (int)Math.Min(inner, (last / bRow) + 1);
            var start = bias is null ? null : bias + column;
            Edge(a, aRow, aInner, b + column, bRow, whole, c + column, columns, start, accumulate, rows, inner, rectify, columns - column);
        }
    }

    /// <summary>One vector of columns, all rows, in tiles of 8 rows, then single rows.</summary>
    private static void Strip(
        float* a, nint aRow, nint aInner, float* b, nint bRow, float* c, nint cRow, float* bias, bool accumulate, int rows, int inner, bool rectify)
    {
        var row = 0;
        for (; row + 8 <= rows; row += 8)
        {
            EightByOne(a + (row * aRow), aRow, aInner, b, bRow, inner, null, 0, c + (row * cRow), cRow, bias, accumulate, rectify);
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
            CopyFew(b + (k * bRow), width, rest + ((k - whole) * Lanes));
        }

        var start = stackalloc float[Lanes];
        if (bias is not null)
        {
            CopyFew(bias, width, start);
        }

        var tile = stackalloc float[8 * Lanes];
        for (var row = 0; row < rows;)
        {
            var height = rows - row >= 8 ? 8 : 1;
            var source = a + (row * aRow);
            var target = c + (row * cRow);
            for (var i = 0; accumulate && i < height; i++)
            {
                CopyFew(target + (i * cRow), width, tile + (i * Lanes));
            }

            if (height == 8)
            {
                EightByOne(source, aRow, aInner, b, bRow, whole, rest, inner - whole, tile, Lanes, bias is null ? null : start, accumulate, rectify);
            }
            else
            {
                OneByOne(source, aInner, b, bRow, whole, rest, inner - whole, tile, bias is null ? null : start, accumulate, rectify);
            }

            for (var i = 0; i < height; i++)
            {
                for (var j = 0; j < width; j++)
                {
                    target[(i * cRow) + j] = tile[(i * Lanes) + j];
                }
            }

            row += height;
        }
    }

    private static void CopyFew(float* source, int width, float* vector)
    {
        for (var j = 0; j < Lanes; j++)
        {
            vector[j] = j < width ? source[j] : 0f;
        }
    }

    private static void FourByFour(
        float* a, nint aRow, nint aInner, float* b, nint bRow, float* c, nint cRow, float* bias, bool accumulate, int inner, bool rectify)
    {
        float* a0 = a, a1 = a + aRow, a2 = a + (2 * aRow), a3 = a + (3 * aRow);
        Vector512<float> c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33;
        if (accumulate)
        {
            float* r1 = c + cRow, r2 = r1 + cRow, r3 = r2 + cRow;
            c00 = Vector512.Load(c);
            c01 = Vector512.Load(c + 16);
            c02 = Vector512.Load(c + 32);
            c03 = Vector512.Load(c + 48);
            c10 = Vector512.Load(r1);
            c11 = Vector512.Load(r1 + 16);
            c12 = Vector512.Load(r1 + 32);
            c13 = Vector512.Load(r1 + 48);
            c20 = Vector512.Load(r2);
            c21 = Vector512.Load(r2 + 16);
            c22 = Vector512.Load(r2 + 32);
            c23 = Vector512.Load(r2 + 48);
            c30 = Vector512.Load(r3);
            c31 = Vector512.Load(r3 + 16);
            c32 = Vector512.Load(r3 + 32);
            c33 = Vector512.Load(r3 + 48);
        }
        else if (bias is not null)
        {
            c00 = c10 = c20 = c30 = Vector512.Load(bias);
            c01 = c11 = c21 = c31 = Vector512.Load(bias + 16);
            c02 = c12 = c22 = c32 = Vector512.Load(bias + 32);
            c03 = c13 = c23 = c33 = Vector512.Load(bias + 48);
        }
        else
        {
            c00 = c01 = c02 = c03 = c10 = c11 = c12 = c13 = c20 = c21 = c22 = c23 = c30 = c31 = c32 = c33 = Vector512<float>.Zero;
        }

        for (var k = inner; k > 0; k--)
        {
            var b0 = Vector512.Load(b);
            var b1 = Vector512.Load(b + 16);
            var b2 = Vector512.Load(b + 32);
            var b3 = Vector512.Load(b + 48);
            var x = Vector512.Create(*a0);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            c02 = Vector512.FusedMultiplyAdd(x, b2, c02);
            c03 = Vector512.FusedMultiplyAdd(x, b3, c03);
            x = Vector512.Create(*a1);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            c12 = Vector512.FusedMultiplyAdd(x, b2, c12);
            c13 = Vector512.FusedMultiplyAdd(x, b3, c13);
            x = Vector512.Create(*a2);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            c22 = Vector512.FusedMultiplyAdd(x, b2, c22);
            c23 = Vector512.FusedMultiplyAdd(x, b3, c23);
            x = Vector512.Create(*a3);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            c32 = Vector512.FusedMultiplyAdd(x, b2, c32);
            c33 = Vector512.FusedMultiplyAdd(x, b3, c33);
            a0 += aInner;
            a1 += aInner;
            a2 += aInner;
            a3 += aInner;
            b += bRow;
        }

        StoreRow(c, c00, c01, c02, c03, rectify);
        StoreRow(c + cRow, c10, c11, c12, c13, rectify);
        StoreRow(c + (2 * cRow), c20, c21, c22, c23, rectify);
        StoreRow(c + (3 * cRow), c30, c31, c32, c33, rectify);
    }

    private static void OneByFour(float* a, nint aInner, float* b, nint bRow, float* c, float* bias, bool accumulate, int inner, bool rectify)
    {
        Vector512<float> c0, c1, c2, c3;
        if (accumulate || bias is not null)
        {
            var start = accumulate ? c : bias;
            c0 = Vector512.Load(start);
            c1 = Vector512.Load(start + 16);
            c2 = Vector512.Load(start + 32);
            c3 = Vector512.Load(start + 48);
        }
        else
        {
            c0 = c1 = c2 = c3 = Vector512<float>.Zero;
        }

        for (var k = inner; k > 0; k--)
        {
            var x = Vector512.Create(*a);
            c0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b), c0);
            c1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + 16), c1);
            c2 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + 32), c2);
            c3 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + 48), c3);
            a += aInner;
            b += bRow;
        }

        StoreRow(c, c0, c1, c2, c3, rectify);
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
    private static void StoreRow(float* c, Vector512<float> c0, Vector512<float> c1, Vector512<float> c2, Vector512<float> c3, bool rectify)
    {
        if (rectify)
        {
            c0 = Rectify(c0);
            c1 = Rectify(c1);
            c2 = Rectify(c2);
            c3 = Rectify(c3);
        }

        c0.Store(c);
        c1.Store(c + 16);
        c2.Store(c + 32);
        c3.Store(c + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> value, bool rectify) => (rectify ? Rectify(value) : value).Store(c);
}
