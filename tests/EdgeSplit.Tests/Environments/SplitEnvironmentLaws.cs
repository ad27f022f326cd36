using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Environments;

public class SplitEnvironmentLaws
{
    private static readonly Scenario Scenario = EnvironmentScenarios.MultiTurn;

    [Theory]
    [InlineData(3UL)]
    [InlineData(ulong.MaxValue)]
    public void Costs_equal_those_of_the_conversation_simulator_for_the_same_world_and_splits(ulong seed)
    {
        var environment = new SplitEnvironment(Scenario, new SplitEnvironmentOptions { EpisodesPerWorld = int.MaxValue });
        var splits = new List<int>();
        var breakdowns = new List<SplitBreakdown>();
        var costs = new List<double>();
        environment.Reset(seed);
        while (splits.Count < Scenario.Settings.Requests)
        {
            var action = EnvironmentScenarios.Choose(environment.ActionMask, (ulong)splits.Count);
            var result = environment.Step(action);
            splits.Add(action);
            breakdowns.Add(((SplitInfo)result.Info).Breakdown!.Value);
            costs.Add(-result.Reward);
            if (result.HasEnded)
            {
                environment.Reset();
            }
        }

        var records = new ConversationSimulator(new World(Scenario, seed), new ReplayedSplits("replayed", splits)).Run();
        Assert.True(records.Select(record => record.Conversation).Distinct().Count() > 10);
        Assert.Contains(breakdowns, breakdown => breakdown.Latency.KeyValueMigrationSeconds > 0);
        Assert.Equal(records.Select(record => record.Breakdown), breakdowns.Take(records.Count));
        Assert.Equal(records.Select(record => record.Cost), costs.Take(records.Count));
    }

    [Fact]
    public void Equal_seed_and_actions_give_bit_identical_results()
    {
        var first = Play(new SplitEnvironment(Scenario), 11);
        var environment = new SplitEnvironment(Scenario);
        Play(environment, 5);
        Assert.Equal(first, Play(environment, 11));
        Assert.NotEqual(first, Play(environment, 12));
    }

    [Fact]
    public void Probing_other_actions_in_a_copy_changes_nothing()
    {
        var undisturbed = Play(new SplitEnvironment(Scenario), 11);
        var environment = new SplitEnvironment(Scenario);
        var found = Play(environment, 11, () =>
        {
            for (var k = 0; k < environment.ActionSpace.Count; k += 5)
            {
                if (environment.ActionMask[k])
                {
                    var copy = environment.Copy();
                    copy.Step(k);
                    copy.Reset();
                }
            }
        });
        Assert.Equal(undisturbed, found);
    }

    [Fact]
    public void A_copy_goes_on_like_its_source()
    {
        var environment = new SplitEnvironment(Scenario);
        environment.Reset(4);
        var copy = environment.Copy();
        Assert.Equal(environment.ActionMask.ToArray(), copy.ActionMask.ToArray());
        for (var step = 0UL; ; step++)
        {
            var action = EnvironmentScenarios.Choose(environment.ActionMask, step);
            var (mine, other) = (environment.Step(action), copy.Step(action));
            Assert.Equal(mine.Reward, other.Reward);
            Assert.Equal(mine.Observation.ToArray(), other.Observation.ToArray());
            if (mine.HasEnded)
            {
                break;
            }
        }

        Assert.Equal(environment.Reset().Info, copy.Reset().Info);
    }

    [Fact]
    public void The_reward_is_the_negative_cost_and_the_breakdown_sums_to_its_latency()
    {
        var environment = new SplitEnvironment(Scenario);
        environment.Reset(1);
        var result = environment.Step(0);
        var info = (SplitInfo)result.Info;
        Assert.Equal(info.Cost, -result.Reward);
        Assert.Equal(Scenario.Objective.Cost(info.Breakdown!.Value), info.Cost);
        Assert.True(info.Cost > 0);
    }

