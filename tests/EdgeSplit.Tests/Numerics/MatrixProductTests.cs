using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Tests.Numerics;

public class MatrixProductTests
{
    private const float Canary = 12345.5f;

    /// <summary>Every size 0..70 in each place, beside sizes that reach every tile and tail.</summary>
    public static TheoryData<int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int>();
            for (var size = 0; size <= 70; size++)
            {
                sizes.Add(size);
            }

            return sizes;
        }
    }

    private static IEnumerable<(int Rows, int Inner, int Columns)> Shapes(int size)
    {
        foreach (var (x, y) in new[] { (1, 1), (4, 5), (5, 64), (9, 4), (17, 33), (33, 16), (64, 3), (70, 67) })
        {
            yield return (size, x, y);
            yield return (x, size, y);
            yield return (x, y, size);
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Multiply_is_the_naive_product(int size)
    {
        foreach (var (rows, inner, columns) in Shapes(size))
        {
            var a = Numbers.Between(rows * inner, 1);
            var b = Numbers.Between(inner * columns, 2);
            var c = Filled(rows * columns);
            MatrixProduct.Multiply(a, b, rows, inner, columns, c);
            NaiveProduct.AssertProduct((i, k) => a[(i * inner) + k], (k, j) => b[(k * columns) + j], (_, _) => 0, rows, inner, columns, c);
            AssertCanary(c, rows * columns);
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void A_dense_layer_adds_the_bias_and_rectifies(int size)
    {
        foreach (var (rows, inner, columns) in Shapes(size))
        {
            var a = Numbers.Between(rows * inner, 3);
            var b = Numbers.Between(inner * columns, 4);
            var bias = Numbers.Between(columns, 5);
            var c = Filled(rows * columns);
            MatrixProduct.MultiplyAddBias(a, b, bias, rows, inner, columns, c);
            NaiveProduct.AssertProduct((i, k) => a[(i * inner) + k], (k, j) => b[(k * columns) + j], (_, j) => bias[j], rows, inner, columns, c);
            AssertCanary(c, rows * columns);
            var rectified = Filled(rows * columns);
            MatrixProduct.MultiplyAddBias(a, b, bias, rows, inner, columns, rectified, rectify: true);
            for (var i = 0; i < rows * columns; i++)
            {
                Assert.Equal(Math.Max(0, c[i]), rectified[i]);
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void The_weight_gradient_is_added_to_what_was_there(int size)
    {
        foreach (var (rows, inner, columns) in Shapes(size))
        {
            var a = Numbers.Between(rows * inner, 6);
            var b = Numbers.Between(inner * columns, 7);
            var before = Numbers.Between(rows * columns, 8);
            var c = Filled(rows * columns);
            before.CopyTo(c, 0);
            MatrixProduct.AddTransposedLeft(a, b, rows, inner, columns, c);
            NaiveProduct.AssertProduct(
                (i, k) => a[(k * rows) + i], (k, j) => b[(k * columns) + j], (i, j) => before[(i * columns) + j], rows, inner, columns, c);
            AssertCanary(c, rows * columns);
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void The_product_with_a_transpose_is_the_naive_one(int size)
    {
        foreach (var (rows, inner, columns) in Shapes(size))
        {
            var a = Numbers.Between(rows * inner, 9);
            var b = Numbers.Between(inner * columns, 10);
            var c = Filled(rows * columns);
            MatrixProduct.MultiplyTransposedRight(a, b, rows, inner, columns, c);
            NaiveProduct.AssertProduct((i, k) => a[(i * inner) + k], (k, j) => b[(j * inner) + k], (_, _) => 0, rows, inner, columns, c);
            AssertCanary(c, rows * columns);
        }
    }

    [Theory]
    [InlineData(16, 64)]
    [InlineData(64, 4)]
    [InlineData(63, 1)]
    [InlineData(300, 3)]
    [InlineData(7, 5)]
    [InlineData(65, 21)]
    [InlineData(13, 87)]
    public void A_row_has_the_same_bits_in_every_batch(int inner, int columns)
    {
        const int Rows = 45;
        var a = Numbers.Between(Rows * inner, 11);
        var b = Numbers.Between(inner * columns, 12);
        var bias = Numbers.Between(columns, 13);
        var whole = new float[Rows * columns];
        var dots = new float[Rows * columns];
        MatrixProduct.MultiplyAddBias(a, b, bias, Rows, inner, columns, whole);
        MatrixProduct.MultiplyTransposedRight(a, b, Rows, inner, columns, dots);
        for (var batch = 1; batch < 20; batch++)
        {
            var part = new float[batch * columns];
            for (var row = 0; row + batch <= Rows; row += batch)
            {
                var x = a.AsSpan(row * inner, batch * inner);
                MatrixProduct.MultiplyAddBias(x, b, bias, batch, inner, columns, part);
                Numbers.AssertSameBits(whole.AsSpan(row * columns, part.Length), part);
                MatrixProduct.MultiplyTransposedRight(x, b, batch, inner, columns, part);
                Numbers.AssertSameBits(dots.AsSpan(row * columns, part.Length), part);
            }
        }
    }

    [Fact]
    public void A_column_has_the_same_bits_beside_any_number_of_columns()
    {
        const int Rows = 21;
        const int Inner = 37;
        const int Columns = 90;
        var a = Numbers.Between(Rows * Inner, 14);
        var b = Numbers.Between(Inner * Columns, 15);
        var whole = new float[Rows * Columns];
        MatrixProduct.Multiply(a, b, Rows, Inner, Columns, whole);
        for (var columns = 1; columns < Columns; columns++)
        {
            var first = new float[Inner * columns];
            for (var k = 0; k < Inner; k++)
            {
                b.AsSpan(k * Columns, columns).CopyTo(first.AsSpan(k * columns));
            }

            var part = new float[Rows * columns];
            MatrixProduct.Multiply(a, first, Rows, Inner, columns, part);
            for (var row = 0; row < Rows; row++)
            {
                Numbers.AssertSameBits(whole.AsSpan(row * Columns, columns), part.AsSpan(row * columns, columns));
            }
        }
    }

    [Theory]
    [InlineData(16, 64)]
    [InlineData(64, 4)]
    [InlineData(70, 7)]
    [InlineData(5, 3)]
    [InlineData(33, 20)]
    public void Adding_a_batch_in_parts_gives_the_same_bits_as_at_once(int rows, int columns)
    {
        const int Batch = 50;
        var a = Numbers.Between(Batch * rows, 16);
        var b = Numbers.Between(Batch * columns, 17);
        var atOnce = Numbers.Between(rows * columns, 18);
        var inParts = (float[])atOnce.Clone();
        MatrixProduct.AddTransposedLeft(a, b, rows, Batch, columns, atOnce);
        foreach (var (from, to) in new[] { (0, 7), (7, 8), (8, 40), (40, 50) })
        {
            MatrixProduct.AddTransposedLeft(
                a.AsSpan(from * rows, (to - from) * rows), b.AsSpan(from * columns, (to - from) * columns), rows, to - from, columns, inParts);
        }

        Numbers.AssertSameBits(atOnce, inParts);
    }

    [Fact]
    public void What_lies_beyond_an_operand_is_never_part_of_a_result()
    {
        for (var columns = 1; columns < 40; columns++)
        {
            var a = Numbers.Between(9 * 11, 19);
            var b = Numbers.Between(11 * columns, 20);
            var expected = new float[9 * columns];
            MatrixProduct.Multiply(a, b, 9, 11, columns, expected);
            float[] longer = [.. b, .. Enumerable.Repeat(float.NaN, 32)];
            var actual = new float[9 * columns];
            MatrixProduct.Multiply(a, longer, 9, 11, columns, actual);
            Numbers.AssertSameBits(expected, actual);
        }
    }

    [Fact]
    public void NaN_passes_through_rectification()
    {
        float[] a = [float.NaN, 1];
        float[] b = [1, 1];
        var c = new float[2];
        MatrixProduct.MultiplyAddBias(a, b.AsSpan(0, 1), b.AsSpan(0, 1), 2, 1, 1, c, rectify: true);
        Assert.True(float.IsNaN(c[0]));
        Assert.Equal(2, c[1]);
    }

    [Fact]
    public void Wrong_sizes_and_overlaps_are_refused()
    {
        var a = new float[12];
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(a, a, -1, 1, 1, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(a, a, 4, 4, 1, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(a, a, 1, 4, 4, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(a, a, 3, 4, 3, new float[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.MultiplyAddBias(a, a, new float[2], 3, 4, 3, new float[9]));
        Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(a, new float[12], 3, 4, 3, a));
        Assert.Throws<ArgumentException>(() => MatrixProduct.AddTransposedLeft(new float[12], a, 3, 4, 3, a.AsSpan(1)));
    }

    [Fact]
    public void Products_allocate_nothing()
    {
        var a = Numbers.Between(70 * 70, 21);
        var b = Numbers.Between(70 * 70, 22);
        var c = new float[70 * 70];
        var before = 0L;
        for (var i = 0; i < 3; i++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            MatrixProduct.Multiply(a, b, 70, 70, 70, c);
            MatrixProduct.MultiplyAddBias(a, b, b, 70, 70, 3, c);
            MatrixProduct.AddTransposedLeft(a, b, 70, 70, 3, c);
            MatrixProduct.MultiplyTransposedRight(a, b, 70, 70, 70, c);
            MatrixTranspose.Transpose(a, 70, 70, c);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static float[] Filled(int count)
    {
        var values = new float[count + 20];
        Array.Fill(values, Canary);
        return values;
    }

    private static void AssertCanary(float[] values, int count)
    {
        for (var i = count; i < values.Length; i++)
        {
            Assert.Equal(Canary, values[i]);
        }
    }
}
