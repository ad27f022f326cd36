using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <summary>The exponential function of single-precision vectors, the same bits on every processor.</summary>
/// <remarks>
/// <para>Argument reduction x = n·ln 2 + r with ln 2 in two parts, the polynomial of degree 6 of the Cephes library for eʳ, and an exact
/// scaling by 2ⁿ, in fused multiply-adds throughout. Relative error below 2·10⁻⁷ (two units in the last place).</para>
/// <para>Arguments are clamped to [-87, 88]: smaller ones give 1.6·10⁻³⁸, not 0, and larger ones 1.7·10³⁸, not infinity. NaN stays NaN.</para>
/// <para>Source: S. L. Moshier, Cephes Mathematical Library, expf.</para>
/// <para>Nothing is allocated. Safe to call from any number of threads.</para>
/// </remarks>
public static class ExponentialFunction
{
    /// <summary>Arguments below this are taken as this.</summary>
    public const float SmallestArgument = -87f;

    /// <summary>Arguments above this are taken as this.</summary>
    public const float LargestArgument = 88f;

    /// <summary>eˣ in each lane.</summary>
    /// <param name="x">The arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Evaluate(Vector512<float> x)
    {
        var clamped = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(SmallestArgument)), Vector512.Create(SmallestArgument), x);
        clamped = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(LargestArgument)), Vector512.Create(LargestArgument), clamped);
        var n = Vector512.Round(clamped * Vector512.Create(1.44269504f));
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), clamped);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        var p = Vector512.Create(1.9875691500e-4f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512<float>.One;
        var exponent = Vector512.ConvertToInt32(n) + Vector512.Create(127);
        return p * Vector512.ShiftLeft(exponent, 23).AsSingle();
    }
}
