using System.Buffers.Binary;

namespace EdgeSplit.Core.Compression;

/// <summary>Reads what a <see cref="BitWriter"/> has written; reading behind the last byte is an error of the payload.</summary>
/// <remarks>A mutable value on the stack: pass it by <c>ref</c>.</remarks>
internal ref struct BitReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private ulong pending;
    private int pendingBits;
    private int at;

    /// <summary>Starts at the first bit of the bytes.</summary>
    internal BitReader(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <summary>Bits read so far.</summary>
    internal readonly long Bits => (8L * at) - pendingBits;

    /// <summary>Reads a number of 0 to 64 bits.</summary>
    /// <exception cref="ArgumentException">There are not so many bits left.</exception>
    internal ulong Read(int bits)
    {
        if (bits <= pendingBits)
        {
            var value = pending & Low(bits);
            pending = bits == 64 ? 0 : pending >> bits;
            pendingBits -= bits;
            return value;
        }

        var (low, have) = (pending, pendingBits);
        Refill();
        var missing = bits - have;
        if (missing > pendingBits)
        {
            throw MessageShape.NotAPayload("it ends too early.");
        }

        var result = low | ((pending & Low(missing)) << have);
        pending = missing == 64 ? 0 : pending >> missing;
        pendingBits -= missing;
        return result;
    }

    /// <summary>Reads what <see cref="BitWriter.WriteEliasGamma"/> has written.</summary>
    /// <exception cref="ArgumentException">The number has more than 32 bits, or the payload ends.</exception>
    internal uint ReadEliasGamma()
    {
        var below = 0;
        while (Read(1) == 0)
        {
            if (++below > 31)
            {
                throw MessageShape.NotAPayload("a number of its table is too long.");
            }
        }

        return (uint)((1UL << below) | Read(below));
    }

    private static ulong Low(int bits) => bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;

    private void Refill()
    {
        var left = bytes[at..];
        if (left.Length >= 8)
        {
            (pending, pendingBits) = (BinaryPrimitives.ReadUInt64LittleEndian(left), 64);
            at += 8;
            return;
        }

        (pending, pendingBits) = (0, 8 * left.Length);
        for (var i = 0; i < left.Length; i++)
        {
            pending |= (ulong)left[i] << (8 * i);
        }

        at = bytes.Length;
    }
}
