using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Environments;

/// <summary>Where to cut the model, turn by turn: one episode is one conversation of a scenario's workload, an action is a split point, the reward is the negative cost.</summary>
/// <remarks>
/// <para>Observation: the fields of <see cref="Observation"/>, what a real device can know. Action: k in 0..L. Each turn runs through device, link and server as in
/// <see cref="ConversationSimulator"/>: same world, same conversation and same splits give the same costs, bit for bit. Info: <see cref="SplitInfo"/>.</para>
/// <para>Worlds: a reset with a seed starts the first conversation of that seed's world, hidden errors included. A reset without one starts the world's next
/// conversation until <see cref="SplitEnvironmentOptions.EpisodesPerWorld"/> are over, and then the first one of the world whose seed is derived from the last
/// seed given and the number of worlds since. The clock plays no part.</para>
/// <para>Terminated when the conversation ends; there is no next turn then, and the observation is that of the last turn again. Truncated by
/// <see cref="SplitEnvironmentOptions.StepLimit"/>, with the observation of the turn that would have come.</para>
/// <para>Channel and load are functions of the world alone: trying an action on a <see cref="Copy"/> moves nothing here. Not thread-safe; a scenario may be shared.
///</para>
/// </remarks>
public sealed partial class SplitEnvironment : IEnvironment, IRestorable
{
    private const int InitialRequests = 16;

    private readonly Scenario scenario;
    private readonly SplitEnvironmentOptions options;
    private readonly Belief belief;
    private readonly SplitInfeasibility[] infeasibility;
    private readonly bool[] mask;
    private World? world;
    private TurnSimulator? simulator;
    private ulong seed;
    private ulong worldNumber;
    private int episodesInWorld;
    private int request;
    private int steps;
    private bool isRunning;
    private Observation observation;

    /// <summary>Creates an environment of a scenario.</summary>
    /// <param name="scenario">The scenario. Its number of requests plays no part: an environment draws as many conversations as it is asked for.</param>
    /// <param name="options">How episodes begin and are cut; the defaults where omitted.</param>
    /// <exception cref="ArgumentNullException">The scenario is null.</exception>
    public SplitEnvironment(Scenario scenario, SplitEnvironmentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        this.options = options ?? new SplitEnvironmentOptions();
        this.scenario = scenario;
        belief = new Belief(scenario);
        infeasibility = new SplitInfeasibility[belief.Profile.Layers + 1];
        mask = new bool[infeasibility.Length];
        ActionSpace = new DiscreteSpace(infeasibility.Length);
    }

    private SplitEnvironment(SplitEnvironment source)
        : this(source.scenario, source.options)
    {
        source.infeasibility.CopyTo(infeasibility, 0);
        source.mask.CopyTo(mask, 0);
        world = source.world;
        simulator = world is null ? null : new TurnSimulator(world);
        seed = source.seed;
        worldNumber = source.worldNumber;
        episodesInWorld = source.episodesInWorld;
        request = source.request;
        steps = source.steps;
        isRunning = source.isRunning;
        observation = source.observation;
    }

    /// <inheritdoc/>
    public BoxSpace ObservationSpace => SplitSpaces.Observations;

    /// <inheritdoc/>
    public DiscreteSpace ActionSpace { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<bool> ActionMask => mask;

    /// <summary>Why each split may not be chosen in the next step; shape [L + 1]. Valid until the next call.</summary>
    public ReadOnlySpan<SplitInfeasibility> Infeasibility => infeasibility;

    /// <summary>The public belief: what an agent may use to predict.</summary>
    public Belief Belief => belief;

    /// <summary>An environment in the same state, whose steps do not touch this one.</summary>
    public SplitEnvironment Copy() => new(this);

    /// <inheritdoc/>
    public ResetResult Reset(ulong? seed = null)
    {
        if (seed is not null || world is null || episodesInWorld >= options.EpisodesPerWorld)
        {
            worldNumber = seed is not null || world is null ? 0 : worldNumber + 1;
            this.seed = seed ?? this.seed;
            episodesInWorld = 0;
            request = 0;
            EnterWorld(EpisodeSeeds.OfWorld(this.seed, worldNumber), InitialRequests);
        }
        else
        {
            GoToNextConversation();
        }

        episodesInWorld++;
        steps = 0;
        Observe(-1, 0);
        isRunning = true;
        return new ResetResult(Values(), Info(null, 0));
    }

    /// <inheritdoc/>
    public StepResult Step(int action)
    {
        if (!isRunning)
        {
            throw new InvalidOperationException(world is null ? "Call Reset before the first step." : "The episode has ended: call Reset before the next step.");
        }

        if (!ActionSpace.Contains(action))
        {
            SplitSpaces.ThrowOutOfRange(action, belief.Profile.Layers);
        }

        if (!mask[action])
        {
            SplitSpaces.ThrowMasked(action, infeasibility[action], string.Empty);
        }

        ref readonly var turn = ref world!.Schedule.Turns[request];
        simulator!.Select(request);
        var breakdown = simulator.Run(action, belief.Plan(observation, action, turn.OutputTokens));
        var cost = scenario.Objective.Cost(breakdown);
        var outcome = new Outcome(Belief.Work(observation, turn.OutputTokens), breakdown);
        steps++;
        var terminated = turn.IsLast;
        var truncated = !terminated && steps >= options.StepLimit;
        if (!terminated)
        {
            request++;
            Observe(action, simulator.UplinkGoodputBitsPerSecond);
        }

        isRunning = !(terminated || truncated);
        return new StepResult(Values(), -cost, terminated, truncated, Info(outcome, cost));
    }

    private void EnterWorld(ulong worldSeed, int requests)
    {
        world = CreateWorld(worldSeed, request, requests);
        simulator = new TurnSimulator(world);
    }

    // A conversation that starts must lie in the schedule as a whole; a longer schedule begins with the shorter one.
    private World CreateWorld(ulong worldSeed, int firstRequest, int requests) => new(
        scenario with { Settings = scenario.Settings with { Requests = Math.Max(2, Math.Max(requests, checked(firstRequest + scenario.Workload.MaximumTurns))) } }, worldSeed);

    private void GoToNextConversation()
    {
        while (!world!.Schedule.Turns[request].IsLast)
        {
            request++;
        }

        request++;
        if (request + scenario.Workload.MaximumTurns > world.Schedule.Turns.Length)
        {
            EnterWorld(world.Seed, checked(2 * request));
        }
    }

    private void Observe(int cacheSplitPoint, double recentUplinkBitsPerSecond)
    {
        observation = world!.Observe(request, cacheSplitPoint, recentUplinkBitsPerSecond);
        MaskActions();
    }

    private void MaskActions()
    {
        belief.Profile.Mask(Belief.Work(observation, observation.ExpectedOutputTokens), infeasibility);
        var any = false;
        for (var k = 0; k < mask.Length; k++)
        {
            mask[k] = infeasibility[k] == SplitInfeasibility.None;
            any |= mask[k];
        }

        if (!any)
        {
            ref readonly var turn = ref world!.Schedule.Turns[request];
            SplitSpaces.ThrowNothingFeasible(world.Seed, turn.Conversation, turn.Turn, infeasibility[0]);
        }
    }

    private double[] Values()
    {
        var values = new double[Observation.Length];
        observation.CopyTo(values);
        return values;
    }

    private SplitInfo Info(Outcome? outcome, double cost) => new(world!.Seed, world.Schedule.Turns[request], observation, outcome, cost);
}
