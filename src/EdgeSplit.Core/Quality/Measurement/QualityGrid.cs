using EdgeSplit.Core.Compression;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>A plan in a few lists: slices over erasure, noise and bits at many splits, and fewer cells of packets, recoveries and combinations at some of them.</summary>
/// <remarks>
/// <para>At every split: single values erased and set to zero (the published rule), noise, bits with a scale per token.</para>
/// <para>At <see cref="FewSplits"/> of them, unless <see cref="SlicesOnly"/>: bits with a scale per channel (3, 4, 8); packets of a quarter of a token and of a whole one, neighbouring and
/// interleaved, with every recovery; single values with the other recoveries; combinations of two damages (10 % or 30 % erased, 5 or 15 dB, 3 or 4 bits).</para>
/// <para>Weights: the first k layers for every k, or for <see cref="MostSplits"/> + 1 of them in deeper models, in groups of 32, and 4 and 8 bits with a scale per row where they are listed.</para>
/// <para>The defaults make 12 layers some 690 cells; a cell at split k costs (L - k) / L of a pass over the text. Immutable.</para>
/// </remarks>
public sealed record QualityGrid
{
    /// <summary>Splits that are measured where none are named: every one up to so many, spread evenly in deeper models.</summary>
    public const int MostSplits = 12;

    /// <summary>Splits at which packets, recoveries and combinations are measured.</summary>
    public const int FewSplits = 4;

    private const int GroupSize = 32;

    private static readonly double[] PacketErasures = [0.02, 0.1, 0.3, 0.6];

    /// <summary>Split points k, 1..L - 1; empty for the usual ones.</summary>
    /// <value>The default value is empty.</value>
    public IReadOnlyList<int> Splits { get; init; } = [];

    /// <summary>Probabilities that a value is erased, in (0, 1]; 1 is always added.</summary>
    /// <value>The default value is 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75.</value>
    public IReadOnlyList<double> ErasureProbabilities { get; init; } = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75];

    /// <summary>Signal-to-noise ratios, dB.</summary>
    /// <value>The default value is -10, -5, 0, 5, 10, 15, 20, 25, 30.</value>
    public IReadOnlyList<double> SnrDb { get; init; } = [-10, -5, 0, 5, 10, 15, 20, 25, 30];

    /// <summary>Bits per value of the hidden state, 2..16.</summary>
    /// <value>The default value is 2, 3, 4, 5, 6, 8.</value>
    public IReadOnlyList<int> Bits { get; init; } = [2, 3, 4, 5, 6, 8];

    /// <summary>Bits per weight, 2..8.</summary>
    /// <value>The default value is 2, 3, 4, 8.</value>
    public IReadOnlyList<int> WeightBits { get; init; } = [2, 3, 4, 8];

    /// <summary>Whether packets, recoveries, scales per channel and combinations are left out.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool SlicesOnly { get; init; }

    /// <summary>The plan for a model.</summary>
    /// <param name="layers">Layers L, at least 2.</param>
    /// <param name="hiddenSize">Values per token d, at least 1.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public QualityPlan Plan(int layers, int hiddenSize)
    {
        Guard.AtLeast(layers, 2);
        Guard.AtLeast(hiddenSize, 1);
        var splits = Splits.Count > 0 ? [.. Splits.Distinct().Order()] : Spread(1, layers - 1, MostSplits);
        var few = Spread(0, splits.Length - 1, FewSplits).Select(index => splits[index]);
        var cells = splits.SelectMany(split => Slices().Select(damage => new PlannedCell(split, damage)));
        if (!SlicesOnly)
        {
            cells = cells.Concat(few.SelectMany(split => Others(hiddenSize).Select(damage => new PlannedCell(split, damage))));
        }

        return new QualityPlan(layers, cells, Weights(layers));
    }

    private IEnumerable<HiddenStateDamage> Slices() =>
    [
        new HiddenStateDamage { ErasureProbability = 1 },
        .. ErasureProbabilities.Select(probability => new HiddenStateDamage { ErasureProbability = probability }),
        .. SnrDb.Select(snr => new HiddenStateDamage { SnrDb = snr }),
        .. Bits.Select(bits => new HiddenStateDamage { Bits = bits }),
    ];

    private static IEnumerable<HiddenStateDamage> Others(int hiddenSize)
    {
        foreach (var bits in new[] { 3, 4, 8 })
        {
            yield return new HiddenStateDamage { Bits = bits, Scale = QuantizationScale.Channel };
        }

        foreach (var recovery in Enum.GetValues<ErasureRecovery>())
        {
            foreach (var probability in PacketErasures)
            {
                yield return new HiddenStateDamage { ErasureProbability = probability, Recovery = recovery };
                foreach (var pattern in new[] { ErasurePattern.Packets, ErasurePattern.InterleavedPackets })
                {
                    yield return new HiddenStateDamage { ErasureProbability = probability, Pattern = pattern, Recovery = recovery, PacketValues = Math.Max(1, hiddenSize / 4) };
                    yield return new HiddenStateDamage { ErasureProbability = probability, Pattern = pattern, Recovery = recovery, PacketValues = hiddenSize };
                }
            }
        }

        foreach (var probability in new[] { 0.1, 0.3 })
        {
            yield return new HiddenStateDamage { ErasureProbability = probability, Bits = 3 };
            yield return new HiddenStateDamage { ErasureProbability = probability, Bits = 4 };
            yield return new HiddenStateDamage { ErasureProbability = probability, SnrDb = 5 };
            yield return new HiddenStateDamage { ErasureProbability = probability, SnrDb = 15 };
        }

        foreach (var snr in new double[] { 5, 15 })
        {
            yield return new HiddenStateDamage { SnrDb = snr, Bits = 3 };
            yield return new HiddenStateDamage { SnrDb = snr, Bits = 4 };
        }
    }

    private IEnumerable<PlannedWeights> Weights(int layers) =>
        from bits in WeightBits
        from groupSize in bits is 4 or 8 ? new[] { GroupSize, 0 } : [GroupSize]
        from count in Spread(1, layers, MostSplits + 1)
        select new PlannedWeights(count, bits, groupSize);

    /// <summary>So many whole numbers between two, both included, as even as they can be; all of them where there are fewer.</summary>
    private static int[] Spread(int first, int last, int most)
    {
        var count = Math.Min(most, last - first + 1);
        return count == 1 ? [first] : [.. Enumerable.Range(0, count).Select(i => first + (int)((((long)(last - first) * i * 2) + count - 1) / (2 * (count - 1))))];
    }
}
