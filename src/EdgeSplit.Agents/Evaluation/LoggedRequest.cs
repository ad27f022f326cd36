namespace EdgeSplit.Agents.Evaluation;

/// <summary>One request of a log: what was decided, how likely that was, and what it cost.</summary>
/// <param name="Request">Index of the request in the schedule of its seed.</param>
/// <param name="SplitPoint">The split that was taken.</param>
/// <param name="Propensity">Probability with which it was taken, in (0, 1].</param>
/// <param name="Cost">What it cost, seconds-equivalent.</param>
public readonly record struct LoggedRequest(int Request, int SplitPoint, double Propensity, double Cost);
