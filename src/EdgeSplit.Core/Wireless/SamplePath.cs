using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless;

/// <summary>One instant of a link's sample path.</summary>
/// <param name="Seconds">Start of the step, seconds since the start of the request.</param>
/// <param name="SnrDb">SNR of the block in which the step starts, dB; NaN where the link knows none (a recorded rate).</param>
/// <param name="SpectralEfficiency">Mean efficiency over the step, bit/s/Hz.</param>
/// <param name="BitsPerSecond">Mean rate over the step: efficiency times granted bandwidth, bit/s.</param>
public readonly record struct SamplePoint(double Seconds, double SnrDb, double SpectralEfficiency, double BitsPerSecond);

/// <summary>What one user's link does over time: to look at, or to take elsewhere.</summary>
public static class SamplePath
{
    /// <summary>The most steps of one path.</summary>
    public const int MaximumSteps = 10_000_000;

    /// <summary>Draws a path.</summary>
    /// <remarks>A pure function of the arguments. The rates are means over the steps, so that they sum to what the link carries, however long the blocks are.</remarks>
    /// <param name="link">The link.</param>
    /// <param name="direction">Which way.</param>
    /// <param name="session">Whose link it is, and in which course of events.</param>
    /// <param name="stepSeconds">Length of a step, seconds, positive.</param>
    /// <param name="steps">Number of steps, in [1, <see cref="MaximumSteps"/>].</param>
    /// <returns>The steps in order of time.</returns>
    /// <exception cref="ArgumentNullException">The link is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    public static IReadOnlyList<SamplePoint> Draw(ILink link, LinkDirection direction, in LinkSession session, double stepSeconds, int steps)
    {
        ArgumentNullException.ThrowIfNull(link);
        Guard.Positive(stepSeconds);
        Guard.InRange(steps, 1, MaximumSteps);
        var process = link.CreateSampler().Create(direction, session);
        var timeline = new LinkTimeline(process);
        var hertz = direction == LinkDirection.Uplink ? link.UplinkGrantedHz : link.DownlinkGrantedHz;
        var points = new SamplePoint[steps];
        Span<double> snr = stackalloc double[1];
        for (var step = 0; step < steps; step++)
        {
            var (start, end) = (step * stepSeconds, (step + 1) * stepSeconds);
            var efficiency = timeline.BitsPerHertz(start, end) / (end - start);
            var snrDb = double.NaN;
            if (process is ISnrProcess known)
            {
                known.FillSnr(TimeBlock.At(start, process.BlockSeconds), snr);
                snrDb = Decibels.FromLinear(snr[0]);
            }

            points[step] = new SamplePoint(start, snrDb, efficiency, efficiency * hertz);
        }

        return points;
    }
}
