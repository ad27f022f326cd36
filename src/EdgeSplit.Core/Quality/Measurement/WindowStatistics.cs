namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>From means of windows to an estimate with standard errors.</summary>
/// <remarks>Windows count as independent; a standard error is the sample standard deviation over the windows (divisor n - 1) over the root of their number. The rise is
/// the mean difference to the clean model on the same windows, its error that of the differences. Sums are double, in the order of the windows.</remarks>
public static class WindowStatistics
{
    /// <summary>Estimates quality.</summary>
    /// <param name="clean">The clean model, by window; at least 2.</param>
    /// <param name="windows">The measured one on the same windows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 windows, or the lengths differ.</exception>
    public static QualityEstimate Estimate(ReadOnlySpan<WindowQuality> clean, ReadOnlySpan<WindowQuality> windows)
    {
        Guard.AtLeast(clean.Length, 2);
        Guard.SameLength(windows.Length, clean.Length);
        var (nll, nllError) = Mean(windows, clean, static (window, _) => window.Nll);
        var (kl, klError) = Mean(windows, clean, static (window, _) => window.Kl);
        var (top1, top1Error) = Mean(windows, clean, static (window, _) => window.Top1);
        var (rise, riseError) = Mean(windows, clean, static (window, own) => window.Nll - own.Nll);
        return new QualityEstimate(nll, nllError, kl, klError, top1, top1Error, rise, riseError);
    }

    private static (double Mean, double StandardError) Mean(
        ReadOnlySpan<WindowQuality> windows, ReadOnlySpan<WindowQuality> clean, Func<WindowQuality, WindowQuality, double> value)
    {
        var mean = 0.0;
        for (var i = 0; i < windows.Length; i++)
        {
            mean += value(windows[i], clean[i]);
        }

        mean /= windows.Length;
        var squares = 0.0;
        for (var i = 0; i < windows.Length; i++)
        {
            var distance = value(windows[i], clean[i]) - mean;
            squares += distance * distance;
        }

        return (mean, Math.Sqrt(squares / (windows.Length - 1) / windows.Length));
    }
}
