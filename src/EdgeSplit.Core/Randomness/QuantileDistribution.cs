using System.Collections.Immutable;

namespace EdgeSplit.Core.Randomness;

/// <summary>The distribution whose quantiles are a given table, with straight lines between: for measured data.</summary>
/// <remarks>
/// <para>One word per draw, an increasing function of it. Draws stay between the first and the last quantile of the table; equal
/// neighbours in the table are a value of positive probability. Two distributions are equal when their tables are.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
public sealed record QuantileDistribution : IDistribution
{
    private readonly GuideTable guide;

    /// <summary>Creates a distribution from a table of quantiles.</summary>
    /// <param name="probabilities">Strictly increasing from exactly 0 to exactly 1; shape [n], n at least 2.</param>
    /// <param name="quantiles">The value that is exceeded with one minus each probability, finite, not decreasing; shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ or are less than 2, a number is NaN or infinite, or an order or an
    /// end of the probabilities is not as stated.</exception>
    public QuantileDistribution(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> quantiles)
    {
        Guard.AtLeast(probabilities.Length, 2);
        Guard.SameLength(quantiles.Length, probabilities.Length);
        Guard.InRange(probabilities[0], 0, 0, "probabilities[0]");
        Guard.InRange(probabilities[^1], 1, 1, "probabilities[^1]");
        Guard.Finite(quantiles[0], "quantiles[0]");
        for (var i = 1; i < probabilities.Length; i++)
        {
            Guard.InRange(probabilities[i], Math.BitIncrement(probabilities[i - 1]), 1, FormattableString.Invariant($"probabilities[{i}]"));
            Guard.InRange(quantiles[i], quantiles[i - 1], double.MaxValue, FormattableString.Invariant($"quantiles[{i}]"));
            Mean += (probabilities[i] - probabilities[i - 1]) * ((quantiles[i] / 2) + (quantiles[i - 1] / 2));
        }

        for (var i = 1; i < probabilities.Length; i++)
        {
            var low = quantiles[i - 1] - Mean;
            var high = quantiles[i] - Mean;
            Variance += (probabilities[i] - probabilities[i - 1]) * ((low * low) + (low * high) + (high * high)) / 3;
        }

        Probabilities = [.. probabilities];
        Quantiles = [.. quantiles];
        guide = new GuideTable(probabilities[1..].ToArray());
    }

    /// <summary>The probabilities of the table, from 0 to 1; shape [n].</summary>
    public ImmutableArray<double> Probabilities { get; }

    /// <summary>The quantiles of the table, in the unit of the draws; shape [n].</summary>
    public ImmutableArray<double> Quantiles { get; }

    /// <inheritdoc/>
    public double Mean { get; }

    /// <inheritdoc/>
    public double Variance { get; }

    /// <inheritdoc/>
    public double Sample(ref RandomSource random)
    {
        var uniform = random.NextUniform();
        var i = guide.Find(uniform);
        var fraction = (uniform - Probabilities[i]) / (Probabilities[i + 1] - Probabilities[i]);
        return Quantiles[i] + (fraction * (Quantiles[i + 1] - Quantiles[i]));
    }

    /// <inheritdoc/>
    public double CumulativeProbability(double value)
    {
        Guard.NotNaN(value);
        if (value < Quantiles[0])
        {
            return 0;
        }

        if (value >= Quantiles[^1])
        {
            return 1;
        }

        var i = LastNotAbove(value);
        var fraction = (value - Quantiles[i]) / (Quantiles[i + 1] - Quantiles[i]);
        return Probabilities[i] + (fraction * (Probabilities[i + 1] - Probabilities[i]));
    }

    /// <summary>Whether <paramref name="other"/> has the same table.</summary>
    /// <param name="other">The distribution to compare with.</param>
    public bool Equals(QuantileDistribution? other) =>
        other is not null && Probabilities.AsSpan().SequenceEqual(other.Probabilities.AsSpan()) && Quantiles.AsSpan().SequenceEqual(other.Quantiles.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Quantiles.Length, Mean, Variance);

    private int LastNotAbove(double value)
    {
        var (low, high) = (0, Quantiles.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Quantiles[middle] <= value ? (middle, high) : (low, middle);
        }

        return low;
    }
}
