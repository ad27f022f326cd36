using System.Text.Json.Nodes;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>What <see cref="PpoAgent"/> and <see cref="A2cAgent"/> share: a policy network that draws actions, a value network, and transitions collected until an update.</summary>
/// <remarks>
/// <para>Every draw is addressed by (seed, number of the act, lane). An update happens in the <see cref="Learn"/> that completes <see cref="ActorCriticOptions.StepsPerLane"/> transitions
/// per lane; all transitions must come from actions of this agent with exploration, since the last update.</para>
/// <para>Values of observations and of true successors are computed then, in batches, by the networks that chose the actions. Terminated episodes are not bootstrapped, truncated ones are,
/// from <see cref="TransitionBatch.NextObservations"/>.</para>
/// <para>Acting in as many lanes as before and learning allocate nothing. One instance per thread.</para>
/// </remarks>
public abstract class ActorCriticAgent : IAgent
{
    private readonly StreamKey actKey;
    private DenseWorkspace actPass;
    private float[] actObservations;
    private float[] actLogits;
    private readonly double[] logProbabilities;
    private readonly double[] probabilities;
    private long actCount;

    private protected ActorCriticAgent(int observationLength, int actionCount, int lanes, ActorCriticOptions options, ulong seed, string name, int batchSize)
    {
        ObservationLength = Guard.AtLeast(observationLength, 1);
        ActionCount = Guard.AtLeast(actionCount, 1);
        LaneCount = Guard.AtLeast(lanes, 1);
        Seed = seed;
        Shared = options;
        Key = StreamKey.Create(seed, "agent/" + name);
        actKey = Key.Derive("act");
        Networks = new ActorCriticNetworks(observationLength, actionCount, options, batchSize, Key.Derive("weights"));
        Rollout = NewRollout();
        logProbabilities = new double[MaskedCategorical.PaddedLength(actionCount)];
        probabilities = new double[logProbabilities.Length];
        (actPass, actObservations, actLogits) = (null!, null!, null!);
        MakeRoom(lanes);
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public int StateVersion => 1;

    /// <inheritdoc/>
    public int ObservationLength { get; }

    /// <inheritdoc/>
    public int ActionCount { get; }

    /// <summary>Number of lanes of a batch of transitions; acting takes any number.</summary>
    public int LaneCount { get; }

    /// <summary>The seed of weights, draws and shuffles.</summary>
    public ulong Seed { get; }

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    /// <summary>Updates made: one per full set of transitions.</summary>
    public long UpdateCount { get; private set; }

    internal ActorCriticNetworks Networks { get; }

    internal RolloutBuffer Rollout { get; private set; }

    private protected StreamKey Key { get; }

    private ActorCriticOptions Shared { get; }

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<double> observations, ReadOnlySpan<bool> masks, Span<int> actions, Span<double> propensities, bool explore = true)
    {
        TransitionChecks.ForActing(observations, masks, actions, propensities, ObservationLength, ActionCount);
        Logits(observations, actions.Length);
        for (var lane = 0; lane < actions.Length; lane++)
        {
            var logits = actLogits.AsSpan(lane * ActionCount, ActionCount);
            var mask = masks.Slice(lane * ActionCount, ActionCount);
            if (explore)
            {
                MaskedCategorical.Normalise<float>(logits, mask, logProbabilities, probabilities);
                var random = new RandomSource(actKey, (ulong)lane, (ulong)actCount);
                actions[lane] = MaskedCategorical.Sample(probabilities, random.NextUniform());
                propensities[lane] = Math.Min(1, probabilities[actions[lane]]);
            }
            else
            {
                actions[lane] = MaskedCategorical.Greedy(logits, mask);
                propensities[lane] = 1;
            }
        }

        actCount += explore ? 1 : 0;
    }

    /// <inheritdoc/>
    public void Learn(in TransitionBatch transitions)
    {
        TransitionChecks.ForLearning(transitions, LaneCount, ObservationLength, ActionCount);
        Rollout.Add(transitions);
        StepCount += LaneCount;
        if (Rollout.IsFull)
        {
            Rollout.Evaluate(Networks, Shared.Discount, Shared.TraceDecay);
            Update();
            UpdateCount++;
            Rollout.Clear();
        }
    }

    /// <summary>The probabilities with which the policy would draw each action.</summary>
    /// <param name="observation">What is seen; shape [d]. Finite.</param>
    /// <param name="mask">What is allowed, at least one action; shape [A].</param>
    /// <param name="probabilities">Receives the probabilities, exactly 0 where masked; shape [A].</param>
    /// <exception cref="ArgumentException">The observation is not finite, or nothing is allowed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A span has another length.</exception>
    public void ActionProbabilities(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, Span<double> probabilities)
    {
        Guard.SameLength(probabilities.Length, ActionCount);
        TransitionChecks.ForActing(observation, mask, stackalloc int[1], stackalloc double[1], ObservationLength, ActionCount);
        Logits(observation, 1);
        MaskedCategorical.Normalise<float>(actLogits.AsSpan(0, ActionCount), mask, logProbabilities, this.probabilities);
        this.probabilities.AsSpan(0, ActionCount).CopyTo(probabilities);
    }

    /// <inheritdoc/>
    public abstract JsonObject Describe();

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(StepCount);
        writer.Write(UpdateCount);
        writer.Write(actCount);
        SavedNumbers.Write<float>(writer, Networks.Policy.Parameters);
        SavedNumbers.Write<float>(writer, Networks.Value.Parameters);
        Rollout.Save(writer);
        SaveOptimiser(writer);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            var steps = SavedNumbers.AtLeastZero(reader.ReadInt64(), "number of steps");
            var updates = SavedNumbers.AtLeastZero(reader.ReadInt64(), "number of updates");
            var acts = SavedNumbers.AtLeastZero(reader.ReadInt64(), "number of acts");
            var policy = SavedNumbers.Read<float>(reader, Networks.Policy.Parameters.Length);
            var value = SavedNumbers.Read<float>(reader, Networks.Value.Parameters.Length);
            var rollout = NewRollout();
            rollout.Load(reader);

            // The last that can fail, and it changes nothing where it does.
            LoadOptimiser(reader);
            policy.CopyTo(Networks.Policy.Parameters);
            value.CopyTo(Networks.Value.Parameters);
            (StepCount, UpdateCount, actCount, Rollout) = (steps, updates, acts, rollout);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The state ends early: it is cut off or of another shape.", error);
        }
    }

    private protected abstract void Update();

    private protected abstract void SaveOptimiser(BinaryWriter writer);

    private protected abstract void LoadOptimiser(BinaryReader reader);

    private RolloutBuffer NewRollout() => new(LaneCount, Shared.StepsPerLane, ObservationLength, ActionCount);

    private void Logits(ReadOnlySpan<double> observations, int lanes)
    {
        if (lanes > actPass.MaximumBatch)
        {
            MakeRoom(lanes);
        }

        for (var i = 0; i < observations.Length; i++)
        {
            actObservations[i] = (float)observations[i];
        }

        Networks.Policy.Forward(actObservations, lanes, actPass, actLogits);
    }

    private void MakeRoom(int lanes)
    {
        actPass = Networks.Policy.CreateWorkspace(lanes);
        actObservations = new float[checked(lanes * ObservationLength)];
        actLogits = new float[checked(lanes * ActionCount)];
    }
}
