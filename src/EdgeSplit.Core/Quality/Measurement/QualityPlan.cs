using EdgeSplit.Core.Compression;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>What a measurement measures: damages of the hidden state at splits, and quantised weights.</summary>
/// <remarks>Cells are simplified, each once, sorted by split in the order given. Everything erased (q = 1) is measured at every split that occurs: it closes the curves. Immutable.</remarks>
public sealed class QualityPlan
{
    /// <summary>Creates a plan.</summary>
    /// <param name="layers">Layers L of the model, at least 2.</param>
    /// <param name="cells">Damages at splits; one at least. Probabilities in [0, 1], SNR in [-200, 200] dB, bits in 2..16, packets of at least one value.</param>
    /// <param name="weights">Quantised weights; may be empty.</param>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentException">There is no cell, one does no damage, or a number is out of range.</exception>
    public QualityPlan(int layers, IEnumerable<PlannedCell> cells, IEnumerable<PlannedWeights> weights)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(weights);
        Layers = Guard.AtLeast(layers, 2);
        var given = cells.Select(cell => Checked(cell, layers)).ToArray();
        if (given.Length == 0)
        {
            throw new ArgumentException("Must hold a cell.", nameof(cells));
        }

        Splits = [.. given.Select(cell => cell.Split).Distinct().Order()];
        Cells = [.. given.Concat(Splits.Select(split => new PlannedCell(split, AllErased))).Distinct().OrderBy(cell => cell.Split)];
        Weights = [.. weights.Select(own => Checked(own, layers)).Distinct().OrderBy(own => own.Bits).ThenBy(own => own.GroupSize).ThenBy(own => own.Layers)];
    }

    /// <summary>Layers L of the model.</summary>
    public int Layers { get; }

    /// <summary>The splits that occur, rising.</summary>
    public IReadOnlyList<int> Splits { get; }

    /// <summary>Damages, by split.</summary>
    public IReadOnlyList<PlannedCell> Cells { get; }

    /// <summary>Quantised weights, by bits, group size and layers.</summary>
    public IReadOnlyList<PlannedWeights> Weights { get; }

    private static HiddenStateDamage AllErased => new() { ErasureProbability = 1 };

    private static PlannedCell Checked(PlannedCell cell, int layers)
    {
        Guard.InRange(cell.Split, 1, layers - 1, "split");
        var damage = cell.Damage.Simplified;
        Guard.InRange(damage.ErasureProbability, 0.0, 1.0, "erasure probability");
        Guard.InRange((int)damage.Pattern, 0, (int)ErasurePattern.InterleavedPackets, "pattern");
        Guard.InRange((int)damage.Recovery, 0, (int)ErasureRecovery.Rescale, "recovery");
        Guard.InRange((int)damage.Scale, 0, (int)QuantizationScale.Channel, "scale");
        Guard.InRange(damage.SnrDb ?? 0, -200, 200, "SNR");
        Guard.InRange(damage.Bits ?? 2, 2, 16, "bits");
        if (damage.Pattern != ErasurePattern.Elements)
        {
            Guard.AtLeast(damage.PacketValues, 1, "packet values");
        }

        return damage != HiddenStateDamage.None ? new PlannedCell(cell.Split, damage)
            : throw new ArgumentException("Must damage the hidden state: the clean model is always measured.", nameof(cell));
    }

    private static PlannedWeights Checked(PlannedWeights own, int layers)
    {
        Guard.InRange(own.Layers, 1, layers, "layers");
        Guard.InRange(own.Bits, 2, 8, "weight bits");
        Guard.AtLeast(own.GroupSize, 0, "group size");
        return own;
    }
}
