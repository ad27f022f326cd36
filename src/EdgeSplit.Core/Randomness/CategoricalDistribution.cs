using System.Collections.Immutable;

namespace EdgeSplit.Core.Randomness;

/// <summary>A distribution over the indices 0, 1, ..., n - 1 with given weights.</summary>
/// <remarks>
/// <para>One word per draw, an increasing function of it (inversion with a guide table: constant expected time whatever n). So two
/// distributions of nearly equal weights mostly give the same index at the same address, which an alias table would not.</para>
/// <para>An index of weight 0 is never drawn. Two distributions are equal when their probabilities are.
/// Immutable, so safe to share between threads.</para>
/// </remarks>
public sealed record CategoricalDistribution : IDistribution
{
    private readonly double[] cumulative;
    private readonly GuideTable guide;

    /// <summary>Creates a distribution from weights, which need not sum to 1.</summary>
    /// <param name="weights">One weight per index, finite and at least 0, with a positive finite sum; shape [n], n at least 1.</param>
    /// <exception cref="ArgumentException"><paramref name="weights"/> is empty or sums to 0 or to infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is NaN, infinite or negative.</exception>
    public CategoricalDistribution(ReadOnlySpan<double> weights)
    {
        cumulative = new double[weights.Length];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i])))
            {
                Guard.NonNegative(weights[i], FormattableString.Invariant($"weights[{i}]"));
            }

            cumulative[i] = sum += weights[i];
        }

        Guard.Positive(sum, "sum of weights");
        var probabilities = ImmutableArray.CreateBuilder<double>(weights.Length);
        for (var i = 0; i < weights.Length; i++)
        {
            cumulative[i] /= sum;
            probabilities.Add(weights[i] / sum);
            Mean += i * probabilities[i];
        }

        for (var i = 0; i < weights.Length; i++)
        {
            Variance += probabilities[i] * (i - Mean) * (i - Mean);
        }

        Probabilities = probabilities.MoveToImmutable();
        guide = new GuideTable(cumulative);
    }

    /// <summary>The probability of each index; shape [n], sum 1.</summary>
    public ImmutableArray<double> Probabilities { get; }

    /// <inheritdoc/>
    public double Mean { get; }

    /// <inheritdoc/>
    public double Variance { get; }

    /// <summary>Draws one index, as a whole number.</summary>
    /// <param name="random">The source to draw from; it moves on.</param>
    public double Sample(ref RandomSource random) => SampleIndex(ref random);

    /// <summary>Draws one index.</summary>
    /// <param name="random">The source to draw from; it moves on.</param>
    public int SampleIndex(ref RandomSource random) => guide.Find(random.NextUniform());

    /// <inheritdoc/>
    public double CumulativeProbability(double value)
    {
        Guard.NotNaN(value);
        return value < 0 ? 0 : value >= cumulative.Length - 1 ? 1 : cumulative[(int)value];
    }

    /// <summary>Whether <paramref name="other"/> has the same probabilities.</summary>
    /// <param name="other">The distribution to compare with.</param>
    public bool Equals(CategoricalDistribution? other) => other is not null && Probabilities.AsSpan().SequenceEqual(other.Probabilities.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Probabilities.Length, Mean, Variance);
}
