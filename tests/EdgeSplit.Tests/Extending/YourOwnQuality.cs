using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Tests.Simulation;

namespace EdgeSplit.Tests.Extending;

/// <summary>A quality source of one's own, written with public members only.</summary>
public sealed class YourOwnQuality
{
    [Fact]
    public void A_loss_of_ones_own_decides_and_arrives_in_the_outcome()
    {
        var scenario = TestScenarios.Still(10);
        scenario = scenario with { System = scenario.System with { SplitLoss = new BestInTheMiddle() }, Objective = scenario.Objective with { QualityNatSeconds = 1e6 } };
        var sweep = SplitSweep.Run(scenario);
        Assert.Equal(20, sweep.Best);
        Assert.Equal(20, sweep.QualityShift!.BestAtHalf);
        var records = new ConversationSimulator(new World(scenario, 1), new GreedyOnBelief(scenario.Objective, new Belief(scenario).Profile)).Run();
        Assert.All(records, record => Assert.Equal((20, 0.001), (record.Breakdown.SplitPoint, record.Breakdown.NegativeLogLikelihoodIncrease)));
    }

    private sealed class BestInTheMiddle : ISplitLossSource
    {
        public double WeightLossNats(int splitPoint, TransformerShape shape, NumberFormat deviceWeights, NumberFormat serverWeights) => 0.001 + (0.01 * Math.Abs(splitPoint - 20));

        public double HiddenStateLossNats(int splitPoint, TransformerShape shape, in HiddenStateDamage damage) => throw new ArgumentException("Nothing is damaged here.");

        public QualityProvenance WeightProvenance(NumberFormat weights) => new(QualityKind.Surrogate, "a formula", null);

        public QualityProvenance HiddenStateProvenance(TransformerShape shape, in HiddenStateDamage damage) => new(QualityKind.Surrogate, "none", null);
    }
}
