using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Placements;

namespace EdgeSplit.Tests.Simulation;

/// <summary>One turn in one world: equal to the turn written out token by token, and moved by nothing but its address.</summary>
public sealed class TurnLaws
{
    [Theory]
    [InlineData("llama-2-7b", 0)]
    [InlineData("gemma-3-1b", 0)]
    [InlineData("three-layers", 0)]
    [InlineData("llama-3-8b", 2)]
    public void A_turn_equals_the_one_written_out_token_by_token(string model, int future)
    {
        var world = new World(TestScenarios.Lively(24, model), 21);
        var belief = new Belief(world.Scenario);
        var simulator = new TurnSimulator(world);
        var kinds = new HashSet<KeyValueMigrationKind>();
        foreach (var turn in world.Schedule.Turns)
        {
            simulator.Select(turn.Request, future);
            var layers = belief.Profile.Layers;
            var seen = world.Observe(turn.Request, layers / 2, 0);
            foreach (var k in new[] { 0, 1, layers / 2, layers - 1, layers })
            {
                // Once as planned, once moved by force so that moves occur at every rate.
                var planned = belief.Plan(seen, k, turn.OutputTokens);
                var forced = turn.ContextTokens == 0 || k == layers / 2 ? planned : Moved(belief, seen, k, turn);
                foreach (var plan in new[] { planned, forced }.Distinct())
                {
                    kinds.Add(plan.Kind);
                    var run = simulator.Run(k, plan);
                    var naive = new NaiveTurn(world, turn.Request, future).Run(k, plan);
                    var where = $"{model}, request {turn.Request}, k = {k}, {plan}";
                    TestSystems.Near(naive.Total, run.Latency.TotalSeconds, 1e-9, where: where);
                    TestSystems.Near(naive.FirstToken, run.TimeToFirstTokenSeconds, 1e-9, where: where);
                    TestSystems.Near(naive.Device, run.Latency.DeviceHeadSeconds, 1e-9, where: where);
                    TestSystems.Near(naive.ServerCompute, run.Latency.ServerComputeSeconds, 1e-9, where: where);
                    TestSystems.Near(naive.ServerQueue, run.Latency.ServerQueueSeconds, 1e-9, naive.Total, where);
                    TestSystems.Near(naive.Uplink, run.Latency.UplinkSeconds, 1e-9, naive.Total, where);
                    TestSystems.Near(naive.Downlink, run.Latency.DownlinkSeconds, 1e-9, naive.Total, where);
                    TestSystems.Near(naive.Waits, run.Latency.UplinkWaitSeconds + run.Latency.DownlinkWaitSeconds, 1e-9, where: where);
                    TestSystems.Near(naive.Migration, run.Latency.KeyValueMigrationSeconds, 1e-9, where: where);
                    TestSystems.Near(naive.RadioJoules, run.Energy.RadioJoules, 1e-9, where: where);
                    TestSystems.Near(naive.UplinkBits, run.UplinkBits, where: where);
                    TestSystems.Near(naive.DownlinkBits, run.DownlinkBits, where: where);
                    TestSystems.Near(
                        turn.OutputTokens > 1 ? (naive.Total - naive.FirstToken) / (turn.OutputTokens - 1) : 0, run.TimePerOutputTokenSeconds, 1e-8, where: where);
                    Assert.True(run.Latency.ServerQueueSeconds >= 0);
                }
            }
        }

        Assert.Equal(3, kinds.Count);
    }

    [Fact]
    public void Trying_other_splits_first_changes_nothing()
    {
        var world = new World(TestScenarios.Lively(12), 22);
        var belief = new Belief(world.Scenario);
        var busy = new TurnSimulator(world);
        foreach (var turn in world.Schedule.Turns)
        {
            var seen = world.Observe(turn.Request, 5, 0);
            busy.Select(turn.Request);
            for (var k = 32; k >= 0; k--)
            {
                var plan = belief.Plan(seen, k, turn.OutputTokens);
                var fresh = new TurnSimulator(world);
                fresh.Select(turn.Request);
                Assert.Equal(fresh.Run(k, plan), busy.Run(k, plan));
            }

            // Nor does another future in between, nor another world of the same seed.
            var some = belief.Plan(seen, 8, turn.OutputTokens);
            var first = busy.Run(8, some);
            busy.Select(turn.Request, 3);
            var other = busy.Run(8, some);
            busy.Select(turn.Request);
            Assert.Equal(first, busy.Run(8, some));
            Assert.NotEqual(first, other);
            var again = new TurnSimulator(new World(TestScenarios.Lively(30), 22));
            again.Select(turn.Request);
            Assert.Equal(first, again.Run(8, some));
        }
    }

    [Fact]
    public void Stages_are_refused_out_of_turn()
    {
        var world = new World(TestScenarios.Lively(2), 1);
        var process = new TurnProcess(world.Truth);
        var plan = new KeyValueMigrationPlan(KeyValueMigrationKind.None, new TurnWork(10, 0, 2, 64), 0, 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => process.Begin(33, plan));
        var stage = process.Begin(32, plan);
        Assert.Throws<InvalidOperationException>(() => process.Breakdown());
        for (var i = 0; stage.Kind != StageKind.Finished; i++)
        {
            Assert.Equal(StageKind.DeviceCompute, stage.Kind);
            Assert.True(i < 2);
            stage = process.Complete(stage.StartSeconds + stage.Amount);
        }

        Assert.Throws<InvalidOperationException>(() => process.Complete(99));
        Assert.Equal(32, process.Breakdown().SplitPoint);
    }

