using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <summary>Products of dense single-precision matrices on spans: the work of small networks and of the transformer.</summary>
/// <remarks>
/// <para>All matrices are row-major and contiguous: element (i, j) of an m × n matrix is at i·n + j. Spans may be longer than the
/// matrix; the rest is neither read nor written. A destination must not overlap an operand.</para>
/// <para>Every element of <see cref="Multiply"/>, <see cref="MultiplyAddBias"/> and <see cref="AddTransposedLeft"/> is one chain of
/// fused multiply-adds in the order of the inner index, and every element of <see cref="MultiplyTransposedRight"/> is sixteen such chains
/// and one fixed tree. So an element depends on its own row and column only, bit for bit: not on how many other rows or columns are
/// computed with it, nor on the vector width of the processor.</para>
/// <para>Nothing is allocated. Safe to call from any number of threads on different destinations.</para>
/// </remarks>
public static class MatrixProduct
{
    private const int NarrowColumns = 8;
    private const int NarrowRows = 16;
    private const int NarrowBlock = 64;

    /// <summary>C = A·B.</summary>
    /// <param name="left">A, shape [rows, inner].</param>
    /// <param name="right">B, shape [inner, columns].</param>
    /// <param name="rows">Rows of A and C, at least 0.</param>
    /// <param name="inner">Columns of A and rows of B, at least 0; 0 gives zeros.</param>
    /// <param name="columns">Columns of B and C, at least 0.</param>
    /// <param name="destination">Receives C, shape [rows, columns].</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a span is shorter than its matrix.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> overlaps an operand.</exception>
    public static unsafe void Multiply(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, int rows, int inner, int columns, Span<float> destination)
    {
        Check(left, right, destination, (rows, inner), (inner, columns), (rows, columns));
        fixed (float* a = left, b = right, c = destination)
        {
            Run(a, b, right.Length, c, null, rows, inner, columns, false);
        }
    }

    /// <summary>C = A·B + bias, optionally followed by max(0, ·): a dense layer.</summary>
    /// <param name="left">A, the inputs, shape [rows, inner].</param>
    /// <param name="right">B, the weights, shape [inner, columns].</param>
    /// <param name="bias">Added to every row, shape [columns].</param>
    /// <param name="rows">Rows of A and C, at least 0.</param>
    /// <param name="inner">Columns of A and rows of B, at least 0.</param>
    /// <param name="columns">Columns of B and C, at least 0.</param>
    /// <param name="destination">Receives C, shape [rows, columns].</param>
    /// <param name="rectify">Whether negative results become 0 (ReLU); NaN stays NaN.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a span is shorter than its matrix.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> overlaps an operand.</exception>
    public static unsafe void MultiplyAddBias(
        ReadOnlySpan<float> left,
        ReadOnlySpan<float> right,
        ReadOnlySpan<float> bias,
        int rows,
        int inner,
        int columns,
        Span<float> destination,
        bool rectify = false)
    {
        Check(left, right, destination, (rows, inner), (inner, columns), (rows, columns));
        Guard.AtLeast(bias.Length, columns);
        Disjoint(bias, destination, rows * columns);
        fixed (float* a = left, b = right, c = destination, d = bias)
        {
            Run(a, b, right.Length, c, d, rows, inner, columns, rectify);
        }
    }

    /// <summary>C += Aᵀ·B: the weight gradient of a dense layer, A being its inputs and B the gradient of its outputs.</summary>
    /// <param name="left">A, shape [inner, rows] (it is read transposed).</param>
    /// <param name="right">B, shape [inner, columns].</param>
    /// <param name="rows">Columns of A and rows of C, at least 0.</param>
    /// <param name="inner">Rows of A and of B (the batch), at least 0.</param>
    /// <param name="columns">Columns of B and C, at least 0.</param>
    /// <param name="destination">C, shape [rows, columns], to which the product is added. Adding a batch in parts, in order, gives the same
    /// bits as adding it at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a span is shorter than its matrix.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> overlaps an operand.</exception>
    public static unsafe void AddTransposedLeft(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, int rows, int inner, int columns, Span<float> destination)
    {
        Check(left, right, destination, (inner, rows), (inner, columns), (rows, columns));
        fixed (float* a = left, b = right, c = destination)
        {
            if (columns <= NarrowColumns && rows >= NarrowRows)
            {
                AddNarrow(a, left.Length, b, c, rows, inner, columns);
            }
            else
            {
                ProductTiles.Run(a, 1, rows, b, right.Length, columns, c, columns, null, true, rows, inner, columns, false);
            }
        }
    }

