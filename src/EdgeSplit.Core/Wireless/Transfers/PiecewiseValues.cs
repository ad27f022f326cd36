namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>A list of block values and its continuation, for the two piecewise processes.</summary>
internal static class PiecewiseValues
{
    internal static double[] Checked(ReadOnlySpan<double> values, double maximum, string name)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("Must hold at least one value.", name);
        }

        foreach (var value in values)
        {
            Guard.InRange(value, 0.0, maximum, name);
        }

        return values.ToArray();
    }

    internal static void Fill(double[] values, PiecewiseExtension extension, long firstBlock, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        for (var i = 0; i < destination.Length; i++)
        {
            var block = firstBlock + i;
            destination[i] = values[extension == PiecewiseExtension.Wrap ? block % values.Length : Math.Min(block, values.Length - 1)];
        }
    }
}
