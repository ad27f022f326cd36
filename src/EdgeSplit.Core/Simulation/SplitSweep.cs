using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Core.Simulation;

/// <summary>One split point of a sweep.</summary>
/// <param name="Breakdown">Everything that it costs.</param>
/// <param name="Cost">Cost under the objective, seconds-equivalent, feasible or not.</param>
/// <param name="Infeasibility">Why it may not be chosen.</param>
/// <param name="IsPareto">Whether no other feasible split is at least as good in latency, device energy, server GPU time, quality and leakage, and better in one.</param>
public sealed record SweepRow(SplitBreakdown Breakdown, double Cost, SplitInfeasibility Infeasibility, bool IsPareto)
{
    /// <summary>Whether it may be chosen.</summary>
    public bool IsFeasible => Infeasibility == SplitInfeasibility.None;
}

/// <summary>How the best split moves when one thing that the belief assumes is wrong by one standard deviation.</summary>
/// <param name="What">What is wrong.</param>
/// <param name="StandardDeviation">Its standard deviation: of a logarithm, or in dB for the link.</param>
/// <param name="BestBelow">Best split when it is one standard deviation better than believed; -1 where none is feasible.</param>
/// <param name="LossBelow">What keeping the believed best split costs there, seconds-equivalent.</param>
/// <param name="BestAbove">Best split when it is one standard deviation worse.</param>
/// <param name="LossAbove">What keeping the believed best split costs there, seconds-equivalent.</param>
public sealed record BeliefShift(string What, double StandardDeviation, int BestBelow, double LossBelow, int BestAbove, double LossAbove);

/// <summary>The cost of every split point of one request, by the public profile.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Scenario">The scenario.</param>
/// <param name="Request">The request.</param>
/// <param name="Point">The rates and the server share that the request meets, nominally.</param>
/// <param name="Rows">One row per split point, index = k.</param>
/// <param name="Best">The feasible split of least cost; -1 where none is feasible.</param>
/// <param name="Reason">Which term or limit makes a middle cut win.</param>
/// <param name="Band">How the best split moves within the belief's error band; empty where the prior is exact or nothing is feasible.</param>
public sealed record SplitSweep(
    Scenario Scenario,
    TypicalRequest Request,
    OperatingPoint Point,
    IReadOnlyList<SweepRow> Rows,
    int Best,
    MiddleCutReason Reason,
    IReadOnlyList<BeliefShift> Band)
{
    /// <summary>How the best split moves at half and twice the quality loss; null where quality is neither priced nor limited, no measured loss applies, or nothing is feasible.</summary>
    public QualityShift? QualityShift { get; init; }

    private static readonly WorldErrors NoErrors = new(1, 1, 1, 1, 0, 1);

    /// <summary>Sweeps all split points.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="request">The request; the typical one where omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A field of the request is out of range.</exception>
    public static SplitSweep Run(Scenario scenario, TypicalRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        request ??= TypicalRequest.Of(scenario);
        var belief = new Belief(scenario);
        var point = belief.OperatingPoint(request.Observation);
        var work = request.Work;
        var profile = belief.Profile;
        var infeasibility = new SplitInfeasibility[profile.Layers + 1];
        profile.Mask(work, infeasibility);
        var breakdowns = Enumerable.Range(0, profile.Layers + 1).Select(k => profile.Breakdown(k, work, point)).ToArray();
        var pareto = Pareto(breakdowns, infeasibility);
        var rows = breakdowns.Select((breakdown, k) => new SweepRow(breakdown, scenario.Objective.Cost(breakdown), infeasibility[k], pareto[k])).ToArray();
        var reason = MiddleCutReason.Find(scenario.Objective, profile, work, point);
        return new SplitSweep(scenario, request, point, rows, reason.Best, reason, reason.Best < 0 ? [] : ErrorBand(scenario, request, reason.Best))
        {
            QualityShift = reason.Best < 0 ? null : QualityShift.Find(scenario, work, point, reason.Best),
        };
    }

    private static bool[] Pareto(SplitBreakdown[] breakdowns, SplitInfeasibility[] infeasibility)
    {
        var feasible = Enumerable.Range(0, breakdowns.Length).Where(k => infeasibility[k] == SplitInfeasibility.None).ToArray();
        var values = feasible.SelectMany(k => new[]
        {
            breakdowns[k].Latency.TotalSeconds,
            breakdowns[k].Energy.DeviceJoules,
            breakdowns[k].Energy.ServerGpuSeconds,
            breakdowns[k].NegativeLogLikelihoodIncrease,
            breakdowns[k].TokenRecoveryRate,
        }).ToArray();
        var marks = ParetoSet.Mark(values, 5);
        var result = new bool[breakdowns.Length];
        foreach (var (k, mark) in feasible.Zip(marks))
        {
            result[k] = mark;
        }

        return result;
    }

    private static BeliefShift[] ErrorBand(Scenario scenario, TypicalRequest request, int believed)
    {
        var errors = scenario.Settings.Errors;
        (string What, double Deviation, Func<double, WorldErrors> World)[] shifts =
        [
            ("device compute time", errors.DeviceCompute, e => NoErrors with { DeviceComputeFactor = Math.Exp(e) }),
            ("device memory time", errors.DeviceBandwidth, e => NoErrors with { DeviceBandwidthFactor = Math.Exp(e) }),
            ("server compute time", errors.ServerCompute, e => NoErrors with { ServerComputeFactor = Math.Exp(e) }),
            ("server memory time", errors.ServerBandwidth, e => NoErrors with { ServerBandwidthFactor = Math.Exp(e) }),
            ("link loss", errors.LinkBiasDb, e => NoErrors with { LinkBiasDb = e }),
            ("server load", errors.ServerLoad, e => NoErrors with { ServerLoadFactor = Math.Exp(e) }),
        ];
        return [.. shifts.Where(shift => shift.Deviation > 0).Select(shift =>
        {
            var (bestBelow, lossBelow) = BestUnder(scenario, request, believed, shift.World(-shift.Deviation));
            var (bestAbove, lossAbove) = BestUnder(scenario, request, believed, shift.World(shift.Deviation));
            return new BeliefShift(shift.What, shift.Deviation, bestBelow, lossBelow, bestAbove, lossAbove);
        })];
    }

    private static (int Best, double Loss) BestUnder(Scenario scenario, TypicalRequest request, int believed, WorldErrors errors)
    {
        var system = scenario.System with
        {
            Device = scenario.System.Device.Perturbed(errors.DeviceComputeFactor, errors.DeviceBandwidthFactor, errors.DeviceBandwidthFactor),
            Server = scenario.System.Server.Perturbed(errors.ServerComputeFactor, errors.ServerBandwidthFactor, errors.ServerBandwidthFactor),
        };
        var truth = new Belief(scenario with { System = system });
        var met = request with { LevelDb = request.LevelDb - errors.LinkBiasDb, OtherJobs = request.OtherJobs * errors.ServerLoadFactor };
        var totals = new SplitTotals(truth.Profile.Layers);
        var costs = new double[truth.Profile.Layers + 1];
        truth.Profile.Totals(request.Work, truth.OperatingPoint(met.Observation), totals);
        var best = scenario.Objective.Best(truth.Profile, totals, costs);
        return (best, costs[believed] - costs[best]);
    }
}
