namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>How good one prediction of the next token is, beside that of the clean model at the same position.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Nll">Negative log-likelihood of the token that follows, nats.</param>
/// <param name="Kl">Kullback-Leibler divergence from the clean distribution to this one, nats, at least 0.</param>
/// <param name="IsSameTop">Whether both put the same token first.</param>
public readonly record struct PredictionQuality(double Nll, double Kl, bool IsSameTop);
