using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeSplit.Core.Numerics;

/// <summary>Loads sixteen stored values as single precision, exactly. A type parameter, so that each format has its own compiled loop.</summary>
internal unsafe interface IWeightLoad
{
    /// <summary>Bytes per value.</summary>
    static abstract int Bytes { get; }

    /// <summary>Sixteen values from an address that need not be aligned.</summary>
    static abstract Vector512<float> Load(byte* source);

    /// <summary>One value.</summary>
    static abstract float LoadOne(byte* source);
}

/// <summary>Single precision.</summary>
internal readonly unsafe struct SingleLoad : IWeightLoad
{
    /// <inheritdoc/>
    public static int Bytes => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* source) => Vector512.Load((float*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(byte* source) => Unsafe.ReadUnaligned<float>(source);
}

/// <summary>Half precision, finite values: sign and payload moved to their places in a single, then scaled by 2^112, which also gives subnormals their value.</summary>
internal readonly unsafe struct HalfLoad : IWeightLoad
{
    private const int SignAndPayload = unchecked((int)0x8FFFE000);
    private const float ExponentShift = 5.192296858534828e33f; // 2^112

    /// <inheritdoc/>
    public static int Bytes => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* source)
    {
        var wide = WeightWidening.SignExtend((short*)source);
        var bits = Vector512.ShiftLeft(wide, 13) & Vector512.Create(SignAndPayload);
        return bits.AsSingle() * Vector512.Create(ExponentShift);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(byte* source) =>
        BitConverter.Int32BitsToSingle((Unsafe.ReadUnaligned<short>(source) << 13) & SignAndPayload) * ExponentShift;
}

/// <summary>The upper half of a single.</summary>
internal readonly unsafe struct BrainLoad : IWeightLoad
{
    /// <inheritdoc/>
    public static int Bytes => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* source) => Vector512.ShiftLeft(WeightWidening.SignExtend((short*)source), 16).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(byte* source) => BitConverter.Int32BitsToSingle(Unsafe.ReadUnaligned<short>(source) << 16);
}

/// <summary>Sixteen 16-bit values as 32-bit ones.</summary>
internal static unsafe class WeightWidening
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<int> SignExtend(short* source)
    {
        var narrow = Vector256.Load(source);
        return Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Int32(narrow)
            : Vector512.Create(Vector256.WidenLower(narrow), Vector256.WidenUpper(narrow));
    }
}
