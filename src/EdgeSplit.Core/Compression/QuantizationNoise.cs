namespace EdgeSplit.Core.Compression;

/// <summary>Ratios of signal to quantisation noise in closed form: bounds, high-resolution figures, and how they combine with a channel's noise.</summary>
/// <remarks>
/// <para>All in dB of power. Each bit is worth 20 log10 2 = 6.0206 dB. Stateless, so safe to call from any thread.</para>
/// <para>Sources: C. E. Shannon, "Coding theorems for a discrete source with a fidelity criterion", IRE National Convention Record 7(4), 1959, pp. 142-163;
/// H. Gish, J. N. Pierce, "Asymptotically efficient quantizing", IEEE Transactions on Information Theory 14(5), 1968, pp. 676-683.</para>
/// </remarks>
public static class QuantizationNoise
{
    private const double LargestBits = 1000.0;

    /// <summary>What an ideal entropy-coded uniform scalar quantiser loses to the rate-distortion bound at high rate: 10 log10(pi e / 6) = 1.532931 dB.</summary>
    public static double EntropyCodedLossDb { get; } = 10.0 * Math.Log10(Math.PI * Math.E / 6.0);

    /// <summary>The ratio for a signal uniform over the full range of a b-bit quantiser, 20 b log10 2: exact, noise step^2/12.</summary>
    /// <param name="bits">Bits per value, in [1, 64].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is out of range.</exception>
    public static double UniformInputSqnrDb(int bits) => Guard.InRange(bits, 1, 64) * DbPerBit;

    /// <summary>The ratio for a full-scale sine, 20 b log10 2 + 10 log10 1.5: the high-resolution approximation.</summary>
    /// <param name="bits">Bits per value, in [1, 64].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is out of range.</exception>
    public static double FullScaleSineSqnrDb(int bits) => UniformInputSqnrDb(bits) + (10.0 * Math.Log10(1.5));

    /// <summary>The rate-distortion bound of a Gaussian source, D = sigma^2 2^(-2R): no code of this rate does better.</summary>
    /// <param name="bitsPerSample">Rate R, bit per sample, in [0, 1000]; need not be whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is NaN or out of range.</exception>
    public static double GaussianBoundDb(double bitsPerSample) => Guard.InRange(bitsPerSample, 0.0, LargestBits) * DbPerBit;

    /// <summary>The ratio of a uniform scalar quantiser with an ideal entropy code on a Gaussian source: the bound less <see cref="EntropyCodedLossDb"/>.</summary>
    /// <remarks>A high-rate approximation: good from about 2 bit on, meaningless (negative) near 0.</remarks>
    /// <param name="entropyBitsPerSample">Entropy of the codes, bit per sample, in [0, 1000].</param>
    /// <exception cref="ArgumentOutOfRangeException">The entropy is NaN or out of range.</exception>
    public static double EntropyCodedGaussianSqnrDb(double entropyBitsPerSample) =>
        Guard.InRange(entropyBitsPerSample, 0.0, LargestBits) * DbPerBit - EntropyCodedLossDb;

    /// <summary>The ratio after quantisation and independent analogue noise together: 1/SNR = 1/SNR of the channel + 1/SQNR.</summary>
    /// <param name="channelSnrDb">Signal-to-noise ratio of the channel, dB; positive infinity for none.</param>
    /// <param name="sqnrDb">Signal-to-quantisation-noise ratio, dB; positive infinity for none.</param>
    /// <returns>dB; below both arguments.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN.</exception>
    public static double EffectiveSnrDb(double channelSnrDb, double sqnrDb)
    {
        var (worse, better) = (Math.Min(Guard.NotNaN(channelSnrDb), Guard.NotNaN(sqnrDb)), Math.Max(channelSnrDb, sqnrDb));
        return worse == better && double.IsInfinity(worse) ? worse : worse - (10.0 * Math.Log10(1.0 + Math.Pow(10.0, (worse - better) / 10.0)));
    }

    private static double DbPerBit { get; } = 20.0 * Math.Log10(2.0);
}