    [Fact]
    public void A_conversation_that_ends_is_terminated_and_one_cut_by_the_step_limit_is_truncated()
    {
        var limited = new SplitEnvironment(Scenario, new SplitEnvironmentOptions { StepLimit = 2 });
        var free = new SplitEnvironment(Scenario);
        var (cut, ended) = (0, 0);
        for (var seed = 0UL; seed < 40; seed++)
        {
            limited.Reset(seed);
            free.Reset(seed);
            var first = limited.Step(0);
            free.Step(0);
            Assert.False(first.Truncated);
            if (first.Terminated)
            {
                continue;
            }

            var (second, real) = (limited.Step(0), free.Step(0));
            Assert.Equal(real.Terminated, second.Terminated);
            Assert.Equal(!real.Terminated, second.Truncated);
            Assert.Equal(real.Observation.ToArray(), second.Observation.ToArray());
            Assert.Throws<InvalidOperationException>(() => limited.Step(0));
            (cut, ended) = (cut + (second.Truncated ? 1 : 0), ended + (second.Terminated ? 1 : 0));
        }

        Assert.True(cut > 0 && ended > 0);
    }

    [Fact]
    public void Impossible_and_masked_actions_are_refused_and_change_nothing()
    {
        var environment = new SplitEnvironment(Scenario);
        Assert.Throws<InvalidOperationException>(() => environment.Step(0));
        environment.Reset(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => environment.Step(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => environment.Step(33));
        Assert.False(environment.ActionMask[2]);
        Assert.Equal(SplitInfeasibility.PrivacyLimit, environment.Infeasibility[2]);
        var masked = Assert.Throws<ArgumentException>(() => environment.Step(2));
        Assert.Contains("PrivacyLimit", masked.Message, StringComparison.Ordinal);
        var untouched = new SplitEnvironment(Scenario);
        untouched.Reset(1);
        Assert.Equal(untouched.Step(32).Reward, environment.Step(32).Reward);
    }

    [Fact]
    public void A_scenario_without_any_feasible_split_says_so()
    {
        var environment = new SplitEnvironment(Scenario with { Limits = new SplitLimits { MaximumNegativeLogLikelihoodIncrease = 0, MaximumTokenRecoveryRate = 0 }, System = Scenario.System with { ServerWeights = Scenario.System.DeviceWeights } });
        var error = Assert.Throws<InvalidOperationException>(() => environment.Reset(1));
        Assert.Contains("no feasible split", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reset_without_a_seed_goes_on_with_derived_seeds()
    {
        var (first, second) = (new SplitEnvironment(Scenario), new SplitEnvironment(Scenario));
        Assert.Equal(0UL, ((SplitInfo)first.Reset().Info).WorldSeed);
        first.Reset(9);
        second.Reset(9);
        var seeds = Enumerable.Range(0, 5).Select(_ => ((SplitInfo)first.Reset().Info).WorldSeed).ToArray();
        Assert.Equal(seeds, Enumerable.Range(0, 5).Select(_ => ((SplitInfo)second.Reset().Info).WorldSeed));
        Assert.Equal(6, seeds.Append(9UL).Distinct().Count());
    }

    [Fact]
    public void The_environment_keeps_its_contract()
    {
        Assert.Empty(EnvironmentContract.Check(() => new SplitEnvironment(Scenario)));
        Assert.Empty(EnvironmentContract.Check(() => new SplitEnvironment(EnvironmentScenarios.SingleTurn, new SplitEnvironmentOptions { EpisodesPerWorld = 3 }), seed: 5));
        Assert.Empty(EnvironmentContract.Check(() => new SplitEnvironment(Scenario, new SplitEnvironmentOptions { StepLimit = 1 })));
    }

    private static List<object> Play(SplitEnvironment environment, ulong seed, Action? beforeEachStep = null)
    {
        var seen = new List<object>();
        var reset = environment.Reset(seed);
        seen.AddRange(reset.Observation.ToArray().Cast<object>());
        for (var step = 0UL; ; step++)
        {
            beforeEachStep?.Invoke();
            var result = environment.Step(EnvironmentScenarios.Choose(environment.ActionMask, step));
            seen.AddRange(result.Observation.ToArray().Cast<object>());
            seen.AddRange([result.Reward, result.Terminated, result.Truncated, result.Info]);
            if (result.HasEnded)
            {
                return seen;
            }
        }
    }
}
