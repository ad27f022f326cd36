namespace EdgeSplit.Tests.Numerics;

/// <summary>The oracle of the matrix kernels: three loops in double precision, with the sum of magnitudes that bounds the rounding.</summary>
internal static class NaiveProduct
{
    internal delegate float Element(int row, int column);

    /// <summary>Asserts C = start + A·B to the rounding of one chain of single-precision operations.</summary>
    /// <remarks>A chain of n fused multiply-adds errs by at most n·u/(1 - n·u) times the sum of the magnitudes, u = 2^-24; two more for
    /// the start and for splitting the chain.</remarks>
    internal static void AssertProduct(Element a, Element b, Element start, int rows, int inner, int columns, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                double sum = start(i, j);
                var magnitude = Math.Abs(sum);
                for (var k = 0; k < inner; k++)
                {
                    sum += (double)a(i, k) * b(k, j);
                    magnitude += Math.Abs((double)a(i, k) * b(k, j));
                }

                var error = Math.Abs(actual[(i * columns) + j] - sum);
                Assert.True(
                    error <= (inner + 2) * Math.Pow(2, -24) * 1.001 * magnitude,
                    $"element ({i}, {j}) of {rows}x{inner}x{columns}: {actual[(i * columns) + j]}, expected {sum}");
            }
        }
    }
}
