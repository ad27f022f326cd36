namespace EdgeSplit.Agents.Environments.Wrappers;

/// <summary>Mean and population variance of the columns of all rows seen so far.</summary>
/// <remarks>Source: T. Chan, G. Golub, R. LeVeque, "Algorithms for computing the sample variance", The American Statistician 37(3), 1983: batches are merged without loss of digits. Memory of
/// three numbers a column, nothing allocated in an update.</remarks>
internal sealed class RunningMoments(int columns)
{
    private readonly double[] mean = new double[columns];
    private readonly double[] squares = new double[columns]; // sums of squared deviations

    internal long Count { get; private set; }

    internal ReadOnlySpan<double> Mean => mean;

    internal double Variance(int column) => Count == 0 ? 0 : squares[column] / Count;

    /// <summary>Takes in some rows; throws before anything is changed where an entry is not finite.</summary>
    internal void Update(ReadOnlySpan<double> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (!double.IsFinite(rows[i]))
            {
                throw new InvalidOperationException(FormattableString.Invariant($"Entry {i % columns} of environment {i / columns} is {rows[i]}: only finite values can be normalised."));
            }
        }

        var count = rows.Length / columns;
        for (var column = 0; column < columns; column++)
        {
            var sum = 0.0;
            for (var i = column; i < rows.Length; i += columns)
            {
                sum += rows[i];
            }

            var batchMean = sum / count;
            var batchSquares = 0.0;
            for (var i = column; i < rows.Length; i += columns)
            {
                batchSquares += (rows[i] - batchMean) * (rows[i] - batchMean);
            }

            var difference = batchMean - mean[column];
            var share = (double)count / (Count + count);
            mean[column] += difference * share;
            squares[column] += batchSquares + (difference * difference * share * Count);
        }

        Count += count;
    }

    internal void CopyFrom(RunningMoments other)
    {
        Count = other.Count;
        other.mean.CopyTo(mean, 0);
        other.squares.CopyTo(squares, 0);
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        SavedState.Write(writer, mean);
        SavedState.Write(writer, squares);
    }

    internal static RunningMoments Read(BinaryReader reader, int columns)
    {
        var moments = new RunningMoments(columns) { Count = reader.ReadInt64() };
        SavedState.ReadDoubles(reader, columns).CopyTo(moments.mean, 0);
        SavedState.ReadDoubles(reader, columns).CopyTo(moments.squares, 0);
        return moments;
    }
}
