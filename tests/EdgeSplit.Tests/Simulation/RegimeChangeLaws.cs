using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Simulation;

/// <summary>From one request on the world's hidden errors are others; before it, and in everything exogenous, nothing is.</summary>
public sealed class RegimeChangeLaws
{
    private const int Change = 40;

    private static readonly RegimeChange Throttled = new()
    {
        Request = Change,
        LinkBiasDb = 6,
        ServerLoadFactor = 2,
        DeviceComputeFactor = 1.5,
        DeviceBandwidthFactor = 1.25,
        ServerComputeFactor = 0.5,
        ServerBandwidthFactor = 0.75,
    };

    [Fact]
    public void Before_the_change_the_errors_are_those_drawn_and_after_it_those_times_the_factors()
    {
        var plain = new World(SmallScenarios.Conversations(80), 3);
        var world = new World(With(SmallScenarios.Conversations(80), Throttled), 3);
        for (var request = 0; request < 80; request++)
        {
            var drawn = plain.ErrorsAt(request);
            Assert.Equal(plain.Errors, drawn);
            Assert.Equal(request < Change ? drawn : Throttled.Applied(drawn), world.ErrorsAt(request));
            Assert.Equal(request < Change ? 0 : 1, world.RegimeAt(request));
        }

        Assert.Equal(plain.Errors, world.Errors);
        Assert.Equal(
            new WorldErrors(3 * 1.5, 5 * 1.25, 7 * 0.5, 11 * 0.75, 13 + 6, 17 * 2),
            Throttled.Applied(new WorldErrors(3, 5, 7, 11, 13, 17)));

        // The profile of the changed errors, and the same object where no speed has changed.
        var after = Throttled.Applied(plain.Errors).TruthOf(new SplitProfile(world.Scenario.System, world.Scenario.Limits));
        var pass = new ForwardPass(100, 20);
        Assert.Equal(after.DevicePassSeconds(3, pass), world.TruthAt(Change).DevicePassSeconds(3, pass));
        Assert.Equal(after.ServerPassSeconds(3, pass), world.TruthAt(Change).ServerPassSeconds(3, pass));
        Assert.NotEqual(world.Truth.DevicePassSeconds(3, pass), world.TruthAt(Change).DevicePassSeconds(3, pass));
        var linkOnly = new World(With(SmallScenarios.Conversations(80), new RegimeChange { Request = Change, LinkBiasDb = 6 }), 3);
        Assert.Same(linkOnly.Truth, linkOnly.TruthAt(Change));
    }

    [Fact]
    public void Several_changes_act_one_upon_the_other()
    {
        var world = new World(With(SmallScenarios.Conversations(80), Throttled, new RegimeChange { Request = 60, DeviceComputeFactor = 2, LinkBiasDb = -1 }), 3);
        Assert.Equal(3, world.Regimes);
        Assert.Equal([0, 1, 1, 2], new[] { 39, 40, 59, 60 }.Select(world.RegimeAt));
        Assert.Equal(3 * world.Errors.DeviceComputeFactor, world.ErrorsAt(60).DeviceComputeFactor, 12);
        Assert.Equal(5 + world.Errors.LinkBiasDb, world.ErrorsAt(60).LinkBiasDb, 12);
        Assert.Throws<ArgumentException>(() => new SimulationSettings { RegimeChanges = [Throttled, Throttled] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegimeChange { Request = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegimeChange { Request = 1, LinkBiasDb = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegimeChange { Request = 1, ServerLoadFactor = 0 });
    }

    [Fact]
    public void Requests_fading_jobs_and_observations_are_drawn_as_without_the_change()
    {
        var plain = new World(TestScenarios.Lively(80), 5);
        var world = new World(With(TestScenarios.Lively(80), Throttled), 5);
        Assert.Equal(plain.Schedule.Turns.ToArray(), world.Schedule.Turns.ToArray());
        var (a, b) = (new double[64], new double[64]);
        foreach (var request in new[] { 0, Change - 1, Change, 79 })
        {
            Assert.Equal(plain.Observe(request, 2, 0), world.Observe(request, 2, 0));
            Assert.Equal(Enumerable.Range(0, 64).Select(i => plain.Server(request).JobsAt(i)), Enumerable.Range(0, 64).Select(i => world.Server(request).JobsAt(i)));
            ((Core.Wireless.Transfers.BlockFadingProcess)plain.Uplink(request)).FillSnr(0, a);
            ((Core.Wireless.Transfers.BlockFadingProcess)world.Uplink(request)).FillSnr(0, b);
            Assert.All(a.Zip(b), pair => Assert.Equal(request < Change ? 0 : -6, 10 * Math.Log10(pair.Second / pair.First), 9));
        }
    }

    [Fact]
    public void A_run_is_that_of_the_unchanged_world_before_it_and_that_of_a_world_of_the_changed_errors_after_it()
    {
        var scenario = SmallScenarios.Conversations(80);
        var plain = Run(new World(scenario, 7), new FixedSplit(2));
        var changed = Run(new World(With(scenario, Throttled), 7), new FixedSplit(2));
        var fromTheStart = Run(new World(With(scenario, Throttled with { Request = 1 }), 7), new FixedSplit(2));
        for (var i = 0; i < 80; i++)
        {
            Assert.Equal((i < Change ? plain : fromTheStart)[i].Cost, changed[i].Cost);
            Assert.Equal((i < Change ? plain : fromTheStart)[i].Breakdown, changed[i].Breakdown);
        }

        Assert.True(Enumerable.Range(Change, 40).All(i => changed[i].Cost != plain[i].Cost));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_policy_beats_the_clairvoyant_through_a_change_and_the_state_oracle_stays_below_the_greedy_rule(int seed)
    {
        // Some conversation lies across the change: the one that has a turn on either side.
        var scenario = With(SmallScenarios.Conversations(120), Throttled);
        var world = new World(scenario, (ulong)seed);
        var clairvoyant = ByConversation(Run(world, new ReplayedSplits("clairvoyant", new Clairvoyant(world).Plan())));
        var oracle = Run(world, new StateOracle(world));
        var greedy = Run(world, new GreedyOnBelief(scenario.Objective, new SplitProfile(scenario.System, scenario.Limits)));
        foreach (var costs in Enumerable.Range(0, SmallScenarios.Layers + 1).Select(k => Run(world, new FixedSplit(k))).Append(oracle).Append(greedy).Select(ByConversation))
        {
            Assert.All(clairvoyant.Zip(costs), pair => Assert.True(pair.First <= pair.Second * (1 + 1e-12)));
        }

        Assert.True(oracle.Skip(Change).Sum(r => r.Cost) < greedy.Skip(Change).Sum(r => r.Cost));
    }

    [Fact]
    public void Fixed_splits_on_single_turns_cost_in_the_sweep_what_they_cost_in_the_simulation()
    {
        var world = new World(With(SmallScenarios.SingleTurns(80), Throttled), 4);
        var sweep = Agents.Evaluation.FixedSplitSweep.Run(world);
        var run = Run(world, new FixedSplit(3));
        Assert.All(run, record => Assert.Equal(record.Cost, sweep.Cost(3, record.Request)));
    }

    private static IReadOnlyList<RequestRecord> Run(World world, ISplitPolicy policy) => new ConversationSimulator(world, policy).Run();

    private static double[] ByConversation(IReadOnlyList<RequestRecord> records) => [.. records.GroupBy(r => r.Conversation).Select(g => g.Sum(r => r.Cost))];

    private static Scenario With(Scenario scenario, params RegimeChange[] changes) => scenario with { Settings = scenario.Settings with { RegimeChanges = changes } };
}
