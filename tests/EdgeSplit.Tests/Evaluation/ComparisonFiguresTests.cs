using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Core;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Evaluation;

/// <summary>Regret, curves, windows around a change and non-inferiority, beside the same figures computed from the requests themselves.</summary>
public sealed class ComparisonFiguresTests
{
    private const int Requests = 60;
    private const int Change = 35;

    private static readonly Scenario Changing = SmallScenarios.Conversations(Requests) with
    {
        Settings = SmallScenarios.Conversations(Requests).Settings with
        {
            EvaluatedRequests = 30,
            Seeds = 3,
            FirstSeed = 4,
            RegimeChanges = [new RegimeChange { Request = Change, DeviceComputeFactor = 3, DeviceBandwidthFactor = 3 }],
        },
    };

    private static readonly ComparisonResult Result = PolicyComparison.Run(
        Changing, new ComparisonOptions { MaximumThreads = 2, KeepRecords = true, IncludeClairvoyant = true, CurveBlock = 25 });

    [Fact]
    public void Regret_is_the_mean_difference_over_the_evaluated_requests_and_static_regret_that_over_all()
    {
        var clairvoyant = Result.Of("clairvoyant");
        var oracle = Result.Of("state-oracle");
        foreach (var policy in Result.Policies)
        {
            AssertClose(Of(policy, clairvoyant, 30), policy.Regret.ToClairvoyant!);
            AssertClose(Of(policy, oracle, 30), policy.Regret.ToStateOracle);
            AssertClose(Of(policy, Result.Of("best-fixed"), 30), policy.Regret.ToBestFixed);
            var fixedCosts = Result.Seeds.Select(seed =>
            {
                var sweep = FixedSplitSweep.Run(new World(Changing, seed));
                return Enumerable.Range(0, SmallScenarios.Layers + 1).Min(k => Enumerable.Range(0, Requests).Average(r => sweep.Cost(k, r)));
            });
            AssertClose(Interval.Of([.. policy.RecordsBySeed!.Zip(fixedCosts, (records, best) => records.Average(r => r.Cost) - best)]), policy.Regret.Static);
        }

        // By conversation nothing beats the clairvoyant; over all requests no policy that stays at one split has negative static regret.
        Assert.True(Result.Of("server-only").Regret.Static.Mean >= 0);
        Assert.True(Result.Of("device-only").Regret.Static.Mean >= 0);
        Assert.Equal(new Interval(0, 0, 0), oracle.Regret.ToStateOracle);
        Assert.Null(PolicyComparison.Run(Changing with { Settings = Changing.Settings with { Seeds = 1, Requests = 10 } }).Of("random").Regret.ToClairvoyant);
    }

    [Fact]
    public void Curves_cover_every_request_once_and_pair_with_the_oracle()
    {
        var oracle = Result.Of("state-oracle").RecordsBySeed!;
        foreach (var policy in Result.Policies)
        {
            Assert.Equal([25, 50, 60], policy.Curve.Points.Select(point => point.EndRequest));
            Assert.Equal([25, 25, 10], policy.Curve.Points.Select(point => point.Requests));
            foreach (var point in policy.Curve.Points)
            {
                double Cost(IReadOnlyList<RequestRecord> records) => records.Skip(point.EndRequest - point.Requests).Take(point.Requests).Average(r => r.Cost);
                Assert.Equal(policy.RecordsBySeed!.Average(Cost), point.MeanCost, 1e-9 * point.MeanCost);
                AssertClose(Interval.Of([.. policy.RecordsBySeed!.Zip(oracle, (p, o) => (Cost(p) - Cost(o)) / Cost(o))]), point.AgainstStateOracle);
            }
        }

        var usual = PolicyComparison.Run(Changing with { Settings = Changing.Settings with { Seeds = 1 } });
        Assert.Equal(Enumerable.Range(1, 20).Select(i => 3 * i), usual.Of("random").Curve.Points.Select(point => point.EndRequest));
    }

