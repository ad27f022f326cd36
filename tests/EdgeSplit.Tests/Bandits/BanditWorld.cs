using EdgeSplit.Agents.Bandits;
using EdgeSplit.Agents.Learning;

namespace EdgeSplit.Tests.Bandits;

/// <summary>One act or one transition at a time, in a single lane.</summary>
internal static class BanditWorld
{
    internal static (int Action, double Propensity) Act(this IAgent agent, double[] observation, bool[]? mask = null, bool explore = true)
    {
        var (actions, propensities) = (new int[1], new double[1]);
        agent.Act(observation, mask ?? All(agent.ActionCount), actions, propensities, explore);
        return (actions[0], propensities[0]);
    }

    internal static void Learn(this IAgent agent, double[] observation, int action, double reward) => agent.Learn(new TransitionBatch
    {
        Observations = observation,
        Masks = All(agent.ActionCount),
        Actions = [action],
        Propensities = [1.0],
        Rewards = [reward],
        NextObservations = observation,
        NextMasks = All(agent.ActionCount),
        Terminated = [true],
        Truncated = [false],
    });

    internal static bool[] All(int actions) => [.. Enumerable.Repeat(true, actions)];

    internal static byte[] State(this IAgent agent)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        agent.SaveState(writer);
        return memory.ToArray();
    }

    internal static void Load(this IAgent agent, byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        agent.LoadState(reader);
    }

    /// <summary>One of every bandit, in a world of three observation entries and four actions.</summary>
    internal static IEnumerable<BanditAgent> Each(ulong seed = 5)
    {
        yield return new LinUcb(3, 4);
        yield return new LinearThompson(3, 4, seed);
        yield return new EpsilonGreedy(3, 4, seed, 0.3);
        yield return new SquareCb(3, 4, seed, 2);
        yield return new NeuralLinear(3, 4, seed, new NeuralLinearOptions { HiddenWidth = 8, TrainEvery = 10, TrainingSteps = 5, BatchSize = 8, Capacity = 40 });
        yield return new Ucb1(3, 4);
        yield return new KlUcb(3, 4, -2, 2);
        yield return new DiscountedUcb(3, 4);
        yield return new SlidingWindowUcb(3, 4, 15);
    }
}
