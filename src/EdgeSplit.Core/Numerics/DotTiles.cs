using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <summary>Dot products of the rows of two matrices, in tiles of 4 by 4, 4 by 1 or 1 by 1 rows of 16-lane chains.</summary>
/// <remarks>Lane l sums the products at inner index l, l + 16, ...; one fixed tree then adds the lanes. The last products, fewer than 16,
/// are padded with zeros. So every tile gives the same bits for the same two rows.</remarks>
internal static unsafe class DotTiles
{
    private const int Lanes = 16;

    /// <summary>C[i, j] = Σₖ A[i, k]·B[j, k]; all contiguous.</summary>
    internal static void Run(float* a, float* b, float* c, int rows, int inner, int columns)
    {
        nint length = inner;
        var row = 0;
        for (; Vector512.IsHardwareAccelerated && row + 4 <= rows; row += 4)
        {
            var column = 0;
            for (; column + 4 <= columns; column += 4)
            {
                FourByFour(a + (row * length), b + (column * length), length, c + ((nint)row * columns) + column, columns);
            }

            for (; column < columns; column++)
            {
                var target = c + ((nint)row * columns) + column;
                for (var i = 0; i < 4; i++, target += columns)
                {
                    *target = Dot(a + ((row + i) * length), b + (column * length), inner);
                }
            }
        }

        for (; row < rows; row++)
        {
            var column = 0;
            for (; column + 4 <= columns; column += 4)
            {
                OneByFour(a + (row * length), b + (column * length), length, c + ((nint)row * columns) + column);
            }

            for (; column < columns; column++)
            {
                c[((nint)row * columns) + column] = Dot(a + (row * length), b + (column * length), inner);
            }
        }
    }

