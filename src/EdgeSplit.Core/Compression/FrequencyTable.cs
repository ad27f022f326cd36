using System.Numerics;

namespace EdgeSplit.Core.Compression;

/// <summary>How often each code of a message occurs, as whole numbers that sum to a power of two: the model of the entropy code.</summary>
/// <remarks>
/// <para>Every code that occurs has a frequency of at least 1. Rounded shares are corrected one by one where that costs the fewest bits.</para>
/// <para>In a payload: the first and the last code that occur, b bits each, then frequency + 1 of each code between them in Elias' gamma code, up to a whole byte.</para>
/// <para>A view on a caller's span: nothing is allocated.</para>
/// </remarks>
internal readonly ref struct FrequencyTable
{
    internal const int MostSymbols = 255;
    internal const int MostTotalBits = 15;

    private const int FewestTotalBits = 8;

    /// <summary>Turns counts, in place, into frequencies.</summary>
    /// <param name="counts">Count of each code; becomes its frequency. At least as long as there are codes.</param>
    /// <param name="symbols">Number of codes.</param>
    /// <param name="values">Sum of the counts.</param>
    internal FrequencyTable(Span<int> counts, int symbols, int values)
        : this(counts[..symbols], TotalBitsOf(values))
    {
        Span<int> frequencies = stackalloc int[symbols];
        var missing = 1 << TotalBits;
        for (var i = 0; i < symbols; i++)
        {
            frequencies[i] = counts[i] == 0 ? 0 : Math.Max(1, (int)((((long)counts[i] << (TotalBits + 1)) + values) / (2L * values)));
            missing -= frequencies[i];
        }

        for (; missing != 0; missing -= Math.Sign(missing))
        {
            frequencies[MostWorthwhile(counts[..symbols], frequencies, missing > 0)] += Math.Sign(missing);
        }

        frequencies.CopyTo(counts);
    }

    private FrequencyTable(Span<int> frequencies, int totalBits)
    {
        Frequencies = frequencies;
        TotalBits = totalBits;
    }

    /// <summary>Frequency of each code.</summary>
    internal ReadOnlySpan<int> Frequencies { get; }

    /// <summary>Binary logarithm of the sum of the frequencies.</summary>
    internal int TotalBits { get; }

    private int SymbolBits => BitOperations.Log2((uint)Frequencies.Length) + 1;

    /// <summary>Reads a table.</summary>
    /// <exception cref="ArgumentException">It ends too early, or is none.</exception>
    internal static FrequencyTable Read(ReadOnlySpan<byte> bytes, Span<int> frequencies, int symbols, int values, out int bytesRead)
    {
        var table = new FrequencyTable(frequencies[..symbols], TotalBitsOf(values));
        var reader = new BitReader(bytes);
        var (first, last) = ((int)reader.Read(table.SymbolBits), (int)reader.Read(table.SymbolBits));
        if (first > last || last >= symbols)
        {
            throw MessageShape.NotAPayload("the codes of its table are out of range.");
        }

        frequencies.Clear();
        var sum = 0L;
        for (var i = first; i <= last; i++)
        {
            var frequency = reader.ReadEliasGamma() - 1L;
            sum += frequency;
            if (sum > 1L << table.TotalBits)
            {
                break;
            }

            frequencies[i] = (int)frequency;
        }

        bytesRead = (int)MessageShape.Bytes(reader.Bits);
        return sum == 1L << table.TotalBits ? table : throw MessageShape.NotAPayload("the frequencies of its table have a wrong sum.");
    }

    /// <summary>Writes the table and returns its bytes; -1 where the room is too small.</summary>
    internal int Write(Span<byte> room)
    {
        var (first, last) = (0, Frequencies.Length - 1);
        while (Frequencies[first] == 0)
        {
            first++;
        }

        while (Frequencies[last] == 0)
        {
            last--;
        }

        var bits = 2L * SymbolBits;
        for (var i = first; i <= last; i++)
        {
            bits += (2 * BitOperations.Log2((uint)Frequencies[i] + 1)) + 1;
        }

        if (MessageShape.Bytes(bits) > room.Length)
        {
            return -1;
        }

        var writer = new BitWriter(room);
        writer.Write((ulong)first, SymbolBits);
        writer.Write((ulong)last, SymbolBits);
        for (var i = first; i <= last; i++)
        {
            writer.WriteEliasGamma((uint)Frequencies[i] + 1);
        }

        writer.Flush();
        return (int)MessageShape.Bytes(bits);
    }

    /// <summary>Sums of the frequencies before each code.</summary>
    internal void FillStarts(Span<int> starts)
    {
        var start = 0;
        for (var i = 0; i < Frequencies.Length; i++)
        {
            starts[i] = start;
            start += Frequencies[i];
        }
    }

    /// <summary>The code of each of the 2^m slots.</summary>
    internal void FillSymbols(Span<byte> symbols)
    {
        var start = 0;
        for (var i = 0; i < Frequencies.Length; i++)
        {
            symbols.Slice(start, Frequencies[i]).Fill((byte)i);
            start += Frequencies[i];
        }
    }

    private static int TotalBitsOf(int values) => Math.Clamp(values == 1 ? 0 : BitOperations.Log2((uint)(values - 1)) + 1, FewestTotalBits, MostTotalBits);

    /// <summary>The code whose frequency is best changed by one: count / frequency tells what a step is worth, the first of equals.</summary>
    private static int MostWorthwhile(ReadOnlySpan<int> counts, ReadOnlySpan<int> frequencies, bool isRaised)
    {
        var best = -1;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0 || (!isRaised && frequencies[i] == 1))
            {
                continue;
            }

            // count log2((f + 1) / f) is about count / (f + 1/2) either way; compared without division
            var step = isRaised ? 1 : -1;
            var isBetter = best < 0
                || (isRaised ? (long)counts[i] * ((2L * frequencies[best]) + step) > (long)counts[best] * ((2L * frequencies[i]) + step)
                    : (long)counts[i] * ((2L * frequencies[best]) + step) < (long)counts[best] * ((2L * frequencies[i]) + step));
            best = isBetter ? i : best;
        }

        return best;
    }
}
