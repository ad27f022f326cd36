using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.ModelBased;

/// <summary>What is planned for later turns, against the plain recursion over all sequences of splits.</summary>
public sealed class TurnPlanTests
{
    private const int Splits = SmallScenarios.Layers + 1;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Later_costs_are_those_of_the_best_sequence_of_splits(int turns)
    {
        var scenario = SmallScenarios.Conversations(2);
        var belief = new Belief(scenario);

        // Without priors every member says what the belief says, so the recursion can be written with the belief alone.
        var surrogate = new OutcomeSurrogate(belief, new SurrogateOptions { Members = 2, PriorScale = 0, NetworkPriorScale = 0 }, StreamKey.Create(1, "test"));
        var observation = SmallScenarios.Observation;
        var context = SmallScenarios.Context(belief, observation);
        var today = new double[2 * Splits];
        surrogate.PredictCosts(context, today);
        var planned = today.ToArray();
        new TurnPlan(belief, surrogate, turns).AddLaterCosts(observation, planned, scenario.Objective);

        var goesOn = 1 - (1 / scenario.Workload.MeanTurns);
        var next = observation with
        {
            PromptTokens = (int)Math.Ceiling(scenario.Workload.PromptTokens.Mean),
            ContextTokens = observation.ContextTokens + observation.PromptTokens + (int)Math.Round(observation.ExpectedOutputTokens),
            Turn = observation.Turn + 1,
        };
        for (var k = 0; k < Splits; k++)
        {
            Assert.Equal(today[k] + (goesOn * Later(k, turns - 1)), planned[k], 1e-6 * planned[k]);
        }

        double Later(int cacheAt, int left) => left == 0 ? 0 : Enumerable.Range(0, Splits).Min(k =>
        {
            var costs = new double[Splits];
            var situation = SmallScenarios.Context(belief, next with { CacheSplitPoint = cacheAt });
            scenario.Objective.Best(belief.Profile, situation.Belief, costs);
            return costs[k] + (goesOn * Later(k, left - 1));
        });
    }

    [Fact]
    public void The_last_turn_has_nothing_to_come()
    {
        var scenario = SmallScenarios.Conversations(2);
        var belief = new Belief(scenario);
        var surrogate = new OutcomeSurrogate(belief, new SurrogateOptions(), StreamKey.Create(1, "test"));
        var costs = Enumerable.Repeat(1.0, surrogate.Members * Splits).ToArray();
        new TurnPlan(belief, surrogate, 3).AddLaterCosts(SmallScenarios.Observation with { Turn = scenario.Workload.MaximumTurns - 1 }, costs, scenario.Objective);
        Assert.All(costs, cost => Assert.Equal(1, cost));
    }
}
