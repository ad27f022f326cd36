using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Runs policies and references on the same worlds, seed by seed, and compares their costs pair by pair.</summary>
/// <remarks>Seeds run in parallel; results are bit-identical on any number of threads.</remarks>
public static class PolicyComparison
{
    /// <summary>Name of the best fixed split in hindsight.</summary>
    public const string BestFixed = "best-fixed";

    /// <summary>Compares the built-in policies, and those of the options, on a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="options">Options; defaults where omitted.</param>
    /// <param name="progress">Told after each run; may be null.</param>
    /// <param name="cancellation">Ends the comparison early.</param>
    /// <exception cref="OperationCanceledException">The comparison was ended early.</exception>
    /// <exception cref="InvalidOperationException">A policy chose a masked split, or a request has no feasible one.</exception>
    public static ComparisonResult Run(
        Scenario scenario,
        ComparisonOptions? options = null,
        IProgress<ComparisonProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        options ??= new ComparisonOptions();
        var entrants = Entrants(scenario, options, cancellation);
        var seeds = Enumerable.Range(0, scenario.Settings.Seeds).Select(i => scenario.Settings.FirstSeed + (ulong)i).ToArray();
        var runs = new SeedRun[seeds.Length];
        var finished = 0;
        void Report(string current) => progress?.Report(new ComparisonProgress(Interlocked.Increment(ref finished), seeds.Length * (entrants.Count + 1), current));

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaximumThreads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, seeds.Length, parallel, i => runs[i] = RunSeed(scenario, seeds[i], entrants, options, Report, cancellation));
        }
        catch (AggregateException failure)
        {
            var inner = failure.Flatten().InnerExceptions[0];
            throw inner is OperationCanceledException ? inner : new InvalidOperationException(inner.Message, inner);
        }

        return Summarise(scenario, seeds, runs, entrants, options);
    }

    private static List<Entrant> Entrants(Scenario scenario, ComparisonOptions options, CancellationToken cancellation)
    {
        var layers = scenario.System.Layers;
        var entrants = new List<Entrant>
        {
            new(BestFixed, true, (_, best) => new FixedSplit(best, BestFixed)),
            new("state-oracle", true, (world, _) => new StateOracle(world)),
        };
        if (options.IncludeClairvoyant)
        {
            entrants.Insert(0, new Entrant("clairvoyant", true, (world, _) => new ReplayedSplits("clairvoyant", new Clairvoyant(world).Plan(cancellation))));
        }

        entrants.Add(new Entrant("greedy-on-belief", false, (world, _) => new GreedyOnBelief(scenario.Objective, new SplitProfile(scenario.System, scenario.Limits))));
        entrants.Add(new Entrant("model-based", false, (world, _) => new ModelBasedAgent(new Belief(scenario), world.Seed)));
        entrants.Add(new Entrant("server-only", false, (_, _) => FixedSplit.ServerOnly()));
        entrants.Add(new Entrant("device-only", false, (_, _) => FixedSplit.DeviceOnly(layers)));
        entrants.Add(new Entrant("random", false, (world, _) => new RandomSplit(world.Seed)));
        foreach (var (factory, index) in options.AdditionalPolicies.Select((f, i) => (f, i)))
        {
            entrants.Add(new Entrant(FormattableString.Invariant($"additional {index + 1}"), false, (world, _) => factory(world)));
        }

        return entrants;
    }

    private static SeedRun RunSeed(Scenario scenario, ulong seed, List<Entrant> entrants, ComparisonOptions options, Action<string> report, CancellationToken cancellation)
    {
        var world = new World(scenario, seed);
        var evaluated = Math.Min(scenario.Settings.EvaluatedRequests, world.Schedule.Turns.Length);
        var best = FixedSplitSweep.Run(world, cancellation).Best(evaluated);
        report($"fixed splits, seed {seed}");
        var names = new string[entrants.Count];
        var summaries = new RunSummary[entrants.Count];
        var records = new IReadOnlyList<RequestRecord>[entrants.Count];
        for (var i = 0; i < entrants.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var policy = entrants[i].Create(world, best);
            names[i] = policy.Name;
            var run = new ConversationSimulator(world, policy).Run(cancellation: cancellation);
            summaries[i] = RunSummary.Of([.. run.Skip(run.Count - evaluated)], scenario.Objective.LatencyLimitSeconds);
            records[i] = options.KeepRecords ? run : [];
            report($"{policy.Name}, seed {seed}");
        }

        return new SeedRun(best, names, summaries, records);
    }

    private static ComparisonResult Summarise(Scenario scenario, ulong[] seeds, SeedRun[] runs, List<Entrant> entrants, ComparisonOptions options)
    {
        double[] CostsOf(int i) => [.. runs.Select(r => r.Summaries[i].MeanCost)];
        var fixedCosts = CostsOf(entrants.FindIndex(e => e.Name == BestFixed));
        var oracleCosts = CostsOf(entrants.FindIndex(e => e.Name == "state-oracle"));
        var greedyCosts = CostsOf(entrants.FindIndex(e => e.Name == "greedy-on-belief"));
        var policies = entrants.Select((entrant, i) => new PolicyResult(
            runs[0].Names[i],
            entrant.IsReference,
            CostsOf(i),
            Mean([.. runs.Select(r => r.Summaries[i])]),
            Relative(CostsOf(i), fixedCosts),
            Relative(CostsOf(i), greedyCosts),
            options.KeepRecords ? [.. runs.Select(r => r.Records[i])] : null)).ToArray();
        var headroom = new Headroom(
            Interval.Of([.. fixedCosts.Zip(oracleCosts, (f, o) => (f - o) / f)]),
            [.. runs.Select(r => r.BestFixedSplit)]);
        return new ComparisonResult(scenario, seeds, headroom, policies);
    }

    private static Interval Relative(double[] costs, double[] reference) => Interval.Of([.. costs.Zip(reference, (c, r) => (c - r) / r)]);

    private static RunSummary Mean(IReadOnlyList<RunSummary> seeds)
    {
        double Of(Func<RunSummary, double> figure) => seeds.Average(figure);
        return new RunSummary(
            seeds.Sum(s => s.Requests),
            Of(s => s.MeanCost),
            Of(s => s.MeanLatencySeconds),
            Of(s => s.P50LatencySeconds),
            Of(s => s.P95LatencySeconds),
            Of(s => s.P99LatencySeconds),
            Of(s => s.MeanTimeToFirstTokenSeconds),
            Of(s => s.P95TimeToFirstTokenSeconds),
            Of(s => s.MeanTimePerOutputTokenSeconds),
            Of(s => s.MeanDeviceJoules),
            Of(s => s.MeanServerGpuSeconds),
            Of(s => s.MeanNegativeLogLikelihoodIncrease),
            Of(s => s.MeanTokenRecoveryRate),
            Of(s => s.MissedLatencyLimits),
            Of(s => s.TimedOut),
            Of(s => s.MeanSplitPoint));
    }

    private sealed record Entrant(string Name, bool IsReference, Func<World, int, ISplitPolicy> Create);

    private sealed record SeedRun(int BestFixedSplit, string[] Names, RunSummary[] Summaries, IReadOnlyList<RequestRecord>[] Records);
}
