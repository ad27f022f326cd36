using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Runs policies and references on the same worlds, seed by seed, and compares their costs pair by pair.</summary>
/// <remarks>Seeds run in parallel; results are bit-identical on any number of threads.</remarks>
public static class PolicyComparison
{
    /// <summary>Name of the best fixed split in hindsight.</summary>
    public const string BestFixed = AgentCatalog.BestFixed;

    /// <summary>Of fewer seeds than this the comparison makes no test of non-inferiority.</summary>
    public const int LeastSeedsOfTests = 20;

    /// <summary>Compares the named policies, and those of the caller, on a scenario.</summary>
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
        var entrants = Entrant.Of(options, cancellation);
        var windows = ComparisonWindows.Of(scenario.Settings, options.CurveBlock);
        var seeds = Enumerable.Range(0, scenario.Settings.Seeds).Select(i => scenario.Settings.FirstSeed + (ulong)i).ToArray();
        var runs = new SeedRun[seeds.Length];
        var finished = 0;
        void Report(string current) => progress?.Report(new ComparisonProgress(Interlocked.Increment(ref finished), seeds.Length * (entrants.Count + 1), current));

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaximumThreads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, seeds.Length, parallel, i => runs[i] = SeedRun.Of(scenario, seeds[i], entrants, options, windows, Report, cancellation));
        }
        catch (AggregateException failure)
        {
            var inner = failure.Flatten().InnerExceptions[0];
            throw inner is OperationCanceledException ? inner : new InvalidOperationException(inner.Message, inner);
        }

        return Summarise(scenario, seeds, runs, entrants, windows, options);
    }

    private static ComparisonResult Summarise(Scenario scenario, ulong[] seeds, SeedRun[] runs, List<Entrant> entrants, ComparisonWindows windows, ComparisonOptions options)
    {
        double[] CostsOf(int i) => [.. runs.Select(r => r.Entrants[i].Summary.MeanCost)];
        var clairvoyantCosts = entrants.FindIndex(e => e.Name == AgentCatalog.Clairvoyant) is >= 0 and var clairvoyant ? CostsOf(clairvoyant) : null;
        var fixedCosts = CostsOf(entrants.FindIndex(e => e.Name == AgentCatalog.BestFixed));
        var oracle = entrants.FindIndex(e => e.Name == AgentCatalog.StateOracle);
        var oracleCosts = CostsOf(oracle);
        var greedyCosts = CostsOf(entrants.FindIndex(e => e.Name == AgentCatalog.Greedy));
        var staticCosts = runs.Select(r => r.BestOfAll).ToArray();
        var policies = entrants.Select((entrant, i) => new PolicyResult(
            runs[0].Entrants[i].Name,
            entrant.IsReference,
            CostsOf(i),
            Mean([.. runs.Select(r => r.Entrants[i].Summary)]),
            Relative(CostsOf(i), fixedCosts),
            Relative(CostsOf(i), greedyCosts),
            options.KeepRecords ? [.. runs.Select(r => r.Entrants[i].Records)] : null)
        {
            Entry = entrant.Entry,
            CostAgainstStateOracle = Relative(CostsOf(i), oracleCosts),
            Regret = new ReferenceRegret(
                clairvoyantCosts is null ? null : Difference(CostsOf(i), clairvoyantCosts),
                Difference(CostsOf(i), oracleCosts),
                Difference(CostsOf(i), fixedCosts),
                Difference([.. runs.Select(r => r.Entrants[i].MeanOfAll)], staticCosts)),
            NonInferiority = seeds.Length < LeastSeedsOfTests ? null : NonInferiority.Test(CostsOf(i), greedyCosts),
            Statistics = SeedStatistics.Of([.. RelativeDifferences(CostsOf(i), oracleCosts)], [.. RelativeDifferences(greedyCosts, oracleCosts)]),
            Curve = new LearningCurve(runs[0].Entrants[i].Name, [.. windows.Blocks.Select((block, b) => new CurvePoint(
                block.End,
                block.End - block.First,
                runs.Average(r => r.Entrants[i].Blocks[b]),
                Relative([.. runs.Select(r => r.Entrants[i].Blocks[b])], [.. runs.Select(r => r.Entrants[oracle].Blocks[b])])))]),
            PhasesAgainstStateOracle = [.. windows.Phases.Select((_, p) =>
                Relative([.. runs.Select(r => r.Entrants[i].Phases[p])], [.. runs.Select(r => r.Entrants[oracle].Phases[p])]))],
        }).ToArray();
        var headroom = new Headroom(
            Interval.Of([.. fixedCosts.Zip(oracleCosts, (f, o) => (f - o) / f)]),
            [.. runs.Select(r => r.BestFixedSplit)]);
        return new ComparisonResult(scenario, seeds, headroom, policies) { Phases = windows.Phases };
    }

    private static Interval Relative(double[] costs, double[] reference) => Interval.Of([.. RelativeDifferences(costs, reference)]);

    private static IEnumerable<double> RelativeDifferences(double[] costs, double[] reference) => costs.Zip(reference, (c, r) => (c - r) / r);

    private static Interval Difference(double[] costs, double[] reference) => Interval.Of([.. costs.Zip(reference, (c, r) => c - r)]);

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
}
