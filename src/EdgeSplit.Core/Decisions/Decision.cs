namespace EdgeSplit.Core.Decisions;

/// <summary>The split that a policy chose for one turn.</summary>
/// <param name="SplitPoint">The split point k, 0..L.</param>
/// <param name="Propensity">The probability with which the policy chooses this split in this situation, in (0, 1]; 1 for a deterministic policy. Kept with the
/// outcome so that other policies can be evaluated on the log. NaN where the policy cannot state it.</param>
public readonly record struct Decision(int SplitPoint, double Propensity);
