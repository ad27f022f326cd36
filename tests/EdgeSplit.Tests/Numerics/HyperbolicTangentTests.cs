using System.Runtime.Intrinsics;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Tests.Numerics;

public class HyperbolicTangentTests
{
    // Every 4,099th of all single-precision numbers: a prime, so that all exponents and many mantissas are seen.
    [Fact]
    public void The_error_is_below_three_and_a_half_units_in_the_last_place()
    {
        var values = new float[16];
        var worst = 0.0;
        for (var bits = 0L; bits < 0x7F800000; bits += 16 * 4099)
        {
            for (var lane = 0; lane < 16; lane++)
            {
                values[lane] = BitConverter.Int32BitsToSingle((int)Math.Min(0x7F7FFFFF, bits + (lane * 4099)));
            }

            var found = HyperbolicTangent.Evaluate(Vector512.Create<float>(values));
            for (var lane = 0; lane < 16; lane++)
            {
                var exact = Math.Tanh(values[lane]);
                Assert.InRange(found[lane], 0, 1);
                worst = exact == 0 ? worst : Math.Max(worst, Math.Abs(found[lane] - exact) / Math.Max(exact, 1.2e-38));
            }
        }

        Assert.InRange(worst, 1e-8, 4.2e-7);
    }

    [Fact]
    public void It_is_odd_and_keeps_not_a_number()
    {
        float[] x = [0, -0f, 0.3f, -0.3f, 5, -5, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 20, 1e-30f, -1e-30f, 7.99f, 8f, -8f, 1, 2];
        var y = (float[])x.Clone();
        HyperbolicTangent.Apply(y);
        Assert.Equal(BitConverter.SingleToInt32Bits(-y[2]), BitConverter.SingleToInt32Bits(y[3]));
        Assert.Equal(BitConverter.SingleToInt32Bits(-0f), BitConverter.SingleToInt32Bits(y[1]));
        Assert.Equal(-y[4], y[5]);
        Assert.Equal(1, y[6], 1e-6);
        Assert.Equal(-y[6], y[7]);
        Assert.True(float.IsNaN(y[8]));

        // The last element is outside of the vectors and has the bits of one inside.
        Assert.Equal(HyperbolicTangent.Evaluate(Vector512.Create(2f))[0], y[16]);
    }

    [Fact]
    public void The_slope_is_one_minus_the_square()
    {
        var tangents = Numbers.Between(35, 1);
        var gradients = Numbers.Between(35, 2);
        var found = (float[])gradients.Clone();
        HyperbolicTangent.MultiplyBySlope(tangents, found);
        for (var i = 0; i < 35; i++)
        {
            Assert.Equal(gradients[i] * (1 - ((double)tangents[i] * tangents[i])), found[i], 1e-6);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => HyperbolicTangent.MultiplyBySlope(new float[3], new float[4]));
    }

    [Fact]
    public void A_vector_is_scaled()
    {
        var x = Numbers.Between(35, 3);
        var scaled = (float[])x.Clone();
        VectorOperations.Scale(0.25f, scaled);
        Assert.Equal(Array.ConvertAll(x, value => value * 0.25f), scaled);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(7, 9)]
    [InlineData(64, 64)]
    [InlineData(9, 64)]
    [InlineData(70, 33)]
    public void A_transposed_matrix_has_every_element_in_its_place(int rows, int columns)
    {
        var matrix = Numbers.Between(rows * columns, 4);
        var transposed = new float[rows * columns];
        MatrixTranspose.Transpose(matrix, rows, columns, transposed);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                Assert.Equal(matrix[(i * columns) + j], transposed[(j * rows) + i]);
            }
        }
    }
}
