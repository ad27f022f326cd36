namespace EdgeSplit.Core.Randomness;

/// <summary>The log-normal distribution: the exponential of a normal number.</summary>
/// <remarks>One word per draw, an increasing function of it. Immutable, so safe to share between threads.</remarks>
public sealed record LogNormalDistribution : IDistribution
{
    private const double LargestLogMean = 200;

    /// <summary>Creates a log-normal distribution from the moments of the logarithm, not of the value.</summary>
    /// <param name="LogMean">The mean of the natural logarithm, in [-200, 200]; its exponential is the median.</param>
    /// <param name="LogStandardDeviation">The standard deviation of the natural logarithm, in [0, 10]; where it is 0 every draw is the median.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public LogNormalDistribution(double LogMean, double LogStandardDeviation)
    {
        this.LogMean = Guard.InRange(LogMean, -LargestLogMean, LargestLogMean);
        this.LogStandardDeviation = Guard.InRange(LogStandardDeviation, 0, 10);
    }

    /// <summary>The mean of the natural logarithm.</summary>
    public double LogMean { get; }

    /// <summary>The standard deviation of the natural logarithm.</summary>
    public double LogStandardDeviation { get; }

    /// <inheritdoc/>
    public double Mean => Math.Exp(LogMean + (LogStandardDeviation * LogStandardDeviation / 2));

    /// <inheritdoc/>
    public double Variance => ExponentialDistribution.ExponentialMinusOne(LogStandardDeviation * LogStandardDeviation) * Mean * Mean;

    /// <inheritdoc/>
    public double Sample(ref RandomSource random)
    {
        var normal = FrozenFunctions.NormalQuantile(new ScalarLane(random.NextUniform())).Value;
        return FrozenFunctions.Exp(new ScalarLane(LogMean + (LogStandardDeviation * normal))).Value;
    }

    /// <inheritdoc/>
    public double CumulativeProbability(double value)
    {
        Guard.NotNaN(value);
        if (value <= 0)
        {
            return 0;
        }

        var logarithm = Math.Log(value) - LogMean;
        return LogStandardDeviation > 0 ? NormalDistribution.StandardCumulativeProbability(logarithm / LogStandardDeviation) : logarithm >= 0 ? 1 : 0;
    }
}
