using System.Buffers.Binary;
using System.Numerics;

namespace EdgeSplit.Core.Compression;

/// <summary>Writes numbers of any width one behind the other, the first bit in the lowest place of the first byte.</summary>
/// <remarks>A mutable value on the stack: pass it by <c>ref</c>.</remarks>
internal ref struct BitWriter
{
    private readonly Span<byte> bytes;
    private ulong pending;
    private int pendingBits;
    private int at;

    /// <summary>Starts at the first bit of the bytes.</summary>
    internal BitWriter(Span<byte> bytes) => this.bytes = bytes;

    /// <summary>Bits written so far.</summary>
    internal readonly long Bits => (8L * at) + pendingBits;

    /// <summary>Writes the lowest bits of a number, whose other bits are 0; 0 to 64 bits.</summary>
    internal void Write(ulong value, int bits)
    {
        pending |= value << pendingBits; // pendingBits is below 64
        var filled = pendingBits + bits;
        if (filled < 64)
        {
            pendingBits = filled;
            return;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], pending);
        at += 8;
        pending = pendingBits == 0 ? 0 : value >> (64 - pendingBits);
        pendingBits = filled - 64;
    }

    /// <summary>Writes a whole number of at least 1 in 2 floor(log2) + 1 bits: as many zeros as the number has bits behind its first, a one, those bits.</summary>
    internal void WriteEliasGamma(uint value)
    {
        var below = BitOperations.Log2(value);
        Write(1UL << below, below + 1);
        Write(value ^ (1UL << below), below);
    }

    /// <summary>Ends the row of bits: the rest of the last byte is 0.</summary>
    internal void Flush()
    {
        for (; pendingBits > 0; pendingBits -= 8, pending >>= 8)
        {
            bytes[at++] = (byte)pending;
        }

        pendingBits = 0;
    }
}
