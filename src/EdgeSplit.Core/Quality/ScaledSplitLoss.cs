using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Quality;

/// <summary>Another source's losses, all multiplied by a factor: what a decision would be if the loss were half or twice as large.</summary>
/// <remarks>Immutable, safe to share between threads.</remarks>
/// <param name="source">The source.</param>
/// <param name="factor">The factor, positive.</param>
/// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
/// <exception cref="ArgumentOutOfRangeException">The factor is NaN, infinite or not positive.</exception>
public sealed class ScaledSplitLoss(ISplitLossSource source, double factor) : ISplitLossSource
{
    private readonly ISplitLossSource source = source ?? throw new ArgumentNullException(nameof(source));
    private readonly double factor = Guard.Positive(factor);

    /// <inheritdoc/>
    public double WeightLossNats(int splitPoint, TransformerShape shape, NumberFormat deviceWeights, NumberFormat serverWeights) =>
        factor * source.WeightLossNats(splitPoint, shape, deviceWeights, serverWeights);

    /// <inheritdoc/>
    public double HiddenStateLossNats(int splitPoint, TransformerShape shape, in HiddenStateDamage damage) => factor * source.HiddenStateLossNats(splitPoint, shape, damage);

    /// <inheritdoc/>
    public QualityProvenance WeightProvenance(NumberFormat weights) => Scaled(source.WeightProvenance(weights));

    /// <inheritdoc/>
    public QualityProvenance HiddenStateProvenance(TransformerShape shape, in HiddenStateDamage damage) => Scaled(source.HiddenStateProvenance(shape, damage));

    private QualityProvenance Scaled(QualityProvenance provenance) => provenance with { Source = FormattableString.Invariant($"{provenance.Source}, times {factor}") };
}
