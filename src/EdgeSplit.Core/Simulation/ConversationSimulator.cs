using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Core.Simulation;

/// <summary>Event-driven simulation of one policy in one world: conversations arrive and overlap, turns pass through device, link and server stage by stage,
/// and the policy learns of an outcome when the request is finished, not before.</summary>
/// <remarks>Deterministic: the same world and policy give the same records, bit for bit. One run per instance; not thread-safe.</remarks>
public sealed class ConversationSimulator
{
    private readonly World world;
    private readonly ISplitPolicy policy;
    private readonly Belief belief;
    private readonly DecisionContext context;
    private readonly EventQueue<Event> events = new();
    private readonly Stack<ActiveTurn>[] idle; // by regime: each process has the truth of one
    private readonly int[] cacheSplitPoint;
    private readonly double[] recentUplink;
    private readonly RequestRecord[] records;
    private bool hasRun;

    /// <summary>Prepares a run.</summary>
    /// <param name="world">The world.</param>
    /// <param name="policy">The policy; a fresh one for each run.</param>
    public ConversationSimulator(World world, ISplitPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(policy);
        this.world = world;
        this.policy = policy;
        belief = new Belief(world.Scenario);
        context = new DecisionContext(new SplitTotals(belief.Profile.Layers));
        idle = [.. Enumerable.Range(0, world.Regimes).Select(_ => new Stack<ActiveTurn>())];
        var turns = world.Schedule.Turns;
        cacheSplitPoint = new int[turns.Length];
        recentUplink = new double[turns.Length];
        records = new RequestRecord[turns.Length];
    }

    /// <summary>Runs all requests of the world's schedule.</summary>
    /// <param name="progress">Told the number of finished requests; may be null.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>One record per request, in the order of the schedule.</returns>
    /// <exception cref="InvalidOperationException">The policy chose a split that is masked, or the instance has run before.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public IReadOnlyList<RequestRecord> Run(IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if (hasRun)
        {
            throw new InvalidOperationException("A simulator runs once: policies learn, so that a second run would be another one.");
        }

        hasRun = true;
        var turns = world.Schedule.Turns;
        for (var request = 0; request < turns.Length; request++)
        {
            if (turns[request].Turn == 0)
            {
                events.Schedule(turns[request].ArrivalSeconds, new Event(request, null));
            }
        }

        var finished = 0;
        while (events.TryNext(out var next))
        {
            bool isFinished;
            if (next.Turn is null)
            {
                cancellation.ThrowIfCancellationRequested();
                isFinished = StartTurn(next.Request);
            }
            else
            {
                isFinished = RunOn(next.Turn, next.Turn.Process.Complete(next.Turn.DoneSeconds));
            }

            if (isFinished)
            {
                progress?.Report(++finished);
            }
        }

        return records;
    }

    private bool StartTurn(int request)
    {
        ref readonly var turn = ref world.Schedule.Turns[request];
        if (!idle[world.RegimeAt(request)].TryPop(out var active))
        {
            active = new ActiveTurn(new TurnProcess(world.TruthAt(request), world.Scenario.Settings.TimeoutSeconds), new TurnChannel(world.Scenario));
        }

        active.Channel.Reset(world.Uplink(request), world.Downlink(request), world.Server(request));
        active.Request = request;
        active.StartSeconds = events.NowSeconds;
        active.Observation = world.Observe(request, cacheSplitPoint[request], recentUplink[request]);

        context.Set(request, turn.Conversation, active.Observation);
        belief.Predict(active.Observation, active.Observation.ExpectedOutputTokens, context.Belief);
        active.Decision = policy.Decide(context);
        var split = active.Decision.SplitPoint;
        if (split < 0 || split > belief.Profile.Layers || !context.IsFeasible(split))
        {
            var reason = split < 0 || split > belief.Profile.Layers ? "out of range" : context.Infeasibility[split].ToString();
            throw new InvalidOperationException($"Policy '{policy.Name}' chose split {split} for request {request}, which is not feasible: {reason}.");
        }

        active.Plan = belief.Plan(active.Observation, split, turn.OutputTokens);
        return RunOn(active, active.Process.Begin(split, active.Plan));
    }

    // As long as nothing else is due the turn runs on directly; the order of events is that of a queue through which every stage passes.
    private bool RunOn(ActiveTurn active, in StageRequest first)
    {
        var stage = active.Process.Advance(first, active.Channel.AsStructure(), active.StartSeconds, events.NextSeconds, out var doneSeconds);
        var atSeconds = Math.Max(events.NowSeconds, active.StartSeconds + doneSeconds);
        if (stage.Kind == StageKind.Finished)
        {
            events.MoveTo(atSeconds);
            Finish(active);
            return true;
        }

        active.DoneSeconds = doneSeconds;
        events.Schedule(atSeconds, new Event(active.Request, active));
        return false;
    }

    private void Finish(ActiveTurn active)
    {
        ref readonly var turn = ref world.Schedule.Turns[active.Request];
        var split = active.Decision.SplitPoint;
        var breakdown = world.IsUplinkReliable || split == 0 || split == belief.Profile.Layers ? active.Process.Breakdown()
            : active.Process.Breakdown(world.ErasedShare(active.Request, active.Plan.Work.PromptTokens, (int)Math.Round(active.Plan.Work.DecodeSteps)));
        var cost = world.Scenario.Objective.Cost(breakdown);
        records[active.Request] = new RequestRecord(active.Request, turn.Conversation, turn.Turn, active.StartSeconds, active.Decision.Propensity, breakdown, cost);
        if (!turn.IsLast)
        {
            cacheSplitPoint[active.Request + 1] = active.Decision.SplitPoint;
            recentUplink[active.Request + 1] = active.Process.UplinkGoodputBitsPerSecond;
            events.Schedule(events.NowSeconds + turn.ThinkSeconds, new Event(active.Request + 1, null));
        }

        var work = Belief.Work(active.Observation, turn.OutputTokens);
        policy.Learn(new Experience(active.Request, turn.Conversation, active.Observation, active.Decision, new Outcome(work, breakdown), cost, turn.IsLast));
        idle[world.RegimeAt(active.Request)].Push(active);
    }

    private readonly record struct Event(int Request, ActiveTurn? Turn);

    private sealed class ActiveTurn(TurnProcess process, TurnChannel channel)
    {
        internal TurnProcess Process { get; } = process;

        internal TurnChannel Channel { get; } = channel;

        internal int Request { get; set; }

        internal double StartSeconds { get; set; }

        internal double DoneSeconds { get; set; }

        internal Observation Observation { get; set; }

        internal Decision Decision { get; set; }

        internal KeyValueMigrationPlan Plan { get; set; }
    }
}
