namespace EdgeSplit.Agents.Surrogates;

/// <summary>One measured loss of quality.</summary>
/// <param name="Split">The split point k: the damage hits the state after k layers.</param>
/// <param name="ErasureProbability">Share of single values erased, in [0, 1].</param>
/// <param name="LossNats">Rise of the negative log-likelihood, nats per token.</param>
/// <param name="StandardErrorNats">Its standard error, nats per token.</param>
public readonly record struct QualityPoint(int Split, double ErasureProbability, double LossNats, double StandardErrorNats);
