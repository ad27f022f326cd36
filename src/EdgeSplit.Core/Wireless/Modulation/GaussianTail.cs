using MathNet.Numerics;

namespace EdgeSplit.Core.Wireless.Modulation;

/// <summary>The tail of the standard normal distribution, Q(x): the probability that a draw exceeds x.</summary>
internal static class GaussianTail
{
    /// <summary>Q(x), accurate relative to its own size (1e-12) down to 1e-300, as error rates need.</summary>
    internal static double Probability(double x) => SpecialFunctions.Erfc(x / Constants.Sqrt2) / 2;
}
