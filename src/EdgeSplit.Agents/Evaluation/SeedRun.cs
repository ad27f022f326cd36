using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>What one entrant did on one seed.</summary>
internal sealed record EntrantRun(string Name, RunSummary Summary, double MeanOfAll, double[] Blocks, double[] Phases, IReadOnlyList<RequestRecord> Records);

/// <summary>All entrants on the world of one seed.</summary>
internal sealed record SeedRun(int BestFixedSplit, double BestOfAll, EntrantRun[] Entrants)
{
    internal static SeedRun Of(
        Scenario scenario, ulong seed, List<Entrant> entrants, ComparisonOptions options, ComparisonWindows windows, Action<string> report, CancellationToken cancellation)
    {
        var world = new World(scenario, seed);
        var evaluated = Math.Min(scenario.Settings.EvaluatedRequests, world.Schedule.Turns.Length);
        var sweep = FixedSplitSweep.Run(world, cancellation);
        var best = sweep.Best(evaluated);
        var all = world.Schedule.Turns.Length;
        var bestOfAll = sweep.MeanCost(sweep.Best(all), all);
        report($"fixed splits, seed {seed}");
        var runs = new EntrantRun[entrants.Count];
        for (var i = 0; i < entrants.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var policy = entrants[i].Create(world, best);
            var run = new ConversationSimulator(world, options.Observer?.Invoke(policy) ?? policy).Run(cancellation: cancellation);
            runs[i] = new EntrantRun(
                policy.Name,
                RunSummary.Of([.. run.Skip(run.Count - evaluated)], scenario.Objective.LatencyLimitSeconds),
                Mean(run, 0, run.Count),
                [.. windows.Blocks.Select(block => Mean(run, block.First, block.End))],
                [.. windows.Phases.Select(phase => Mean(run, phase.FirstRequest, phase.EndRequest))],
                options.KeepRecords ? run : []);
            report($"{policy.Name}, seed {seed}");
        }

        return new SeedRun(best, bestOfAll, runs);
    }

    private static double Mean(IReadOnlyList<RequestRecord> run, int first, int end)
    {
        var sum = 0.0;
        for (var i = first; i < end; i++)
        {
            sum += run[i].Cost;
        }

        return sum / (end - first);
    }
}
