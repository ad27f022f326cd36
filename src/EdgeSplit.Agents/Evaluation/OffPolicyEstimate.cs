namespace EdgeSplit.Agents.Evaluation;

/// <summary>An estimate of a policy's mean reward from another policy's decisions.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error, for independent decisions; NaN for a single one.</param>
/// <param name="EffectiveSampleSize">(Σw)²/Σw²: how many of the decisions tell about the target; far below their number, trust nothing. 0 where none does.</param>
public sealed record OffPolicyEstimate(double Value, double StandardError, double EffectiveSampleSize);