    [SkipLocalsInit]
    internal static float Dot(float* a, float* b, int length)
    {
        var edge = stackalloc float[2 * Lanes];
        var sum = Vector512<float>.Zero;
        var k = 0;
        for (; k + Lanes <= length; k += Lanes)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(a + k), Vector512.Load(b + k), sum);
        }

        if (k < length)
        {
            var x = CopyFew(a + k, length - k, edge);
            var y = CopyFew(b + k, length - k, edge + Lanes);
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(x), Vector512.Load(y), sum);
        }

        return Sum(sum);
    }

    /// <summary>The sum of the lanes by a fixed tree: halves, quarters, then pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum(Vector512<float> x)
    {
        var half = x.GetLower() + x.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        return (quarter.GetElement(0) + quarter.GetElement(2)) + (quarter.GetElement(1) + quarter.GetElement(3));
    }

    [SkipLocalsInit]
    private static void FourByFour(float* a, float* b, nint length, float* c, nint cRow)
    {
        float* a1 = a + length, a2 = a1 + length, a3 = a2 + length;
        float* b1 = b + length, b2 = b1 + length, b3 = b2 + length;
        Vector512<float> c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33;
        c00 = c01 = c02 = c03 = c10 = c11 = c12 = c13 = c20 = c21 = c22 = c23 = c30 = c31 = c32 = c33 = Vector512<float>.Zero;
        var edge = stackalloc float[8 * Lanes];
        var few = (int)(length % Lanes);
        var vectors = length / Lanes;
        for (var part = 0; part < 2; part++)
        {
            for (; vectors > 0; vectors--)
            {
                var x0 = Vector512.Load(b);
                var x1 = Vector512.Load(b1);
                var x2 = Vector512.Load(b2);
                var x3 = Vector512.Load(b3);
                var y = Vector512.Load(a);
                c00 = Vector512.FusedMultiplyAdd(y, x0, c00);
                c01 = Vector512.FusedMultiplyAdd(y, x1, c01);
                c02 = Vector512.FusedMultiplyAdd(y, x2, c02);
                c03 = Vector512.FusedMultiplyAdd(y, x3, c03);
                y = Vector512.Load(a1);
                c10 = Vector512.FusedMultiplyAdd(y, x0, c10);
                c11 = Vector512.FusedMultiplyAdd(y, x1, c11);
                c12 = Vector512.FusedMultiplyAdd(y, x2, c12);
                c13 = Vector512.FusedMultiplyAdd(y, x3, c13);
                y = Vector512.Load(a2);
                c20 = Vector512.FusedMultiplyAdd(y, x0, c20);
                c21 = Vector512.FusedMultiplyAdd(y, x1, c21);
                c22 = Vector512.FusedMultiplyAdd(y, x2, c22);
                c23 = Vector512.FusedMultiplyAdd(y, x3, c23);
                y = Vector512.Load(a3);
                c30 = Vector512.FusedMultiplyAdd(y, x0, c30);
                c31 = Vector512.FusedMultiplyAdd(y, x1, c31);
                c32 = Vector512.FusedMultiplyAdd(y, x2, c32);
                c33 = Vector512.FusedMultiplyAdd(y, x3, c33);
                a += Lanes;
                a1 += Lanes;
                a2 += Lanes;
                a3 += Lanes;
                b += Lanes;
                b1 += Lanes;
                b2 += Lanes;
                b3 += Lanes;
            }

            if (part > 0 || few == 0)
            {
                break;
            }

            a = CopyFew(a, few, edge);
            a1 = CopyFew(a1, few, edge + Lanes);
            a2 = CopyFew(a2, few, edge + (2 * Lanes));
            a3 = CopyFew(a3, few, edge + (3 * Lanes));
            b = CopyFew(b, few, edge + (4 * Lanes));
            b1 = CopyFew(b1, few, edge + (5 * Lanes));
            b2 = CopyFew(b2, few, edge + (6 * Lanes));
            b3 = CopyFew(b3, few, edge + (7 * Lanes));
            vectors = 1;
        }

        StoreSums(c, c00, c01, c02, c03);
        StoreSums(c + cRow, c10, c11, c12, c13);
        StoreSums(c + (2 * cRow), c20, c21, c22, c23);
        StoreSums(c + (3 * cRow), c30, c31, c32, c33);
    }

    [SkipLocalsInit]
    private static void OneByFour(float* a, float* b, nint length, float* c)
    {
        float* b1 = b + length, b2 = b1 + length, b3 = b2 + length;
        Vector512<float> c0, c1, c2, c3;
        c0 = c1 = c2 = c3 = Vector512<float>.Zero;
        var edge = stackalloc float[5 * Lanes];
        var few = (int)(length % Lanes);
        var vectors = length / Lanes;
        for (var part = 0; part < 2; part++)
        {
            for (; vectors > 0; vectors--)
            {
                var y = Vector512.Load(a);
                c0 = Vector512.FusedMultiplyAdd(y, Vector512.Load(b), c0);
                c1 = Vector512.FusedMultiplyAdd(y, Vector512.Load(b1), c1);
                c2 = Vector512.FusedMultiplyAdd(y, Vector512.Load(b2), c2);
                c3 = Vector512.FusedMultiplyAdd(y, Vector512.Load(b3), c3);
                a += Lanes;
                b += Lanes;
                b1 += Lanes;
                b2 += Lanes;
                b3 += Lanes;
            }

            if (part > 0 || few == 0)
            {
                break;
            }

            a = CopyFew(a, few, edge);
            b = CopyFew(b, few, edge + Lanes);
            b1 = CopyFew(b1, few, edge + (2 * Lanes));
            b2 = CopyFew(b2, few, edge + (3 * Lanes));
            b3 = CopyFew(b3, few, edge + (4 * Lanes));
            vectors = 1;
        }

        StoreSums(c, c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSums(float* c, Vector512<float> c0, Vector512<float> c1, Vector512<float> c2, Vector512<float> c3)
    {
        c[0] = Sum(c0);
        c[1] = Sum(c1);
        c[2] = Sum(c2);
        c[3] = Sum(c3);
    }

    /// <summary>Copies a vector's first lanes and pads it with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* CopyFew(float* source, int few, float* vector)
    {
        for (var j = 0; j < Lanes; j++)
        {
            vector[j] = j < few ? source[j] : 0f;
        }

        return vector;
    }
}
