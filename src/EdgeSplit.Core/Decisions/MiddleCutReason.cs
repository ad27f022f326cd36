using EdgeSplit.Core.Placements;

namespace EdgeSplit.Core.Decisions;

/// <summary>What the best split becomes when one term of the cost or one limit is taken away.</summary>
/// <param name="What">The term or limit, in words.</param>
/// <param name="BestWithout">The best split without it; -1 where none is feasible.</param>
/// <param name="IsDecisive">Whether the cut is in the middle only with it: without it the best split is an end, 0 or L.</param>
public sealed record MiddleCutRemoval(string What, int BestWithout, bool IsDecisive);

/// <summary>Why a cut in the middle wins, if one does: which term or limit is decisive.</summary>
/// <remarks>
/// By the affine law only k in {0, 1, largest feasible, L} can win unless something is not affine in k. Each term and each limit that is in
/// force is taken away by itself, and the best split is sought again; where no single one decides, all limits are taken away together.
/// </remarks>
/// <param name="Best">The best split with everything in force; -1 where none is feasible.</param>
/// <param name="Layers">Layers L.</param>
/// <param name="Removals">One entry per term and limit in force.</param>
public sealed record MiddleCutReason(int Best, int Layers, IReadOnlyList<MiddleCutRemoval> Removals)
{
    /// <summary>Whether the best split cuts between two layers.</summary>
    public bool IsMiddle => Best > 0 && Best < Layers;

    /// <summary>The terms and limits without which an end would win.</summary>
    public IEnumerable<MiddleCutRemoval> Decisive => Removals.Where(removal => removal.IsDecisive);

    /// <summary>Finds the reason for one request.</summary>
    /// <param name="objective">What an outcome costs.</param>
    /// <param name="profile">The prepared system.</param>
    /// <param name="work">The request.</param>
    /// <param name="point">Rates and server share.</param>
    public static MiddleCutReason Find(Objective objective, SplitProfile profile, in TurnWork work, in OperatingPoint point)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(profile);
        var totals = new SplitTotals(profile.Layers);
        var costs = new double[profile.Layers + 1];
        profile.Totals(work, point, totals);
        var mask = totals.Infeasibility.ToArray();
        var best = objective.Best(profile, totals, costs);
        var removals = new List<MiddleCutRemoval>();

        foreach (var (what, weights) in Terms(objective))
        {
            Add(what, weights.Best(profile, totals, costs));
        }

        var inForce = mask.Aggregate((all, reasons) => all | reasons);
        foreach (var limit in Enum.GetValues<SplitInfeasibility>().Where(limit => limit != SplitInfeasibility.None && inForce.HasFlag(limit)))
        {
            Add(InfeasibleRange.Words(limit), Without(limit));
        }

        if (point.ServerShare < 1)
        {
            profile.Totals(work, point with { ServerShare = 1 }, totals);
            Add("server queue", objective.Best(profile, totals, costs));
        }

        if (best > 0 && best < profile.Layers && !removals.Exists(removal => removal.IsDecisive) && inForce != SplitInfeasibility.None)
        {
            profile.Totals(work, point, totals);
            Add("all limits together", Without(inForce));
        }

        return new MiddleCutReason(best, profile.Layers, removals);

        void Add(string what, int bestWithout)
        {
            var isDecisive = best > 0 && best < profile.Layers && (bestWithout == 0 || bestWithout == profile.Layers);
            removals.Add(new MiddleCutRemoval(what, bestWithout, isDecisive));
        }

        int Without(SplitInfeasibility limits)
        {
            for (var k = 0; k < mask.Length; k++)
            {
                totals.Infeasibility[k] = mask[k] & ~limits;
            }

            var found = objective.Best(profile, totals, costs);
            mask.CopyTo(totals.Infeasibility, 0);
            return found;
        }
    }

    // Terms with weight 0 cannot decide; a cost of nothing at all decides nothing either.
    private static IEnumerable<(string What, Objective Without)> Terms(Objective objective)
    {
        (string, double, Objective)[] terms =
        [
            ("latency", objective.LatencyWeight, objective with { LatencyWeight = 0 }),
            ("device energy", objective.DeviceJouleSeconds, objective with { DeviceJouleSeconds = 0 }),
            ("server GPU time", objective.ServerGpuSecondSeconds, objective with { ServerGpuSecondSeconds = 0 }),
            ("quality loss", objective.QualityNatSeconds, objective with { QualityNatSeconds = 0 }),
            ("leakage", objective.LeakageSeconds, objective with { LeakageSeconds = 0 }),
            ("penalty for a missed latency limit", objective.MissedLimitPenaltySeconds, objective with { MissedLimitPenaltySeconds = 0 }),
        ];
        var inForce = terms.Where(term => term.Item2 > 0).ToArray();
        return inForce.Length < 2 ? [] : inForce.Select(term => (term.Item1, term.Item3));
    }
}
