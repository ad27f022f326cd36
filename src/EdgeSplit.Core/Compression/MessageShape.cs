using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Compression;

/// <summary>The checks at the border of every codec: shape, lengths of the spans, finite values.</summary>
/// <remarks>Stateless, so safe to call from any thread. Nothing is allocated unless a check fails.</remarks>
internal static class MessageShape
{
    /// <summary>The most values that sizes are computed for, so that bits never overflow.</summary>
    private const long MostValues = 1L << 48;

    /// <summary>Number of values of a message, which need not fit into memory: for sizes and costs.</summary>
    internal static long Values(int tokens, int dimension)
    {
        var values = (long)Guard.AtLeast(tokens, 1) * Guard.AtLeast(dimension, 1);
        return values <= MostValues ? values
            : throw new ArgumentOutOfRangeException(nameof(tokens), tokens, FormattableString.Invariant($"Must give at most 2^48 values, with dimension {dimension}."));
    }

    /// <summary>Bytes that hold so many bits.</summary>
    internal static long Bytes(long bits) => (bits + 7) / 8;

    /// <summary>Checks the arguments of an encoder.</summary>
    internal static void RequireEncodable(ReadOnlySpan<float> hiddenState, int tokens, int dimension, ReadOnlySpan<byte> payload, long payloadBits)
    {
        RequireShape(hiddenState.Length, tokens, dimension);
        RequireBytes(payload, Bytes(payloadBits));
        RequireFinite(hiddenState);
    }

    /// <summary>Checks the arguments of a decoder; <paramref name="payloadBits"/> are the fewest that a payload of this shape has.</summary>
    internal static void RequireDecodable(ReadOnlySpan<byte> payload, int tokens, int dimension, ReadOnlySpan<float> hiddenState, long payloadBits)
    {
        RequireShape(hiddenState.Length, tokens, dimension);
        RequireBytes(payload, Bytes(payloadBits));
    }

    internal static void RequireShape(int length, int tokens, int dimension, string name = "hiddenState")
    {
        var values = Values(tokens, dimension);
        if (length != values)
        {
            throw new ArgumentOutOfRangeException(name, length, FormattableString.Invariant($"Must have length {values}: {tokens} tokens x {dimension} values."));
        }
    }

    internal static void RequireFinite(ReadOnlySpan<float> hiddenState, [CallerArgumentExpression(nameof(hiddenState))] string? name = null)
    {
        if (FirstNotFinite(hiddenState) is var at and >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"All values must be finite: value {at} is {hiddenState[at]}."), name);
        }
    }

    /// <summary>The error of a payload that no encoder has written.</summary>
    internal static ArgumentException NotAPayload(string reason, string name = "payload") => new("Not a payload of this codec and shape: " + reason, name);

    /// <summary>The first value that is NaN or infinite, or -1.</summary>
    internal static int FirstNotFinite(ReadOnlySpan<float> values)
    {
        var (infinity, bad) = (Vector512.Create(float.PositiveInfinity), Vector512<float>.Zero);
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + Vector512<float>.Count <= values.Length; i += Vector512<float>.Count)
        {
            bad |= ~Vector512.LessThan(Vector512.Abs(Vector512.LoadUnsafe(ref first, (nuint)i)), infinity);
        }

        for (var j = Vector512.EqualsAll(bad.AsUInt32(), Vector512<uint>.Zero) ? i : 0; j < values.Length; j++)
        {
            if (!float.IsFinite(values[j]))
            {
                return j;
            }
        }

        return -1;
    }

    private static void RequireBytes(ReadOnlySpan<byte> payload, long bytes)
    {
        if (payload.Length < bytes)
        {
            throw new ArgumentOutOfRangeException(nameof(payload), payload.Length, FormattableString.Invariant($"Must have at least {bytes} bytes."));
        }
    }
}
