using EdgeSplit.Agents.Networks;

namespace EdgeSplit.Tests.Networks;

public class InputNormaliserTests
{
    [Fact]
    public void Data_get_mean_zero_and_deviation_one_and_a_constant_column_becomes_zero()
    {
        float[] rows = [1, 5, 2, 5, 6, 5];
        var normaliser = InputNormaliser.FromData(rows, 3, 2);
        normaliser.Apply(rows, 3, rows);
        Assert.Equal(0, rows[0] + rows[2] + rows[4], 1e-6f);
        Assert.Equal(3, (rows[0] * rows[0]) + (rows[2] * rows[2]) + (rows[4] * rows[4]), 1e-5f);
        Assert.Equal(0, rows[1]);
        Assert.Equal(2, normaliser.ColumnCount);
    }

    [Fact]
    public void Given_means_and_deviations_are_used()
    {
        var y = new float[2];
        new InputNormaliser([1, 10], [2, 0]).Apply([5, 12], 1, y);
        Assert.Equal([2, 2], y);
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputNormaliser([1], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputNormaliser([double.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputNormaliser([0], [-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => InputNormaliser.FromData([1, float.NaN], 2, 1));
    }
}
