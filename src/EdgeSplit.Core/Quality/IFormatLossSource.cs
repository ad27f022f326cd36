using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Quality;

/// <summary>What storing all of a model's weights in a number format costs in quality.</summary>
/// <remarks>
/// <para>Loss of a split, where device and server hold different formats: <see cref="SplitFormatLoss"/>.</para>
/// <para>Implementations must be immutable or otherwise safe to call from several threads.</para>
/// </remarks>
public interface IFormatLossSource
{
    /// <summary>The rise of negative log-likelihood per token over F16 weights, nats: ln(perplexity / perplexity at F16).</summary>
    /// <param name="format">The weight format of the whole model.</param>
    /// <returns>Nats per token, at least 0.</returns>
    double NegativeLogLikelihoodIncreaseNats(NumberFormat format);

    /// <summary>Where the figures come from.</summary>
    QualityProvenance Provenance { get; }
}
