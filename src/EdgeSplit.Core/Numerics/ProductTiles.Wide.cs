using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <content>Tiles four vectors of 16 lanes wide, for processors with 32 registers of 512 bits.</content>
internal static unsafe partial class ProductTiles
{
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
}
