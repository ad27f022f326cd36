using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless.Transfers;

/// <summary>Processes and queries on which the laws of a timeline are tried.</summary>
internal static class TimelineCases
{
    internal static readonly StreamKey Key = StreamKey.Create(7, "timeline-laws");

    internal static IEnumerable<IEfficiencyProcess> Processes() =>
    [
        new ConstantEfficiencyProcess(2.2, 0.011),
        Ragged(700, 0.0217, 3),
        new BlockFadingProcess(Key, 2, 10, NakagamiFading.Rayleigh, new ShannonRate(3.5, 4.4), 0.0434785),
        new BlockFadingProcess(Key, 3, 0.5, new NakagamiFading(0.5), ShannonRate.Capacity, 0.1),
    ];

    /// <summary>A wrapped list of random values in which a third is zero.</summary>
    internal static PiecewiseEfficiencyProcess Ragged(int blocks, double blockSeconds, ulong entity)
    {
        var values = new double[blocks];
        var random = new RandomSource(Key, entity);
        foreach (ref var value in values.AsSpan())
        {
            value = Math.Max(0.0, (6 * random.NextUniform()) - 2);
        }

        return new(blockSeconds, values, PiecewiseExtension.Wrap);
    }

    internal static (double Start, double Size)[] Queries(int count, double lastStart, double largest)
    {
        var random = new RandomSource(Key, 99);
        var queries = new (double Start, double Size)[count];
        for (var i = 0; i < count; i++)
        {
            var exponent = random.NextUniform();
            queries[i] = (lastStart * random.NextUniform(), largest * Math.Pow(1e-5, exponent));
        }

        return queries;
    }
}
