using System.Text.Json;
using EdgeSplit.Agents.Environments.Classic;
using EdgeSplit.Agents.Environments.Tabular;

namespace EdgeSplit.Tests.Environments.Tabular;

/// <summary>Exact values of tabular models, against linear solves and value iteration on Gymnasium's own transition tables.</summary>
public class TabularGoldens
{
    private static readonly TabularModel Lake = new FrozenLake().Model;

    [Fact]
    public void The_slippery_lake_has_its_published_values()
    {
        double[] expected =
        [
            0.54202593, 0.49880319, 0.47069569, 0.45685170, 0.55845096, 0, 0.35834807, 0, 0.59179874, 0.64307982, 0.61520756, 0, 0, 0.74172044, 0.86283743, 0,
        ];
        var values = Lake.OptimalValues(0.99);
        for (var cell = 0; cell < expected.Length; cell++)
        {
            Assert.Equal(expected[cell], values[cell], 1e-8);
        }

        Assert.Equal(0.4146403618, new FrozenLake(map: FrozenLake.Map8x8).Model.OptimalValues(0.99)[0], 1e-9);
    }

    [Fact]
    public void Without_limit_the_slippery_lake_is_crossed_with_14_in_17() =>
        Assert.Equal(14.0 / 17, Lake.OptimalValues(1, 1e-15)[0], 1e-9);

    [Fact]
    public void In_200_steps_the_large_lake_is_crossed_with_91_percent() =>
        Assert.Equal(0.9132201502016295, new FiniteHorizonPlan(new FrozenLake(map: FrozenLake.Map8x8).Model, 200).Value(0, 200), 1e-12);

    [Theory]
    [InlineData(0.99)]
    [InlineData(0.9)]
    public void The_walk_along_the_cliff_takes_thirteen_moves(double discount) =>
        Assert.Equal(-(1 - Math.Pow(discount, 13)) / (1 - discount), new CliffWalking().Model.OptimalValues(discount)[36], 1e-9);

    [SharedDataFact]
    public void Every_golden_record_holds()
    {
        var records = EnvironmentGoldens.Of("tabular");
        Assert.NotEmpty(records);
        foreach (var record in records)
        {
            var (model, start) = Model(record);
            double Discount() => record.Number("gamma");
            double[] Optimal() => model.OptimalValues(Discount(), 1e-11);
            var uniform = Enumerable.Repeat(1.0 / model.ActionCount, model.StateCount * model.ActionCount).ToArray();
            record.AssertEqual(record.Quantity switch
            {
                "optimal_start_value" => [Optimal()[start]],
                "optimal_values" or "mdp_optimal_values" => Optimal(),
                "optimal_start_action_values" => model.ActionValues(Optimal(), Discount())[(start * model.ActionCount)..((start + 1) * model.ActionCount)],
                "mdp_greedy_policy" => [.. model.GreedyPolicy(Optimal(), Discount()).Select(action => (double)action)],
                "finite_horizon_success_probability" => [new FiniteHorizonPlan(model, (int)record.Number("horizon")).Value(start, (int)record.Number("horizon"))],
                "uniform_policy_success_probability" => [FiniteHorizonPlan.PolicyValues(model, (int)record.Number("horizon"), uniform)[start]],
                "unlimited_success_probability" => [model.OptimalValues(1, 1e-15)[start]],
                "uniform_policy_start_value" => [model.PolicyValues(uniform, Discount())[start]],
                _ => throw new InvalidOperationException(record.Quantity),
            });
        }
    }

    private static (TabularModel Model, int Start) Model(EnvironmentGoldens record)
    {
        if (record.Inputs.TryGetProperty("transitions", out var dense))
        {
            return (FromDense(dense, record.Inputs.GetProperty("rewards")), 0);
        }

        return record.Text("environment") == "CliffWalking"
            ? (new CliffWalking(isSlippery: record.Flag("slippery")).Model, 36)
            : (new FrozenLake(map: record.Text("map") == "4x4" ? FrozenLake.Map4x4 : FrozenLake.Map8x8, successRate: record.Number("success_rate")).Model, 0);
    }

    private static TabularModel FromDense(JsonElement transitions, JsonElement rewards)
    {
        var (actions, states) = (transitions.GetArrayLength(), transitions[0].GetArrayLength());
        return new TabularModel(
            states,
            actions,
            from action in Enumerable.Range(0, actions)
            from state in Enumerable.Range(0, states)
            from next in Enumerable.Range(0, states)
            select new TabularTransition(state, action, transitions[action][state][next].GetDouble(), next, rewards[action][state].GetDouble()));
    }
}
