using System.Numerics;

namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Size of the transport block that an allocation of resource elements carries.</summary>
/// <remarks>Static and pure; nothing is allocated. Source: 3GPP TS 38.214 section 5.1.3.2.</remarks>
public static class TransportBlockSize
{
    /// <summary>Resource elements of one resource block that count at most.</summary>
    public const int MaximumElementsPerResourceBlock = 156;

    private const int LargestTabulatedBits = 3824;

    /// <summary>The smallest transport block, bits.</summary>
    public const int MinimumBits = 24;

    /// <summary>Table 5.1.3.2-1.</summary>
    private static ReadOnlySpan<short> SmallSizes =>
    [
        24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 136, 144, 152, 160, 168, 176, 184, 192, 208, 224, 240, 256, 272, 288,
        304, 320, 336, 352, 368, 384, 408, 432, 456, 480, 504, 528, 552, 576, 608, 640, 672, 704, 736, 768, 808, 848, 888, 928, 984, 1032,
        1064, 1128, 1160, 1192, 1224, 1256, 1288, 1320, 1352, 1416, 1480, 1544, 1608, 1672, 1736, 1800, 1864, 1928, 2024, 2088, 2152, 2216,
        2280, 2408, 2472, 2536, 2600, 2664, 2728, 2792, 2856, 2976, 3104, 3240, 3368, 3496, 3624, 3752, 3824,
    ];

    /// <summary>Resource elements that carry data: of each resource block what pilots and overhead leave, at most 156.</summary>
    /// <param name="symbols">OFDM symbols of the allocation within a slot, 1 to 14.</param>
    /// <param name="pilotElementsPerResourceBlock">Resource elements of demodulation pilots (DM-RS) per resource block, at least 0.</param>
    /// <param name="overheadElementsPerResourceBlock">Configured overhead (xOverhead) per resource block, at least 0: 0, 6, 12 or 18 in the specification.</param>
    /// <param name="resourceBlocks">Allocated resource blocks of 12 subcarriers, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or pilots and overhead leave nothing.</exception>
    public static int ResourceElements(int symbols, int pilotElementsPerResourceBlock, int overheadElementsPerResourceBlock, int resourceBlocks)
    {
        Guard.InRange(symbols, 1, 14);
        Guard.InRange(pilotElementsPerResourceBlock, 0, (12 * symbols) - 1);
        Guard.InRange(overheadElementsPerResourceBlock, 0, (12 * symbols) - 1 - pilotElementsPerResourceBlock);
        Guard.InRange(resourceBlocks, 1, 1_000_000);
        var each = (12 * symbols) - pilotElementsPerResourceBlock - overheadElementsPerResourceBlock;
        return Math.Min(MaximumElementsPerResourceBlock, each) * resourceBlocks;
    }

    /// <summary>Size of the transport block, bits.</summary>
    /// <param name="resourceElements">Resource elements that carry data, at least 1: see <see cref="ResourceElements"/>.</param>
    /// <param name="scheme">Modulation and code rate.</param>
    /// <param name="layers">Spatial layers, 1 to 8; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or the block would exceed 2^30 bits.</exception>
    public static int Bits(int resourceElements, ModulationAndCoding scheme, int layers = 1) =>
        Bits(resourceElements, scheme.BitsPerSymbol, scheme.CodeRate, layers);

    /// <summary>Size of the transport block, bits: a multiple of 8, at least 24; does not fall as any argument rises, the code rate beyond 1/4 apart (the cut into code blocks changes there).</summary>
    /// <param name="resourceElements">Resource elements that carry data, at least 1: see <see cref="ResourceElements"/>.</param>
    /// <param name="bitsPerSymbol">Coded bits per symbol: 1, 2, 4, 6, 8 or 10.</param>
    /// <param name="codeRate">Information bits per coded bit, in (0, 1).</param>
    /// <param name="layers">Spatial layers, 1 to 8; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or the block would exceed 2^30 bits.</exception>
    public static int Bits(int resourceElements, int bitsPerSymbol, double codeRate, int layers = 1)
    {
        Guard.AtLeast(resourceElements, 1);
        Guard.InRange(bitsPerSymbol, 1, 10);
        Guard.InRange(codeRate, double.Epsilon, Math.BitDecrement(1.0));
        Guard.InRange(layers, 1, 8);
        var information = (double)resourceElements * bitsPerSymbol * layers * codeRate;
        if (information > 1 << 30)
        {
            throw new ArgumentOutOfRangeException(nameof(resourceElements), resourceElements, "Must not make the block larger than 2^30 bits.");
        }

        return information <= LargestTabulatedBits ? Tabulated(information) : Computed(information, codeRate);
    }

    private static int Tabulated(double information)
    {
        // The integer logarithm of the whole part is exact where a rounded logarithm is not: at powers of two.
        var whole = (int)information;
        var shift = Math.Max(3, BitOperations.Log2((uint)Math.Max(whole, 1)) - 6);
        var wanted = Math.Max(MinimumBits, whole >> shift << shift);
        var at = SmallSizes.BinarySearch((short)wanted);
        return SmallSizes[at < 0 ? ~at : at];
    }

    private static int Computed(double information, double codeRate)
    {
        var rest = information - 24.0;
        var shift = BitOperations.Log2((uint)rest) - 5;
        var steps = (long)Math.Floor((rest / (1L << shift)) + 0.5); // ties round up
        var withCheck = Math.Max(3840, steps << shift) + 24;
        var codeBlocks = codeRate <= 0.25 ? Ceiling(withCheck, 3816) : withCheck > 8424 + 24 ? Ceiling(withCheck, 8424) : 1;
        return (int)((8 * codeBlocks * Ceiling(withCheck, 8 * codeBlocks)) - 24);
    }

    private static long Ceiling(long dividend, long divisor) => (dividend + divisor - 1) / divisor;
}
