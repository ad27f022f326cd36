using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Traces;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Simulation;

/// <summary>Whatever a link is made of: comparisons are reproducible, nothing beats the clairvoyant, and the batched environment pays what the simulation pays.</summary>
public sealed class EveryLinkRunsTests
{
    private const string Street = "\"carrierHz\": 3.5e9, \"bandwidthHz\": 5e6, \"minimumDistanceMetres\": 10, \"maximumDistanceMetres\": 200, ";

    private static readonly Dictionary<string, string> Inline = new()
    {
        ["clarke"] = Street + "\"pathLoss\": { \"model\": \"urbanMicro\", \"sight\": \"nonLineOfSight\" }, \"fadingEvolution\": \"clarke\"",
        ["autoregressive"] = Street + "\"pathLoss\": { \"model\": \"urbanMicro\", \"sight\": \"nonLineOfSight\" }, \"fadingEvolution\": \"autoregressive\", \"nakagamiShape\": 1.7",
        ["sight"] = Street + "\"pathLoss\": \"urbanMicro\", \"rate\": \"truncatedShannon\"",
        ["adaptation"] = Street + "\"pathLoss\": \"urbanMicro\", \"timeDivision\": \"DDSU\", \"adaptation\": {}",
        ["wideband"] = Street + "\"pathLoss\": \"urbanMicro\", \"wideband\": { \"delaySpreadSeconds\": 3e-7, \"eesmBeta\": 4 }",
        ["waypoint"] = Street + "\"pathLoss\": \"urbanMicro\", \"mobility\": { \"model\": \"randomWaypoint\", \"speedMetresPerSecond\": 5, \"maximumSpeedMetresPerSecond\": 15 }",
        ["gaussMarkov"] = Street + "\"pathLoss\": \"urbanMicro\", \"mobility\": { \"model\": \"gaussMarkov\", \"speedMetresPerSecond\": 10 }, \"fadingEvolution\": \"clarke\", \"adaptation\": {}",
    };

    private static readonly string[] Changing = ["5g-n78-100mhz-street", "5g-n78-100mhz-macro", "trace-lte-driving", "waypoint", "gaussMarkov", "recorded"];

