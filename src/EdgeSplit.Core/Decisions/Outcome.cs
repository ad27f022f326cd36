using EdgeSplit.Core.Placements;

namespace EdgeSplit.Core.Decisions;

/// <summary>What a decision led to, as the device measures it when the request is finished.</summary>
/// <param name="Work">The work that was done, with the true number of output tokens.</param>
/// <param name="Breakdown">Latency, energy, payload, memory, quality and leakage.</param>
public readonly record struct Outcome(TurnWork Work, SplitBreakdown Breakdown);

/// <summary>A finished request: what was seen, what was decided, what came of it.</summary>
/// <param name="Request">Index of the request in the world's schedule.</param>
/// <param name="Conversation">Index of its conversation.</param>
/// <param name="Observation">What was seen.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Cost">Cost of the outcome under the objective, seconds-equivalent.</param>
/// <param name="IsLast">Whether the conversation is over: no turn follows whose cost the decision could have moved.</param>
public readonly record struct Experience(int Request, int Conversation, Observation Observation, Decision Decision, Outcome Outcome, double Cost, bool IsLast);
