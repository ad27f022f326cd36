using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Queueing;

/// <summary>The law of the wait in the M/M/1 queue: 0 with probability 1 - rho, otherwise exponential with rate mu - lambda.</summary>
/// <remarks>An unstable queue (lambda at or above mu) keeps everybody waiting for ever: the tail is 1 at every time. Immutable, so safe to
/// share between threads. Source: L. Kleinrock, <i>Queueing Systems, Volume 1: Theory</i>, Wiley, 1975, section 5.12.</remarks>
/// <param name="ArrivalsPerSecond">Arrival rate lambda, 1/s, at least 0.</param>
/// <param name="ServicesPerSecond">Service rate mu, 1/s, positive.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
public sealed record ExponentialServiceWait(double ArrivalsPerSecond, double ServicesPerSecond)
{
    /// <summary>Arrival rate lambda, 1/s.</summary>
    public double ArrivalsPerSecond { get; } = Guard.NonNegative(ArrivalsPerSecond);

    /// <summary>Service rate mu, 1/s.</summary>
    public double ServicesPerSecond { get; } = Guard.Positive(ServicesPerSecond);

    /// <summary>The probability of waiting longer than a time: rho e^(-(mu - lambda) t).</summary>
    /// <param name="waitSeconds">The time, seconds, at least 0, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    public double TailProbability(double waitSeconds)
    {
        Guard.NonNegative(waitSeconds);
        var spare = ServicesPerSecond - ArrivalsPerSecond;
        return spare > 0 ? ArrivalsPerSecond / ServicesPerSecond * Math.Exp(-spare * waitSeconds) : 1.0;
    }

    /// <summary>The probability of waiting at most a time; at 0 it is the probability of not waiting at all, 1 - rho.</summary>
    /// <param name="waitSeconds">The time, seconds, at least 0, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    public double CumulativeProbability(double waitSeconds)
    {
        Guard.NonNegative(waitSeconds);
        var spare = ServicesPerSecond - ArrivalsPerSecond;
        return spare > 0
            ? (spare / ServicesPerSecond) - (ArrivalsPerSecond / ServicesPerSecond * ExponentialDistribution.ExponentialMinusOne(-spare * waitSeconds))
            : 0.0;
    }

    /// <summary>The wait that a fraction of the customers does not exceed, seconds; 0 where that many do not wait at all.</summary>
    /// <param name="probability">The fraction, in [0, 1); 0.99 gives the 99th percentile.</param>
    /// <returns>Positive infinity for an unstable queue.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is NaN or not in [0, 1).</exception>
    public double QuantileSeconds(double probability)
    {
        Guard.InRange(probability, 0.0, Math.BitDecrement(1.0));
        var spare = ServicesPerSecond - ArrivalsPerSecond;
        return spare <= 0 ? double.PositiveInfinity
            : probability * ServicesPerSecond <= spare ? 0.0
            : Math.Log(ArrivalsPerSecond / ServicesPerSecond / (1.0 - probability)) / spare;
    }
}
