using System.Numerics;

namespace EdgeSplit.Core.Wireless.Modulation;

/// <summary>Probability that a bit is received wrongly, without coding: BPSK, QPSK and square QAM with Gray mapping.</summary>
/// <remarks>
/// <para>Functions of Eb/N0, the SNR per bit; <see cref="BitEnergy"/> converts from the SNR per symbol, which is what a link budget gives. QPSK is the square
/// constellation of 4 points and errs as BPSK does. Values are accurate to about 1e-12 relative to their own size, down to 1e-300.</para>
/// <para>Stateless, so safe to use from any thread; allocates nothing. Source: K. Cho, D. Yoon, "On the general BER expression of one- and two-dimensional amplitude
/// modulations", IEEE Transactions on Communications, 2002, doi:10.1109/TCOMM.2002.800818.</para>
/// </remarks>
public static class BitErrorRate
{
    private const int MaxConstellationPoints = 1 << 12;

    /// <summary>Bit error rate over a channel with Gaussian noise only.</summary>
    /// <param name="constellationPoints">Points of the constellation: 2 (BPSK), 4 (QPSK), 16, 64, 256, 1024 or 4096.</param>
    /// <param name="ebN0Linear">Eb/N0, linear (not dB), at least 0; positive infinity gives 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such constellation, or Eb/N0 is NaN or negative.</exception>
    public static double Awgn(int constellationPoints, double ebN0Linear)
    {
        var amplitude = Math.Sqrt(2 * DistanceFactor(constellationPoints) * Guard.InRange(ebN0Linear, 0.0, double.PositiveInfinity));
        return Average(constellationPoints, amplitude, static (multiple, amplitude) => GaussianTail.Probability(multiple * amplitude));
    }

    /// <summary>Bit error rate over a Rayleigh fading channel whose gain the receiver knows, averaged over the fading.</summary>
    /// <param name="constellationPoints">Points of the constellation: 2 (BPSK), 4 (QPSK), 16, 64, 256, 1024 or 4096.</param>
    /// <param name="meanEbN0Linear">Mean Eb/N0, linear (not dB), at least 0; positive infinity gives 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such constellation, or Eb/N0 is NaN or negative.</exception>
    public static double Rayleigh(int constellationPoints, double meanEbN0Linear)
    {
        var snr = DistanceFactor(constellationPoints) * Guard.InRange(meanEbN0Linear, 0.0, double.PositiveInfinity);
        return Average(constellationPoints, snr, static (multiple, snr) => RayleighAverage(multiple * multiple * snr));
    }

    /// <summary>Bits per symbol of a constellation: log2 of its points.</summary>
    internal static int BitsPerSymbol(int constellationPoints)
    {
        var bits = BitOperations.Log2((uint)Guard.InRange(constellationPoints, 2, MaxConstellationPoints));
        return constellationPoints == 2 || (BitOperations.IsPow2(constellationPoints) && bits % 2 == 0)
            ? bits
            : throw new ArgumentOutOfRangeException(nameof(constellationPoints), constellationPoints, "Must be 2, 4, 16, 64, 256, 1024 or 4096.");
    }

    /// <summary>c with Q(k sqrt(2 c Eb/N0)) the probability of crossing k half distances: 1 for BPSK and QPSK, 2/5 for 16QAM, 1/7 for 64QAM.</summary>
    private static double DistanceFactor(int constellationPoints)
    {
        var bits = BitsPerSymbol(constellationPoints);
        return bits == 1 ? 1 : 1.5 * bits / (constellationPoints - 1);
    }

    /// <summary>The mean of Q(sqrt(2 x g)) over an exponential gain g of mean 1: (1 - sqrt(x/(1 + x)))/2, written without a difference of near-equal numbers.</summary>
    private static double RayleighAverage(double x) => 0.5 / ((1 + x) * (1 + Math.Sqrt(x < double.MaxValue ? x / (1 + x) : 1)));

    /// <summary>The sum over odd multiples of half the distance: each, with a whole weight, counts how many bits of a level err beyond it.</summary>
    private static double Average(int constellationPoints, double argument, Func<double, double, double> tail)
    {
        var bits = BitsPerSymbol(constellationPoints);
        if (bits == 1)
        {
            return tail(1, argument);
        }

        var (bitsPerAxis, levels) = (bits / 2, 1 << (bits / 2));
        var sum = 0.0;
        for (var i = levels - 2; i >= 0; i--)
        {
            var weight = Weight(i, bitsPerAxis, levels);
            if (weight != 0)
            {
                sum += weight * tail((2 * i) + 1, argument);
            }
        }

        return 2 * sum / (levels * bitsPerAxis);
    }

    /// <summary>Weight of Q((2i + 1) a), summed over the bits k of an axis that have such a term.</summary>
    private static int Weight(int i, int bitsPerAxis, int levels)
    {
        var weight = 0;
        for (var k = 1; k <= bitsPerAxis; k++)
        {
            if (i >= levels - (levels >> k))
            {
                continue;
            }

            var step = i << (k - 1);
            var size = (1 << (k - 1)) - ((step + (levels / 2)) / levels);
            weight += (step / levels) % 2 == 0 ? size : -size;
        }

        return weight;
    }
}