    public static TheoryData<string> All => [.. LinkCatalog.All.Select(entry => entry.Name), .. Inline.Keys, "recorded"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_comparison_is_the_same_on_one_thread_and_on_two_and_nothing_beats_the_clairvoyant(string name)
    {
        var scenario = Tiny(name);
        var one = Compare(1);
        var two = Compare(2);
        Assert.Equal(one.Headroom.BestFixedSplitBySeed, two.Headroom.BestFixedSplitBySeed);
        Assert.Equal(one.Policies.Select(policy => policy.Name), two.Policies.Select(policy => policy.Name));
        foreach (var (first, second) in one.Policies.Zip(two.Policies))
        {
            Assert.Equal(first.MeanCostBySeed, second.MeanCostBySeed);
            Assert.All(first.MeanCostBySeed, cost => Assert.True(double.IsFinite(cost) && cost > 0));
            for (var seed = 0; seed < 2; seed++)
            {
                Assert.Equal(30, first.RecordsBySeed![seed].Count);
                Assert.Equal(first.RecordsBySeed[seed].Select(record => record.Cost), second.RecordsBySeed![seed].Select(record => record.Cost));
            }
        }

        var clairvoyant = one.Of("clairvoyant");
        var isStrict = false;
        foreach (var rival in one.Policies.Where(policy => policy != clairvoyant))
        {
            for (var seed = 0; seed < 2; seed++)
            {
                foreach (var (best, cost) in ByConversation(clairvoyant.RecordsBySeed![seed]).Zip(ByConversation(rival.RecordsBySeed![seed])))
                {
                    Assert.True(best <= cost * (1 + 1e-12), $"{rival.Name} beats the clairvoyant: {cost} < {best}");
                    isStrict |= best < cost;
                }
            }
        }

        Assert.True(isStrict);
        Assert.NotEqual(clairvoyant.MeanCostBySeed[0], clairvoyant.MeanCostBySeed[1]);

        ComparisonResult Compare(int threads) => PolicyComparison.Run(scenario, new ComparisonOptions { MaximumThreads = threads, IncludeClairvoyant = true, KeepRecords = true });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_batched_environment_pays_what_the_single_one_and_the_simulation_pay(string name)
    {
        const int n = 2;
        var scenario = Tiny(name);
        var batch = new BatchedSplitEnvironment(scenario, new BatchedEnvironmentOptions { Environments = n, EpisodesPerWorld = int.MaxValue });
        var singles = Enumerable.Range(0, n).Select(_ => new SplitEnvironment(scenario, new SplitEnvironmentOptions { EpisodesPerWorld = int.MaxValue })).ToArray();
        var splits = SmallScenarios.Layers + 1;
        var (observations, last, rewards) = (new double[n * Observation.Length], new double[n * Observation.Length], new double[n]);
        var (mask, terminated, truncated) = (new bool[n * splits], new bool[n], new bool[n]);
        batch.Reset(5, observations, mask);
        var starts = singles.Select((single, i) => single.Reset(5 + (ulong)i)).ToArray();
        var costs = new List<double>[n];
        var plans = new List<int>[n];
        var seen = new HashSet<double>();
        for (var i = 0; i < n; i++)
        {
            (costs[i], plans[i]) = ([], []);
            AssertClose(starts[i].Observation.Span, observations.AsSpan(i * Observation.Length, Observation.Length));
        }

        for (var step = 0; step < 30; step++)
        {
            var actions = Enumerable.Range(0, n).Select(i => (step + (2 * i)) % splits).ToArray();
            batch.Step(actions, observations, rewards, terminated, truncated, mask, last);
            for (var i = 0; i < n; i++)
            {
                var result = singles[i].Step(actions[i]);
                Assert.Equal(result.Reward, rewards[i], 1e-9 * Math.Abs(result.Reward));
                Assert.Equal((result.Terminated, result.Truncated), (terminated[i], truncated[i]));
                var next = result.Observation;
                if (result.HasEnded)
                {
                    AssertClose(next.Span, last.AsSpan(i * Observation.Length, Observation.Length));
                    next = singles[i].Reset().Observation;
                }

                AssertClose(next.Span, observations.AsSpan(i * Observation.Length, Observation.Length));
                costs[i].Add(-rewards[i]);
                plans[i].Add(actions[i]);
                seen.Add(next.Span[0]);
            }
        }

        Assert.True(seen.Count > 10);
        for (var i = 0; i < n; i++)
        {
            var world = new World(scenario with { Settings = scenario.Settings with { Requests = 60 } }, 5 + (ulong)i);
            var simulator = new TurnSimulator(world);
            var belief = new Belief(scenario);
            var (split, goodput) = (-1, 0.0);
            for (var request = 0; request < 30; request++)
            {
                var observation = world.Observe(request, split, goodput);
                simulator.Select(request);
                var breakdown = simulator.Run(plans[i][request], belief.Plan(observation, plans[i][request], world.Schedule.Turns[request].OutputTokens));
                var cost = scenario.Objective.Cost(breakdown);
                Assert.Equal(cost, costs[i][request], 1e-9 * cost);
                (split, goodput) = (plans[i][request], simulator.UplinkGoodputBitsPerSecond);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Levels_change_from_turn_to_turn_only_where_users_move_or_rates_were_recorded(string name)
    {
        var scenario = Tiny(name);
        var world = new World(scenario, 3);
        var conversations = world.Schedule.Turns.ToArray().GroupBy(turn => turn.Conversation).Where(turns => turns.Count() > 1).ToArray();
        Assert.True(conversations.Length > 3);
        var isChanging = Changing.Contains(name);
        Assert.All(conversations, turns => Assert.Equal(isChanging, turns.Select(turn => turn.LevelDb).Distinct().Count() > 1));
        var sampler = scenario.Link.CreateSampler();
        Assert.Equal(!isChanging, sampler.IsLevelConstant);
        foreach (var turn in world.Schedule.Turns)
        {
            Assert.Equal(sampler.LevelDb(3, (ulong)turn.Conversation, turn.LinkSeconds), turn.LevelDb, 1e-9);
        }

        // The clock of a user's way: the pauses before a turn.
        Assert.All(conversations, turns => Assert.Equal(
            turns.Take(turns.Count() - 1).Sum(turn => turn.ThinkSeconds), turns.Last().LinkSeconds - turns.First().LinkSeconds, 1e-9));
    }

    private static Scenario Tiny(string name)
    {
        var scenario = SmallScenarios.Conversations(30);
        ILink link = name == "recorded"
            ? new TraceLink
            {
                Uplink = new RateTrace([0, 1, 2.5, 3], [2e6, 0, 8e6, 1e6], 7),
                Downlink = new MahimahiTrace([1, 2, 3, 5, 8, 13, 21, 34, 55]),
                UplinkDelay = new(0.005, 0.0025, 0.0005),
                DownlinkDelay = new(0, 0.0025, 0.0005),
                RadioEnergy = RadioEnergyModel.Lte,
            }
            : Inline.TryGetValue(name, out var keys) ? ScenarioFile.ParseLink("{ \"link\": { " + keys + " } }", "x.json").Link : LinkCatalog.Find(name).Link;
        return scenario with
        {
            Name = name,
            Link = link,
            System = scenario.System with { UplinkDelay = link.UplinkDelay, DownlinkDelay = link.DownlinkDelay, Radio = link.RadioEnergy },
            Settings = scenario.Settings with { EvaluatedRequests = 30, Seeds = 2 },
        };
    }

    private static double[] ByConversation(IReadOnlyList<RequestRecord> records) => [.. records.GroupBy(r => r.Conversation).OrderBy(g => g.Key).Select(g => g.Sum(r => r.Cost))];

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-9 * Math.Abs(expected[i]));
        }
    }
}
