using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Quality;

/// <summary>What a split costs in quality by its depth: quantised weights on either side, and damage to the hidden state that crosses.</summary>
/// <remarks>
/// <para>The seam for losses of one's own: a table measured elsewhere, a fitted formula, a learned predictor. The library's own is <see cref="MeasuredSplitLoss"/>.</para>
/// <para>Implementations must be immutable or otherwise safe to call from several threads, give the same answer to the same question, and should not allocate in
/// <see cref="HiddenStateLossNats"/>: on an unreliable link it runs once per request.</para>
/// </remarks>
public interface ISplitLossSource
{
    /// <summary>The rise of the negative log-likelihood that the weight formats cause, nats per token.</summary>
    /// <param name="splitPoint">The split point k, in [0, L].</param>
    /// <param name="shape">The model that is split.</param>
    /// <param name="deviceWeights">Format of layers 1..k.</param>
    /// <param name="serverWeights">Format of the other layers.</param>
    /// <returns>Nats per token, at least 0.</returns>
    double WeightLossNats(int splitPoint, TransformerShape shape, NumberFormat deviceWeights, NumberFormat serverWeights);

    /// <summary>The rise of the negative log-likelihood that damage to the hidden state causes, nats per token.</summary>
    /// <param name="splitPoint">The split point k, in [0, L].</param>
    /// <param name="shape">The model that is split; packet sizes of the damage are in values of this model's hidden state.</param>
    /// <param name="damage">What happens between the two halves.</param>
    /// <returns>Nats per token, at least 0; 0 at k = 0 and k = L, where no hidden state crosses.</returns>
    /// <exception cref="ArgumentException">The source does not cover the damage; the message says what it covers.</exception>
    double HiddenStateLossNats(int splitPoint, TransformerShape shape, in HiddenStateDamage damage);

    /// <summary>Where the loss of a weight format comes from.</summary>
    /// <param name="weights">The format.</param>
    QualityProvenance WeightProvenance(NumberFormat weights);

    /// <summary>Where the loss of a damage comes from, and what was put in its place if it was not measured itself.</summary>
    /// <param name="shape">The model that is split.</param>
    /// <param name="damage">What happens between the two halves.</param>
    QualityProvenance HiddenStateProvenance(TransformerShape shape, in HiddenStateDamage damage);
}
