using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Evaluation;

public sealed class PolicyComparisonTests
{
    private static readonly Scenario Small = SmallScenarios.Conversations(60) with
    {
        Settings = SmallScenarios.Conversations(60).Settings with { EvaluatedRequests = 30, Seeds = 3, FirstSeed = 4 },
    };

    private static readonly ComparisonResult Reference = PolicyComparison.Run(Small, new ComparisonOptions { MaximumThreads = 1, KeepRecords = true, IncludeClairvoyant = true });

    [Fact]
    public void Results_are_bit_identical_on_any_number_of_threads()
    {
        var two = PolicyComparison.Run(Small, new ComparisonOptions { MaximumThreads = 2, KeepRecords = true, IncludeClairvoyant = true });
        AssertSame(Reference, two, Reference.Policies.Select(p => p.Name));
    }

    [Fact]
    public void Additional_policies_move_nothing()
    {
        var more = PolicyComparison.Run(Small, new ComparisonOptions
        {
            MaximumThreads = 1,
            KeepRecords = true,
            IncludeClairvoyant = true,
            AdditionalPolicies = [_ => new FixedSplit(3), world => new RandomSplit(world.Seed + 100)],
        });
        AssertSame(Reference, more, Reference.Policies.Select(p => p.Name));
        Assert.Equal(["fixed k=3", "random"], more.Policies.Skip(Reference.Policies.Count).Select(p => p.Name));
    }

    [Fact]
    public void References_come_first_and_are_marked()
    {
        Assert.Equal(["clairvoyant", PolicyComparison.BestFixed, "state-oracle"], Reference.Policies.TakeWhile(p => p.IsReference).Select(p => p.Name));
        Assert.Equal(
            ["greedy-on-belief", "model-based", "server-only", "device-only", "random"],
            Reference.Policies.SkipWhile(p => p.IsReference).Select(p => p.Name));
        Assert.DoesNotContain(Reference.Policies.SkipWhile(p => p.IsReference), p => p.IsReference);
        Assert.Equal([4, 5, 6], Reference.Seeds);
    }

    [Fact]
    public void Differences_are_paired_by_seed()
    {
        var greedy = Reference.Of("greedy-on-belief").MeanCostBySeed;
        var best = Reference.Of(PolicyComparison.BestFixed).MeanCostBySeed;
        foreach (var policy in Reference.Policies)
        {
            Assert.Equal(Interval.Of([.. policy.MeanCostBySeed.Zip(greedy, (c, g) => (c - g) / g)]), policy.CostAgainstGreedy);
            Assert.Equal(Interval.Of([.. policy.MeanCostBySeed.Zip(best, (c, b) => (c - b) / b)]), policy.CostAgainstBestFixed);
            Assert.Equal(policy.MeanCostBySeed.Average(), policy.Summary.MeanCost, 1e-12);
        }

        Assert.Equal(new Interval(0, 0, 0), Reference.Of("greedy-on-belief").CostAgainstGreedy);
    }

    [Fact]
    public void Figures_cover_the_evaluated_requests_and_records_all_of_them()
    {
        foreach (var policy in Reference.Policies)
        {
            Assert.Equal(3 * 30, policy.Summary.Requests);
            for (var i = 0; i < 3; i++)
            {
                var records = policy.RecordsBySeed![i];
                Assert.Equal(60, records.Count);
                Assert.Equal(policy.MeanCostBySeed[i], records.Skip(30).Average(r => r.Cost));
            }
        }
    }

    [Fact]
    public void Headroom_is_what_separates_the_best_fixed_split_from_the_state_oracle()
    {
        var best = Reference.Of(PolicyComparison.BestFixed);
        var oracle = Reference.Of("state-oracle").MeanCostBySeed;
        Assert.Equal(Interval.Of([.. best.MeanCostBySeed.Zip(oracle, (b, o) => (b - o) / b)]), Reference.Headroom.Fraction);
        for (var i = 0; i < 3; i++)
        {
            var world = new World(Small, Reference.Seeds[i]);
            var sweep = FixedSplitSweep.Run(world);
            Assert.Equal(sweep.Best(30), Reference.Headroom.BestFixedSplitBySeed[i]);
            Assert.Equal(Enumerable.Range(0, SmallScenarios.Layers + 1).Min(k => sweep.MeanCost(k, 30)), best.MeanCostBySeed[i], 1e-12);
        }
    }

