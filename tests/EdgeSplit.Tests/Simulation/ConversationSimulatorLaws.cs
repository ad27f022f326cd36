using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Simulation;

/// <summary>The event-driven run: the same turns as run straight, in the right order, with feedback when it is due.</summary>
public sealed class ConversationSimulatorLaws
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(2.0)]
    public void Every_turn_equals_its_straight_run_bit_for_bit(double arrivalsPerSecond)
    {
        var lively = TestScenarios.Lively(250);
        var world = new World(lively with { Workload = lively.Workload with { ArrivalsPerSecond = arrivalsPerSecond } }, 31);
        var records = new ConversationSimulator(world, new Scattered(7)).Run();
        var belief = new Belief(world.Scenario);
        var simulator = new TurnSimulator(world);
        Assert.Equal(250, records.Count);
        for (var request = 0; request < records.Count; request++)
        {
            ref readonly var turn = ref world.Schedule.Turns[request];
            var record = records[request];
            var split = Scattered.SplitOf(request, 7);
            Assert.Equal((request, turn.Conversation, turn.Turn, split), (record.Request, record.Conversation, record.Turn, record.Breakdown.SplitPoint));
            simulator.Select(request);
            var seen = world.Observe(request, request == 0 ? -1 : Scattered.SplitOf(request - 1, 7), 0);
            Assert.Equal(simulator.Run(split, belief.Plan(seen, split, turn.OutputTokens)), record.Breakdown);
            Assert.Equal(world.Scenario.Objective.Cost(record.Breakdown), record.Cost);
            Assert.Equal(0.25, record.Propensity);
        }
    }

    [Fact]
    public void A_turn_starts_when_its_conversation_arrives_or_after_the_answer_and_the_pause_before_it()
    {
        var world = new World(TestScenarios.Lively(200), 32);
        var records = new ConversationSimulator(world, new Scattered(1)).Run();
        foreach (var turn in world.Schedule.Turns)
        {
            var expected = turn.Turn == 0 ? turn.ArrivalSeconds
                : records[turn.Request - 1].StartSeconds + records[turn.Request - 1].Breakdown.Latency.TotalSeconds + world.Schedule.Turns[turn.Request - 1].ThinkSeconds;
            Assert.Equal(expected, records[turn.Request].StartSeconds, 1e-6);
        }
    }

    [Fact]
    public void A_policy_learns_of_a_request_when_it_is_finished_and_not_before()
    {
        var lively = TestScenarios.Lively(250);
        var world = new World(lively with { Workload = lively.Workload with { ArrivalsPerSecond = 1 } }, 33);
        var policy = new Scattered(3);
        var records = new ConversationSimulator(world, policy).Run();
        Assert.Equal(500, policy.Log.Count);
        var last = 0.0;
        var pending = new HashSet<int>();
        var mostPending = 0;
        foreach (var (request, isFeedback) in policy.Log)
        {
            var at = records[request].StartSeconds + (isFeedback ? records[request].Breakdown.Latency.TotalSeconds : 0);
            Assert.True(at >= last - 1e-6, $"request {request} at {at}, after {last}");
            last = at;
            Assert.True(isFeedback ? pending.Remove(request) : pending.Add(request));
            mostPending = Math.Max(mostPending, pending.Count);
        }

        Assert.Empty(pending);
        Assert.True(mostPending > 3, $"conversations must overlap; at most {mostPending} did");
    }

    [Fact]
    public void What_a_policy_is_given_and_told_is_what_happened()
    {
        var world = new World(TestScenarios.Lively(120), 34);
        var policy = new Scattered(5);
        var records = new ConversationSimulator(world, policy).Run();
        var belief = new Belief(world.Scenario);
        var totals = new SplitTotals(32);
        foreach (var told in policy.Told)
        {
            var turn = world.Schedule.Turns[told.Request];
            Assert.Equal(records[told.Request].Breakdown, told.Outcome.Breakdown);
            Assert.Equal(records[told.Request].Cost, told.Cost);
            Assert.Equal(Belief.Work(told.Observation, turn.OutputTokens), told.Outcome.Work);
            var goodput = turn.Turn == 0 ? 0 : Goodput(records[told.Request - 1], world);
            Assert.Equal(goodput, told.Observation.RecentUplinkBitsPerSecond, goodput * 1e-6);
            belief.Predict(told.Observation, told.Observation.ExpectedOutputTokens, totals);
            Assert.Equal(totals.LatencySeconds(7), policy.PredictedAtSeven[told.Request]);
        }

        Assert.Equal(120, policy.Told.Count);
    }

    [Fact]
    public void Runs_repeat_bit_for_bit_and_do_not_move_one_another()
    {
        var scenario = TestScenarios.Lively(120);
        var world = new World(scenario, 35);
        var first = new ConversationSimulator(world, new Scattered(5)).Run();
        _ = new ConversationSimulator(world, new Scattered(6)).Run();
        Assert.Equal(first, new ConversationSimulator(world, new Scattered(5)).Run());
        Assert.Equal(first, new ConversationSimulator(new World(scenario, 35), new Scattered(5)).Run());
        Assert.NotEqual(first, new ConversationSimulator(new World(scenario, 36), new Scattered(5)).Run());
    }

    [Fact]
    public void A_masked_split_is_refused_by_name()
    {
        var scenario = TestScenarios.Lively(20) with { Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.5 } };
        var world = new World(scenario, 1);
        var message = Assert.Throws<InvalidOperationException>(() => new ConversationSimulator(world, new Constant(0)).Run()).Message;
        Assert.Contains("constant", message, StringComparison.Ordinal);
        Assert.Contains("PrivacyLimit", message, StringComparison.Ordinal);
        Assert.Contains("out of range", Assert.Throws<InvalidOperationException>(() => new ConversationSimulator(world, new Constant(33)).Run()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new ConversationSimulator(world, new Constant(-1)).Run());
    }

    [Fact]
    public void Progress_is_told_and_a_run_can_be_ended_and_is_run_once()
    {
        var world = new World(TestScenarios.Lively(20), 1);
        var counted = new Counter();
        var simulator = new ConversationSimulator(world, new Constant(32));
        simulator.Run(counted);
        Assert.Equal(Enumerable.Range(1, 20), counted.Values);
        Assert.Throws<InvalidOperationException>(() => simulator.Run());
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new ConversationSimulator(world, new Constant(32)).Run(cancellation: source.Token));
    }

    private static double Goodput(RequestRecord record, World world)
    {
        // Of the prompt's message alone; the rest of the uplink time is that of decode, so take it from a run of one token.
        var k = record.Breakdown.SplitPoint;
        if (k == 32)
        {
            return 0;
        }

        var simulator = new TurnSimulator(world);
        simulator.Select(record.Request);
        var turn = world.Schedule.Turns[record.Request];
        var seen = world.Observe(record.Request, record.Request == 0 ? -1 : Scattered.SplitOf(record.Request - 1, 5), 0);
        var plan = new Belief(world.Scenario).Plan(seen, k, turn.OutputTokens);
        var single = simulator.Run(k, plan with { Work = plan.Work with { OutputTokens = 1 } });
        return (single.UplinkBits - plan.UplinkBits) / single.Latency.UplinkSeconds;
    }

    /// <summary>Spreads its splits over 0, 1, 7, 20, 31 and 32 as if at random.</summary>
    private sealed class Scattered(int salt) : ISplitPolicy
    {
        private static readonly int[] Splits = [0, 1, 7, 20, 31, 32];

        public string Name => "scattered";

        internal List<(int Request, bool IsFeedback)> Log { get; } = [];

        internal List<Experience> Told { get; } = [];

        internal Dictionary<int, double> PredictedAtSeven { get; } = [];

        internal static int SplitOf(int request, int salt) => Splits[((request * 7919) + (salt * 104729)) % 1009 % Splits.Length];

        public Decision Decide(DecisionContext context)
        {
            Log.Add((context.Request, false));
            PredictedAtSeven.Add(context.Request, context.Belief.LatencySeconds(7));
            return new Decision(SplitOf(context.Request, salt), 0.25);
        }

        public void Learn(in Experience experience)
        {
            Log.Add((experience.Request, true));
            Told.Add(experience);
        }
    }

    private sealed class Constant(int split) : ISplitPolicy
    {
        public string Name => "constant";

        public Decision Decide(DecisionContext context) => new(split, 1);

        public void Learn(in Experience experience)
        {
        }
    }

    private sealed class Counter : IProgress<int>
    {
        internal List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }
}
