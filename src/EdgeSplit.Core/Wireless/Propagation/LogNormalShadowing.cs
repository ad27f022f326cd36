using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Outage under log-normal shadowing: closed forms of the Gaussian law in decibels.</summary>
/// <remarks>Stateless, so safe to use from any thread. Source: T. S. Rappaport, <i>Wireless Communications</i>, 2nd ed., section 4.9.2.</remarks>
public static class LogNormalShadowing
{
    /// <summary>The probability Q(margin / deviation) that shadowing takes more than a margin.</summary>
    /// <param name="marginDb">Margin over the needed level, dB, finite.</param>
    /// <param name="standardDeviationDb">Standard deviation of the shadowing, dB, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double OutageProbability(double marginDb, double standardDeviationDb) =>
        NormalDistribution.StandardCumulativeProbability(-Guard.Finite(marginDb) / Guard.Positive(standardDeviationDb));

    /// <summary>The margin that keeps outage at a probability, dB: the inverse of <see cref="OutageProbability"/>.</summary>
    /// <param name="outageProbability">Probability of outage, in [1e-300, 1); above one half the margin is negative.</param>
    /// <param name="standardDeviationDb">Standard deviation of the shadowing, dB, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double FadeMarginDb(double outageProbability, double standardDeviationDb) =>
        -Guard.Positive(standardDeviationDb)
        * FrozenFunctions.NormalQuantile(new ScalarLane(Guard.InRange(outageProbability, 1e-300, Math.BitDecrement(1.0)))).Value;
}
