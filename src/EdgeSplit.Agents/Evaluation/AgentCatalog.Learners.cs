using EdgeSplit.Agents.Bandits;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.ModelFree;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>The learners that know nothing of outcomes but their cost.</summary>
public static partial class AgentCatalog
{
    private static IEnumerable<AgentEntry> Learners() =>
    [
        Learner("ppo", "model-free: a policy network and a value network, learned by clipped policy gradients", "Schulman et al., arXiv 1707.06347",
            (length, actions, seed) => new PpoAgent(length, actions, 1, Stream.Ppo, seed)),
        Learner("a2c", "model-free: a policy network and a value network, learned by plain policy gradients on short rollouts", "Mnih et al., ICML 2016, arXiv 1602.01783",
            (length, actions, seed) => new A2cAgent(length, actions, 1, Stream.A2c, seed)),
        Learner("dqn", "model-free: a network of action values, learned from replayed requests against a target network", "Mnih et al., Nature 518, 2015; double: van Hasselt et al., AAAI 2016",
            (length, actions, seed) => new DqnAgent(length, actions, 1, Stream.Dqn, seed)),
        Learner("lin-ucb", "a linear model of the reward for each split; takes the highest upper confidence bound", "Li et al., WWW 2010, arXiv 1003.0146",
            (length, actions, _) => new LinUcb(length, actions, Stream.Linear(length))),
        Learner("linear-thompson", "a linear model of the reward for each split; takes the best of a draw from the posterior", "Agrawal and Goyal, ICML 2013, arXiv 1209.3352",
            (length, actions, seed) => new LinearThompson(length, actions, seed, Stream.Linear(length) with { Exploration = 0.1 })),
        Learner("neural-linear", "Thompson sampling by linear regression on the last layer of a network", "Riquelme, Tucker and Snoek, ICLR 2018, arXiv 1802.09127",
            (length, actions, seed) => new NeuralLinear(length, actions, seed, new NeuralLinearOptions { Ridge = 25, InitialPulls = 0 })),
        Learner("sliding-window-ucb", "follows the best fixed split as it changes, by upper confidence bounds over the latest requests", "Garivier and Moulines, ALT 2011, arXiv 0805.3415",
            (length, actions, _) => new SlidingWindowUcb(length, actions, range: Stream.Range)),
        Learner("discounted-ucb", "follows the best fixed split as it changes, by upper confidence bounds that forget", "Garivier and Moulines, ALT 2011, arXiv 0805.3415",
            (length, actions, _) => new DiscountedUcb(length, actions, discount: 0.999, range: Stream.Range / 2)),
        Learner("epsilon-greedy", "a linear model of the reward for each split; takes the best, and now and then any", "baseline",
            (length, actions, seed) => new EpsilonGreedy(length, actions, seed, 0.01, Stream.Linear(length))),
        Learner("square-cb", "a linear model of the reward for each split; explores in inverse proportion to the gap", "Foster and Rakhlin, ICML 2020, arXiv 2002.04926",
            (length, actions, seed) => new SquareCb(length, actions, seed, 100, Stream.Linear(length))),
        new("mu-lin-ucb", "knows the device, learns link and server by lower confidence bounds, and forces samples of the link", "Zhang, Chen and Xu, \"Autodidactic Neurosurgeon\", WWW 2021, arXiv 2102.02638",
            (scenario, _, learns) => Of(new MuLinUcb(new Belief(scenario)), learns), learns: true, usesPrior: true),
        new("shared-linear-bandit", "learns by which factors the believed parts of the cost are wrong, one linear model for all splits, by Thompson sampling", "this library",
            (scenario, seed, learns) => Of(new SharedLinearBandit(new Belief(scenario), seed), learns), learns: true, usesPrior: true),
    ];

    // Without a prior the observation has what the device sees and nothing that the public profile says.
    private static AgentEntry Learner(string name, string description, string source, Func<int, int, ulong, IAgent> create) => new(
        name,
        description,
        source,
        (scenario, seed, learns) =>
        {
            var features = new DecisionFeatures(scenario.Objective, new SplitProfile(scenario.System, scenario.Limits), includeBelief: !scenario.Settings.IsPriorAbsent);
            return new AgentPolicy(create(features.Length, features.ActionCount, seed), features, learns);
        },
        learns: true);

    private static ISplitPolicy Of<T>(T policy, bool learns)
        where T : ISplitPolicy, ISavedAgent => learns ? policy : new WithoutLearning<T>(policy);

    /// <summary>Settings for a single stream of some thousand requests; the defaults are those of environments that are stepped by the million.</summary>
    private static class Stream
    {
        internal static PpoOptions Ppo { get; } = new() { StepsPerLane = 128, LearningRate = 1e-3 };

        internal static DqnOptions Dqn { get; } = new()
        {
            LearningRate = 1e-3,
            ExplorationRate = Schedule.Linear(1, 0.02, 500),
            BufferSize = 20_000,
            TargetUpdateEvery = 200,
            Double = true,
        };

        internal static A2cOptions A2c { get; } = new() { StepsPerLane = 16 };

        // Rewards are costs over the mean cost, of which splits differ by a part; a range of 1 would explore for ever. These and the settings of the other bandits are the best of a few that were
        // tried on the main scenario.
        internal static double Range { get; } = 0.2;

        // One model per split learns slowly: it sees what the device sees, and not what the belief says of 33 splits.
        internal static LinearBanditOptions Linear(int length) => new() { Entries = [.. Enumerable.Range(0, Math.Min(length, ObservationFeatures.Length))] };
    }
}
