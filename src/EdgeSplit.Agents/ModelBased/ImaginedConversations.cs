using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>Conversations that are dreamed up: they begin with situations that were really met, and cost what one member of an outcome surrogate says.</summary>
/// <remarks>
/// <para>Each episode begins at a remembered observation and is judged by one member drawn for it, so a policy trained here does well under all that the data leave possible. The next turn has a prompt
/// and an answer drawn from the workload's published law, the context that the last turn left, and the present channel estimate and load. Rollouts are short: after
/// <see cref="RolloutTurns"/> turns an episode is truncated.</para>
/// <para>Observations are those of <see cref="DecisionFeatures"/>, rewards the negative cost over the mean cost, as in <see cref="AgentPolicy"/>. Nothing here knows the world.</para>
/// <para>Draws are addressed by (seed, episode, turn). One instance per thread.</para>
/// </remarks>
internal sealed class ImaginedConversations : IBatchedEnvironment, IRestorable
{
    private readonly Belief belief;
    private readonly OutcomeSurrogate surrogate;
    private readonly DecisionFeatures features;
    private readonly DecisionContext context;
    private readonly StreamKey key;
    private readonly Observation[] remembered;
    private readonly Lane[] lanes;
    private readonly double[] memberCosts;
    private readonly double goesOn;
    private long added;
    private ulong episodes;

    internal ImaginedConversations(Belief belief, OutcomeSurrogate surrogate, DecisionFeatures features, int count, int rolloutTurns, int capacity, StreamKey key)
    {
        this.belief = belief;
        this.surrogate = surrogate;
        this.features = features;
        this.key = key;
        RolloutTurns = rolloutTurns;
        context = new DecisionContext(new SplitTotals(belief.Profile.Layers));
        remembered = new Observation[capacity];
        lanes = new Lane[count];
        memberCosts = new double[surrogate.Members];
        goesOn = belief.Scenario.Workload.MaximumTurns == 1 ? 0 : 1 - (1 / belief.Scenario.Workload.MeanTurns);
        ActionSpace = new DiscreteSpace(belief.Profile.Layers + 1);
    }

    internal int RolloutTurns { get; }

    /// <summary>What a reward is divided by, seconds-equivalent.</summary>
    internal double CostScale { get; set; } = 1;

    public int Count => lanes.Length;

    public BoxSpace ObservationSpace => features.Space;

    public DiscreteSpace ActionSpace { get; }

    /// <summary>Remembers a situation that was really met.</summary>
    internal void Remember(in Observation observation) => remembered[added++ % remembered.Length] = observation;

    public void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        for (var i = 0; i < lanes.Length; i++)
        {
            Begin(ref lanes[i]);
            Show(lanes[i].Observation, observations.Slice(i * features.Length, features.Length), mask.Slice(i * ActionSpace.Count, ActionSpace.Count));
        }
    }

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
        for (var i = 0; i < lanes.Length; i++)
        {
            ref var lane = ref lanes[i];
            var (width, splits) = (features.Length, ActionSpace.Count);
            rewards[i] = -Cost(lane, actions[i]) / CostScale;
            var random = new RandomSource(key, lane.Episode, (ulong)lane.Observation.Turn + 1);
            terminated[i] = !(random.NextUniform() < goesOn) || lane.Observation.Turn + 1 >= belief.Scenario.Workload.MaximumTurns;
            truncated[i] = !terminated[i] && ++lane.Turns >= RolloutTurns;
            if (!terminated[i])
            {
                lane.Observation = Next(lane.Observation, actions[i], ref random);
            }

            if (truncated[i] && !finalObservations.IsEmpty)
            {
                Show(lane.Observation, finalObservations.Slice(i * width, width), finalMask.IsEmpty ? default : finalMask.Slice(i * splits, splits));
            }

            if (terminated[i] || truncated[i])
            {
                Begin(ref lane);
            }

            Show(lane.Observation, observations.Slice(i * width, width), mask.Slice(i * splits, splits));
        }
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(added);
        writer.Write(episodes);
        writer.Write(CostScale);
        for (var i = 0; i < Math.Min(added, remembered.Length); i++)
        {
            SavedObservation.Write(writer, remembered[i]);
        }
    }

    public void LoadState(BinaryReader reader)
    {
        (added, episodes, CostScale) = (reader.ReadInt64(), reader.ReadUInt64(), reader.ReadDouble());
        for (var i = 0; i < Math.Min(added, remembered.Length); i++)
        {
            remembered[i] = SavedObservation.Read(reader);
        }
    }

    private void Begin(ref Lane lane)
    {
        lane.Episode = episodes++;
        lane.Turns = 0;
        var random = new RandomSource(key, lane.Episode);
        lane.Member = random.NextInt32(surrogate.Members);
        lane.Observation = remembered[random.NextInt32((int)Math.Min(added, remembered.Length))];
    }

    private void Show(in Observation observation, Span<double> features, Span<bool> mask)
    {
        belief.Predict(observation, observation.ExpectedOutputTokens, context.Belief);
        context.Set(0, 0, observation);
        this.features.Write(context, features);
        for (var k = 0; k < mask.Length; k++)
        {
            mask[k] = context.IsFeasible(k);
        }
    }

    private double Cost(in Lane lane, int split)
    {
        belief.Predict(lane.Observation, lane.Observation.ExpectedOutputTokens, context.Belief);
        surrogate.PredictCosts(lane.Observation, context.Belief, split, memberCosts, belief.Scenario.Objective);
        return memberCosts[lane.Member];
    }

    private Observation Next(in Observation now, int split, ref RandomSource random)
    {
        var workload = belief.Scenario.Workload;
        var positions = belief.Scenario.System.Shape.MaximumPositions;
        var answer = Math.Clamp(Math.Ceiling(workload.OutputTokens.Sample(ref random)), 1, workload.MaximumOutputTokens);
        var prompt = (int)Math.Clamp(Math.Ceiling(workload.PromptTokens.Sample(ref random)), 1, Math.Max(1, positions - workload.MaximumOutputTokens));
        var left = now.ContextTokens + now.PromptTokens + (int)answer;
        var fits = left + prompt + workload.MaximumOutputTokens <= positions;
        return now with { PromptTokens = prompt, ContextTokens = fits ? left : 0, CacheSplitPoint = fits ? split : -1, Turn = now.Turn + 1 };
    }

    private struct Lane
    {
        internal ulong Episode;
        internal int Member;
        internal int Turns;
        internal Observation Observation;
    }
}
