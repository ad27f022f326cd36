using System.Text.Json.Nodes;
using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>Deep Q-learning with action masks, replay and a target network; double and dueling as options.</summary>
/// <remarks>
/// <para>With probability ε an action is drawn uniformly from the allowed ones, else the allowed action of the largest value is taken; the bootstrap, too, looks at allowed actions only.
/// Truncated transitions are bootstrapped, terminated ones are not.</para>
/// <para>Settings mean what they mean in Stable-Baselines3, but that each lane draws on its own whether it explores. Every draw is addressed by (seed, number of the act, lane), every
/// replayed batch by (seed, number of the gradient step). A gradient step whose gradient is not finite is skipped and counted.</para>
/// <para>Allocates nothing once the replay memory has reached its size. One instance per thread.</para>
/// <para>Sources: V. Mnih et al., "Human-level control through deep reinforcement learning", Nature 518, 2015; H. van Hasselt et al., "Deep reinforcement learning with double Q-learning",
/// AAAI 2016; A. Raffin et al., "Stable-Baselines3", JMLR 22(268), 2021.</para>
/// </remarks>
public sealed class DqnAgent : IAgent
{
    private readonly StreamKey actKey;
    private readonly DqnLearner learner;
    private float[] actObservations;
    private float[] actValues;
    private ReplayRing replay;
    private long actCount;
    private long batchCount;
    private long gradientStepCount;

    /// <summary>Creates an agent that has learned nothing; equal arguments give equal agents.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="lanes">Lanes of a batch of transitions, at least 1.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="seed">The seed of weights, draws and replayed batches.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public DqnAgent(int observationLength, int actionCount, int lanes = 1, DqnOptions? options = null, ulong seed = 0)
    {
        ObservationLength = Guard.AtLeast(observationLength, 1);
        ActionCount = Guard.AtLeast(actionCount, 1);
        LaneCount = Guard.AtLeast(lanes, 1);
        Options = options ?? new DqnOptions();
        Seed = seed;
        var key = StreamKey.Create(seed, "agent/dqn");
        actKey = key.Derive("act");
        learner = new DqnLearner(observationLength, actionCount, Options, key);
        replay = NewReplay();
        actObservations = new float[checked(lanes * observationLength)];
        actValues = new float[checked(lanes * actionCount)];
        learner.ActionValues.Reserve(lanes);
    }

    /// <summary>Creates an agent for a batch of environments.</summary>
    /// <param name="environment">The environments: their spaces and their number.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="seed">The seed of weights, draws and replayed batches.</param>
    /// <exception cref="ArgumentNullException"><paramref name="environment"/> is null.</exception>
    public DqnAgent(IBatchedEnvironment environment, DqnOptions? options = null, ulong seed = 0)
        : this((environment ?? throw new ArgumentNullException(nameof(environment))).ObservationSpace.Length, environment.ActionSpace.Count, environment.Count, options, seed)
    {
    }

    /// <inheritdoc/>
    public string Name => "dqn";

    /// <inheritdoc/>
    public int StateVersion => 1;

    /// <inheritdoc/>
    public int ObservationLength { get; }

    /// <inheritdoc/>
    public int ActionCount { get; }

    /// <summary>Number of lanes of a batch of transitions; acting takes any number.</summary>
    public int LaneCount { get; }

    /// <summary>The settings.</summary>
    public DqnOptions Options { get; }

    /// <summary>The seed of weights, draws and replayed batches.</summary>
    public ulong Seed { get; }

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    /// <summary>The probability of a uniform draw in the next act with exploration.</summary>
    public double ExplorationRate => StepCount < Options.LearningStarts ? 1 : Math.Min(1, Options.ExplorationRate.At(StepCount));

    /// <summary>What the last training did; all zero before the first.</summary>
    public DqnMetrics Metrics { get; private set; }

    internal DqnLearner Learner => learner;

    /// <summary>Creates an agent that has learned nothing from the settings of another (<see cref="Describe"/>, or the header of its file).</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="ArgumentNullException"><paramref name="settings"/> is null.</exception>
    /// <exception cref="FormatException">A setting is missing, unknown or out of range; the message names it.</exception>
    public static DqnAgent FromSettings(JsonObject settings)
    {
        var read = AgentSettings<DqnOptions>.FromJson(settings);
        return AgentSettings<DqnOptions>.Checked(() => new DqnAgent(read.ObservationLength, read.ActionCount, read.Lanes, read.Options, read.Seed));
    }

