namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>What a trace looks like in bins of equal length: mean, spread, quantiles, correlation and outages of the rate.</summary>
/// <remarks>
/// <para>Bin k covers [k T, (k + 1) T) from the start of the recording; only complete bins count. The opportunities of a
/// <see cref="MahimahiTrace"/> are put into bins by the instants in the file.</para>
/// <para>These are the figures to which a stochastic model is calibrated. Immutable, so safe to share between threads.</para>
/// </remarks>
public sealed class TraceStatistics
{
    private readonly double[] _rates; // in time
    private readonly double[] _sorted;

    private TraceStatistics(double[] rates, double binSeconds)
    {
        (_rates, _sorted, BinSeconds) = (rates, [.. rates.Order()], binSeconds);
        MeanBitsPerSecond = rates.Average();
        StandardDeviationBitsPerSecond = Math.Sqrt(rates.Average(rate => (rate - MeanBitsPerSecond) * (rate - MeanBitsPerSecond)));
        var run = 0;
        foreach (var rate in rates)
        {
            run = rate == 0 ? run + 1 : 0;
            ZeroBins += rate == 0 ? 1 : 0;
            LongestOutageSeconds = Math.Max(LongestOutageSeconds, run * binSeconds);
        }
    }

    /// <summary>Length of a bin, seconds.</summary>
    public double BinSeconds { get; }

    /// <summary>Number of complete bins.</summary>
    public int Bins => _rates.Length;

    /// <summary>Mean rate of the bins, bit/s.</summary>
    public double MeanBitsPerSecond { get; }

    /// <summary>Standard deviation of the rate over the bins as a population (divided by n), bit/s.</summary>
    public double StandardDeviationBitsPerSecond { get; }

    /// <summary>Number of bins that carry nothing.</summary>
    public int ZeroBins { get; }

    /// <summary>Longest run of bins that carry nothing, seconds.</summary>
    public double LongestOutageSeconds { get; }

    /// <summary>Rates of the bins in time, bit/s; shape [bins].</summary>
    public ReadOnlySpan<double> RatesBitsPerSecond => _rates;

    /// <summary>Evaluates one recording, without what follows its end.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="binSeconds">Length of a bin, seconds, positive; default 1 s.</param>
    /// <exception cref="ArgumentNullException">The trace is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The bin is NaN, infinite, not positive, or so short that there would be more than 2^30.</exception>
    /// <exception cref="ArgumentException">The trace is shorter than one bin.</exception>
    public static TraceStatistics Of(ICapacityTrace trace, double binSeconds = 1.0)
    {
        ArgumentNullException.ThrowIfNull(trace);
        Guard.Positive(binSeconds);
        var bins = (int)Guard.InRange(Math.Floor(trace.DurationSeconds / binSeconds), 0.0, 1 << 30, nameof(binSeconds));
        if (bins == 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A trace of {trace.DurationSeconds} s has no complete bin of {binSeconds} s."), nameof(binSeconds));
        }

        var rates = new double[bins];
        if (trace is MahimahiTrace opportunities)
        {
            opportunities.AddTo(rates, binSeconds);
        }
        else
        {
            for (var bin = 0; bin < bins; bin++)
            {
                rates[bin] = trace.Bits(bin * binSeconds, (bin + 1) * binSeconds);
            }
        }

        foreach (ref var rate in rates.AsSpan())
        {
            rate /= binSeconds;
        }

        return new TraceStatistics(rates, binSeconds);
    }

    /// <summary>A quantile of the rate, bit/s: the value at place floor(p n) of the n ascending values, counted from 0, at most the last.</summary>
    /// <param name="probability">p, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is NaN or outside [0, 1].</exception>
    public double QuantileBitsPerSecond(double probability) =>
        _sorted[Math.Min(Bins - 1, (int)(Guard.InRange(probability, 0.0, 1.0) * Bins))];

    /// <summary>Correlation of the rate with itself some bins later, in about [-1, 1]: 1 at lag 0; 0 for a rate that never changes.</summary>
    /// <param name="lagBins">Distance in bins, in [0, bins - 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The lag is out of range.</exception>
    public double Autocorrelation(int lagBins)
    {
        Guard.InRange(lagBins, 0, Bins - 1);
        var sum = 0.0;
        for (var bin = lagBins; bin < Bins; bin++)
        {
            sum += (_rates[bin] - MeanBitsPerSecond) * (_rates[bin - lagBins] - MeanBitsPerSecond);
        }

        var variance = StandardDeviationBitsPerSecond * StandardDeviationBitsPerSecond;
        return variance > 0 ? sum / (Bins * variance) : 0.0;
    }
}
