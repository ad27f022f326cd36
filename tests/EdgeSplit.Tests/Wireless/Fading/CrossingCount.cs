using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Tests.Wireless.Fading;

/// <summary>Counts the fades of sampled fading processes.</summary>
internal static class CrossingCount
{
    /// <summary>Downward crossings per second and mean fade duration over several links.</summary>
    internal static (double RateHz, double FadeSeconds) Of(IEnumerable<IFadingProcess> links, int blocks, double level)
    {
        var gains = new double[blocks];
        var (crossings, bad, total, seconds) = (0L, 0L, 0L, 0.0);
        foreach (var link in links)
        {
            link.FillGains(0, gains);
            seconds = link.BlockSeconds;
            total += blocks;
            for (var i = 0; i < blocks; i++)
            {
                bad += gains[i] < level ? 1 : 0;
                crossings += i > 0 && gains[i] < level && gains[i - 1] >= level ? 1 : 0;
            }
        }

        var pairs = total * (blocks - 1.0) / blocks;
        return (crossings / (pairs * seconds), bad * seconds / (double)crossings);
    }
}
