namespace EdgeSplit.Agents.Networks;

/// <summary>Shifts and scales the columns of network inputs by fixed numbers: (x - mean)/deviation.</summary>
/// <remarks>Immutable, so safe to share between threads; <see cref="Apply"/> allocates nothing.</remarks>
public sealed class InputNormaliser
{
    /// <summary>Deviations below this are taken as 1, so that a constant column becomes 0.</summary>
    public const float SmallestDeviation = 1e-5f;

    private readonly float[] means;
    private readonly float[] factors;

    /// <summary>Creates a normaliser of given means and deviations.</summary>
    /// <param name="means">The mean of each column, finite.</param>
    /// <param name="deviations">The standard deviation of each column, finite, at least 0; below <see cref="SmallestDeviation"/> it is taken as 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ, or a value is out of range.</exception>
    public InputNormaliser(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        Guard.SameLength(deviations.Length, means.Length);
        this.means = new float[means.Length];
        factors = new float[means.Length];
        for (var column = 0; column < means.Length; column++)
        {
            this.means[column] = (float)Guard.Finite(means[column], nameof(means));
            var deviation = Guard.NonNegative(deviations[column], nameof(deviations));
            factors[column] = deviation < SmallestDeviation ? 1f : (float)(1 / deviation);
        }
    }

    /// <summary>The number of columns.</summary>
    public int ColumnCount => means.Length;

    /// <summary>Takes means and (population) standard deviations from data.</summary>
    /// <param name="rows">The data, shape [count, columns], finite.</param>
    /// <param name="count">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <returns>A normaliser that gives these data mean 0 and deviation 1 in every column that varies.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small, the span too short, or a value not finite.</exception>
    public static InputNormaliser FromData(ReadOnlySpan<float> rows, int count, int columns)
    {
        Guard.AtLeast(rows.Length, checked(Guard.AtLeast(count, 1) * Guard.AtLeast(columns, 1)));
        var means = new double[columns];
        var deviations = new double[columns];
        for (var column = 0; column < columns; column++)
        {
            var sum = 0.0;
            for (var row = 0; row < count; row++)
            {
                sum += Guard.Finite(rows[(row * columns) + column], nameof(rows));
            }

            means[column] = sum / count;
            var squares = 0.0;
            for (var row = 0; row < count; row++)
            {
                var difference = rows[(row * columns) + column] - means[column];
                squares += difference * difference;
            }

            deviations[column] = Math.Sqrt(squares / count);
        }

        return new InputNormaliser(means, deviations);
    }

    /// <summary>Normalises rows.</summary>
    /// <param name="inputs">The inputs, shape [batch, columns].</param>
    /// <param name="batch">Rows, at least 0.</param>
    /// <param name="normalised">Receives the result, shape [batch, columns]; may be the same memory as <paramref name="inputs"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch is negative or a span too short.</exception>
    public void Apply(ReadOnlySpan<float> inputs, int batch, Span<float> normalised)
    {
        var size = checked(Guard.AtLeast(batch, 0) * ColumnCount);
        Guard.AtLeast(inputs.Length, size);
        Guard.AtLeast(normalised.Length, size);
        for (var row = 0; row < size; row += means.Length)
        {
            var x = inputs.Slice(row, means.Length);
            var y = normalised.Slice(row, means.Length);
            for (var column = 0; column < y.Length; column++)
            {
                y[column] = (x[column] - means[column]) * factors[column];
            }
        }
    }
}
