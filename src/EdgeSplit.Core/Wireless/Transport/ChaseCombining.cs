using MathNet.Numerics;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>HARQ with chase combining in closed form: each round repeats the block, and the receiver adds the SNRs of all rounds.</summary>
/// <remarks>
/// <para>The receiver decodes as soon as the sum of the SNRs reaches a threshold (a steep error curve). With x the threshold over the mean SNR and
/// independent Rayleigh fading in each round, the sum of n rounds is a gamma variate of shape n, so that a block is still wrong after n
/// rounds with probability P(n, x), the regularised lower incomplete gamma function. In a static channel n rounds gain 10 log10 n dB.</para>
/// <para>Stateless, so safe to use from any thread.</para>
/// <para>Source: D. Chase, "Code combining", IEEE Trans. Commun. 33(5), 1985; TS 38.212 for its use in NR.</para>
/// </remarks>
public static class ChaseCombining
{
    private const int MaximumRounds = 1000;

    /// <summary>The SNR after combining: the sum over the rounds, linear.</summary>
    /// <param name="roundSnrsLinear">SNR of each round, linear (not dB), at least 0 and finite; shape [rounds].</param>
    /// <exception cref="ArgumentOutOfRangeException">An SNR is NaN, infinite or negative.</exception>
    public static double CombinedSnrLinear(ReadOnlySpan<double> roundSnrsLinear)
    {
        var sum = 0.0;
        foreach (var snr in roundSnrsLinear)
        {
            sum += Guard.NonNegative(snr, nameof(roundSnrsLinear));
        }

        return sum;
    }

    /// <summary>What combining n equal rounds gains over one, 10 log10 n, dB: 3.0103, 4.7712, 6.0206 for n = 2, 3, 4.</summary>
    /// <param name="rounds">Number of rounds, in [1, 1000].</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static double StaticGainDb(int rounds) => Decibels.FromLinear(Guard.InRange(rounds, 1, MaximumRounds));

    /// <summary>Probability that a block is still wrong after n rounds of independent Rayleigh fading, P(n, x), all digits of small values included.</summary>
    /// <param name="thresholdOverMeanSnrLinear">x: SNR that the decoder needs over mean SNR of a round, linear (not dB), at least 0; infinity gives 1.</param>
    /// <param name="rounds">Number of rounds n, in [1, 1000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double ResidualErrorRate(double thresholdOverMeanSnrLinear, int rounds)
    {
        var x = CheckedRatio(thresholdOverMeanSnrLinear);
        Guard.InRange(rounds, 1, MaximumRounds);
        if (x == 0 || double.IsPositiveInfinity(x))
        {
            return x == 0 ? 0.0 : 1.0;
        }

        // Poisson(x) counts: P(n, x) is the probability of n or more. Summed from the side where the terms fall.
        var sum = 0.0;
        if (x < rounds + 1)
        {
            var term = PoissonProbability(rounds, x);
            for (var k = rounds; term > sum * 1e-17; k++)
            {
                sum += term;
                term *= x / (k + 1);
            }

            return Math.Min(1.0, sum);
        }

        var below = PoissonProbability(rounds - 1, x);
        for (var k = rounds - 1; k >= 0 && below > sum * 1e-17; k--)
        {
            sum += below;
            below *= k / x;
        }

        return 1.0 - sum;
    }

    /// <summary>The same without combining, where only the last round counts: p^n with p the outage of one round.</summary>
    /// <param name="thresholdOverMeanSnrLinear">x: SNR that the decoder needs over mean SNR of a round, linear (not dB), at least 0; infinity gives 1.</param>
    /// <param name="rounds">Number of rounds n, in [1, 1000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double ResidualErrorRateWithoutCombining(double thresholdOverMeanSnrLinear, int rounds) =>
        Math.Pow(ResidualErrorRate(thresholdOverMeanSnrLinear, 1), Guard.InRange(rounds, 1, MaximumRounds));

    /// <summary>Mean number of transmissions of a block, given up after M rounds, under independent Rayleigh fading: 1 + P(1, x) + ... + P(M - 1, x).</summary>
    /// <param name="thresholdOverMeanSnrLinear">x: SNR that the decoder needs over mean SNR of a round, linear (not dB), at least 0; infinity gives M.</param>
    /// <param name="maximumRounds">M, in [1, 1000].</param>
    /// <returns>A pure number in [1, M].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double MeanTransmissions(double thresholdOverMeanSnrLinear, int maximumRounds)
    {
        CheckedRatio(thresholdOverMeanSnrLinear);
        Guard.InRange(maximumRounds, 1, MaximumRounds);
        var mean = 1.0;
        for (var n = 1; n < maximumRounds; n++)
        {
            mean += ResidualErrorRate(thresholdOverMeanSnrLinear, n);
        }

        return mean;
    }

    private static double CheckedRatio(double thresholdOverMeanSnrLinear) =>
        Guard.InRange(thresholdOverMeanSnrLinear, 0.0, double.PositiveInfinity);

    private static double PoissonProbability(int count, double mean)
    {
        if (count > 100 || mean > 600)
        {
            return Math.Exp((count * Math.Log(mean)) - mean - SpecialFunctions.FactorialLn(count));
        }

        var probability = Math.Exp(-mean);
        for (var k = 1; k <= count; k++)
        {
            probability *= mean / k;
        }

        return probability;
    }
}
