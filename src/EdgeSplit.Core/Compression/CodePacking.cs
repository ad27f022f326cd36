using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Compression;

/// <summary>Packs codes of 2 to 16 bits without gaps, four at a time in one 64-bit word, and unpacks them.</summary>
/// <remarks>A code stands in its 16 bits; four neighbours are moved together by two shifts, on every processor alike. Stateless, so safe to call from any thread.</remarks>
internal static class CodePacking
{
    /// <summary>Writes codes, each below 2^bits.</summary>
    internal static void Write(ref BitWriter writer, scoped ReadOnlySpan<ushort> codes, int bits)
    {
        var fours = MemoryMarshal.Cast<ushort, ulong>(codes);
        foreach (var four in fours)
        {
            var pairs = (four & 0x0000FFFF_0000FFFF) | ((four & 0xFFFF0000_FFFF0000) >> (16 - bits));
            writer.Write((pairs & 0xFFFFFFFF) | ((pairs >> 32) << (2 * bits)), 4 * bits);
        }

        foreach (var code in codes[(4 * fours.Length)..])
        {
            writer.Write(code, bits);
        }
    }

    /// <summary>Reads codes.</summary>
    internal static void Read(ref BitReader reader, scoped Span<ushort> codes, int bits)
    {
        var fours = MemoryMarshal.Cast<ushort, ulong>(codes);
        var (pair, single) = ((1UL << (2 * bits)) - 1, ((1UL << bits) - 1) * 0x00000001_00000001);
        for (var i = 0; i < fours.Length; i++)
        {
            var packed = reader.Read(4 * bits);
            var pairs = (packed & pair) | ((packed >> (2 * bits)) << 32);
            fours[i] = (pairs & single) | ((pairs & ~single) << (16 - bits));
        }

        for (var i = 4 * fours.Length; i < codes.Length; i++)
        {
            codes[i] = (ushort)reader.Read(bits);
        }
    }
}
