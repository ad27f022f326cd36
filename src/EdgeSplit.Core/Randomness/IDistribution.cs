namespace EdgeSplit.Core.Randomness;

/// <summary>A distribution of real numbers: its sampler and, beside it, its closed form.</summary>
/// <remarks>
/// <para>Implementations are immutable, hence safe to share between threads; the <see cref="RandomSource"/> is an argument.
/// <see cref="Sample"/> allocates nothing and is a pure function of the source's address and position.</para>
/// <para>The samplers of this library use only operations that every processor rounds alike, so that a draw is the same bit for
/// bit everywhere. Those that say so are inverse cumulative distributions of one word and increase with it: two distributions
/// sampled at the same address are then as alike as they can be, which makes paired comparisons sharp.</para>
/// </remarks>
public interface IDistribution
{
    /// <summary>The expected value, in the unit of the draws.</summary>
    double Mean { get; }

    /// <summary>The variance, in the squared unit of the draws; at least 0.</summary>
    double Variance { get; }

    /// <summary>Draws one value.</summary>
    /// <param name="random">The source to draw from; it moves on.</param>
    double Sample(ref RandomSource random);

    /// <summary>The probability that a draw is at most <paramref name="value"/>, in [0, 1].</summary>
    /// <param name="value">Any number, infinities included.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN.</exception>
    double CumulativeProbability(double value);
}
