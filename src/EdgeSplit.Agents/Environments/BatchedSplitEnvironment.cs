using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Environments;

/// <summary>N split environments stepped together, for training at speed: the decision process of <see cref="SplitEnvironment"/> on buffers of the caller.</summary>
/// <remarks>
/// <para>Arrays are row by row: environment i has observations[i x fields ..], mask[i x (L + 1) ..], one action, reward and flag each.</para>
/// <para>Seeds: environment i is seeded with seed + i (Gymnasium's rule) and lives in the world of that seed, hidden errors included, conversation after
/// conversation, as a real device does; see <see cref="BatchedEnvironmentOptions.EpisodesPerWorld"/>. With full physics environment i equals, up to rounding, a
/// <see cref="SplitEnvironment"/> that was reset with seed + i, has the same number of episodes per world and is reset without a seed after each episode.</para>
/// <para>Autoreset in the same step (Gymnasium's <c>AutoresetMode.SAME_STEP</c>): where an episode ends, reward and flags are those of the last step, while
/// observation and mask already belong to the next episode, so no step is wasted and none has to be masked. The last observation, from which to bootstrap after a
/// truncation, goes to its own buffer.</para>
/// <para>Deterministic, and nothing is allocated in a step but for a new world. One instance per thread; instances share nothing.</para>
/// <para>Source of the semantics: Farama Gymnasium 1.4.0, gymnasium/vector/vector_env.py.</para>
/// </remarks>
public sealed partial class BatchedSplitEnvironment : IBatchedEnvironment, IRestorable
{
    private const double NepersPerDecibelOfPower = 0.23025850929940457; // ln 10 / 10

    private readonly BatchedEnvironmentOptions options;
    private readonly string scenarioName;
    private readonly Objective objective;
    private readonly ConversationModel conversations;
    private readonly RequestChannel channel;
    private readonly Belief belief;
    private readonly PriorErrors errors;
    private readonly UplinkErasureDraws? erasures;
    private readonly SplitInfeasibility[] infeasibility;
    private readonly BatchLane[] lanes;
    private readonly double expectedOutputTokens;
    private readonly int maximumOutputTokens;
    private readonly double timeoutSeconds;
    private ulong nextSeed;
    private bool isRunning;

    /// <summary>Creates a batch.</summary>
    /// <param name="scenario">The scenario. Its number of requests plays no part.</param>
    /// <param name="options">Size, physics and episodes; the defaults where omitted.</param>
    /// <exception cref="ArgumentNullException">The scenario is null.</exception>
    public BatchedSplitEnvironment(Scenario scenario, BatchedEnvironmentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        this.options = options ?? new BatchedEnvironmentOptions();
        scenarioName = scenario.Name;
        objective = scenario.Objective;
        conversations = new ConversationModel(scenario);
        channel = new RequestChannel(scenario);
        belief = new Belief(scenario);
        errors = scenario.Settings.Errors;
        erasures = UplinkErasureDraws.Of(scenario.System);
        infeasibility = new SplitInfeasibility[belief.Profile.Layers + 1];
        lanes = new BatchLane[this.options.Environments];
        expectedOutputTokens = scenario.Workload.ExpectedOutputTokens;
        maximumOutputTokens = scenario.Workload.MaximumOutputTokens;
        timeoutSeconds = scenario.Settings.TimeoutSeconds;
        ActionSpace = new DiscreteSpace(infeasibility.Length);
    }

    /// <summary>Number N of environments.</summary>
    public int Count => lanes.Length;

    /// <summary>Where the observation of one environment lies: the fields of <see cref="Observation"/>.</summary>
    public BoxSpace ObservationSpace { get; } = SplitSpaces.Observations;

    /// <summary>The actions of one environment: split points 0..L.</summary>
    public DiscreteSpace ActionSpace { get; }

    /// <summary>The public belief: what an agent may use to predict.</summary>
    public Belief Belief => belief;

