using EdgeSplit.Core.Compression;

namespace EdgeSplit.Core.Quality;

/// <summary>The loss of quality between the points of a quality table: rise of the negative log-likelihood, nats per token, at a split and a damage of the hidden state.</summary>
/// <remarks>
/// <para>Exact at measured cells. At one split: a monotone cubic (PCHIP) in the erased share from 0 without loss to the last measured one, in 1/SNR (linear) from 0 without loss, and in
/// bits per value up to 16, which lose nothing. With everything erased the state is all zeros whatever the pattern and recovery, so that one such cell serves all. Between measured splits:
/// linear in depth k/L. A split above the first or below the last measured depth takes that depth's loss. At k = 0 and k = L no hidden state crosses: no loss.</para>
/// <para>Several damages at once: the sum of their losses plus a correction from measured combinations of the same kinds, family and scale at that split, or at the nearest one that has any. A combination counts as the share of
/// (sum - largest single loss) by which it departs from the sum; shares are interpolated with weights 1/distance^2 in (erased share, 1/SNR over its largest, bits/16). So the result is
/// exact at combinations and continuous with the single losses; elsewhere it is never below the largest single loss nor above the loss with everything erased.</para>
/// <para>A model of another number of layers is entered by its depth k/L. Nothing else is extrapolated: a pattern, recovery, packet size or scale that was not measured, more erasure, more noise or
/// fewer bits than measured are errors that say what the table covers. Negative rises, which are noise of the measurement, are reported as they were measured.</para>
/// <para>Immutable, safe to share between threads; look-ups allocate nothing.</para>
/// </remarks>
public sealed class MeasuredQuality
{
    private readonly SplitQuality[] splits;
    private readonly ErasureFamily[] families;
    private readonly double factor;

    /// <summary>Prepares a table.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    public MeasuredQuality(QualityTable table)
        : this(table, 1, SplitQuality.Of(table ?? throw new ArgumentNullException(nameof(table))))
    {
    }

    private MeasuredQuality(QualityTable table, double factor, SplitQuality[] splits)
    {
        Table = table;
        this.factor = factor;
        this.splits = splits;
        families = [.. splits.SelectMany(split => split.Erasures).Distinct().OrderBy(family => (family.Pattern, family.Recovery, family.PacketValues))];
        Provenance = new QualityProvenance(
            QualityKind.Measured,
            FormattableString.Invariant($"quality table of {table.Model.Name}, {table.Text.Windows} windows of {table.Text.ContextTokens} tokens of {table.Text.Source}")
                + (factor == 1 ? "" : FormattableString.Invariant($", losses times {factor}")),
            table.Model.Name);
    }

    /// <summary>The table.</summary>
    public QualityTable Table { get; }

    /// <summary>Where the figures come from.</summary>
    public QualityProvenance Provenance { get; }

    /// <summary>The same table with all losses and standard errors multiplied: what a decision would be if the loss were half or twice as large.</summary>
    /// <param name="lossFactor">The factor, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is NaN, infinite or not positive.</exception>
    public MeasuredQuality Scaled(double lossFactor) => new(Table, factor * Guard.Positive(lossFactor), splits);

    /// <summary>The loss at a split: the rise of the negative log-likelihood, nats per token.</summary>
    /// <param name="splitPoint">The split point k, in [0, <paramref name="totalLayers"/>].</param>
    /// <param name="totalLayers">Layers L of the model that is split, at least 1.</param>
    /// <param name="damage">What happens to the hidden state; packet sizes are those of the table's model.</param>
    /// <returns>Nats per token; 0 at k = 0, at k = L and without damage.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count, the share or the number of bits is out of range.</exception>
    /// <exception cref="ArgumentException">The table does not cover the damage; the message says what it covers.</exception>
    public double NllRiseNats(int splitPoint, int totalLayers, in HiddenStateDamage damage)
    {
        var simple = Checked(splitPoint, totalLayers, damage);
        if (splitPoint == 0 || splitPoint == totalLayers || simple.IsNone)
        {
            return 0;
        }

        var (above, below, share) = Neighbours(splitPoint, totalLayers, simple);
        var loss = above.LossNats(simple);
        return factor * (share == 0 ? loss : loss + (share * (below.LossNats(simple) - loss)));
    }

    /// <summary>The standard error of the loss at a split, nats per token: linear between measured points, and for several damages away from a measured combination the root of the sum of squares.</summary>
    /// <param name="splitPoint">The split point k, in [0, <paramref name="totalLayers"/>].</param>
    /// <param name="totalLayers">Layers L of the model that is split, at least 1.</param>
    /// <param name="damage">What happens to the hidden state.</param>
    /// <exception cref="ArgumentException">As for <see cref="NllRiseNats"/>.</exception>
    public double StandardErrorNats(int splitPoint, int totalLayers, in HiddenStateDamage damage)
    {
        var simple = Checked(splitPoint, totalLayers, damage);
        if (splitPoint == 0 || splitPoint == totalLayers || simple.IsNone)
        {
            return 0;
        }

        var (above, below, share) = Neighbours(splitPoint, totalLayers, simple);
        return factor * (((1 - share) * above.StandardErrorNats(simple)) + (share * below.StandardErrorNats(simple)));
    }