    [Theory]
    [InlineData(0.049, false)]
    [InlineData(0.05, true)]
    [InlineData(-0.01, false)]
    public void Below_five_per_cent_of_headroom_learning_cannot_matter(double mean, bool expected) =>
        Assert.Equal(expected, new Headroom(new Interval(mean, mean, mean), [1]).LearningCanMatter);

    [Fact]
    public void The_clairvoyant_leads_on_every_seed_when_all_requests_count()
    {
        var all = PolicyComparison.Run(Small with { Settings = Small.Settings with { EvaluatedRequests = 60 } }, new ComparisonOptions { MaximumThreads = 1, IncludeClairvoyant = true });
        var clairvoyant = all.Of("clairvoyant").MeanCostBySeed;
        Assert.All(all.Policies, p => Assert.All(p.MeanCostBySeed.Zip(clairvoyant), pair => Assert.True(pair.Second <= pair.First * (1 + 1e-12), p.Name)));
        Assert.Null(all.Of("random").RecordsBySeed);
    }

    [Fact]
    public void More_evaluated_requests_than_there_are_means_all()
    {
        var scenario = Small with { Settings = Small.Settings with { Requests = 10, EvaluatedRequests = 1000, Seeds = 1 } };
        var result = PolicyComparison.Run(scenario, new ComparisonOptions { MaximumThreads = 1 });
        Assert.Equal(10, result.Of("random").Summary.Requests);
        Assert.True(double.IsNaN(result.Of("random").CostAgainstGreedy.Lower));
    }

    [Fact]
    public void Progress_counts_every_run_once()
    {
        var seen = new Counter();
        PolicyComparison.Run(Small with { Settings = Small.Settings with { Requests = 10, Seeds = 2 } }, new ComparisonOptions { MaximumThreads = 2 }, seen);
        Assert.All(seen.Reports, r => Assert.Equal(2 * 8, r.TotalRuns));
        Assert.Equal(Enumerable.Range(1, 16), seen.Reports.Select(r => r.FinishedRuns).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_comparison_can_be_cancelled(bool beforehand)
    {
        using var source = new CancellationTokenSource();
        if (beforehand)
        {
            source.Cancel();
        }

        var options = new ComparisonOptions { MaximumThreads = 2, AdditionalPolicies = [_ => new Cancelling(source)] };
        Assert.ThrowsAny<OperationCanceledException>(() => PolicyComparison.Run(Small, options, cancellation: source.Token));
    }

    [Fact]
    public void A_policy_that_picks_a_masked_split_stops_the_comparison_and_is_named()
    {
        var scenario = Small with { Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.6 } };
        var options = new ComparisonOptions { MaximumThreads = 2, AdditionalPolicies = [_ => new ReplayedSplits("reckless", new int[60])] };
        var error = Assert.Throws<InvalidOperationException>(() => PolicyComparison.Run(scenario, options));
        Assert.Contains("'reckless' chose split 0", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SplitInfeasibility.PrivacyLimit), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_policy_is_answered_with_the_known_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => Reference.Of("gredy"));
        Assert.Contains("greedy-on-belief", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(ComparisonResult expected, ComparisonResult actual, IEnumerable<string> names)
    {
        Assert.Equal(expected.Headroom.Fraction, actual.Headroom.Fraction);
        Assert.Equal(expected.Headroom.BestFixedSplitBySeed, actual.Headroom.BestFixedSplitBySeed);
        foreach (var name in names)
        {
            var (x, y) = (expected.Of(name), actual.Of(name));
            Assert.Equal(x.MeanCostBySeed, y.MeanCostBySeed);
            Assert.Equal(x.Summary, y.Summary);
            Assert.Equal(x.CostAgainstBestFixed, y.CostAgainstBestFixed);
            Assert.Equal(x.CostAgainstGreedy, y.CostAgainstGreedy);
            Assert.Equal(x.RecordsBySeed!.SelectMany(r => r), y.RecordsBySeed!.SelectMany(r => r));
        }
    }

    private sealed class Counter : IProgress<ComparisonProgress>
    {
        private readonly Lock gate = new();

        internal List<ComparisonProgress> Reports { get; } = [];

        public void Report(ComparisonProgress value)
        {
            lock (gate)
            {
                Reports.Add(value);
            }
        }
    }

    private sealed class Cancelling(CancellationTokenSource source) : ISplitPolicy
    {
        public string Name => "cancelling";

        public Decision Decide(DecisionContext context)
        {
            source.Cancel();
            return new Decision(SmallScenarios.Layers, 1);
        }

        public void Learn(in Experience experience)
        {
        }
    }
}
