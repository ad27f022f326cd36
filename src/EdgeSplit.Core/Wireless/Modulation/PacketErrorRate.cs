namespace EdgeSplit.Core.Wireless.Modulation;

/// <summary>Probability that a packet holds an error, from the probability that one of its bits does.</summary>
/// <remarks>Stateless, so safe to use from any thread.</remarks>
public static class PacketErrorRate
{
    /// <summary>The packet error rate of independent bit errors without coding: 1 - (1 - b)^n.</summary>
    /// <remarks>Accurate relative to its own size for every b, however small.</remarks>
    /// <param name="bitErrorRate">b, in [0, 1].</param>
    /// <param name="bits">n, bits per packet, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public static double OfIndependentBits(double bitErrorRate, long bits)
    {
        Guard.InRange(bitErrorRate, 0.0, 1.0);
        ArgumentOutOfRangeException.ThrowIfNegative(bits);
        return bits == 0 ? 0 : bitErrorRate == 1 ? 1 : -ExponentialMinusOne(bits * LogOfOnePlus(-bitErrorRate));
    }

    // The framework's own ExpM1 and LogP1 subtract and add 1 first, and so give 0 for small arguments. In these forms the rounding
    // of exp and log cancels (W. Kahan).
    private static double LogOfOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    private static double ExponentialMinusOne(double x)
    {
        var power = Math.Exp(x);
        return power == 1 ? x : power == 0 ? -1 : (power - 1) * x / Math.Log(power);
    }
}
