using System.CommandLine;
using EdgeSplit.Core.Quality.Measurement;

namespace EdgeSplit.Cli.Verbs;

/// <summary>The options of <c>measure</c> that say what to measure.</summary>
internal sealed class GridOptions
{
    private static readonly QualityGrid Usual = new();

    private readonly Option<IReadOnlyList<int>?> splits = NumberLists.Whole("--splits", "Split points; every one where omitted, 12 of them in deep models.", 1, 100_000);
    private readonly Option<IReadOnlyList<double>?> erasures = NumberLists.Real("--erasure", "Probabilities that a value is lost; 1 is always added. " + Default(Usual.ErasureProbabilities), 1e-9, 1);
    private readonly Option<IReadOnlyList<double>?> snr = NumberLists.Real("--snr", "Signal-to-noise ratios, dB. " + Default(Usual.SnrDb), -100, 100);
    private readonly Option<IReadOnlyList<int>?> bits = NumberLists.Whole("--bits", "Bits per value of the hidden state. " + Default(Usual.Bits), 2, 16);
    private readonly Option<IReadOnlyList<int>?> weightBits = NumberLists.Whole("--weight-bits", "Bits per weight of the first layers. " + Default(Usual.WeightBits), 2, 8);
    private readonly Option<bool> slicesOnly = new("--slices-only") { Description = "Leave out packets, recoveries, scales per channel and combinations of damages." };

    internal void AddTo(Command command)
    {
        foreach (Option option in new Option[] { splits, erasures, snr, bits, weightBits, slicesOnly })
        {
            command.Options.Add(option);
        }
    }

    internal QualityGrid Read(ParseResult parsed)
    {
        if (parsed.GetValue(splits) is { Count: 0 })
        {
            throw new BadInputException("--splits: found none; allowed: at least one split point.");
        }

        return new QualityGrid
        {
            Splits = parsed.GetValue(splits) ?? Usual.Splits,
            ErasureProbabilities = parsed.GetValue(erasures) ?? Usual.ErasureProbabilities,
            SnrDb = parsed.GetValue(snr) ?? Usual.SnrDb,
            Bits = parsed.GetValue(bits) ?? Usual.Bits,
            WeightBits = parsed.GetValue(weightBits) ?? Usual.WeightBits,
            SlicesOnly = parsed.GetValue(slicesOnly),
        };
    }

    internal static void RefuseSplits(QualityGrid grid, int layers)
    {
        if (layers < 2)
        {
            throw new BadInputException("CHECKPOINT: found a model of 1 layer; allowed: 2 layers or more, so that there is a split between them.");
        }

        foreach (var split in grid.Splits)
        {
            if (split >= layers)
            {
                throw new BadInputException(FormattableString.Invariant($"--splits: found {split}; allowed: 1 to {layers - 1} (no hidden state crosses at 0 and at {layers})."));
            }
        }
    }

    private static string Default<T>(IEnumerable<T> numbers) =>
        "Where omitted " + string.Join(", ", numbers.Select(number => FormattableString.Invariant($"{number}"))) + ".";
}
