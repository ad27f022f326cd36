using EdgeSplit.Core.Placements;

namespace EdgeSplit.Core.Simulation;

/// <summary>One request of a run.</summary>
/// <param name="Request">Index in the schedule.</param>
/// <param name="Conversation">Index of its conversation.</param>
/// <param name="Turn">Zero-based turn.</param>
/// <param name="StartSeconds">When it started in simulated time, seconds.</param>
/// <param name="Propensity">Probability with which the policy chose the split.</param>
/// <param name="Breakdown">What it cost, part by part.</param>
/// <param name="Cost">Cost under the objective, seconds-equivalent.</param>
public readonly record struct RequestRecord(
    int Request,
    int Conversation,
    int Turn,
    double StartSeconds,
    double Propensity,
    SplitBreakdown Breakdown,
    double Cost);