    /// <summary>Seed of the world that an environment is in.</summary>
    /// <param name="environment">Index of the environment.</param>
    public ulong WorldSeed(int environment) => lanes[environment].WorldSeed;

    /// <summary>Starts all environments anew.</summary>
    /// <param name="seed">Environment i is seeded with seed + i; where omitted, with the seeds after those of the last reset (from 0 if there was none).</param>
    /// <param name="observations">Receives the first observations; shape [N x fields].</param>
    /// <param name="mask">Receives the allowed actions; shape [N x (L + 1)].</param>
    /// <exception cref="ArgumentOutOfRangeException">A buffer has another length.</exception>
    /// <exception cref="InvalidOperationException">A turn has no feasible split.</exception>
    public void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        CheckBuffers(observations, mask);
        isRunning = false;
        var first = seed ?? nextSeed;
        nextSeed = unchecked(first + (ulong)lanes.Length);
        for (var i = 0; i < lanes.Length; i++)
        {
            ref var lane = ref lanes[i];
            lane.Seed = unchecked(first + (ulong)i);
            lane.WorldNumber = 0;
            EnterWorld(ref lane);
            StartEpisode(ref lane);
            Show(lane, Row(observations, i, Observation.Length), Row(mask, i, infeasibility.Length));
        }

        isRunning = true;
    }

    /// <summary>Takes one action in every environment.</summary>
    /// <param name="actions">The split points; shape [N].</param>
    /// <param name="observations">Receives the next observations, of the next episode where one has ended; shape [N x fields].</param>
    /// <param name="rewards">Receives the negative costs, seconds-equivalent; shape [N].</param>
    /// <param name="terminated">Receives whether the conversation has ended; shape [N].</param>
    /// <param name="truncated">Receives whether the step limit cut it; shape [N].</param>
    /// <param name="mask">Receives the actions allowed next; shape [N x (L + 1)].</param>
    /// <param name="finalObservations">Receives the last observation of the episodes that have ended, and leaves the other rows alone; shape [N x fields], or empty if
    /// they are not wanted. After a termination it is the last turn's observation again, since no turn follows.</param>
    /// <param name="finalMask">Receives the splits that a truncated episode's next turn would allow, and leaves the other rows alone; shape [N x (L + 1)], or empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">A buffer has another length, or an action is not a split point; nothing has been stepped.</exception>
    /// <exception cref="ArgumentException">An action is masked; nothing has been stepped.</exception>
    /// <exception cref="InvalidOperationException">There was no reset; or a turn has no feasible split, and a reset must follow.</exception>
    public void Step(
        ReadOnlySpan<int> actions,
        Span<double> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated,
        Span<bool> mask,
        Span<double> finalObservations = default,
        Span<bool> finalMask = default)
    {
        CheckBuffers(observations, mask);
        Guard.SameLength(actions.Length, lanes.Length);
        Guard.SameLength(rewards.Length, lanes.Length);
        Guard.SameLength(terminated.Length, lanes.Length);
        Guard.SameLength(truncated.Length, lanes.Length);
        if (!finalObservations.IsEmpty)
        {
            Guard.SameLength(finalObservations.Length, lanes.Length * Observation.Length);
        }

        if (!finalMask.IsEmpty)
        {
            Guard.SameLength(finalMask.Length, lanes.Length * infeasibility.Length);
        }

        if (!isRunning)
        {
            throw new InvalidOperationException("Call Reset before the first step.");
        }

        CheckActions(actions);
        isRunning = false;
        for (var i = 0; i < lanes.Length; i++)
        {
            ref var lane = ref lanes[i];
            rewards[i] = -Play(lane, actions[i], out var uplinkBitsPerSecond);
            lane.Steps++;
            var isLast = lane.Turn + 1 == lane.Turns;
            var isCut = !isLast && lane.Steps >= options.StepLimit;
            terminated[i] = isLast;
            truncated[i] = isCut;
            if (isLast || isCut)
            {
                Finish(
                    ref lane,
                    actions[i],
                    uplinkBitsPerSecond,
                    isCut,
                    finalObservations.IsEmpty ? default : Row(finalObservations, i, Observation.Length),
                    finalMask.IsEmpty ? default : Row(finalMask, i, infeasibility.Length));
            }
            else
            {
                GoOn(ref lane, actions[i], uplinkBitsPerSecond);
            }

            Show(lane, Row(observations, i, Observation.Length), Row(mask, i, infeasibility.Length));
        }

        isRunning = true;
    }

    private static Span<T> Row<T>(Span<T> all, int row, int length) => all.Slice(row * length, length);

    private void CheckBuffers(Span<double> observations, Span<bool> mask)
    {
        Guard.SameLength(observations.Length, lanes.Length * Observation.Length);
        Guard.SameLength(mask.Length, lanes.Length * infeasibility.Length);
    }

    private void CheckActions(ReadOnlySpan<int> actions)
    {
        for (var i = 0; i < lanes.Length; i++)
        {
            if (!ActionSpace.Contains(actions[i]))
            {
                SplitSpaces.ThrowOutOfRange(actions[i], belief.Profile.Layers);
            }

            var reasons = belief.Profile.InfeasibilityAt(actions[i], lanes[i].Work(1, maximumOutputTokens));
            if (reasons != SplitInfeasibility.None)
            {
                SplitSpaces.ThrowMasked(actions[i], reasons, FormattableString.Invariant($" in environment {i}"));
            }
        }
    }

    /// <summary>Runs the present turn and returns its cost and the goodput of its prompt.</summary>
    private double Play(in BatchLane lane, int splitPoint, out double uplinkBitsPerSecond)
    {
        var plan = lane.ContextTokens == 0
            ? new KeyValueMigrationPlan(KeyValueMigrationKind.None, lane.Work(lane.Draw.OutputTokens, maximumOutputTokens), 0, 0)
            : belief.Plan(lane.Observe(expectedOutputTokens, maximumOutputTokens), splitPoint, lane.Draw.OutputTokens);
        var isEnd = splitPoint == 0 || splitPoint == lane.Truth.Layers;
        if (lane.Process is { } process)
        {
            channel.Select(lane.Session(), lane.SnrLinear, lane.ServerLoadFactor);
            channel.Run(process, splitPoint, plan);
            uplinkBitsPerSecond = process.UplinkGoodputBitsPerSecond;
            return objective.Cost(erasures is null || isEnd ? process.Breakdown() : process.Breakdown(ErasedShare(lane, plan)));
        }

        var state = channel.State(lane.Session(), lane.SnrLinear, lane.ServerLoadFactor * lane.ReportedJobs);
        var total = lane.Truth.Total(splitPoint, plan, state);
        uplinkBitsPerSecond = splitPoint < lane.Truth.Layers ? state.UplinkBitsPerSecond : 0;
        var quality = erasures is null || isEnd ? lane.Truth.NegativeLogLikelihoodIncrease[splitPoint] : lane.Truth.NegativeLogLikelihoodIncreaseAt(splitPoint, ErasedShare(lane, plan));
        return objective.Cost(total.LatencySeconds, total.DeviceJoules, total.ServerGpuSeconds, quality, lane.Truth.TokenRecoveryRate[splitPoint]);
    }

    private double ErasedShare(in BatchLane lane, in KeyValueMigrationPlan plan) =>
        erasures!.ErasedShare(lane.WorldSeed, (ulong)lane.Request, plan.Work.PromptTokens, (int)Math.Round(plan.Work.DecodeSteps));

    private void GoOn(ref BatchLane lane, int splitPoint, double uplinkBitsPerSecond)
    {
        var tokens = lane.ContextTokens + lane.Draw.PromptTokens + lane.Draw.OutputTokens;
        lane.CacheSplitPoint = splitPoint;
        lane.RecentUplinkBitsPerSecond = uplinkBitsPerSecond;
        lane.Turn++;
        if (!conversations.IsLevelConstant)
        {
            lane.LinkSeconds += lane.Draw.ThinkSeconds;
            DrawLevel(ref lane);
        }

        DrawTurn(ref lane, tokens);
    }

    private void Finish(ref BatchLane lane, int splitPoint, double uplinkBitsPerSecond, bool isCut, Span<double> finalObservation, Span<bool> finalMask)
    {
        if (isCut && !(finalObservation.IsEmpty && finalMask.IsEmpty))
        {
            GoOn(ref lane, splitPoint, uplinkBitsPerSecond);
            if (!finalMask.IsEmpty)
            {
                WriteMask(lane, finalMask);
            }
        }

        if (!finalObservation.IsEmpty)
        {
            lane.Observe(expectedOutputTokens, maximumOutputTokens).CopyTo(finalObservation);
        }

        if (lane.EpisodesInWorld < options.EpisodesPerWorld)
        {
            lane.Conversation++;
            lane.FirstRequest += lane.Turns;
        }
        else
        {
            lane.WorldNumber++;
            EnterWorld(ref lane);
        }

        StartEpisode(ref lane);
    }

    private void EnterWorld(ref BatchLane lane)
    {
        PrepareWorld(ref lane);
        lane.EpisodesInWorld = 0;
        lane.Conversation = 0;
        lane.FirstRequest = 0;
    }

    private void PrepareWorld(ref BatchLane lane)
    {
        lane.WorldSeed = EpisodeSeeds.OfWorld(lane.Seed, lane.WorldNumber);
        var drawn = WorldErrors.Draw(errors, lane.WorldSeed);
        lane.LinkBiasDb = drawn.LinkBiasDb;
        lane.ServerLoadFactor = drawn.ServerLoadFactor;
        lane.Truth = drawn.TruthOf(belief.Profile);
        lane.Process = options.Physics == RequestPhysics.Full ? new TurnProcess(lane.Truth, timeoutSeconds) : null;
    }

    private void StartEpisode(ref BatchLane lane)
    {
        lane.EpisodesInWorld++;
        lane.Turns = conversations.Turns(lane.WorldSeed, lane.Conversation);
        lane.LinkSeconds = 0;
        DrawLevel(ref lane);
        lane.Turn = 0;
        lane.Steps = 0;
        lane.CacheSplitPoint = -1;
        lane.RecentUplinkBitsPerSecond = 0;
        DrawTurn(ref lane, 0);
    }

    private void DrawLevel(ref BatchLane lane)
    {
        lane.LevelDb = conversations.LevelDb(lane.WorldSeed, lane.Conversation, lane.LinkSeconds);
        lane.SnrLinear = Math.Exp((lane.LevelDb - lane.LinkBiasDb) * NepersPerDecibelOfPower); // a third of the time of Math.Pow
    }

    private void DrawTurn(ref BatchLane lane, int earlierTokens)
    {
        var known = conversations.IsLevelConstant ? lane.LevelDb : conversations.KnownLevelDb(lane.WorldSeed, lane.Conversation, lane.LinkSeconds);
        lane.Draw = conversations.Turn(lane.WorldSeed, lane.Conversation, lane.Turn, known, hasThinkTime: !conversations.IsLevelConstant);
        lane.ContextTokens = conversations.ContextTokens(earlierTokens, lane.Draw.PromptTokens);
        lane.ReportedJobs = channel.ReportedJobs(lane.WorldSeed, lane.Request);
    }

    private void Show(in BatchLane lane, Span<double> observation, Span<bool> mask)
    {
        lane.Observe(expectedOutputTokens, maximumOutputTokens).CopyTo(observation);
        WriteMask(lane, mask);
    }

    private void WriteMask(in BatchLane lane, Span<bool> mask)
    {
        belief.Profile.Mask(lane.Work(1, maximumOutputTokens), infeasibility);
        if (!SplitSpaces.WriteMask(infeasibility, mask))
        {
            SplitSpaces.ThrowNothingFeasible(lane.WorldSeed, lane.Conversation, lane.Turn, infeasibility[0]);
        }
    }
}