    /// <inheritdoc/>
    public JsonObject Describe() => new AgentSettings<DqnOptions>(ObservationLength, ActionCount, LaneCount, Seed, Options).ToJson();

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<double> observations, ReadOnlySpan<bool> masks, Span<int> actions, Span<double> propensities, bool explore = true)
    {
        TransitionChecks.ForActing(observations, masks, actions, propensities, ObservationLength, ActionCount);
        var rate = explore ? ExplorationRate : 0;
        var values = Values(observations, actions.Length);
        for (var lane = 0; lane < actions.Length; lane++)
        {
            var mask = masks.Slice(lane * ActionCount, ActionCount);
            var greedy = MaskedCategorical.Greedy(values.Slice(lane * ActionCount, ActionCount), mask);
            var random = new RandomSource(actKey, (ulong)lane, (ulong)actCount);
            var allowed = mask.Count(true);
            actions[lane] = explore && random.NextUniform() < rate ? Nth(mask, random.NextInt32(allowed)) : greedy;
            propensities[lane] = (rate / allowed) + (actions[lane] == greedy ? 1 - rate : 0);
        }

        actCount += explore ? 1 : 0;
    }

    /// <inheritdoc/>
    public void Learn(in TransitionBatch transitions)
    {
        TransitionChecks.ForLearning(transitions, LaneCount, ObservationLength, ActionCount);
        replay.Add(transitions);
        StepCount += LaneCount;
        batchCount++;
        if (batchCount % Math.Max(Options.TargetUpdateEvery / LaneCount, 1) == 0)
        {
            learner.UpdateTarget();
        }

        if (batchCount % Options.TrainEvery == 0 && StepCount > Options.LearningStarts)
        {
            Train();
        }
    }

    /// <summary>The value of every action.</summary>
    /// <param name="observation">What is seen; shape [d]. Finite.</param>
    /// <param name="values">Receives the expected discounted return of each action, allowed or not; shape [A].</param>
    /// <exception cref="ArgumentOutOfRangeException">A span has another length.</exception>
    public void ActionValues(ReadOnlySpan<double> observation, Span<double> values)
    {
        Guard.SameLength(observation.Length, ObservationLength);
        Guard.SameLength(values.Length, ActionCount);
        var found = Values(observation, 1);
        for (var a = 0; a < values.Length; a++)
        {
            values[a] = found[a];
        }
    }

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(StepCount);
        writer.Write(batchCount);
        writer.Write(actCount);
        writer.Write(gradientStepCount);
        SavedNumbers.Write<float>(writer, learner.Network.Parameters);
        SavedNumbers.Write<float>(writer, learner.TargetNetwork.Parameters);
        SavedNumbers.Write(writer, learner.Optimiser);
        replay.Save(writer);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            var steps = SavedNumbers.AtLeastZero(reader.ReadInt64(), "number of steps");
            var batches = SavedNumbers.AtLeastZero(reader.ReadInt64(), "number of batches");
            var acts = SavedNumbers.AtLeastZero(reader.ReadInt64(), "number of acts");
            var gradientSteps = SavedNumbers.AtLeastZero(reader.ReadInt64(), "number of gradient steps");
            var network = SavedNumbers.Read<float>(reader, learner.Network.Parameters.Length);
            var target = SavedNumbers.Read<float>(reader, network.Length);
            var moments = SavedMoments.Read(reader, network.Length);
            var ring = NewReplay();
            ring.Load(reader);
            network.CopyTo(learner.Network.Parameters);
            target.CopyTo(learner.TargetNetwork.Parameters);
            moments.Restore(learner.Optimiser);
            (StepCount, batchCount, actCount, gradientStepCount, replay) = (steps, batches, acts, gradientSteps, ring);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The state ends early: it is cut off or of another shape.", error);
        }
    }

    private void Train()
    {
        var learningRate = Options.LearningRate.At(StepCount);
        var (losses, values, taken) = (0.0, 0.0, 0);
        for (var step = 0; step < Options.GradientSteps; step++)
        {
            var (loss, value) = learner.Step(replay, gradientStepCount++, learningRate);
            if (!double.IsNaN(loss))
            {
                (losses, values, taken) = (losses + loss, values + value, taken + 1);
            }
        }

        var count = Math.Max(1, taken);
        Metrics = new DqnMetrics(losses / count, values / count, learningRate, ExplorationRate, taken, Options.GradientSteps - taken);
    }

    private ReadOnlySpan<float> Values(ReadOnlySpan<double> observations, int lanes)
    {
        if (lanes * ActionCount > actValues.Length)
        {
            actObservations = new float[checked(lanes * ObservationLength)];
            actValues = new float[checked(lanes * ActionCount)];
            learner.ActionValues.Reserve(lanes);
        }

        for (var i = 0; i < observations.Length; i++)
        {
            actObservations[i] = (float)observations[i];
        }

        learner.ActionValues.Forward(actObservations, lanes, actValues);
        return actValues;
    }

    private static int Nth(ReadOnlySpan<bool> mask, int n)
    {
        var a = 0;
        for (; !mask[a] || n-- > 0; a++)
        {
        }

        return a;
    }

    private ReplayRing NewReplay() => new(Options.BufferSize, ObservationLength, ActionCount);
}
