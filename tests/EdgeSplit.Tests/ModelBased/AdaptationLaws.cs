using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.ModelBased;

/// <summary>What learning is for: worlds that change, and worlds of which nothing is known.</summary>
public sealed class AdaptationLaws
{
    private const int Before = 400;
    private const int After = 700;
    private const int Seeds = 4;

    public static TheoryData<string> Changes => ["link", "load", "throttling"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void After_a_change_of_regime_it_is_back_near_the_state_oracle_within_500_requests(string what)
    {
        var change = what switch
        {
            "link" => new RegimeChange { Request = Before, LinkBiasDb = 8 },
            "load" => new RegimeChange { Request = Before, ServerLoadFactor = 4 },
            _ => new RegimeChange { Request = Before, DeviceComputeFactor = 2, DeviceBandwidthFactor = 2 },
        };
        var scenario = SmallScenarios.SingleTurns(Before + After);
        scenario = scenario with { Settings = scenario.Settings with { RegimeChanges = [change] } };
        double agent = 0, oracle = 0, greedy = 0;
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var world = new World(scenario, seed);
            agent += Late(world, new ModelBasedAgent(new Belief(scenario), seed));
            oracle += Late(world, new StateOracle(world));
            greedy += Late(world, new GreedyOnBelief(scenario.Objective, new SplitProfile(scenario.System, scenario.Limits)));
        }

        Assert.True(agent <= 1.08 * oracle, $"{100 * ((agent / oracle) - 1):F1} % above the oracle");
        Assert.True(agent < 1.02 * greedy, "a rule that never learns must not do better");
    }

    [Fact]
    public void Without_the_profile_it_still_learns()
    {
        var scenario = SmallScenarios.SingleTurns(1000);
        double early = 0, late = 0, random = 0, oracle = 0;
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var world = new World(scenario, seed);
            var costs = new ConversationSimulator(world, new ModelBasedAgent(new Belief(scenario), seed, new ModelBasedOptions { Surrogate = SurrogateOptions.WithoutPrior })).Run().Select(r => r.Cost).ToArray();
            early += costs.Take(50).Sum() / 50;
            late += costs.Skip(500).Sum() / 500;
            random += new ConversationSimulator(world, new RandomSplit(seed)).Run().Skip(500).Sum(r => r.Cost) / 500;
            oracle += new ConversationSimulator(world, new StateOracle(world)).Run().Skip(500).Sum(r => r.Cost) / 500;
        }

        Assert.True(late < 1.1 * oracle, $"{late / oracle} of the oracle after 500 requests");
        Assert.True(random > 1.3 * oracle, "a task on which chance does well proves nothing");
    }

    [Fact]
    public void Without_the_profile_predictions_do_not_depend_on_it()
    {
        var scenario = SmallScenarios.SingleTurns(2);
        var faster = scenario with { System = scenario.System with { Device = SmallScenarios.Roofline("device", 120e9, 15e9, 4) } };
        double[] Costs(Scenario of)
        {
            var belief = new Belief(of);
            var surrogate = new OutcomeSurrogate(belief, SurrogateOptions.WithoutPrior, Core.Randomness.StreamKey.Create(1, "test"));
            var costs = new double[surrogate.Members * (SmallScenarios.Layers + 1)];
            surrogate.PredictCosts(SmallScenarios.Context(belief, SmallScenarios.Observation), costs);
            return costs;
        }

        Assert.Equal(Costs(scenario), Costs(faster));
    }

    private static double Late(World world, ISplitPolicy policy) => new ConversationSimulator(world, policy).Run().Skip(Before + 500).Sum(r => r.Cost);
}
