using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeSplit.Core.Randomness;

/// <summary>Eight doubles as <see cref="ILanes{TSelf}"/>; fast only where <see cref="IsSupported"/>.</summary>
internal readonly struct WideLanes(Vector512<double> value) : ILanes<WideLanes>
{
    public const int Count = 8;

    private const long SqrtHalfBits = 0x3FE6A09E667F3BCD;

    public readonly Vector512<double> Value = value;

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Avx512DQ.IsSupported;

    /// <summary>The uniform numbers of (0, 1) that eight words stand for: see <see cref="RandomSource.NextUniform"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes UniformOf(Vector512<ulong> words) =>
        new(((words >>> 12) | Vector512.Create(0x3FF0000000000000UL)).AsDouble() - Vector512.Create(1 - (1.0 / (1L << 53))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator +(WideLanes left, WideLanes right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator -(WideLanes left, WideLanes right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator *(WideLanes left, WideLanes right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator /(WideLanes left, WideLanes right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes MultiplyAdd(WideLanes left, WideLanes right, WideLanes addend) =>
        new(Vector512.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Sqrt(WideLanes value) => new(Vector512.Sqrt(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Abs(WideLanes value) => new(Vector512.Abs(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes LessOrEqual(WideLanes left, WideLanes right) => new(Vector512.LessThanOrEqual(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes And(WideLanes leftMask, WideLanes rightMask) => new(leftMask.Value & rightMask.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Or(WideLanes leftMask, WideLanes rightMask) => new(leftMask.Value | rightMask.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Select(WideLanes mask, WideLanes whereTrue, WideLanes whereFalse) =>
        new(Vector512.ConditionalSelect(mask.Value, whereTrue.Value, whereFalse.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(WideLanes mask) => Bits(mask) == (1 << Count) - 1;

    /// <summary>One bit per lane of a mask, lane 0 in bit 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(WideLanes mask) => (int)mask.Value.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes SplitExponent(WideLanes value, out WideLanes mantissa)
    {
        var bits = value.Value.AsInt64();
        var exponent = (bits - Vector512.Create(SqrtHalfBits)) >> 52;
        mantissa = new((bits - (exponent << 52)).AsDouble());
        return new(Vector512.ConvertToDouble(exponent));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes PowerOfTwo(WideLanes exponent) =>
        new(((Vector512.ConvertToInt64Native(exponent.Value) + Vector512.Create(1023L)) << 52).AsDouble());
}
