using EdgeSplit.Agents.Bandits;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Bandits;

/// <summary>What holds for every bandit.</summary>
public sealed class BanditAgentLaws
{
    public static TheoryData<string> Names => [.. BanditWorld.Each().Select(agent => agent.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_seeds_give_equal_runs_and_a_loaded_agent_goes_on_bit_for_bit(string name)
    {
        var straight = Create(name);
        var first = Create(name);
        var other = Create(name);
        Assert.Equal(Play(straight, 0, 60), Play(first, 0, 60));
        other.Load(first.State());
        Assert.Equal(straight.StepCount, other.StepCount);
        Assert.Equal(Play(straight, 60, 60), Play(other, 60, 60));
        Assert.Equal(straight.State(), other.State());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_state_changes_nothing(string name)
    {
        var agent = Create(name);
        Play(agent, 0, 30);
        var state = agent.State();
        for (var length = 0; length < state.Length; length += Math.Max(1, state.Length / 40))
        {
            Assert.Throws<InvalidDataException>(() => agent.Load(state[..length]));
            Assert.Equal(state, agent.State());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_allowed_actions_are_taken_and_without_exploration_nothing_is_drawn(string name)
    {
        var agent = Create(name);
        Play(agent, 0, 40);
        var state = agent.State();
        var random = new RandomSource(StreamKey.Create(1, "test/masks"));
        for (var i = 0; i < 100; i++)
        {
            bool[] mask = [.. Enumerable.Range(0, 4).Select(_ => random.NextUniform() < 0.5)];
            mask[random.NextInt32(4)] = true;
            var (action, propensity) = agent.Act([0.3, -0.1, i * 0.01], mask, explore: false);
            Assert.True(mask[action]);
            Assert.Equal(1, propensity);
        }

        Assert.Equal(state, agent.State());
        for (var i = 0; i < 50; i++)
        {
            var (action, propensity) = agent.Act([0.3, -0.1, i * 0.01], [false, true, false, true]);
            Assert.True(action is 1 or 3);
            Assert.InRange(propensity, double.Epsilon, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bad_numbers_and_masked_actions_are_refused_before_anything_changes(string name)
    {
        var agent = Create(name);
        Play(agent, 0, 5);
        var state = agent.State();
        Assert.Contains("Entry 1 of the observation of lane 0", Assert.Throws<ArgumentException>(() => agent.Act([0, double.NaN, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("Lane 0 has no action", Assert.Throws<ArgumentException>(() => agent.Act([0, 0, 0], new bool[4])).Message, StringComparison.Ordinal);
        Assert.Contains("reward of lane 0", Assert.Throws<ArgumentException>(() => agent.Learn([0, 0, 0], 1, double.PositiveInfinity)).Message, StringComparison.Ordinal);
        Assert.Contains("action 4 of lane 0", Assert.Throws<ArgumentException>(() => agent.Learn([0, 0, 0], 4, 1)).Message, StringComparison.Ordinal);
        Assert.Equal(state, agent.State());
    }

    /// <summary>Reward by action and context with one action clearly the best: every bandit must find it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_best_action_of_a_noisy_world_is_found(string name)
    {
        var agent = Create(name);
        var taken = Play(agent, 0, 600);
        Assert.True(taken.Skip(500).Count(action => action.Action == 2) >= 60, $"{name}: {taken.Skip(500).Count(action => action.Action == 2)} of 100");
        Assert.Equal(2, agent.Act([0, 0, 0], explore: false).Action);
    }

    [Theory]
    [InlineData("lin-ucb")]
    [InlineData("linear-thompson")]
    [InlineData("neural-linear")]
    [InlineData("square-cb")]
    [InlineData("sliding-window-ucb")]
    public void A_decision_allocates_nothing(string name)
    {
        var agent = Create(name);
        Play(agent, 0, 60);
        double[] observation = [0.1, 0.2, 0.3];
        var (mask, actions, propensities) = (BanditWorld.All(4), new int[1], new double[1]);
        agent.Act(observation, mask, actions, propensities);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            agent.Act(observation, mask, actions, propensities);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static BanditAgent Create(string name) => BanditWorld.Each().Single(agent => agent.Name == name);

    private static List<(int Action, double Propensity)> Play(BanditAgent agent, int from, int rounds)
    {
        var key = StreamKey.Create(7, "test/bandit-world");
        var noise = new NormalDistribution(0, 0.3);
        var taken = new List<(int, double)>();
        for (var round = from; round < from + rounds; round++)
        {
            var random = new RandomSource(key, (ulong)round);
            double[] observation = [random.NextUniform() - 0.5, random.NextUniform() - 0.5, random.NextUniform() - 0.5];
            var chosen = agent.Act(observation);
            agent.Learn(observation, chosen.Action, (chosen.Action == 2 ? 0.9 : -0.2 * chosen.Action) + (0.2 * observation[0]) + noise.Sample(ref random));
            taken.Add(chosen);
        }

        return taken;
    }
}
