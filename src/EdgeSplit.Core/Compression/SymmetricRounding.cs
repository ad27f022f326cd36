using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Compression;

/// <summary>The symmetric uniform quantiser on spans: q = x / scale rounded half to even and kept within -top and top; the level is q scale.</summary>
/// <remarks>
/// <para>A scale belongs to the whole span (one number) or to each value (as many numbers). Scale 0 gives code 0. A code is stored as q + top, hence 0 to 2 top.</para>
/// <para>Vectors of 16 lanes with the same bits on every processor; the rest of a span goes through the same operations one value at a time.
/// Nothing is allocated. Stateless, so safe to call from any thread. Values are finite: the border has checked.</para>
/// </remarks>
internal static class SymmetricRounding
{
    private const int Lanes = 16;

    /// <summary>The largest code magnitude of so many bits: 2^(b-1) - 1.</summary>
    internal static int Top(int bits) => (1 << (bits - 1)) - 1;

    /// <summary>The largest magnitude; 0 for an empty span.</summary>
    internal static float LargestMagnitude(ReadOnlySpan<float> values)
    {
        var largest = Vector512<float>.Zero;
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + Lanes <= values.Length; i += Lanes)
        {
            largest = Vector512.Max(largest, Vector512.Abs(Vector512.LoadUnsafe(ref first, (nuint)i)));
        }

        var result = 0f;
        for (var lane = 0; lane < Lanes; lane++)
        {
            result = Math.Max(result, largest[lane]);
        }

        for (; i < values.Length; i++)
        {
            result = Math.Max(result, Math.Abs(values[i]));
        }

        return result;
    }

    /// <summary>Raises each element to the magnitude of the value in the same place.</summary>
    internal static void RaiseToMagnitude(ReadOnlySpan<float> values, Span<float> largest)
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(largest);
        var i = 0;
        for (; i + Lanes <= values.Length; i += Lanes)
        {
            Vector512.Max(Vector512.LoadUnsafe(ref to, (nuint)i), Vector512.Abs(Vector512.LoadUnsafe(ref from, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            largest[i] = Math.Max(largest[i], Math.Abs(values[i]));
        }
    }

    /// <summary>Divides every element: magnitudes become scales.</summary>
    internal static void Divide(Span<float> magnitudes, float top)
    {
        for (var i = 0; i < magnitudes.Length; i++)
        {
            magnitudes[i] /= top;
        }
    }

    /// <summary>Replaces values by codes.</summary>
    internal static void Encode(ReadOnlySpan<float> values, ReadOnlySpan<float> scales, int top, Span<ushort> codes)
    {
        var (limit, isShared) = ((float)top, scales.Length == 1);
        var (highest, offset) = (Vector512.Create(limit), Vector512.Create(top));
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var width = ref MemoryMarshal.GetReference(scales);
        ref var to = ref MemoryMarshal.GetReference(codes);
        var i = 0;
        for (; i + (2 * Lanes) <= values.Length; i += 2 * Lanes)
        {
            var (first, second) = isShared ? (Vector512.Create(width), Vector512.Create(width))
                : (Vector512.LoadUnsafe(ref width, (nuint)i), Vector512.LoadUnsafe(ref width, (nuint)(i + Lanes)));
            var low = Vector512.ConvertToInt32(Steps(Vector512.LoadUnsafe(ref from, (nuint)i), first, highest)) + offset;
            var high = Vector512.ConvertToInt32(Steps(Vector512.LoadUnsafe(ref from, (nuint)(i + Lanes)), second, highest)) + offset;
            Vector512.Narrow(low.AsUInt32(), high.AsUInt32()).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            codes[i] = (ushort)((int)Steps(values[i], isShared ? scales[0] : scales[i], limit) + top);
        }
    }

    /// <summary>Replaces codes by levels; false where a code lies beyond 2 top, which no encoder writes.</summary>
    internal static bool Decode(ReadOnlySpan<ushort> codes, ReadOnlySpan<float> scales, int top, Span<float> values)
    {
        var isShared = scales.Length == 1;
        var (offset, beyond) = (Vector512.Create(top), Vector512<int>.Zero);
        ref var from = ref MemoryMarshal.GetReference(codes);
        ref var width = ref MemoryMarshal.GetReference(scales);
        ref var to = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + (2 * Lanes) <= codes.Length; i += 2 * Lanes)
        {
            var (first, second) = isShared ? (Vector512.Create(width), Vector512.Create(width))
                : (Vector512.LoadUnsafe(ref width, (nuint)i), Vector512.LoadUnsafe(ref width, (nuint)(i + Lanes)));
            var (low, high) = Vector512.Widen(Vector512.LoadUnsafe(ref from, (nuint)i));
            var (lowSteps, highSteps) = (low.AsInt32() - offset, high.AsInt32() - offset);
            beyond |= Vector512.GreaterThan(lowSteps, offset) | Vector512.GreaterThan(highSteps, offset);
            Level(Vector512.ConvertToSingle(lowSteps), first).StoreUnsafe(ref to, (nuint)i);
            Level(Vector512.ConvertToSingle(highSteps), second).StoreUnsafe(ref to, (nuint)(i + Lanes));
        }

        var isValid = Vector512.EqualsAll(beyond, Vector512<int>.Zero);
        for (; i < codes.Length; i++)
        {
            isValid &= codes[i] <= 2 * top;
            values[i] = Level(codes[i] - top, isShared ? scales[0] : scales[i]);
        }

        return isValid;
    }

    /// <summary>Replaces every value by its level, in place: what decoding the codes gives.</summary>
    internal static void RoundTrip(Span<float> values, ReadOnlySpan<float> scales, int top)
    {
        var (limit, isShared) = ((float)top, scales.Length == 1);
        var highest = Vector512.Create(limit);
        ref var width = ref MemoryMarshal.GetReference(scales);
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + Lanes <= values.Length; i += Lanes)
        {
            var scale = isShared ? Vector512.Create(width) : Vector512.LoadUnsafe(ref width, (nuint)i);
            // Adding +0 turns a step of -0 into +0, as the integer code does.
            Level(Steps(Vector512.LoadUnsafe(ref first, (nuint)i), scale, highest) + Vector512<float>.Zero, scale).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            var scale = isShared ? scales[0] : scales[i];
            values[i] = Level(Steps(values[i], scale, limit) + 0f, scale);
        }
    }

    private static Vector512<float> Steps(Vector512<float> values, Vector512<float> scale, Vector512<float> highest)
    {
        var steps = Vector512.Round(values / scale);
        steps = Vector512.ConditionalSelect(Vector512.GreaterThan(steps, highest), highest, steps);
        steps = Vector512.ConditionalSelect(Vector512.LessThan(steps, -highest), -highest, steps);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(scale, Vector512<float>.Zero), steps, Vector512<float>.Zero);
    }

    private static float Steps(float value, float scale, float highest)
    {
        var steps = MathF.Round(value / scale, MidpointRounding.ToEven);
        steps = steps > highest ? highest : steps;
        steps = steps < -highest ? -highest : steps;
        return scale > 0 ? steps : 0f;
    }

    /// <summary>Only a scale near the end of single precision can overflow; the level is then the largest number.</summary>
    private static Vector512<float> Level(Vector512<float> steps, Vector512<float> scale) =>
        Vector512.Min(Vector512.Max(steps * scale, Vector512.Create(float.MinValue)), Vector512.Create(float.MaxValue));

    private static float Level(float steps, float scale) => Math.Min(Math.Max(steps * scale, float.MinValue), float.MaxValue);
}
