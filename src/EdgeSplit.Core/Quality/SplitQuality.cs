using EdgeSplit.Core.Compression;

namespace EdgeSplit.Core.Quality;

/// <summary>Loss against damage at one measured split. Immutable; look-ups allocate nothing.</summary>
internal sealed class SplitQuality
{
    private const int MostBits = 16; // a quantiser of as many bits is taken to lose nothing, as the formats that cross uncompressed

    private readonly Dictionary<ErasureFamily, LossCurve> erasure = [];
    private readonly Dictionary<QuantizationScale, LossCurve> quantisation = [];
    private readonly LossCurve? noise;
    private readonly double mostNoise;
    private readonly Interaction[] interactions;
    private readonly Interaction[] borrowed = [];
    private readonly double allErased = double.PositiveInfinity;

    internal SplitQuality(int split, IReadOnlyList<QualityCell> cells)
    {
        Split = split;
        var simple = cells.Select(cell => cell with { Damage = cell.Damage.Simplified }).Where(cell => !cell.Damage.IsNone).ToArray();
        var single = simple.Where(cell => KindsOf(cell.Damage) is 1 or 2 or 4).ToArray();
        var erased = single.Where(cell => cell.Damage.ErasureProbability > 0).ToArray();

        // With nothing left neither pattern nor recovery matters: the state is all zeros, so that any family's last point serves all.
        var nothingLeft = erased.FirstOrDefault(cell => cell.Damage.ErasureProbability == 1);
        foreach (var family in erased.GroupBy(cell => ErasureFamily.Of(cell.Damage)))
        {
            var points = family.Select(cell => (cell.Damage.ErasureProbability, cell.Estimate)).ToList();
            if (nothingLeft is not null && !points.Exists(point => point.ErasureProbability == 1))
            {
                points.Add((1, nothingLeft.Estimate));
            }

            erasure[family.Key] = new LossCurve(points, 0);
        }

        if (nothingLeft is not null)
        {
            allErased = erased.Where(cell => cell.Damage.ErasureProbability == 1).Max(cell => cell.Estimate.NllRise);
        }

        foreach (var scale in single.Where(cell => cell.Damage.Bits is not null).GroupBy(cell => cell.Damage.Scale))
        {
            quantisation[scale.Key] = new LossCurve(scale.Select(cell => ((double)cell.Damage.Bits!.Value, cell.Estimate)), MostBits);
        }

        var noisy = single.Where(cell => cell.Damage.SnrDb is not null).Select(cell => (NoiseOf(cell.Damage), cell.Estimate)).ToArray();
        noise = noisy.Length == 0 ? null : new LossCurve(noisy, 0);
        mostNoise = noise?.Range.Last ?? 0;
        interactions = [.. simple.Where(cell => KindsOf(cell.Damage) is not (1 or 2 or 4) && Find(cell.Damage, out _)).Select(cell => new Interaction(this, cell))];
    }

    /// <summary>The same split, with another one's combinations where it has none itself.</summary>
    private SplitQuality(SplitQuality own, SplitQuality nearest)
    {
        (Split, erasure, quantisation, noise, mostNoise, allErased) = (own.Split, own.erasure, own.quantisation, own.noise, own.mostNoise, own.allErased);
        (interactions, borrowed) = (own.interactions, nearest.interactions);
    }

    /// <summary>The splits of a table, each with the combinations of the nearest split that has any where it has none: they are measured at few splits, and losses must not jump from one split to the next.</summary>
    internal static SplitQuality[] Of(QualityTable table)
    {
        var own = table.Cells.GroupBy(cell => cell.Split).OrderBy(group => group.Key).Select(group => new SplitQuality(group.Key, [.. group])).ToArray();
        var combined = own.Where(split => split.interactions.Length > 0).ToArray();
        return combined.Length == 0 ? own
            : [.. own.Select(split => split.interactions.Length > 0 ? split : new SplitQuality(split, combined.MinBy(other => (Math.Abs(other.Split - split.Split), other.Split))!))];
    }

    internal int Split { get; }

    internal IEnumerable<ErasureFamily> Erasures => erasure.Keys;

    internal (double First, double Last)? NoiseRange => noise?.Range;

    internal IEnumerable<(QuantizationScale Scale, double LeastBits)> Quantisations => quantisation.Select(pair => (pair.Key, pair.Value.Range.First));

    internal bool Covers(in HiddenStateDamage damage) => Find(damage, out _);

    /// <summary>The rise in nats per token; the damage must be covered and simplified.</summary>
    internal double LossNats(in HiddenStateDamage damage)
    {
        Find(damage, out var parts);
        var (sum, largest) = parts.Losses();
        return KindsOf(damage) is 1 or 2 or 4 ? sum : Combined(damage, sum, largest);
    }

    internal double StandardErrorNats(in HiddenStateDamage damage)
    {
        Find(damage, out var parts);
        foreach (var interaction in interactions)
        {
            if (interaction.Damage == damage)
            {
                return interaction.StandardError;
            }
        }

        return parts.StandardError();
    }

