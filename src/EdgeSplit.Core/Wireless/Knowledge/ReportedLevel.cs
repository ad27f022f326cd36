using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Knowledge;

/// <summary>Knowledge told as a level of a table, as a channel quality indicator (CQI) is: the highest level whose threshold is met.</summary>
/// <remarks>Level 0 means that not even the first threshold is met: out of range. It takes no draws. Immutable, so safe to share between threads.</remarks>
public sealed class ReportedLevel : IChannelEstimator
{
    private readonly double[] _thresholdsDb;

    /// <summary>Creates the report by levels.</summary>
    /// <param name="thresholdsDb">Least SNR of level 1, 2, ..., decibels, finite and increasing; at least one.</param>
    /// <param name="source">What is told; perfect knowledge if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no threshold, or one is NaN, infinite or not above the one before it.</exception>
    public ReportedLevel(ReadOnlySpan<double> thresholdsDb, IChannelEstimator? source = null)
    {
        Guard.AtLeast(thresholdsDb.Length, 1);
        for (var i = 0; i < thresholdsDb.Length; i++)
        {
            var least = i == 0 ? double.MinValue : Math.BitIncrement(thresholdsDb[i - 1]);
            Guard.InRange(thresholdsDb[i], least, double.MaxValue, FormattableString.Invariant($"thresholdsDb[{i}]"));
        }

        _thresholdsDb = thresholdsDb.ToArray();
        Source = source ?? new PerfectKnowledge();
    }

    /// <summary>What is told.</summary>
    public IChannelEstimator Source { get; }

    /// <summary>Least SNR of level 1, 2, ..., decibels, increasing.</summary>
    public ReadOnlySpan<double> ThresholdsDb => _thresholdsDb;

    /// <summary>The level of an SNR.</summary>
    /// <param name="snrDb">SNR, decibels; not NaN.</param>
    /// <returns>The level: 0 (out of range) to the number of thresholds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The SNR is NaN.</exception>
    public int LevelOf(double snrDb)
    {
        var found = Array.BinarySearch(_thresholdsDb, Guard.NotNaN(snrDb));
        return found >= 0 ? found + 1 : ~found;
    }

    /// <inheritdoc/>
    /// <remarks>The threshold of the reported level: never above what the source says. Negative infinity at level 0.</remarks>
    public double EstimateDb(ISnrProcess channel, double timeSeconds, StreamKey key, ulong entity)
    {
        var level = LevelOf(Source.EstimateDb(channel, timeSeconds, key, entity));
        return level > 0 ? _thresholdsDb[level - 1] : double.NegativeInfinity;
    }
}