    /// <summary>C = A·Bᵀ: dot products of the rows of A with the rows of B.</summary>
    /// <remarks>Meant for a long inner index, as in the layers of a transformer. For a short one (64 and the like) with many rows,
    /// <see cref="MatrixTranspose"/> once and then <see cref="Multiply"/> is faster.</remarks>
    /// <param name="left">A, shape [rows, inner].</param>
    /// <param name="right">B, shape [columns, inner] (it is read transposed).</param>
    /// <param name="rows">Rows of A and C, at least 0.</param>
    /// <param name="inner">Columns of A and of B, at least 0; 0 gives zeros.</param>
    /// <param name="columns">Rows of B and columns of C, at least 0.</param>
    /// <param name="destination">Receives C, shape [rows, columns].</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a span is shorter than its matrix.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> overlaps an operand.</exception>
    public static unsafe void MultiplyTransposedRight(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, int rows, int inner, int columns, Span<float> destination)
    {
        Check(left, right, destination, (rows, inner), (columns, inner), (rows, columns));
        fixed (float* a = left, b = right, c = destination)
        {
            DotTiles.Run(a, b, c, rows, inner, columns);
        }
    }

    private static unsafe void Run(float* a, float* b, int bLength, float* c, float* bias, int rows, int inner, int columns, bool rectify)
    {
        if (Vector512.IsHardwareAccelerated && columns <= NarrowProduct.MostColumns && inner <= NarrowProduct.LongestInner)
        {
            NarrowProduct.Run(a, b, c, bias, rows, inner, columns, rectify);
        }
        else
        {
            ProductTiles.Run(a, inner, 1, b, bLength, columns, c, columns, bias, false, rows, inner, columns, rectify);
        }
    }

    /// <summary>C += Aᵀ·B with few columns as Cᵀ += Bᵀ·A, so that vectors run along the many rows; the products and their order are the same.</summary>
    [SkipLocalsInit]
    private static unsafe void AddNarrow(float* a, int aLength, float* b, float* c, int rows, int inner, int columns)
    {
        var tile = stackalloc float[NarrowColumns * NarrowBlock];
        for (var row = 0; row < rows; row += NarrowBlock)
        {
            var width = Math.Min(NarrowBlock, rows - row);
            var block = c + ((nint)row * columns);
            for (var i = 0; i < width; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    tile[(j * width) + i] = block[(i * columns) + j];
                }
            }

            ProductTiles.Run(b, 1, columns, a + row, aLength - row, rows, tile, width, null, true, columns, inner, width, false);
            for (var i = 0; i < width; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    block[(i * columns) + j] = tile[(j * width) + i];
                }
            }
        }
    }

    private static void Check(
        ReadOnlySpan<float> left,
        ReadOnlySpan<float> right,
        Span<float> destination,
        (int Rows, int Columns) leftShape,
        (int Rows, int Columns) rightShape,
        (int Rows, int Columns) destinationShape)
    {
        Guard.AtLeast(left.Length, Size(leftShape));
        Guard.AtLeast(right.Length, Size(rightShape));
        var size = Size(destinationShape);
        Guard.AtLeast(destination.Length, size);
        Disjoint(left, destination, size);
        Disjoint(right, destination, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Size((int Rows, int Columns) shape) =>
        checked(Guard.AtLeast(shape.Rows, 0, "rows or inner") * Guard.AtLeast(shape.Columns, 0, "inner or columns"));

    private static void Disjoint(ReadOnlySpan<float> operand, Span<float> destination, int size)
    {
        if (operand.Overlaps(destination[..size]))
        {
            throw new ArgumentException("Must not overlap an operand.", nameof(destination));
        }
    }
}
