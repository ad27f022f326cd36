using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Core.Simulation;

/// <summary>The distribution of the mean uplink SNR over the positions of a cell, as <see cref="RequestSchedule"/> draws them, without drawing.</summary>
/// <remarks>Positions are uniform over the ring between the two distances; shadowing is normal; positions below <see cref="RequestSchedule.CoverageSnrDb"/> do not count.</remarks>
internal sealed class CellCoverage
{
    /// <summary>Below this share of covered positions a link does not fit its cell.</summary>
    internal const double LeastCoveredShare = 0.01;

    private const int Rings = 400;
    private readonly double[] snrDb;
    private readonly double shadowingDb;

    internal CellCoverage(LinkParameters link)
    {
        var inner = link.MinimumDistanceMetres * link.MinimumDistanceMetres;
        var outer = link.MaximumDistanceMetres * link.MaximumDistanceMetres;
        shadowingDb = link.ShadowingStandardDeviationDb;
        snrDb = new double[Rings];
        for (var ring = 0; ring < Rings; ring++)
        {
            var distance = Math.Sqrt(inner + ((outer - inner) * (ring + 0.5) / Rings));
            snrDb[ring] = link.Uplink.Evaluate(link.PathLoss.LossDb(distance), 0).SnrDb;
        }

        CoveredShare = ShareAbove(RequestSchedule.CoverageSnrDb);
    }

    /// <summary>Share of the positions that have coverage, 0..1.</summary>
    internal double CoveredShare { get; }

    /// <summary>Median of the mean uplink SNR over the covered positions, dB.</summary>
    internal double MedianSnrDb()
    {
        var low = RequestSchedule.CoverageSnrDb;
        var high = snrDb.Max() + (10 * shadowingDb) + 1;
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
        foreach (var ring in snrDb)
        {
            sum += shadowingDb > 0 ? new NormalDistribution(0, shadowingDb).CumulativeProbability(ring - threshold) : ring >= threshold ? 1 : 0;
        }

        return sum / Rings;
    }
}
