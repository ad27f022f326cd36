using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <content>Tiles of two vectors of 8 lanes, for processors without vectors of 512 bits; the bits are the same.</content>
internal static unsafe partial class ProductTiles
{
    /// <summary>Four rows, 16 columns; the inner index runs over B and then over the contiguous vectors of <paramref name="rest"/>.</summary>
    private static void FourByHalves(
        float* a, nint aRow, nint aInner, float* b, nint bRow, int whole, float* rest, int more, float* c, nint cRow, float* bias, bool accumulate, bool rectify)
    {
        float* a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
        float* r1 = c + cRow, r2 = r1 + cRow, r3 = r2 + cRow;
        Vector256<float> c00, c01, c10, c11, c20, c21, c30, c31;
        if (accumulate)
        {
            c00 = Vector256.Load(c);
            c01 = Vector256.Load(c + 8);
            c10 = Vector256.Load(r1);
            c11 = Vector256.Load(r1 + 8);
            c20 = Vector256.Load(r2);
            c21 = Vector256.Load(r2 + 8);
            c30 = Vector256.Load(r3);
            c31 = Vector256.Load(r3 + 8);
        }
        else
        {
            c00 = c10 = c20 = c30 = bias is null ? Vector256<float>.Zero : Vector256.Load(bias);
            c01 = c11 = c21 = c31 = bias is null ? Vector256<float>.Zero : Vector256.Load(bias + 8);
        }

        for (var part = 0; part < 2; part++)
        {
            for (var k = whole; k > 0; k--)
            {
                var b0 = Vector256.Load(b);
                var b1 = Vector256.Load(b + 8);
                var x = Vector256.Create(*a);
                c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
                c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
                x = Vector256.Create(*a1);
                c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
                c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
                x = Vector256.Create(*a2);
                c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
                c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
                x = Vector256.Create(*a3);
                c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
                c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
                a += aInner;
                a1 += aInner;
                a2 += aInner;
                a3 += aInner;
                b += bRow;
            }

            b = rest;
            bRow = Lanes;
            whole = more;
        }

        StoreHalves(c, c00, c01, rectify);
        StoreHalves(r1, c10, c11, rectify);
        StoreHalves(r2, c20, c21, rectify);
        StoreHalves(r3, c30, c31, rectify);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(float* c, Vector256<float> c0, Vector256<float> c1, bool rectify)
    {
        if (rectify)
        {
            c0 = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(c0, Vector256<float>.Zero), Vector256<float>.Zero, c0);
            c1 = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(c1, Vector256<float>.Zero), Vector256<float>.Zero, c1);
        }

        c0.Store(c);
        c1.Store(c + 8);
    }
}
