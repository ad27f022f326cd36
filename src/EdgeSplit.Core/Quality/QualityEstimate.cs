namespace EdgeSplit.Core.Quality;

/// <summary>The quality of a model's predictions on a text, with standard errors over the windows of the text.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Nll">Mean negative log-likelihood, nats per token, at least 0; perplexity is its exponential.</param>
/// <param name="NllStandardError">Its standard error, nats per token, at least 0.</param>
/// <param name="Kl">Mean Kullback-Leibler divergence from the clean model's next-token distribution to this one, nats per token, at least 0.</param>
/// <param name="KlStandardError">Its standard error, nats per token, at least 0.</param>
/// <param name="Top1">Share of positions at which the most probable token is that of the clean model, in [0, 1].</param>
/// <param name="Top1StandardError">Its standard error, at least 0.</param>
/// <param name="NllRise">Rise of the negative log-likelihood over the clean model on the same windows, nats per token; noise can make it negative.</param>
/// <param name="NllRiseStandardError">Standard error of the rise, of the paired differences by window, nats per token, at least 0.</param>
public sealed record QualityEstimate(
    double Nll,
    double NllStandardError,
    double Kl,
    double KlStandardError,
    double Top1,
    double Top1StandardError,
    double NllRise,
    double NllRiseStandardError);