    [Fact]
    public void On_a_link_that_never_carries_anything_a_turn_times_out_and_says_so()
    {
        var scenario = TestScenarios.Still(2);
        var simulator = new TurnSimulator(new World(
            scenario with { Settings = scenario.Settings with { Errors = new PriorErrors { LinkBiasDb = 5000 } } }, SeedWithAWeakLink()));
        simulator.Select(0);
        var plan = new KeyValueMigrationPlan(KeyValueMigrationKind.None, new TurnWork(10, 0, 2, 64), 0, 0);
        var given = simulator.Run(4, plan);
        Assert.True(given.IsTimedOut);
        Assert.Equal(3600, given.Latency.UplinkSeconds + given.Latency.UplinkWaitSeconds, 1e-9);
        Assert.Equal(3600 + given.Latency.DeviceHeadSeconds, given.Latency.TotalSeconds, 1e-9);
        Assert.Equal(given.Latency.TotalSeconds, given.TimeToFirstTokenSeconds);
        Assert.Equal(0, given.Energy.ServerGpuSeconds);
        Assert.Equal(scenario.Objective.Cost(given), simulator.Cost(4, plan));
        Assert.False(simulator.Run(32, plan).IsTimedOut);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(31)]
    [InlineData(32)]
    public void A_time_out_never_raises_the_latency_and_names_itself_exactly_where_it_lowers_it(int split)
    {
        var scenario = TestScenarios.Lively(30);
        foreach (var timeout in new[] { 0.02, 0.05, 0.2, 1, 30 })
        {
            var patient = new TurnSimulator(new World(scenario, 5));
            var hasty = new TurnSimulator(new World(scenario with { Settings = scenario.Settings with { TimeoutSeconds = timeout } }, 5));
            for (var request = 0; request < 30; request++)
            {
                patient.Select(request);
                hasty.Select(request);
                var plan = new KeyValueMigrationPlan(KeyValueMigrationKind.None, new TurnWork(200, 0, 12, 64), 0, 0);
                var (whole, cut) = (patient.Run(split, plan), hasty.Run(split, plan));
                Assert.False(whole.IsTimedOut);
                if (cut.IsTimedOut)
                {
                    Assert.NotEqual(32, split); // computing is not waiting
                    Assert.True(cut.Latency.TotalSeconds < whole.Latency.TotalSeconds);
                    Assert.True(scenario.Objective.Cost(cut) > scenario.Objective.Cost(whole), "giving up is the cheaper way");
                    Assert.True(cut.Latency.TotalSeconds >= timeout);
                }
                else
                {
                    Assert.Equal(whole, cut);
                }
            }
        }
    }

    [Fact]
    public void Prediction_and_simulation_of_turns_allocate_nothing()
    {
        var world = new World(TestScenarios.Lively(30), 23);
        var belief = new Belief(world.Scenario);
        var totals = new SplitTotals(32);
        var process = new TurnProcess(world.Truth);
        var channel = new TurnChannel(world.Scenario);
        var turn = world.Schedule.Turns.ToArray().MaxBy(t => t.ContextTokens);
        var seen = world.Observe(turn.Request, 3, 0);
        channel.Reset(world.Uplink(turn.Request), world.Downlink(turn.Request), world.Server(turn.Request));
        var simulator = new TurnSimulator(world);
        simulator.Select(turn.Request);
        double Round()
        {
            var sum = 0.0;
            for (var k = 0; k <= 32; k++)
            {
                belief.Predict(seen, turn.OutputTokens, totals);
                var stage = process.Begin(k, belief.Plan(seen, k, turn.OutputTokens));
                while (stage.Kind != StageKind.Finished)
                {
                    stage = process.Complete(channel.CompletionSeconds(stage));
                }

                sum += process.Breakdown().Latency.TotalSeconds + totals.LatencySeconds(k) + simulator.Run(k, belief.Plan(seen, k, turn.OutputTokens)).Latency.TotalSeconds;
            }

            return sum;
        }

        var first = Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(first, second);
    }

    private static KeyValueMigrationPlan Moved(Belief belief, Core.Decisions.Observation seen, int k, ScheduledTurn turn)
    {
        var bits = belief.Migration.MoveBits(seen.CacheSplitPoint, k, turn.ContextTokens);
        var up = k < seen.CacheSplitPoint;
        return new KeyValueMigrationPlan(KeyValueMigrationKind.Move, Belief.Work(seen, turn.OutputTokens), up ? bits : 0, up ? 0 : bits);
    }

    private static ulong SeedWithAWeakLink() =>
        Enumerable.Range(1, 100).Select(s => (ulong)s).First(s => WorldErrors.Draw(new PriorErrors { LinkBiasDb = 5000 }, s).LinkBiasDb > 4000);
}
