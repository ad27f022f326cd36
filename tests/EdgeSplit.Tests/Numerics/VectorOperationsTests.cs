using System.Runtime.Intrinsics;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Tests.Numerics;

public class VectorOperationsTests
{
    [Fact]
    public void Element_wise_operations_agree_with_their_formulas_at_every_length()
    {
        for (var length = 0; length <= 70; length++)
        {
            var x = Numbers.Between(length, 1);
            var y = Numbers.Between(length, 2);
            var sum = (float[])y.Clone();
            VectorOperations.AddScaled(0.7f, x, sum);
            var rectified = (float[])x.Clone();
            VectorOperations.Rectify(rectified);
            var masked = (float[])y.Clone();
            VectorOperations.MaskRectified(rectified, masked);
            var dot = 0.0;
            for (var i = 0; i < length; i++)
            {
                Assert.Equal(MathF.FusedMultiplyAdd(0.7f, x[i], y[i]), sum[i]);
                Assert.Equal(MathF.Max(0, x[i]), rectified[i]);
                Assert.Equal(x[i] > 0 ? y[i] : 0, masked[i]);
                dot += (double)x[i] * y[i];
            }

            // Each of the 16 chains is at most 5 long and the tree 4 deep: 9 roundings of terms below 1.
            Assert.Equal(dot, VectorOperations.Dot(x, y), 9 * length * Math.Pow(2, -24));
        }
    }

    [Fact]
    public void Rows_are_added_in_order()
    {
        for (var columns = 0; columns <= 70; columns++)
        {
            const int Rows = 7;
            var matrix = Numbers.Between(Rows * columns, 3);
            var sums = Numbers.Between(columns, 4);
            var expected = (float[])sums.Clone();
            for (var row = 0; row < Rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    expected[column] += matrix[(row * columns) + column];
                }
            }

            VectorOperations.AddRows(matrix, Rows, sums);
            Assert.Equal(expected, sums);
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 70)]
    [InlineData(16, 64)]
    [InlineData(33, 47)]
    public void A_transpose_swaps_the_indices(int rows, int columns)
    {
        var a = Numbers.Between(rows * columns, 5);
        var b = new float[rows * columns];
        MatrixTranspose.Transpose(a, rows, columns, b);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                Assert.Equal(a[(i * columns) + j], b[(j * rows) + i]);
            }
        }
    }

    [Fact]
    public void The_exponential_is_within_two_units_in_the_last_place()
    {
        for (var i = 0; i < 175_000; i++)
        {
            var x = -87f + (i * 0.001f);
            var actual = ExponentialFunction.Evaluate(Vector512.Create(x))[3];
            var expected = Math.Exp(x);
            Assert.True(Math.Abs(actual - expected) <= 2e-7 * expected, $"exp({x}) = {actual}, expected {expected}");
        }
    }

    [Fact]
    public void The_exponential_is_clamped_and_keeps_NaN()
    {
        var values = ExponentialFunction.Evaluate(Vector512.Create(
            float.NaN, float.NegativeInfinity, -1000, -87, float.PositiveInfinity, 1000, 88, 0, 1, 2, 3, 4, 5, 6, 7, 8));
        Assert.True(float.IsNaN(values[0]));
        Assert.Equal(values[3], values[1]);
        Assert.Equal(values[3], values[2]);
        Assert.Equal(values[6], values[4]);
        Assert.Equal(values[6], values[5]);
        Assert.True(values[3] > 0 && float.IsFinite(values[6]));
        Assert.Equal(1f, values[7]);
    }

    [Fact]
    public void Unequal_lengths_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorOperations.AddScaled(1, new float[2], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorOperations.Dot(new float[2], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorOperations.MaskRectified(new float[2], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorOperations.AddRows(new float[5], 2, new float[3]));
    }
}
