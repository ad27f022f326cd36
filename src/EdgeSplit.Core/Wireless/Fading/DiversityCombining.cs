using EdgeSplit.Core.Randomness;
using MathNet.Numerics;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Outage of a receiver with several antennas under independent, equally strong Rayleigh fading.</summary>
/// <remarks>Stateless, so safe to use from any thread. Source: M. K. Simon, M.-S. Alouini, <i>Digital Communication over Fading Channels</i>, 2nd ed., Wiley 2005,
/// chapter 9.</remarks>
public static class DiversityCombining
{
    /// <summary>Outage probability of maximal-ratio combining, P(L, 1 / margin): the SNR of the branches adds.</summary>
    /// <param name="branches">Number of branches L, in [1, 1000].</param>
    /// <param name="branchMarginLinear">Mean SNR of one branch over the SNR needed, linear (not dB), positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double MaximalRatioOutageProbability(int branches, double branchMarginLinear) =>
        new GammaDistribution(Guard.InRange(branches, 1, 1000), 1.0).CumulativeProbability(1.0 / Guard.Positive(branchMarginLinear));

    /// <summary>Outage probability of selection combining, (1 - exp(-1 / margin))^L: the best branch is used.</summary>
    /// <param name="branches">Number of branches L, in [1, 1000].</param>
    /// <param name="branchMarginLinear">Mean SNR of one branch over the SNR needed, linear (not dB), positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double SelectionOutageProbability(int branches, double branchMarginLinear) =>
        Math.Pow(-ExponentialDistribution.ExponentialMinusOne(-1.0 / Guard.Positive(branchMarginLinear)), Guard.InRange(branches, 1, 1000));
}
