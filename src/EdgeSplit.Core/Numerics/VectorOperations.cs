using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <summary>Element-wise operations and sums of single-precision vectors, in fixed vectors of 16 lanes.</summary>
/// <remarks>
/// <para>Sums add lane l over the elements l, l + 16, ..., then the lanes by one fixed tree, so that results do not depend on the vector
/// width of the processor.</para>
/// <para>Nothing is allocated. Safe to call from any number of threads on different destinations.</para>
/// </remarks>
public static class VectorOperations
{
    private const int Lanes = 16;

    /// <summary>y ← y + scale·x, each element by one fused multiply-add.</summary>
    /// <param name="scale">The factor.</param>
    /// <param name="x">The vector to add.</param>
    /// <param name="y">Receives the sum; of the length of <paramref name="x"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    public static void AddScaled(float scale, ReadOnlySpan<float> x, Span<float> y)
    {
        Guard.SameLength(y.Length, x.Length);
        var factor = Vector512.Create(scale);
        var i = 0;
        for (; i + Lanes <= x.Length; i += Lanes)
        {
            Vector512.FusedMultiplyAdd(factor, Load(x, i), Load(y, i)).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            y[i] = MathF.FusedMultiplyAdd(scale, x[i], y[i]);
        }
    }

    /// <summary>x ← scale·x.</summary>
    /// <param name="scale">The factor.</param>
    /// <param name="x">The vector, changed in place.</param>
    public static void Scale(float scale, Span<float> x)
    {
        var factor = Vector512.Create(scale);
        var i = 0;
        for (; i + Lanes <= x.Length; i += Lanes)
        {
            (factor * Load(x, i)).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] *= scale;
        }
    }

    /// <summary>x ← max(0, x); NaN stays NaN.</summary>
    /// <param name="x">The vector, changed in place.</param>
    public static void Rectify(Span<float> x)
    {
        var i = 0;
        for (; i + Lanes <= x.Length; i += Lanes)
        {
            var v = Load(x, i);
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(v, Vector512<float>.Zero), Vector512<float>.Zero, v).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] = x[i] <= 0f ? 0f : x[i];
        }
    }

    /// <summary>Sets to 0 the gradient of every element that <see cref="Rectify"/> has set to 0: the backward pass of ReLU.</summary>
    /// <param name="activations">The results of <see cref="Rectify"/>.</param>
    /// <param name="gradients">The gradient of the results, changed in place to that of the arguments; of equal length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    public static void MaskRectified(ReadOnlySpan<float> activations, Span<float> gradients)
    {
        Guard.SameLength(gradients.Length, activations.Length);
        var i = 0;
        for (; i + Lanes <= activations.Length; i += Lanes)
        {
            var dead = Vector512.LessThanOrEqual(Load(activations, i), Vector512<float>.Zero);
            Vector512.ConditionalSelect(dead, Vector512<float>.Zero, Load(gradients, i)).CopyTo(gradients[i..]);
        }

        for (; i < activations.Length; i++)
        {
            gradients[i] = activations[i] <= 0f ? 0f : gradients[i];
        }
    }

    /// <summary>Adds every row of a matrix to a vector, in the order of the rows: the bias gradient of a dense layer.</summary>
    /// <param name="matrix">The matrix, row-major, shape [rows, columns].</param>
    /// <param name="rows">Rows, at least 0.</param>
    /// <param name="sums">The vector to which the rows are added, shape [columns]; its length is the number of columns.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is negative or <paramref name="matrix"/> too short.</exception>
    public static void AddRows(ReadOnlySpan<float> matrix, int rows, Span<float> sums)
    {
        Guard.AtLeast(matrix.Length, checked(Guard.AtLeast(rows, 0) * sums.Length));
        var columns = sums.Length;
        var column = 0;
        for (; column + (4 * Lanes) <= columns; column += 4 * Lanes)
        {
            var s0 = Load(sums, column);
            var s1 = Load(sums, column + Lanes);
            var s2 = Load(sums, column + (2 * Lanes));
            var s3 = Load(sums, column + (3 * Lanes));
            for (var at = column; at < rows * columns; at += columns)
            {
                s0 += Load(matrix, at);
                s1 += Load(matrix, at + Lanes);
                s2 += Load(matrix, at + (2 * Lanes));
                s3 += Load(matrix, at + (3 * Lanes));
            }

            s0.CopyTo(sums[column..]);
            s1.CopyTo(sums[(column + Lanes)..]);
            s2.CopyTo(sums[(column + (2 * Lanes))..]);
            s3.CopyTo(sums[(column + (3 * Lanes))..]);
        }

        for (; column + Lanes <= columns; column += Lanes)
        {
            var sum = Load(sums, column);
            for (var at = column; at < rows * columns; at += columns)
            {
                sum += Load(matrix, at);
            }

            sum.CopyTo(sums[column..]);
        }

        for (; column < columns; column++)
        {
            var sum = sums[column];
            for (var at = column; at < rows * columns; at += columns)
            {
                sum += matrix[at];
            }

            sums[column] = sum;
        }
    }

    /// <summary>The dot product Σ x·y.</summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second vector, of equal length.</param>
    /// <returns>The sum; 0 for empty vectors.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    public static unsafe float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Guard.SameLength(y.Length, x.Length);
        fixed (float* a = x, b = y)
        {
            return DotTiles.Dot(a, b, x.Length);
        }
    }

    private static Vector512<float> Load(ReadOnlySpan<float> x, int at) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)at);
}
