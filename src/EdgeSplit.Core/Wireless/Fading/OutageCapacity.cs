namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>The rate that a slowly fading channel carries except with a given probability.</summary>
/// <remarks>Stateless, so safe to use from any thread. Source: D. Tse, P. Viswanath, <i>Fundamentals of Wireless Communication</i>, Cambridge 2005, section 5.4.1.</remarks>
public static class OutageCapacity
{
    /// <summary>Outage capacity under Rayleigh fading, log2(1 - SNR ln(1 - outage)), bit/s/Hz.</summary>
    /// <param name="meanSnrLinear">Mean SNR, linear (not dB), at least 0.</param>
    /// <param name="outageProbability">Probability of outage, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double RayleighSpectralEfficiency(double meanSnrLinear, double outageProbability)
    {
        var outage = Guard.InRange(outageProbability, 0.0, Math.BitDecrement(1.0));
        return LogarithmOfOnePlus(Guard.NonNegative(meanSnrLinear) * -LogarithmOfOnePlus(-outage)) / Math.Log(2.0);
    }

    /// <summary>ln(1 + x) with all digits at small x. Source: N. J. Higham, <i>Accuracy and Stability of Numerical Algorithms</i>, 2nd ed., SIAM 2002, problem 1.5.</summary>
    internal static double LogarithmOfOnePlus(double x)
    {
        var sum = 1.0 + x;
        return sum == 1.0 ? x : Math.Log(sum) * (x / (sum - 1.0));
    }
}
