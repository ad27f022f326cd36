using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.Classic;
using EdgeSplit.Agents.Environments.Tabular;

namespace EdgeSplit.Tests.Environments.Tabular;

public class TabularModelLaws
{
    private static readonly TabularModel Lake = new FrozenLake(successRate: 0.8).Model;

    [Fact]
    public void The_values_of_the_greedy_policy_are_the_optimal_ones()
    {
        var optimal = Lake.OptimalValues(0.97, 1e-12);
        var greedy = new double[Lake.StateCount * Lake.ActionCount];
        var policy = Lake.GreedyPolicy(optimal, 0.97);
        for (var state = 0; state < policy.Length; state++)
        {
            greedy[(state * Lake.ActionCount) + policy[state]] = 1;
        }

        var values = Lake.PolicyValues(greedy, 0.97);
        for (var state = 0; state < policy.Length; state++)
        {
            Assert.Equal(optimal[state], values[state], 1e-10);
        }
    }

    [Fact]
    public void More_steps_never_lower_a_chance_and_no_policy_beats_the_plan()
    {
        var plan = new FiniteHorizonPlan(Lake, 30);
        var uniform = FiniteHorizonPlan.PolicyValues(Lake, 30, Enumerable.Repeat(0.25, 64).ToArray());
        for (var state = 0; state < Lake.StateCount; state++)
        {
            Assert.True(plan.Value(state, 30) >= uniform[state]);
            for (var left = 1; left <= 30; left++)
            {
                Assert.True(plan.Value(state, left) >= plan.Value(state, left - 1));
            }
        }
    }

    [Fact]
    public void A_step_before_the_end_the_plan_is_greedy_and_earlier_it_looks_ahead()
    {
        // From 0 one may take 1 at once and stop there (action 0), or walk on to 2, where 3 is to be had (action 1).
        var model = new TabularModel(4, 2, [new(0, 0, 1, 3, 1), new(0, 1, 1, 1, 0), new(1, 0, 1, 3, 3), new(1, 1, 1, 3, 0), new(2, 0, 1, 2, 0), new(2, 1, 1, 2, 0)]);
        var plan = new FiniteHorizonPlan(model, 2);
        Assert.Equal((0, 1.0), (plan.Action(0, 1), plan.Value(0, 1)));
        Assert.Equal((1, 3.0), (plan.Action(0, 2), plan.Value(0, 2)));
        Assert.True(model.IsFinal(3));
    }

    [Fact]
    public void Playing_a_policy_earns_its_value()
    {
        // Frequencies of success under uniform actions against the exact chance; five standard errors.
        const int episodes = 40_000;
        var model = new FrozenLake(successRate: 0.8).Model;
        var exact = FiniteHorizonPlan.PolicyValues(model, 100, Enumerable.Repeat(0.25, 64).ToArray())[0];
        var run = new BatchRun(new FrozenLake(200, successRate: 0.8));
        run.Reset(4);
        var ends = new int[200];
        var (successes, counted) = (0.0, 0);
        while (counted < episodes)
        {
            run.StepRandomly();
            for (var i = 0; i < ends.Length; i++)
            {
                if ((run.Terminated[i] || run.Truncated[i]) && ends[i]++ < episodes / ends.Length)
                {
                    successes += run.Rewards[i];
                    counted++;
                }
            }
        }

        Assert.Equal(exact, successes / episodes, 5 * Math.Sqrt(exact * (1 - exact) / episodes));
    }

    [Fact]
    public void A_table_that_is_not_one_is_refused_with_its_place()
    {
        Assert.Contains("state 0, action 0 sum to 0.5", Assert.Throws<ArgumentException>(() => new TabularModel(2, 1, [new(0, 0, 0.5, 1, 0)])).Message, StringComparison.Ordinal);
        Assert.Contains("state 0, action 1 sum to 0", Assert.Throws<ArgumentException>(() => new TabularModel(2, 2, [new(0, 0, 1, 1, 0)])).Message, StringComparison.Ordinal);
        Assert.Contains("Next = 2", Assert.Throws<ArgumentException>(() => new TabularModel(2, 1, [new(0, 0, 1, 2, 0)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TabularModel(2, 1, [new(0, 0, 1, 1, double.NaN)]));
        Assert.Throws<ArgumentException>(() => new Begun(1));
        Assert.Throws<ArgumentException>(() => new FrozenLake(map: ["SF", "FFG"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrozenLake(successRate: 0));
    }

    [Fact]
    public void Values_that_grow_without_bound_are_refused()
    {
        var loop = new TabularModel(1, 1, [new(0, 0, 1, 0, 1)]);
        Assert.Throws<InvalidOperationException>(() => loop.OptimalValues(1));
        Assert.Throws<InvalidOperationException>(() => loop.PolicyValues([1], 1));
        Assert.Equal(10, loop.OptimalValues(0.9)[0], 1e-9);
    }

    /// <summary>Two states, of which the second is final.</summary>
    private sealed class Begun(int start) : TabularEnvironment("test", new TabularModel(2, 1, [new(0, 0, 1, 1, 0)]), start);
}