    /// <summary>Whether the table covers a damage at one split at least, so that <see cref="NllRiseNats"/> answers.</summary>
    /// <param name="damage">What happens to the hidden state.</param>
    public bool Covers(in HiddenStateDamage damage)
    {
        var simple = damage.Simplified;
        foreach (var split in splits)
        {
            if (split.Covers(simple))
            {
                return true;
            }
        }

        return simple.IsNone;
    }

    /// <summary>The measured packet size nearest to a wanted one, by the ratio of both.</summary>
    /// <param name="pattern">Pattern of packets.</param>
    /// <param name="recovery">Recovery.</param>
    /// <param name="packetValues">Wanted values per packet, positive.</param>
    /// <returns>Values per packet; null where no packet was measured with that pattern and recovery; 0 for single elements.</returns>
    public int? NearestPacketValues(ErasurePattern pattern, ErasureRecovery recovery, double packetValues)
    {
        Guard.Positive(packetValues);
        int? nearest = null;
        foreach (var family in families)
        {
            if (family.Pattern == pattern && family.Recovery == recovery
                && (nearest is not { } known || Math.Abs(Math.Log(family.PacketValues / packetValues)) < Math.Abs(Math.Log(known / packetValues))))
            {
                nearest = family.PacketValues;
            }
        }

        return nearest;
    }

    /// <summary>What the table covers, in words, for error messages.</summary>
    public string Coverage
    {
        get
        {
            var erasures = families.Select(family => family.ToString()).ToArray();
            var noise = splits.Select(split => split.NoiseRange?.Last ?? 0).DefaultIfEmpty(0).Max();
            var bits = splits.SelectMany(split => split.Quantisations).GroupBy(pair => pair.Scale).OrderBy(group => group.Key)
                .Select(group => FormattableString.Invariant($"{group.Min(pair => pair.LeastBits)} to 16 with a scale per {EnumWords<QuantizationScale>.Of(group.Key)}")).ToArray();
            return $"splits {string.Join(", ", splits.Select(split => split.Split))} of {Table.Model.Layers}; erasures {(erasures.Length == 0 ? "none" : string.Join(", ", erasures))}; SNR "
                + (noise > 0 ? FormattableString.Invariant($"from {10 * Math.Log10(1 / noise):0.###} dB") : "none") + "; bits " + (bits.Length == 0 ? "none" : string.Join(", ", bits));
        }
    }

    private static HiddenStateDamage Checked(int splitPoint, int totalLayers, in HiddenStateDamage damage)
    {
        Guard.AtLeast(totalLayers, 1);
        Guard.InRange(splitPoint, 0, totalLayers);
        Guard.InRange(damage.ErasureProbability, 0, 1);
        Guard.InRange(damage.Bits ?? 1, 1, 64);
        Guard.NotNaN(damage.SnrDb ?? 0);
        return damage.Simplified;
    }

    /// <summary>The measured splits that cover the damage around a depth, and where between them it lies.</summary>
    private (SplitQuality Above, SplitQuality Below, double Share) Neighbours(int splitPoint, int totalLayers, in HiddenStateDamage damage)
    {
        SplitQuality? above = null, below = null;
        var depth = (long)splitPoint * Table.Model.Layers; // in products, so that equal depths compare equal
        foreach (var split in splits)
        {
            if (!split.Covers(damage))
            {
                continue;
            }

            var at = (long)split.Split * totalLayers;
            if (at <= depth || above is null)
            {
                above = split;
            }

            if (at >= depth)
            {
                below = split;
                break;
            }
        }

        if (above is null)
        {
            throw new ArgumentException($"The quality table of {Table.Model.Name} does not cover {Words(damage)}. Covered: {Coverage}.", nameof(damage));
        }

        below ??= above;
        var (from, to) = ((long)above.Split * totalLayers, (long)below.Split * totalLayers);
        return (above, below, to > from ? (double)(depth - from) / (to - from) : 0);
    }

    private static string Words(in HiddenStateDamage damage)
    {
        var words = new List<string>();
        if (damage.ErasureProbability > 0)
        {
            words.Add(FormattableString.Invariant($"a share of {damage.ErasureProbability} erased by {ErasureFamily.Of(damage)}"));
        }

        if (damage.SnrDb is { } snr)
        {
            words.Add(FormattableString.Invariant($"an SNR of {snr} dB"));
        }

        if (damage.Bits is { } bits)
        {
            words.Add(FormattableString.Invariant($"{bits} bits with a scale per {EnumWords<QuantizationScale>.Of(damage.Scale)}"));
        }

        return string.Join(" with ", words);
    }
}
