using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>What the place of the KV cache after this turn will cost in the turns to come: a finite-horizon dynamic programme over cache places on the surrogate's costs of a typical next turn.</summary>
/// <remarks>
/// <para>V_0 = 0; V_h(s) = min over k of [C(k) + M(s, k) + b V_(h-1)(k)]: C is the surrogate's cost of a typical next turn whose cache already lies at k, M what the belief charges for bringing it
/// from s to k, b the probability that the conversation goes on after a turn. The typical turn has the workload's mean prompt and answer, the present channel estimate and reported load, and
/// the context that this turn leaves. Today's split k then costs C_today(k) + b V(k).</para>
/// <para>Each member plans with its own costs, so that a Thompson draw is a draw of a plan. Nothing is allocated per plan.</para>
/// </remarks>
internal sealed class TurnPlan
{
    private readonly Belief belief;
    private readonly OutcomeSurrogate surrogate;
    private readonly SplitTotals totals;
    private readonly SplitTotals stayed;
    private readonly double[] moves;
    private readonly double[] beliefCosts;
    private readonly double[] stays;
    private readonly double[] value;
    private readonly double[] next;
    private readonly int splits;
    private readonly int turns;
    private readonly double goesOn;
    private readonly double meanPromptTokens;

    internal TurnPlan(Belief belief, OutcomeSurrogate surrogate, int turns)
    {
        this.belief = belief;
        this.surrogate = surrogate;
        this.turns = turns;
        splits = belief.Profile.Layers + 1;
        totals = new SplitTotals(belief.Profile.Layers);
        stayed = new SplitTotals(belief.Profile.Layers);
        moves = new double[splits * splits];
        beliefCosts = new double[splits];
        stays = new double[surrogate.Members * splits];
        value = new double[splits];
        next = new double[splits];
        var workload = belief.Scenario.Workload;
        goesOn = 1 - (1 / workload.MeanTurns);
        meanPromptTokens = workload.PromptTokens.Mean;
    }

    /// <summary>Adds to each member's costs of the present turn what its place of the cache costs later.</summary>
    /// <param name="observation">What the device sees now.</param>
    /// <param name="costs">The members' costs of the present turn; shape [members, L + 1].</param>
    /// <param name="objective">What an outcome costs.</param>
    internal void AddLaterCosts(in Observation observation, Span<double> costs, Objective objective)
    {
        var workload = belief.Scenario.Workload;
        if (turns < 2 || goesOn <= 0 || observation.Turn + 1 >= workload.MaximumTurns)
        {
            return;
        }

        var prompt = (int)Math.Ceiling(meanPromptTokens);
        var context = observation.ContextTokens + observation.PromptTokens + (int)Math.Round(observation.ExpectedOutputTokens);
        if (context + prompt + observation.MaximumOutputTokens > belief.Scenario.System.Shape.MaximumPositions)
        {
            return; // the context will be dropped, and with it what this turn leaves
        }

        Prepare(observation with { PromptTokens = prompt, ContextTokens = context, Turn = observation.Turn + 1 }, objective);
        var horizon = Math.Min(turns - 1, workload.MaximumTurns - 1 - observation.Turn);
        for (var member = 0; member < surrogate.Members; member++)
        {
            Solve(stays.AsSpan(member * splits, splits), horizon);
            var own = costs.Slice(member * splits, splits);
            for (var k = 0; k < splits; k++)
            {
                own[k] += goesOn * value[k];
            }
        }
    }

    private void Prepare(in Observation typical, Objective objective)
    {
        double BeliefCost(SplitTotals of, int k) =>
            of.Infeasibility[k] == SplitInfeasibility.None
                ? objective.Cost(of.LatencySeconds(k), of.DeviceJoules[k], of.ServerGpuSeconds[k], belief.Profile.NegativeLogLikelihoodIncrease[k], belief.Profile.TokenRecoveryRate[k])
                : double.PositiveInfinity;

        // The diagonal first: each split with the cache where it needs it.
        for (var s = 0; s < splits; s++)
        {
            belief.Predict(typical with { CacheSplitPoint = s }, typical.ExpectedOutputTokens, totals);
            if (s == 0)
            {
                totals.Infeasibility.CopyTo(stayed.Infeasibility, 0);
            }

            CopySplit(totals, stayed, s);
            for (var k = 0; k < splits; k++)
            {
                moves[(s * splits) + k] = BeliefCost(totals, k);
            }
        }

        for (var k = 0; k < splits; k++)
        {
            beliefCosts[k] = moves[(k * splits) + k];
        }

        for (var s = 0; s < splits; s++)
        {
            for (var k = 0; k < splits; k++)
            {
                moves[(s * splits) + k] = double.IsFinite(beliefCosts[k]) ? Math.Max(0, moves[(s * splits) + k] - beliefCosts[k]) : double.PositiveInfinity;
            }
        }

        surrogate.PredictCosts(typical, stayed, stays, objective, cacheStays: true);
    }

    private void Solve(ReadOnlySpan<double> own, int horizon)
    {
        Array.Clear(value);
        for (var h = 0; h < horizon; h++)
        {
            for (var s = 0; s < splits; s++)
            {
                var best = double.PositiveInfinity;
                for (var k = 0; k < splits; k++)
                {
                    best = Math.Min(best, own[k] + moves[(s * splits) + k] + (goesOn * value[k]));
                }

                next[s] = double.IsFinite(best) ? best : 0;
            }

            next.CopyTo(value, 0);
        }
    }

    private static void CopySplit(SplitTotals from, SplitTotals to, int k)
    {
        to.DeviceSeconds[k] = from.DeviceSeconds[k];
        to.NetworkSeconds[k] = from.NetworkSeconds[k];
        to.ServerSeconds[k] = from.ServerSeconds[k];
        to.TimeToFirstTokenSeconds[k] = from.TimeToFirstTokenSeconds[k];
        to.DeviceJoules[k] = from.DeviceJoules[k];
        to.ServerGpuSeconds[k] = from.ServerGpuSeconds[k];
    }
}
