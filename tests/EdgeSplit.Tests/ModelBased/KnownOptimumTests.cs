using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.ModelBased;

/// <summary>Worlds in which the public profile is wrong in a known way and the optimum is known: the agent must find it, and greedy cannot.</summary>
/// <remarks>The privacy limit leaves splits 2..5. Fading, and an estimate that is 2 dB off, stay on.</remarks>
public sealed class KnownOptimumTests
{
    private const int Requests = 400;
    private const int Last = 100;
    private const int Shallowest = 2;
    private const double FastFlop = 12e9;
    private const double SlowFlop = 4e9;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_device_three_times_slower_than_believed_makes_the_agent_offload(int which) =>
        AssertFinds(WrongProfiles.Create(Scenario(FastFlop, meanSnrDb: 8), which, device: 3), Shallowest, SmallScenarios.Layers);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_device_three_times_faster_than_believed_makes_the_agent_stay(int which) =>
        AssertFinds(WrongProfiles.Create(Scenario(SlowFlop, meanSnrDb: 8), which, device: 1 / 3.0), SmallScenarios.Layers, Shallowest);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_link_ten_decibels_worse_than_believed_makes_the_agent_stay(int which) =>
        AssertFinds(WrongProfiles.Create(Scenario(SlowFlop, meanSnrDb: 6), which, linkBiasDb: 10), SmallScenarios.Layers, Shallowest);

    /// <summary>The device-only trap: whoever stays on the device hears nothing of the link.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_link_ten_decibels_better_than_believed_draws_the_agent_out_of_device_only(int which) =>
        AssertFinds(WrongProfiles.Create(Scenario(SlowFlop, meanSnrDb: -3), which, linkBiasDb: -10), Shallowest, SmallScenarios.Layers);

    /// <summary>Here the profile says that a split costs three times as much as the device alone: no member doubts it that far, and only forced tries help.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_link_fifteen_decibels_better_than_believed_is_found_by_trying(int which) =>
        AssertFinds(WrongProfiles.Create(Scenario(SlowFlop, meanSnrDb: -8), which, linkBiasDb: -15), Shallowest, SmallScenarios.Layers);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_the_profile_is_right_and_the_device_wins_trying_the_link_costs_less_than_one_per_cent(int seed)
    {
        var world = new World(Scenario(FastFlop, meanSnrDb: -8), (ulong)seed);
        AssertLosesLittle(world, FixedSplit.DeviceOnly(SmallScenarios.Layers));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_the_profile_is_right_and_the_server_wins_trying_the_device_costs_less_than_one_per_cent(int seed)
    {
        var world = new World(Scenario(SlowFlop, meanSnrDb: 8) with { Limits = SplitLimits.None }, (ulong)seed);
        AssertLosesLittle(world, FixedSplit.ServerOnly());
    }

    private static void AssertLosesLittle(World world, ISplitPolicy best)
    {
        var bestCost = Run(world, best).Average(r => r.Cost);
        Assert.All(Enumerable.Range(0, SmallScenarios.Layers + 1), k => Assert.True(bestCost <= Run(world, new FixedSplit(k)).Average(r => r.Cost)));
        var agent = Run(world, new ModelBasedAgent(new Belief(world.Scenario), world.Seed)).Average(r => r.Cost);
        Assert.InRange(agent / bestCost, 0.99, 1.01);
    }

    private static void AssertFinds(World world, int optimum, int believed)
    {
        var truth = Enumerable.Range(Shallowest, SmallScenarios.Layers - Shallowest + 1)
            .Select(k => (Split: k, Cost: Run(world, new FixedSplit(k)).Average(r => r.Cost))).OrderBy(x => x.Cost).ToArray();
        Assert.Equal(optimum, truth[0].Split);
        Assert.True(truth[1].Cost > 1.05 * truth[0].Cost, $"the optimum has to be clear: {string.Join(", ", truth)}");

        var greedy = LastSplits(world, new GreedyOnBelief(world.Scenario.Objective, new SplitProfile(world.Scenario.System, world.Scenario.Limits)));
        Assert.True(greedy.Count(k => k == believed) >= 0.8 * Last, $"greedy has to stay wrong: {string.Join(' ', greedy)}");

        var agent = LastSplits(world, new ModelBasedAgent(new Belief(world.Scenario), world.Seed));
        Assert.True(agent.Count(k => k == optimum) >= 0.95 * Last, $"{agent.Count(k => k == optimum)} of {Last} optimal: {string.Join(' ', agent)}");
    }

    private static Scenario Scenario(double deviceFlop, double meanSnrDb)
    {
        var scenario = SmallScenarios.SingleTurns(Requests);
        return scenario with
        {
            System = scenario.System with { Device = SmallScenarios.Roofline("device", deviceFlop, deviceFlop / 8, 4) },
            Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.6 },
            Link = SmallScenarios.Link(meanSnrDb, shadowingDb: 0),
            ServerLoad = new ServerLoadModel(),
            Workload = scenario.Workload with { PromptTokens = new UniformDistribution(120, 180) },
            Objective = new Objective { DeviceJouleSeconds = 0.01, ServerGpuSecondSeconds = 8 },
        };
    }

    private static IReadOnlyList<RequestRecord> Run(World world, ISplitPolicy policy) => new ConversationSimulator(world, policy).Run();

    private static int[] LastSplits(World world, ISplitPolicy policy) => [.. Run(world, policy).Skip(Requests - Last).Select(r => r.Breakdown.SplitPoint)];
}
