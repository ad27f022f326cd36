namespace EdgeSplit.Agents.Surrogates.Calibration;

/// <summary>Least squares under the constraint that values do not fall: pool adjacent violators.</summary>
/// <remarks>Pure. Source: M. Ayer et al., Annals of Mathematical Statistics 26, 1955.</remarks>
public static class IsotonicRegression
{
    /// <summary>The rising sequence nearest to values.</summary>
    /// <param name="values">The values, finite.</param>
    /// <param name="weights">Their weights, positive; all 1 where omitted.</param>
    /// <returns>The fitted values, one per value, none below its predecessor.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a weight not positive, or the numbers differ.</exception>
    public static IReadOnlyList<double> Fit(IReadOnlyList<double> values, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        Guard.SameLength(weights?.Count ?? values.Count, values.Count, nameof(weights));

        // Blocks of equal fitted value, each with its mean, weight and number of values.
        var blocks = new List<(double Mean, double Weight, int Count)>();
        for (var i = 0; i < values.Count; i++)
        {
            var block = (Mean: Guard.Finite(values[i], nameof(values)), Weight: Guard.Positive(weights?[i] ?? 1, nameof(weights)), Count: 1);
            while (blocks.Count > 0 && blocks[^1].Mean >= block.Mean)
            {
                var before = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                var weight = before.Weight + block.Weight;
                block = (((before.Mean * before.Weight) + (block.Mean * block.Weight)) / weight, weight, before.Count + block.Count);
            }

            blocks.Add(block);
        }

        return [.. blocks.SelectMany(block => Enumerable.Repeat(block.Mean, block.Count))];
    }
}
