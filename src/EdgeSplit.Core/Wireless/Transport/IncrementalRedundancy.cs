namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>HARQ with incremental redundancy: each round brings new parity bits, and the receiver adds the mutual information of all rounds.</summary>
/// <remarks>
/// <para>With ideal codes a block of spectral efficiency R is wrong after n rounds if log2(1 + s1) + ... + log2(1 + sn) &lt; R. Never worse than
/// <see cref="ChaseCombining"/>, whose rounds together carry log2(1 + s1 + ... + sn); equal to it as the SNR vanishes.</para>
/// <para>Stateless, so safe to use from any thread. Source: G. Caire, D. Tuninetti, "The throughput of hybrid-ARQ protocols for the Gaussian
/// collision channel", IEEE Trans. Inf. Theory 47(5), 2001.</para>
/// </remarks>
public static class IncrementalRedundancy
{
    /// <summary>The mutual information of all rounds together, bit per symbol: the sum of log2(1 + snr).</summary>
    /// <param name="roundSnrsLinear">SNR of each round, linear (not dB), at least 0 and finite; shape [rounds].</param>
    /// <exception cref="ArgumentOutOfRangeException">An SNR is NaN, infinite or negative.</exception>
    public static double MutualInformation(ReadOnlySpan<double> roundSnrsLinear)
    {
        var sum = 0.0;
        foreach (var snr in roundSnrsLinear)
        {
            sum += Math.Log2(1.0 + Guard.NonNegative(snr, nameof(roundSnrsLinear)));
        }

        return sum;
    }

    /// <summary>The SNR at which one round would carry the same: the product of all (1 + snr), less 1, linear.</summary>
    /// <param name="roundSnrsLinear">SNR of each round, linear (not dB), at least 0 and finite; shape [rounds].</param>
    /// <exception cref="ArgumentOutOfRangeException">An SNR is NaN, infinite or negative.</exception>
    public static double CombinedSnrLinear(ReadOnlySpan<double> roundSnrsLinear)
    {
        var combined = 0.0;
        foreach (var snr in roundSnrsLinear)
        {
            Guard.NonNegative(snr, nameof(roundSnrsLinear));
            combined += snr + (combined * snr);
        }

        return combined;
    }

    /// <summary>Whether a block of a given spectral efficiency is decoded after these rounds by an ideal code.</summary>
    /// <param name="roundSnrsLinear">SNR of each round, linear (not dB), at least 0 and finite; shape [rounds].</param>
    /// <param name="spectralEfficiency">Efficiency R of the first round, bit/s/Hz, at least 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or negative.</exception>
    public static bool IsDecoded(ReadOnlySpan<double> roundSnrsLinear, double spectralEfficiency) =>
        MutualInformation(roundSnrsLinear) >= Guard.NonNegative(spectralEfficiency);
}
