using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless;

/// <summary>The distribution of the mean uplink SNR over the positions of a cell, as <see cref="RadioLinkSampler"/> draws them, without drawing.</summary>
/// <remarks>Positions are uniform over the ring between the two distances; shadowing is normal; positions below <see cref="LinkParameters.CoverageSnrDb"/> do not count.</remarks>
internal sealed class CellCoverage
{
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

        CoveredShare = ShareAbove(LinkParameters.CoverageSnrDb);
    }

    /// <summary>Share of the positions that have coverage, 0..1.</summary>
    internal double CoveredShare { get; }

    /// <summary>Median of the mean uplink SNR over the covered positions, dB.</summary>
    internal double MedianSnrDb()
    {
        var low = LinkParameters.CoverageSnrDb;
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
