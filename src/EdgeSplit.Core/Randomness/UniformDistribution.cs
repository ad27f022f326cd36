using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Randomness;

/// <summary>The uniform distribution on an interval.</summary>
/// <remarks>One word per draw, an increasing function of it. Immutable, so safe to share between threads.</remarks>
public sealed record UniformDistribution : IDistribution
{
    /// <summary>Creates the uniform distribution from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</summary>
    /// <param name="Minimum">The lower end, finite.</param>
    /// <param name="Maximum">The upper end, finite, at least the lower one; where both are equal every draw is that value.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is NaN or infinite, the ends are out of order, or their distance overflows.</exception>
    public UniformDistribution(double Minimum, double Maximum)
    {
        this.Minimum = Guard.Finite(Minimum);
        this.Maximum = Guard.InRange(Maximum, Minimum, double.MaxValue);
        Guard.Finite(Maximum - Minimum);
    }

    /// <summary>The lower end.</summary>
    public double Minimum { get; }

    /// <summary>The upper end.</summary>
    public double Maximum { get; }

    /// <inheritdoc/>
    public double Mean => Minimum + ((Maximum - Minimum) / 2);

    /// <inheritdoc/>
    public double Variance => (Maximum - Minimum) * (Maximum - Minimum) / 12;

    /// <inheritdoc/>
    public double Sample(ref RandomSource random) => QuantileOf(new ScalarLane(random.NextUniform())).Value;

    /// <inheritdoc/>
    public double CumulativeProbability(double value)
    {
        Guard.NotNaN(value);
        return value >= Maximum ? 1 : value <= Minimum ? 0 : (value - Minimum) / (Maximum - Minimum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T QuantileOf<T>(T uniform)
        where T : struct, ILanes<T> =>
        T.MultiplyAdd(uniform, T.Broadcast(Maximum - Minimum), T.Broadcast(Minimum));
}
