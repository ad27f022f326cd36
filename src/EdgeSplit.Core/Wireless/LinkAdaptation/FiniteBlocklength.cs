namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>The best rate of codes of finite length over complex Gaussian noise: the normal approximation.</summary>
/// <remarks>
/// <para>An approximation by nature: good from some hundred channel uses on and for error rates down to about 1e-6.</para>
/// <para>Static and pure; nothing is allocated. Source: Y. Polyanskiy, H. V. Poor and S. Verdu, "Channel coding rate in the finite
/// blocklength regime", IEEE Trans. Inf. Theory 56(5), 2010, doi:10.1109/TIT.2010.2043769.</para>
/// </remarks>
public static class FiniteBlocklength
{
    private const double Log2E = 1.4426950408889634;

    /// <summary>Rate, bit per channel use: log2(1 + snr) - sqrt(V / n) Q^-1(error rate) + log2(n) / (2 n), at least 0.</summary>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio per symbol, at least 0 and finite.</param>
    /// <param name="channelUses">Length n of the code, complex channel uses (resource elements), at least 1.</param>
    /// <param name="errorRate">Block error rate, in (0, 1).</param>
    /// <param name="withLogarithm">Whether the third term is added; true by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double Rate(double snrLinear, int channelUses, double errorRate, bool withLogarithm = true)
    {
        var capacity = ShannonRate.Capacity.SpectralEfficiency(Guard.NonNegative(snrLinear));
        var uses = (double)Guard.AtLeast(channelUses, 1);
        var deviate = ProbitErrorCurve.Deviate(Guard.InRange(errorRate, double.Epsilon, Math.BitDecrement(1.0)));
        var third = withLogarithm ? Math.Log2(uses) / (2.0 * uses) : 0.0;
        return Math.Max(0.0, capacity - (Math.Sqrt(Dispersion(snrLinear) / uses) * deviate) + third);
    }

    /// <summary>Channel dispersion V, bit squared per channel use: (1 - 1 / (1 + snr)^2) (log2 e)^2, from 0 to 2.0814.</summary>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio per symbol, at least 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The SNR is NaN or out of range.</exception>
    public static double Dispersion(double snrLinear)
    {
        // s (2 + s) / (1 + s)^2 without the difference of near equals, and in ratios that cannot overflow.
        var share = Guard.NonNegative(snrLinear) / (1.0 + snrLinear);
        return share * (1.0 + (1.0 / (1.0 + snrLinear))) * Log2E * Log2E;
    }
}
