namespace EdgeSplit.Core.Numerics;

/// <summary>Transposes dense row-major single-precision matrices.</summary>
/// <remarks>Nothing is allocated. Safe to call from any number of threads on different destinations.</remarks>
public static class MatrixTranspose
{
    private const int Block = 16;

    /// <summary>B = Aᵀ.</summary>
    /// <param name="source">A, shape [rows, columns].</param>
    /// <param name="rows">Rows of A, at least 0.</param>
    /// <param name="columns">Columns of A, at least 0.</param>
    /// <param name="destination">Receives B, shape [columns, rows]; must not overlap <paramref name="source"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a span is shorter than its matrix.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> overlaps <paramref name="source"/>.</exception>
    public static void Transpose(ReadOnlySpan<float> source, int rows, int columns, Span<float> destination)
    {
        var size = checked(Guard.AtLeast(rows, 0) * Guard.AtLeast(columns, 0));
        Guard.AtLeast(source.Length, size);
        Guard.AtLeast(destination.Length, size);
        if (source[..size].Overlaps(destination[..size]))
        {
            throw new ArgumentException("Must not overlap the source.", nameof(destination));
        }

        for (var top = 0; top < rows; top += Block)
        {
            var bottom = Math.Min(top + Block, rows);
            for (var column = 0; column < columns; column++)
            {
                var target = destination.Slice(column * rows + top, bottom - top);
                var at = (top * columns) + column;
                for (var i = 0; i < target.Length; i++, at += columns)
                {
                    target[i] = source[at];
                }
            }
        }
    }
}
