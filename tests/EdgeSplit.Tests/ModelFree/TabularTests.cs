using EdgeSplit.Agents.Environments.Classic;
using EdgeSplit.Agents.Environments.Tabular;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.ModelFree;

namespace EdgeSplit.Tests.ModelFree;

public class TabularTests
{
    // The exact value of the learned policy against the exact optimum, 0.542 with discount 0.99: no luck of evaluation episodes is involved.
    [Fact]
    public void Ppo_crosses_the_slippery_lake_as_well_as_can_be()
    {
        var lake = new FrozenLake(8, isOneHot: true);
        var agent = new PpoAgent(
            lake,
            new PpoOptions { HiddenWidths = [32], StepsPerLane = 128, BatchSize = 128, Epochs = 8, LearningRate = Schedule.Linear(3e-3, 0, 120_000), EntropyCoefficient = 0.01, TraceDecay = 0.9 },
            1);
        Training.Run(agent, lake, new TrainingOptions { Steps = 120_000, Seed = 1 });
        Assert.Equal(0.54202593, lake.Model.OptimalValues(0.99)[0], 1e-7);
        Assert.InRange(lake.Model.PolicyValues(GreedyPolicy(agent, lake), 0.99)[0], 0.49, 0.5421);
    }

    // The shortest way along the cliff takes 13 moves: the value of the start is -(1 - 0.99^13)/0.01 = -12.2479.
    [Fact]
    public void Dqn_walks_along_the_cliff_and_knows_how_far_it_is()
    {
        var cliff = new CliffWalking(4, stepLimit: 50, isOneHot: true);
        var agent = new DqnAgent(
            cliff,
            new DqnOptions { HiddenWidths = [], LearningRate = Schedule.Linear(0.1, 0.0005, 30_000), TargetUpdateEvery = 100, BatchSize = 64, TrainEvery = 1, LearningStarts = 1000, ExplorationRate = Schedule.Linear(1, 0.2, 10_000), Double = true },
            1);
        Training.Run(agent, cliff, new TrainingOptions { Steps = 30_000, Seed = 1 });
        const int Start = 36;
        var values = new double[4];
        agent.ActionValues(OneHot(cliff, Start), values);
        var optimum = cliff.Model.OptimalValues(0.99)[Start];
        Assert.Equal(-12.2478977, optimum, 1e-6);

        // Terminated episodes are not bootstrapped and truncated ones are: either mistake moves the value by several units.
        Assert.Equal(optimum, values.Max(), 0.3);
        Assert.Equal(optimum, cliff.Model.PolicyValues(GreedyPolicy(agent, cliff), 0.99)[Start], 1e-6);
    }

    private static double[] GreedyPolicy(IAgent agent, TabularEnvironment environment)
    {
        var model = environment.Model;
        var policy = new double[model.StateCount * model.ActionCount];
        var mask = Enumerable.Repeat(true, model.ActionCount).ToArray();
        var action = new int[1];
        for (var state = 0; state < model.StateCount; state++)
        {
            agent.Act(OneHot(environment, state), mask, action, new double[1], explore: false);
            policy[(state * model.ActionCount) + action[0]] = 1;
        }

        return policy;
    }

    private static double[] OneHot(TabularEnvironment environment, int state)
    {
        var observation = new double[environment.ObservationSpace.Length];
        observation[state] = 1;
        return observation;
    }
}
