using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Error rate of a block over the SNR in decibels: the tail of a normal law, Q((snr - median) / spread).</summary>
/// <remarks>Immutable, so safe to share between threads; nothing is allocated.</remarks>
public readonly record struct ProbitErrorCurve
{
    /// <summary>Creates a curve.</summary>
    /// <param name="medianDb">SNR at which every other block fails, dB, finite.</param>
    /// <param name="spreadDb">Standard deviation of the normal law, dB, positive: the smaller, the steeper.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public ProbitErrorCurve(double medianDb, double spreadDb)
    {
        MedianDb = Guard.Finite(medianDb);
        SpreadDb = Guard.Positive(spreadDb);
    }

    /// <summary>SNR at which every other block fails, dB.</summary>
    public double MedianDb { get; }

    /// <summary>Standard deviation of the normal law, dB.</summary>
    public double SpreadDb { get; }

    /// <summary>Share of blocks that fail at an SNR, in [0, 1].</summary>
    /// <param name="snrDb">SNR, dB; both infinities are allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The SNR is NaN.</exception>
    public double ErrorRate(double snrDb) => NormalDistribution.StandardCumulativeProbability((MedianDb - Guard.NotNaN(snrDb)) / SpreadDb);

    /// <summary>The SNR at which a share of the blocks fails, dB.</summary>
    /// <param name="errorRate">Error rate, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The error rate is NaN or out of range.</exception>
    public double SnrDb(double errorRate) => SnrAtDeviateDb(Deviate(Guard.InRange(errorRate, double.Epsilon, Math.BitDecrement(1.0))));

    /// <summary>The standard normal deviate that is exceeded with a probability in (0, 1).</summary>
    internal static double Deviate(double probability) => -FrozenFunctions.NormalQuantile(new ScalarLane(probability)).Value;

    internal double SnrAtDeviateDb(double deviate) => MedianDb + (SpreadDb * deviate);
}
