using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Quality;

/// <summary>The losses of a quality table, with a source for the weight formats that it does not cover.</summary>
/// <remarks>
/// <para>Weights: <see cref="MeasuredWeightLoss"/> where the table covers the format; layers k+1..L in a format cost what all layers in it cost less what layers 1..k do. Other formats:
/// their share of the layers times the loss that the other source gives for the whole model (<see cref="SplitFormatLoss"/>). Device and server add.</para>
/// <para>Hidden state: <see cref="MeasuredQuality"/>; a packet is as long as in the table where it holds as large a part of a token, and the measured size nearest to that is taken.
/// Negative rises count as 0. Immutable, safe to share between threads.</para>
/// </remarks>
public sealed class MeasuredSplitLoss : ISplitLossSource
{
    private const double OtherPacketRatio = 2; // beyond it the provenance says that another size was measured

    private readonly MeasuredWeightLoss? weights;
    private readonly IFormatLossSource formats;

    /// <summary>Prepares a table.</summary>
    /// <param name="quality">Losses of the hidden state, and the table.</param>
    /// <param name="formats">Loss of the weight formats that the table does not cover.</param>
    /// <param name="useMeasuredWeights">Whether the table's weight cells count; with false <paramref name="formats"/> gives all weight formats.</param>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    public MeasuredSplitLoss(MeasuredQuality quality, IFormatLossSource formats, bool useMeasuredWeights = true)
    {
        ArgumentNullException.ThrowIfNull(quality);
        ArgumentNullException.ThrowIfNull(formats);
        Quality = quality;
        this.formats = formats;
        weights = useMeasuredWeights ? new MeasuredWeightLoss(quality.Table) : null;
    }

    /// <summary>The losses of the hidden state.</summary>
    public MeasuredQuality Quality { get; }

    /// <summary>Whether the table gives the loss of a weight format, so that the other source is not asked.</summary>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentNullException"><paramref name="format"/> is null.</exception>
    public bool CoversWeights(NumberFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return weights?.CellOf(format) is not null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Neither source covers a format.</exception>
    public double WeightLossNats(int splitPoint, TransformerShape shape, NumberFormat deviceWeights, NumberFormat serverWeights)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(deviceWeights);
        ArgumentNullException.ThrowIfNull(serverWeights);
        var layers = shape.Layers;
        Guard.InRange(splitPoint, 0, layers);
        if (weights is null || (weights.CellOf(deviceWeights) is null && weights.CellOf(serverWeights) is null))
        {
            return SplitFormatLoss.NegativeLogLikelihoodIncreaseNats(formats, splitPoint, layers, deviceWeights, serverWeights);
        }

        var device = splitPoint == 0 ? 0
            : weights.Covers(deviceWeights) ? weights.NllRiseNats(splitPoint, layers, deviceWeights)
            : (double)splitPoint / layers * formats.NegativeLogLikelihoodIncreaseNats(deviceWeights);
        var server = splitPoint == layers ? 0
            : weights.Covers(serverWeights) ? Math.Max(0, weights.NllRiseNats(layers, layers, serverWeights) - weights.NllRiseNats(splitPoint, layers, serverWeights))
            : (double)(layers - splitPoint) / layers * formats.NegativeLogLikelihoodIncreaseNats(serverWeights);
        return device + server;
    }

    /// <inheritdoc/>
    public double HiddenStateLossNats(int splitPoint, TransformerShape shape, in HiddenStateDamage damage)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Math.Max(0, Quality.NllRiseNats(splitPoint, shape.Layers, Own(shape, damage)));
    }

    /// <inheritdoc/>
    public QualityProvenance WeightProvenance(NumberFormat weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return this.weights?.CellOf(weights) is { } cell
            ? Quality.Provenance with { Source = FormattableString.Invariant($"{Quality.Provenance.Source}: {weights.Name} as {cell.Bits} bits in groups of {(cell.GroupSize == 0 ? "a row" : cell.GroupSize)}, by layers") }
            : formats is PublishedFormatLoss published ? published.ProvenanceOf(weights) : formats.Provenance;
    }

    /// <inheritdoc/>
    public QualityProvenance HiddenStateProvenance(TransformerShape shape, in HiddenStateDamage damage)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var own = Own(shape, damage);
        var wanted = (double)damage.PacketValues * Quality.Table.Model.HiddenSize / shape.HiddenSize;
        var ratio = own.Simplified.PacketValues > 0 && wanted > 0 ? own.PacketValues / wanted : 1;
        var notes = ratio is > OtherPacketRatio or < 1 / OtherPacketRatio
            ? FormattableString.Invariant($"; packets of {(double)damage.PacketValues / shape.HiddenSize:0.###} tokens read as the nearest measured, {(double)own.PacketValues / Quality.Table.Model.HiddenSize:0.###} tokens")
            : "";
        return Quality.Provenance with { Source = Quality.Provenance.Source + notes };
    }

    /// <summary>The damage in the table's own packet sizes: two hundred values are a packet of another kind where a token has a hundred.</summary>
    private HiddenStateDamage Own(TransformerShape shape, in HiddenStateDamage damage)
    {
        var simple = damage.Simplified;
        return simple.PacketValues > 0
            && Quality.NearestPacketValues(simple.Pattern, simple.Recovery, (double)simple.PacketValues * Quality.Table.Model.HiddenSize / shape.HiddenSize) is { } nearest
            ? simple with { PacketValues = nearest } : simple;
    }
}
