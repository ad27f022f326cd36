using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <summary>Products with at most four columns, as in the output layer of a small network: four rows of results share one vector.</summary>
/// <remarks>Every element is the same chain of fused multiply-adds as in <see cref="ProductTiles"/>, hence the same bits.</remarks>
internal static unsafe class NarrowProduct
{
    /// <summary>The most columns of a narrow product.</summary>
    internal const int MostColumns = 4;

    /// <summary>The longest inner index that the panel of B on the stack holds.</summary>
    internal const int LongestInner = 256;

    /// <summary>C = A·B + bias for contiguous matrices; the bias may be null.</summary>
    [SkipLocalsInit]
    internal static void Run(float* a, float* b, float* c, float* bias, int rows, int inner, int columns, bool rectify)
    {
        var padded = stackalloc float[LongestInner * MostColumns];
        var panel = b;
        if (columns < MostColumns)
        {
            panel = padded;
            for (var k = 0; k < inner; k++)
            {
                for (var j = 0; j < MostColumns; j++)
                {
                    panel[(k * MostColumns) + j] = j < columns ? b[(k * columns) + j] : 0f;
                }
            }
        }

        var first = stackalloc float[MostColumns];
        for (var j = 0; j < MostColumns; j++)
        {
            first[j] = bias is not null && j < columns ? bias[j] : 0f;
        }

        var start = Repeat(first);
        var tile = stackalloc float[16 * MostColumns];
        for (var row = 0; row < rows;)
        {
            var height = rows - row >= 16 ? 16 : Math.Min(4, rows - row);
            if (height == 16)
            {
                SixteenRows(a + ((nint)row * inner), panel, start, inner, rectify, tile);
            }
            else
            {
                FourRows(a + ((nint)row * inner), panel, start, inner, height, rectify, tile);
            }

            var target = c + ((nint)row * columns);
            if (columns == MostColumns)
            {
                for (var i = 0; i < height; i++)
                {
                    Vector128.Load(tile + (i * MostColumns)).Store(target + (i * MostColumns));
                }
            }
            else
            {
                for (var i = 0; i < height; i++)
                {
                    for (var j = 0; j < columns; j++)
                    {
                        target[(i * columns) + j] = tile[(i * MostColumns) + j];
                    }
                }
            }

            row += height;
        }
    }

    private static void SixteenRows(float* a, float* panel, Vector512<float> start, nint inner, bool rectify, float* tile)
    {
        Vector512<float> c0, c1, c2, c3;
        c0 = c1 = c2 = c3 = start;
        float* a1 = a + (4 * inner), a2 = a + (8 * inner), a3 = a + (12 * inner);
        nint k = 0;
        for (; k + 4 <= inner; k += 4)
        {
            var b0 = Repeat(panel);
            var b1 = Repeat(panel + 4);
            var b2 = Repeat(panel + 8);
            var b3 = Repeat(panel + 12);
            c0 = FourSteps(Gather(a + k, inner), b0, b1, b2, b3, c0);
            c1 = FourSteps(Gather(a1 + k, inner), b0, b1, b2, b3, c1);
            c2 = FourSteps(Gather(a2 + k, inner), b0, b1, b2, b3, c2);
            c3 = FourSteps(Gather(a3 + k, inner), b0, b1, b2, b3, c3);
            panel += 16;
        }

        for (; k < inner; k++, panel += 4)
        {
            var b0 = Repeat(panel);
            c0 = Vector512.FusedMultiplyAdd(Spread(a + k, inner, 2 * inner, 3 * inner), b0, c0);
            c1 = Vector512.FusedMultiplyAdd(Spread(a1 + k, inner, 2 * inner, 3 * inner), b0, c1);
            c2 = Vector512.FusedMultiplyAdd(Spread(a2 + k, inner, 2 * inner, 3 * inner), b0, c2);
            c3 = Vector512.FusedMultiplyAdd(Spread(a3 + k, inner, 2 * inner, 3 * inner), b0, c3);
        }

        Store(tile, c0, rectify);
        Store(tile + 16, c1, rectify);
        Store(tile + 32, c2, rectify);
        Store(tile + 48, c3, rectify);
    }

    /// <summary>One to four rows; the missing ones repeat the first and are not stored.</summary>
    private static void FourRows(float* a, float* panel, Vector512<float> start, nint inner, int height, bool rectify, float* tile)
    {
        var second = height > 1 ? inner : 0;
        var third = height > 2 ? 2 * inner : 0;
        var fourth = height > 3 ? 3 * inner : 0;
        var sum = start;
        for (nint k = 0; k < inner; k++, panel += 4)
        {
            sum = Vector512.FusedMultiplyAdd(Spread(a + k, second, third, fourth), Repeat(panel), sum);
        }

        Store(tile, sum, rectify);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FourSteps(
        Vector512<float> x, Vector512<float> b0, Vector512<float> b1, Vector512<float> b2, Vector512<float> b3, Vector512<float> sum)
    {
        sum = Vector512.FusedMultiplyAdd(Vector512.Shuffle(x, Vector512.Create(0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12)), b0, sum);
        sum = Vector512.FusedMultiplyAdd(Vector512.Shuffle(x, Vector512.Create(1, 1, 1, 1, 5, 5, 5, 5, 9, 9, 9, 9, 13, 13, 13, 13)), b1, sum);
        sum = Vector512.FusedMultiplyAdd(Vector512.Shuffle(x, Vector512.Create(2, 2, 2, 2, 6, 6, 6, 6, 10, 10, 10, 10, 14, 14, 14, 14)), b2, sum);
        return Vector512.FusedMultiplyAdd(Vector512.Shuffle(x, Vector512.Create(3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15)), b3, sum);
    }

    /// <summary>Four consecutive elements of each of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Gather(float* a, nint row) => Vector512.Create(
        Vector256.Create(Vector128.Load(a), Vector128.Load(a + row)),
        Vector256.Create(Vector128.Load(a + (2 * row)), Vector128.Load(a + (3 * row))));

    /// <summary>One element of each of four rows, four times each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Spread(float* a, nint second, nint third, nint fourth) => Vector512.Create(
        Vector256.Create(Vector128.Create(*a), Vector128.Create(a[second])),
        Vector256.Create(Vector128.Create(a[third]), Vector128.Create(a[fourth])));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Repeat(float* four)
    {
        var x = Vector128.Load(four);
        var y = Vector256.Create(x, x);
        return Vector512.Create(y, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* target, Vector512<float> value, bool rectify) =>
        (rectify ? ProductTiles.Rectify(value) : value).Store(target);
}
