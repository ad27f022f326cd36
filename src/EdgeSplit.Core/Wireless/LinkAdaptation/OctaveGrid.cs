using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Grid points of a table over a positive number: equally many, equally spaced cells in each octave.</summary>
/// <remarks>A cell is found from the bits of the number, so neither a logarithm nor a search is needed. Octaves lie 3.0103 dB apart.</remarks>
internal readonly struct OctaveGrid
{
    private const int MantissaBits = 52;

    private readonly int _shift;
    private readonly long _first;

    /// <summary>Grid from 2^lowestExponent to 2^highestExponent.</summary>
    internal OctaveGrid(int lowestExponent, int highestExponent, int cellBits)
    {
        _shift = MantissaBits - cellBits;
        _first = (long)(lowestExponent + 1023) << cellBits;
        Cells = (highestExponent - lowestExponent) << cellBits;
    }

    /// <summary>Number of cells; points are one more.</summary>
    internal int Cells { get; }

    /// <summary>The grid point of a number, from 0 to <see cref="Cells"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Point(int point) => BitConverter.Int64BitsToDouble((_first + point) << _shift);

    /// <summary>The cell of a number: negative below the grid (also for negative numbers), at least <see cref="Cells"/> above it (also for NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long Cell(double value) => (BitConverter.DoubleToInt64Bits(value) >> _shift) - _first;

    /// <summary>Where in its cell a number lies, in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Fraction(double value) => (BitConverter.DoubleToInt64Bits(value) & ((1L << _shift) - 1)) * (1.0 / (1L << _shift));
}
