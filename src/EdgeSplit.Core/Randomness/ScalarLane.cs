using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Randomness;

/// <summary>A single double as <see cref="ILanes{TSelf}"/>.</summary>
internal readonly struct ScalarLane(double value) : ILanes<ScalarLane>
{
    private const long SqrtHalfBits = 0x3FE6A09E667F3BCD;

    public readonly double Value = value;

    private static readonly double True = BitConverter.Int64BitsToDouble(-1);

    /// <summary>The uniform number of (0, 1) that a word stands for: see <see cref="RandomSource.NextUniform"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane UniformOf(ulong word) =>
        new(BitConverter.UInt64BitsToDouble((word >> 12) | 0x3FF0000000000000) - (1 - (1.0 / (1L << 53))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator +(ScalarLane left, ScalarLane right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator -(ScalarLane left, ScalarLane right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator *(ScalarLane left, ScalarLane right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator /(ScalarLane left, ScalarLane right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Broadcast(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane MultiplyAdd(ScalarLane left, ScalarLane right, ScalarLane addend) =>
        new(Math.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Sqrt(ScalarLane value) => new(Math.Sqrt(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Abs(ScalarLane value) => new(Math.Abs(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane LessOrEqual(ScalarLane left, ScalarLane right) => new(left.Value <= right.Value ? True : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane And(ScalarLane leftMask, ScalarLane rightMask) => IsTrue(leftMask) ? rightMask : leftMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Or(ScalarLane leftMask, ScalarLane rightMask) => IsTrue(leftMask) ? leftMask : rightMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Select(ScalarLane mask, ScalarLane whereTrue, ScalarLane whereFalse) => IsTrue(mask) ? whereTrue : whereFalse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(ScalarLane mask) => IsTrue(mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane SplitExponent(ScalarLane value, out ScalarLane mantissa)
    {
        var bits = BitConverter.DoubleToInt64Bits(value.Value);
        var exponent = (bits - SqrtHalfBits) >> 52;
        mantissa = new(BitConverter.Int64BitsToDouble(bits - (exponent << 52)));
        return new(exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane PowerOfTwo(ScalarLane exponent) => new(BitConverter.Int64BitsToDouble(((long)exponent.Value + 1023) << 52));

    private static bool IsTrue(ScalarLane mask) => BitConverter.DoubleToInt64Bits(mask.Value) != 0;
}