    private double Combined(in HiddenStateDamage damage, double sum, double largest)
    {
        var share = ShareOf(interactions.Length > 0 ? interactions : borrowed, damage, out var measured);
        return measured is not null && interactions.Length > 0 ? measured.Loss
            : Math.Clamp(sum + (share * Overlap(sum, largest)), largest, Math.Max(largest, allErased));
    }

    private double ShareOf(Interaction[] combinations, in HiddenStateDamage damage, out Interaction? measured)
    {
        double weights = 0, weighted = 0;
        foreach (var combination in combinations)
        {
            if (!combination.IsOfKind(damage))
            {
                continue;
            }

            var distance = combination.SquaredDistance(damage, mostNoise);
            if (distance == 0)
            {
                measured = combination;
                return combination.Share;
            }

            weights += 1 / distance;
            weighted += combination.Share / distance;
        }

        measured = null;
        return weights > 0 ? weighted / weights : 0;
    }

    // What the smaller losses add to the larger one: the part of the sum that an interaction can take away or add to.
    private static double Overlap(double sum, double largest) => Math.Max(0, sum - largest);

    private bool Find(in HiddenStateDamage damage, out Parts parts)
    {
        parts = default;
        if (damage.ErasureProbability > 0)
        {
            if (!erasure.TryGetValue(ErasureFamily.Of(damage), out var curve) || !curve.Covers(damage.ErasureProbability))
            {
                return false;
            }

            parts.Erasure = (curve, damage.ErasureProbability);
        }

        if (damage.SnrDb is not null)
        {
            if (noise is null || !noise.Covers(NoiseOf(damage)))
            {
                return false;
            }

            parts.Noise = (noise, NoiseOf(damage));
        }

        if (damage.Bits is { } bits && bits < MostBits)
        {
            if (!quantisation.TryGetValue(damage.Scale, out var curve) || !curve.Covers(bits))
            {
                return false;
            }

            parts.Quantisation = (curve, bits);
        }

        return true;
    }

    private static double NoiseOf(in HiddenStateDamage damage) => Math.Pow(10, -damage.SnrDb!.Value / 10);

    private static int KindsOf(in HiddenStateDamage damage) =>
        (damage.ErasureProbability > 0 ? 1 : 0) | (damage.SnrDb is null ? 0 : 2) | (damage.Bits is null or >= MostBits ? 0 : 4);

    private struct Parts
    {
        internal (LossCurve? Curve, double At) Erasure;
        internal (LossCurve? Curve, double At) Noise;
        internal (LossCurve? Curve, double At) Quantisation;

        internal readonly (double Sum, double Largest) Losses()
        {
            double sum = 0, largest = 0;
            Add(Erasure, ref sum, ref largest);
            Add(Noise, ref sum, ref largest);
            Add(Quantisation, ref sum, ref largest);
            return (sum, largest);

            static void Add((LossCurve? Curve, double At) part, ref double sum, ref double largest)
            {
                var loss = part.Curve?.At(part.At) ?? 0;
                sum += loss;
                largest = Math.Max(largest, loss);
            }
        }

        internal readonly double StandardError()
        {
            return Math.Sqrt(Square(Erasure) + Square(Noise) + Square(Quantisation));

            static double Square((LossCurve? Curve, double At) part)
            {
                var error = part.Curve?.StandardErrorAt(part.At) ?? 0;
                return error * error;
            }
        }
    }

    // A measured combination, as the share of the overlap by which it departs from the sum of the single losses: -1 is "no worse than the larger one", 0 is "they add".
    private sealed class Interaction
    {
        internal Interaction(SplitQuality quality, QualityCell cell)
        {
            Damage = cell.Damage;
            Loss = cell.Estimate.NllRise;
            StandardError = cell.Estimate.NllRiseStandardError;
            quality.Find(Damage, out var parts);
            var (sum, largest) = parts.Losses();
            var overlap = Overlap(sum, largest);
            Share = overlap > 0 ? (Loss - sum) / overlap : 0;
        }

        internal HiddenStateDamage Damage { get; }

        internal double Loss { get; }

        internal double StandardError { get; }

        internal double Share { get; }

        internal bool IsOfKind(in HiddenStateDamage other) =>
            KindsOf(other) == KindsOf(Damage)
            && (Damage.ErasureProbability == 0 || ErasureFamily.Of(other) == ErasureFamily.Of(Damage))
            && (Damage.Bits is null || other.Scale == Damage.Scale);

        internal double SquaredDistance(in HiddenStateDamage other, double mostNoise)
        {
            var erased = other.ErasureProbability - Damage.ErasureProbability;
            var noisy = Damage.SnrDb == other.SnrDb ? 0 : (NoiseOf(other) - NoiseOf(Damage)) / mostNoise;
            var bits = ((other.Bits ?? 0) - (Damage.Bits ?? 0)) / (double)MostBits;
            return (erased * erased) + (noisy * noisy) + (bits * bits);
        }
    }
}
