using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;

namespace EdgeSplit.Tests.Quality;

/// <summary>A made-up quality table with every kind of cell: a model of 6 layers of 12 values, measured at splits 1, 2, 4 and 5.</summary>
internal static class TestTables
{
    internal const string ModelName = "six-layers";

    internal static readonly int[] Splits = [1, 2, 4, 5];

    internal static QualityTable Table { get; } = Make(split => 1 + (0.5 * split));

    /// <summary>A table whose losses are multiplied with a factor of the split.</summary>
    internal static QualityTable Make(Func<int, double> factor)
    {
        var cells = new List<QualityCell>();
        foreach (var split in Splits)
        {
            void Add(HiddenStateDamage damage, double rise) => cells.Add(new QualityCell(split, damage, Estimate(factor(split) * rise)));
            foreach (var q in new[] { 0.05, 0.2, 0.5, 1 })
            {
                Add(new() { ErasureProbability = q }, 3 * q * q);
            }

            foreach (var q in new[] { 0.1, 0.4 })
            {
                Add(new() { ErasureProbability = q, Pattern = ErasurePattern.Packets, PacketValues = 6 }, 2.5 * q);
                Add(new() { ErasureProbability = q, Pattern = ErasurePattern.Packets, PacketValues = 48 }, 2.8 * q);
            }

            foreach (var snr in new[] { 20, 10, 0 })
            {
                Add(new() { SnrDb = snr }, 0.5 * Math.Pow(10, -snr / 10.0));
            }

            Add(new() { Bits = 8 }, 0.001);
            Add(new() { Bits = 6 }, 0.01);
            Add(new() { Bits = 4 }, 0.2);
            Add(new() { Bits = 8, Scale = QuantizationScale.Channel }, 0.003);
            Add(new() { Bits = 4, ErasureProbability = 0.2 }, 0.25);
            Add(new() { Bits = 8, ErasureProbability = 0.5 }, 0.7505);
        }

        return new QualityTable
        {
            Model = new QualityTableModel(ModelName, new string('a', 64), 6, 12, 64),
            Text = new QualityTableText("made up", new string('0', 64), 10, 32),
            Seed = 7,
            LibraryVersion = "0.0.0",
            Clean = Estimate(0) with { Nll = 2 },
            Cells = cells,
            Weights = [.. new[] { 2, 4, 6 }.SelectMany(layers => new[] { new WeightCell(layers, 8, 32, Estimate(0.001 * layers)), new WeightCell(layers, 4, 32, Estimate(0.02 * layers * layers)) })],
            Leakage =
            [
                .. Splits.Select(split => new LeakageCell(split, "ridge", HiddenStateDamage.None, 1 - (0.1 * split), 0.3, 1, 100)),
                new LeakageCell(1, "ridge", new HiddenStateDamage { Bits = 4 }, 0.2, 0.1, 0.3, 100),
                new LeakageCell(2, "nearest-embedding", HiddenStateDamage.None, 0.4, 0.3, 0.5, 100),
            ],
        };
    }

    internal static QualityEstimate Estimate(double rise) => new(2 + rise, 0.02, Math.Abs(rise), 0.01, 0.9, 0.005, rise, 0.1 * rise);
}
