namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Means over the predictions of one window of a text.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Nll">Negative log-likelihood, nats per token.</param>
/// <param name="Kl">Kullback-Leibler divergence from the clean model, nats per token, at least 0.</param>
/// <param name="Top1">Share of positions at which the most probable token is that of the clean model, in [0, 1].</param>
public readonly record struct WindowQuality(double Nll, double Kl, double Top1);
