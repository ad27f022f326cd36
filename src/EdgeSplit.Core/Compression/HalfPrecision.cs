using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Compression;

/// <summary>Single to half precision and back on spans: to nearest, half to even; beyond 65,504 to the largest half.</summary>
/// <remarks>Nothing is allocated. Stateless, so safe to call from any thread.</remarks>
internal static class HalfPrecision
{
    private const int Chunk = 256;
    private const float Largest = 65504f;

    /// <summary>The number that half precision makes of a finite one.</summary>
    internal static Half Round(float value) => (Half)Math.Clamp(value, -Largest, Largest);

    /// <summary>Writes values as halves, two bytes each, little-endian.</summary>
    internal static void Write(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(bytes);
        Span<float> limited = stackalloc float[Chunk];
        for (var i = 0; i < values.Length; i += Chunk)
        {
            var part = values.Slice(i, Math.Min(Chunk, values.Length - i));
            TensorPrimitives.Clamp(part, -Largest, Largest, limited);
            TensorPrimitives.ConvertToHalf(limited[..part.Length], halves[i..]);
        }
    }

    /// <summary>Reads halves; false where one is NaN or infinite.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes)[..values.Length], values);
        return MessageShape.FirstNotFinite(values) < 0;
    }
}