    [Fact]
    public void A_level_is_reached_by_the_block_that_meets_it_and_from_which_on_the_mean_does()
    {
        Assert.Equal(30, Curve(0.5, 0.3, 0.04, 0.06, 0.02).RequestsToReach(0.05)); // the mean of 0.04, 0.06 and 0.02 is 0.04
        Assert.Equal(50, Curve(0.5, 0.3, 0.04, 0.2, 0.02).RequestsToReach(0.05)); // a lucky block does not count
        Assert.Equal(10, Curve(0, 0, 0, 0, 0).RequestsToReach(0));
        Assert.Null(Curve(0.2, 0, 0, 0, 0.1).RequestsToReach(-0.01));
        Assert.Null(Curve(0.2, 0.2, 0.2, 0.06).RequestsToReach(0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => Curve(0).RequestsToReach(double.NaN));

        static LearningCurve Curve(params double[] values) =>
            new("made up", [.. values.Select((value, i) => new CurvePoint(10 * (i + 1), 10, 1, new Interval(value, value, value)))]);
    }

    [Fact]
    public void The_windows_lie_before_right_after_and_long_after_each_change()
    {
        static ComparisonPhase[] Windows(int requests, params int[] changes) =>
            [.. ComparisonPhase.Of(new SimulationSettings { RegimeChanges = [.. changes.Select(request => new RegimeChange { Request = request, LinkBiasDb = 1 })] }, requests)];

        Assert.Empty(Windows(2000));
        Assert.Equal([(500, 1000), (1000, 1500), (1500, 2000)], Windows(2000, 1000).Select(w => (w.FirstRequest, w.EndRequest)));
        Assert.Equal([(0, 300), (300, 400)], Windows(400, 300).Select(w => (w.FirstRequest, w.EndRequest)));
        Assert.Equal([(1500, 2000)], Windows(2000, 3000).Select(w => (w.FirstRequest, w.EndRequest)));
        Assert.Equal(
            [(500, 1000), (1000, 1500), (1500, 1700), (1200, 1700), (1700, 2000)],
            Windows(2000, 1000, 1700).Select(w => (w.FirstRequest, w.EndRequest)));
    }

    [Fact]
    public void The_cost_around_a_change_is_that_of_the_requests_in_the_window()
    {
        var oracle = Result.Of("state-oracle").RecordsBySeed!;
        Assert.Equal([(0, Change), (Change, Requests)], Result.Phases.Select(phase => (phase.FirstRequest, phase.EndRequest)));
        foreach (var policy in Result.Policies)
        {
            foreach (var (phase, interval) in Result.Phases.Zip(policy.PhasesAgainstStateOracle))
            {
                double Cost(IReadOnlyList<RequestRecord> records) => records.Where(r => r.Request >= phase.FirstRequest && r.Request < phase.EndRequest).Average(r => r.Cost);
                AssertClose(Interval.Of([.. policy.RecordsBySeed!.Zip(oracle, (p, o) => (Cost(p) - Cost(o)) / Cost(o))]), interval);
            }
        }

        // The rule that trusts the data sheets does not hear of a device that is three times as slow.
        Assert.True(Result.Of("greedy-on-belief").PhasesAgainstStateOracle[1].Mean > Result.Of("greedy-on-belief").PhasesAgainstStateOracle[0].Mean);
    }

    [Fact]
    public void Statistics_over_seeds_are_those_of_the_relative_costs_and_the_test_needs_twenty_seeds()
    {
        var settings = Changing.Settings with { Seeds = 20, Requests = 10, EvaluatedRequests = 10, RegimeChanges = [] };
        var result = PolicyComparison.Run(Changing with { Settings = settings }, new ComparisonOptions { Agents = ["random", "device-only"] });
        var greedy = Relative("greedy-on-belief");
        foreach (var policy in result.Policies)
        {
            var relative = Relative(policy.Name);
            var sorted = relative.Order().ToArray();
            Assert.Equal(sorted[5..15].Average(), policy.Statistics.InterquartileMean.Mean, 1e-12);
            Assert.InRange(policy.Statistics.InterquartileMean.Mean, policy.Statistics.InterquartileMean.Lower, policy.Statistics.InterquartileMean.Upper);
            Assert.InRange(policy.Statistics.InterquartileMean.Lower, sorted[0], sorted[10]);
            Assert.Equal(relative.Sum(mine => greedy.Sum(theirs => mine < theirs ? 1 : mine == theirs ? 0.5 : 0)) / 400, policy.Statistics.ProbabilityOfImprovement, 1e-12);
            Assert.Equal(SeedStatistics.Thresholds.Select(threshold => relative.Count(value => value < threshold) / 20.0), policy.Statistics.Profile);
            Assert.Equal(NonInferiority.Test(policy.MeanCostBySeed, result.Of("greedy-on-belief").MeanCostBySeed), policy.NonInferiority);
        }

        Assert.Equal(0.5, result.Of("greedy-on-belief").Statistics.ProbabilityOfImprovement, 1e-12);
        Assert.All(Result.Policies, policy => Assert.Null(policy.NonInferiority));

        double[] Relative(string name) => [.. result.Of(name).MeanCostBySeed.Zip(result.Of("state-oracle").MeanCostBySeed, (cost, oracle) => (cost - oracle) / oracle)];
    }

    [Fact]
    public void Named_agents_run_in_their_order_beside_what_all_are_measured_against_and_change_no_other()
    {
        var chosen = PolicyComparison.Run(Changing, new ComparisonOptions { Agents = ["random", "clairvoyant", "Device-Only", "best-fixed"], MaximumThreads = 2 });
        Assert.Equal(["clairvoyant", "best-fixed", "state-oracle", "greedy-on-belief", "random", "device-only"], chosen.Policies.Select(policy => policy.Name));
        Assert.All(chosen.Policies, policy => Assert.Equal(Result.Of(policy.Name).MeanCostBySeed, policy.MeanCostBySeed));
        var unknown = Assert.Throws<UnknownNameException>(() => new ComparisonOptions { Agents = ["randm"] });
        Assert.Equal("random", unknown.Suggestion);
        Assert.Throws<ArgumentException>(() => new ComparisonOptions { Agents = ["random", "RANDOM"] });
    }

    [Fact]
    public void An_observer_sees_every_decision_and_moves_nothing()
    {
        var seen = 0;
        var watched = PolicyComparison.Run(Changing, new ComparisonOptions
        {
            Agents = ["random"],
            Observer = policy => new Watching(policy, () => Interlocked.Increment(ref seen)),
        });
        Assert.Equal(4 * 3 * Requests, seen);
        Assert.All(watched.Policies, policy => Assert.Equal(Result.Of(policy.Name).MeanCostBySeed, policy.MeanCostBySeed));
    }

    [Fact]
    public void The_catalogue_makes_what_it_names_and_references_only_in_a_world()
    {
        var world = new World(Changing, 2);
        foreach (var entry in AgentCatalog.All)
        {
            Assert.Equal(entry.Name, entry.Create(world).Name);
            Assert.Equal(entry.IsReference, !TryCreate(entry));
            Assert.All(new[] { entry.Description, entry.Source }, text => Assert.False(string.IsNullOrWhiteSpace(text)));
        }

        Assert.Equal(AgentCatalog.All.Count, AgentCatalog.All.Select(entry => entry.Name).Distinct().Count());
        Assert.Same(AgentCatalog.All[0], AgentCatalog.Find(" Clairvoyant "));

        bool TryCreate(AgentEntry entry)
        {
            try
            {
                return entry.Create(Changing, 1).Name == entry.Name;
            }
            catch (InvalidOperationException error)
            {
                Assert.Contains("needs the truth", error.Message, StringComparison.Ordinal);
                return false;
            }
        }
    }

    private static Interval Of(PolicyResult policy, PolicyResult reference, int last) =>
        Interval.Of([.. policy.RecordsBySeed!.Zip(reference.RecordsBySeed!, (p, r) => p.TakeLast(last).Average(x => x.Cost) - r.TakeLast(last).Average(x => x.Cost))]);

    private static void AssertClose(Interval expected, Interval actual)
    {
        Assert.Equal(expected.Mean, actual.Mean, 1e-9);
        Assert.Equal(expected.Lower, actual.Lower, 1e-9);
        Assert.Equal(expected.Upper, actual.Upper, 1e-9);
    }

    private sealed class Watching(ISplitPolicy policy, Action decided) : ISplitPolicy
    {
        public string Name => policy.Name;

        public Decision Decide(DecisionContext context)
        {
            decided();
            return policy.Decide(context);
        }

        public void Learn(in Experience experience) => policy.Learn(experience);
    }
}
