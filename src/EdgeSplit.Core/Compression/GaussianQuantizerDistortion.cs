using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Compression;

/// <summary>Distortion of a <see cref="UniformQuantizer"/> fed with a Gaussian signal of mean 0: exact integrals and the clip level that minimises them.</summary>
/// <remarks>
/// <para>Clip levels, steps and errors are in units of the signal's standard deviation sigma and of sigma^2. The mean squared error is the integral of
/// (x - level)^2 against the density: granular noise inside the clip range, overload beyond it. Every term is positive, so that the relative
/// precision is 1e-10 at every number of bits.</para>
/// <para>For the symmetric integer formats, which are mid-tread, these figures do not hold.</para>
/// <para>Stateless, so safe to call from any thread. Source: J. Max, "Quantizing for minimum distortion", IRE Transactions on Information Theory 6(1),
/// 1960, pp. 7-12.</para>
/// </remarks>
public static class GaussianQuantizerDistortion
{
    private const double SmallestSigmas = 1e-3;
    private const double LargestSigmas = 1e3;

    private static ReadOnlySpan<double> Nodes => [0.0, 0.53846931010568309, 0.90617984593866399];

    private static ReadOnlySpan<double> Weights => [0.5 * 0.56888888888888889, 0.47862867049936647, 0.23692688505618909];

    /// <summary>Mean squared error over sigma^2.</summary>
    /// <param name="bits">Bits per value, in [1, 16].</param>
    /// <param name="clipSigmas">Clip level over sigma, in [0.001, 1000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double MeanSquaredError(int bits, double clipSigmas)
    {
        var levels = 1 << Guard.InRange(bits, 1, 16);
        var clip = Guard.InRange(clipSigmas, SmallestSigmas, LargestSigmas);
        var step = 2.0 * clip / levels;
        var granular = step < 1.0 / 32 ? FineGranular(step, clip) : CoarseGranular(step, levels / 2);
        return 2.0 * (granular + Overload(clip, clip - (0.5 * step)));
    }

    /// <summary>Signal-to-quantisation-noise ratio, dB.</summary>
    /// <param name="bits">Bits per value, in [1, 16].</param>
    /// <param name="clipSigmas">Clip level over sigma, in [0.001, 1000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double SqnrDb(int bits, double clipSigmas) => -10.0 * Math.Log10(MeanSquaredError(bits, clipSigmas));

    /// <summary>The clip level of least mean squared error, over sigma, to about 1e-7 relative.</summary>
    /// <remarks>By golden-section search: 1.5958 at 1 bit, 2.6816 at 4, 3.9376 at 8. The error itself is flat there, hence exact to rounding.</remarks>
    /// <param name="bits">Bits per value, in [1, 16].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is out of range.</exception>
    public static double OptimalClipSigmas(int bits)
    {
        const double golden = 0.6180339887498949;
        var (low, high) = (0.5, 8.0);
        var (left, right) = (high - (golden * (high - low)), low + (golden * (high - low)));
        var (leftError, rightError) = (MeanSquaredError(bits, left), MeanSquaredError(bits, right));
        while (high - low > 1e-9)
        {
            if (leftError < rightError)
            {
                (high, right, rightError) = (right, left, leftError);
                left = high - (golden * (high - low));
                leftError = MeanSquaredError(bits, left);
            }
            else
            {
                (low, left, leftError) = (left, right, rightError);
                right = low + (golden * (high - low));
                rightError = MeanSquaredError(bits, right);
            }
        }

        return 0.5 * (low + high);
    }

    /// <summary>The step of least mean squared error, over sigma: Max's table.</summary>
    /// <param name="bits">Bits per value, in [1, 16].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is out of range.</exception>
    public static double OptimalStepSigmas(int bits) => 2.0 * OptimalClipSigmas(bits) / (1 << bits);

    /// <summary>The signal-to-quantisation-noise ratio at the best clip level, dB.</summary>
    /// <param name="bits">Bits per value, in [1, 16].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is out of range.</exception>
    public static double OptimalSqnrDb(int bits) => SqnrDb(bits, OptimalClipSigmas(bits));

    /// <summary>The probability that a value lies beyond the clip level and saturates: 2 Q(c).</summary>
    /// <param name="clipSigmas">Clip level over sigma, at least 0, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The clip level is NaN, infinite or negative.</exception>
    public static double OverloadProbability(double clipSigmas) => 2.0 * NormalDistribution.StandardCumulativeProbability(-Guard.NonNegative(clipSigmas));

    /// <summary>Noise of the cells between 0 and the clip level, one side, by Gauss-Legendre panels of at most a quarter sigma.</summary>
    private static double CoarseGranular(double step, int cells)
    {
        var panels = (int)Math.Ceiling(step / 0.25);
        var half = 0.5 * step / panels;
        var sum = 0.0;
        for (var cell = 0; cell < cells && cell * step < 40.0; cell++)
        {
            var level = (cell + 0.5) * step;
            for (var panel = 0; panel < panels; panel++)
            {
                var middle = (cell * step) + (half * ((2 * panel) + 1));
                for (var n = 0; n < Nodes.Length; n++)
                {
                    var (left, right) = (middle - (half * Nodes[n]), middle + (half * Nodes[n]));
                    sum += Weights[n] * (((left - level) * (left - level) * Density(left)) + ((right - level) * (right - level) * Density(right)));
                }
            }
        }

        return half * sum;
    }

    /// <summary>The same for a step small against sigma: step^2/12 times the probability, and the first correction by the Euler-Maclaurin formula.</summary>
    private static double FineGranular(double step, double clip)
    {
        var square = step * step;
        var inside = 0.5 - NormalDistribution.StandardCumulativeProbability(-clip);
        return (square / 12.0 * inside) - (square * square / 360.0 * clip * Density(clip));
    }

    /// <summary>Noise of the values beyond the clip level, one side, all of which get the outermost level.</summary>
    private static double Overload(double clip, double level) =>
        Math.Max(0.0, ((1.0 + (level * level)) * NormalDistribution.StandardCumulativeProbability(-clip)) + ((clip - (2.0 * level)) * Density(clip)));

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2.0 * Math.PI);
}
