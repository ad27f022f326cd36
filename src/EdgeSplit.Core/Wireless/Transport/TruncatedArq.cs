using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Plain repetition in closed form: every try fails independently with the same probability, and after M tries the sender gives up.</summary>
/// <remarks>Stateless, so safe to use from any thread. Source: S. Lin, D. J. Costello, <i>Error Control Coding</i>, 2nd ed., section 22.</remarks>
public static class TruncatedArq
{
    /// <summary>Mean number of tries, (1 - p^M) / (1 - p), in [1, M].</summary>
    /// <param name="lossProbability">Probability p that a try fails, in [0, 1].</param>
    /// <param name="maximumTries">M, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double MeanTransmissions(double lossProbability, int maximumTries)
    {
        Guard.InRange(lossProbability, 0.0, 1.0);
        Guard.AtLeast(maximumTries, 1);
        return lossProbability switch
        {
            0.0 => 1.0,
            1.0 => maximumTries,
            _ => -ExponentialDistribution.ExponentialMinusOne(maximumTries * Math.Log(lossProbability)) / (1.0 - lossProbability),
        };
    }

    /// <summary>Probability that all tries fail, p^M.</summary>
    /// <param name="lossProbability">Probability p that a try fails, in [0, 1].</param>
    /// <param name="maximumTries">M, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double ResidualLossRate(double lossProbability, int maximumTries) =>
        Math.Pow(Guard.InRange(lossProbability, 0.0, 1.0), Guard.AtLeast(maximumTries, 1));
}
