namespace EdgeSplit.Agents.Evaluation;

/// <summary>What a policy cost beyond each reference: mean difference per request, seconds-equivalent, paired over seeds.</summary>
/// <param name="ToClairvoyant">Against the plan with the true future, over the evaluated requests; null where that was not run.</param>
/// <param name="ToStateOracle">Against the state oracle (dynamic regret), over the evaluated requests.</param>
/// <param name="ToBestFixed">Against the best fixed split in hindsight, over the evaluated requests.</param>
/// <param name="Static">Static regret: over all requests, those of learning included, against the one split that was cheapest on all of them.</param>
public sealed record ReferenceRegret(Interval? ToClairvoyant, Interval ToStateOracle, Interval ToBestFixed, Interval Static);
