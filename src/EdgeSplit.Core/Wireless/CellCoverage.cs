using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless;

/// <summary>The distribution of the mean uplink SNR over the positions of a cell, as <see cref="RadioLinkSampler"/> draws them, without drawing.</summary>
/// <remarks>Positions are uniform over the ring between the two distances; shadowing is normal; positions below <see cref="LinkParameters.CoverageSnrDb"/> do not count.</remarks>
internal sealed class CellCoverage
{
    private const int Rings = 400;
    private readonly double[] snrDb;
    private readonly double[] clearSnrDb;
    private readonly double[] clearProbability; // of line of sight; 0 where the link knows only one state
    private readonly double shadowingDb;
    private readonly double clearShadowingDb;

    internal CellCoverage(LinkParameters link)
    {
        var inner = link.MinimumDistanceMetres * link.MinimumDistanceMetres;
        var outer = link.MaximumDistanceMetres * link.MaximumDistanceMetres;
        shadowingDb = link.ShadowingStandardDeviationDb;
        clearShadowingDb = link.LineOfSight?.ShadowingStandardDeviationDb ?? 0;
        (snrDb, clearSnrDb, clearProbability) = (new double[Rings], new double[Rings], new double[Rings]);
        for (var ring = 0; ring < Rings; ring++)
        {
            var distance = Math.Sqrt(inner + ((outer - inner) * (ring + 0.5) / Rings));
            snrDb[ring] = clearSnrDb[ring] = link.Uplink.Evaluate(link.PathLoss.LossDb(distance), 0).SnrDb;
            if (link.LineOfSight is { } clear)
            {
                clearSnrDb[ring] = link.Uplink.Evaluate(clear.PathLoss.LossDb(distance), 0).SnrDb;
                clearProbability[ring] = clear.Probability.Probability(distance);
            }
        }

        CoveredShare = ShareAbove(LinkParameters.CoverageSnrDb);
    }

    /// <summary>Share of the positions that have coverage, 0..1.</summary>
    internal double CoveredShare { get; }

    /// <summary>Median of the mean uplink SNR over the covered positions, dB.</summary>
    internal double MedianSnrDb()
    {
        var low = LinkParameters.CoverageSnrDb;
        var high = Math.Max(snrDb.Max(), clearSnrDb.Max()) + (10 * Math.Max(shadowingDb, clearShadowingDb)) + 1;
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = ShareAbove(middle) > CoveredShare / 2 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private double ShareAbove(double threshold)
    {
        var sum = 0.0;
        for (var ring = 0; ring < Rings; ring++)
        {
            var p = clearProbability[ring];
            sum += ((1 - p) * ProbabilityAbove(threshold, snrDb[ring], shadowingDb)) + (p > 0 ? p * ProbabilityAbove(threshold, clearSnrDb[ring], clearShadowingDb) : 0);
        }

        return sum / Rings;
    }

    private static double ProbabilityAbove(double threshold, double meanDb, double deviationDb) =>
        deviationDb > 0 ? new NormalDistribution(0, deviationDb).CumulativeProbability(meanDb - threshold) : meanDb >= threshold ? 1 : 0;
}
