using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>The uniform numbers of eight consecutive packets, and what follows from comparing them, as bit masks (packet i in bit i).</summary>
internal static class PacketUniforms
{
    internal const int Count = 8;

    private const ulong LowBits = 0x0101010101010101;

    /// <summary>The first and second draw of RandomSource(key, entity, firstPacket + i), i = 0..7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Draw(StreamKey key, ulong entity, ulong firstPacket, out Vector512<double> first, out Vector512<double> second)
    {
        if (WideLanes.IsSupported)
        {
            var packets = Vector512.Create(firstPacket) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
            Philox4x64.Block8(entity, packets, 0, 0, key, out var words0, out var words1, out _, out _);
            (first, second) = (WideLanes.UniformOf(words0).Value, WideLanes.UniformOf(words1).Value);
            return;
        }

        DrawOneByOne(key, entity, firstPacket, out first, out second);
    }

    /// <summary>What <see cref="Draw"/> gives, on processors without 512-bit vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void DrawOneByOne(StreamKey key, ulong entity, ulong firstPacket, out Vector512<double> first, out Vector512<double> second)
    {
        Span<double> draws = stackalloc double[2 * Count];
        for (var i = 0; i < Count; i++)
        {
            var random = new RandomSource(key, entity, firstPacket + (ulong)i);
            draws[i] = random.NextUniform();
            draws[Count + i] = random.NextUniform();
        }

        (first, second) = (Vector512.Create<double>(draws[..Count]), Vector512.Create<double>(draws[Count..]));
    }

    /// <summary>The packets whose draw lies below a probability: none at 0, all at 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Below(Vector512<double> draws, double probability) =>
        (uint)Vector512.LessThan(draws, Vector512.Create(probability)).ExtractMostSignificantBits();

    /// <summary>Writes bit i of the mask to element i, for the elements that there are (at most eight).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Write(uint mask, Span<bool> destination)
    {
        // Byte i of the product keeps bit i only; adding 127 carries any set bit to the top of its byte.
        var spread = (mask * LowBits) & 0x8040201008040201;
        var bytes = ((spread + 0x7F7F7F7F7F7F7F7F) >> 7) & LowBits;
        if (destination.Length >= Count)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(MemoryMarshal.AsBytes(destination), bytes);
            return;
        }

        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = ((mask >> i) & 1) != 0;
        }
    }
}
