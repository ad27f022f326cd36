using System.Text.Json.Nodes;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>What the bandits of this room have in common: they learn the reward of an action now and take no account of what follows.</summary>
/// <remarks>Successors and ends of episodes in a <see cref="TransitionBatch"/> are ignored. Lanes of one batch are learned in their order. Deterministic given seed and
/// transitions. One instance per thread.</remarks>
public abstract class BanditAgent : IAgent
{
    private readonly StreamKey key;
    private readonly double[] scores;
    private ulong acts;

    private protected BanditAgent(string name, int observationLength, int actionCount, ulong seed = 0)
    {
        Name = name;
        ObservationLength = Guard.AtLeast(observationLength, 1);
        ActionCount = Guard.AtLeast(actionCount, 1);
        key = StreamKey.Create(seed, "bandit/" + name);
        scores = new double[actionCount];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int StateVersion => 1;

    /// <inheritdoc/>
    public int ObservationLength { get; }

    /// <inheritdoc/>
    public int ActionCount { get; }

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<double> observations, ReadOnlySpan<bool> masks, Span<int> actions, Span<double> propensities, bool explore = true)
    {
        var lanes = actions.Length;
        Guard.SameLength(observations.Length, lanes * ObservationLength);
        Guard.SameLength(masks.Length, lanes * ActionCount);
        Guard.SameLength(propensities.Length, lanes);
        CheckFinite(observations, nameof(observations));
        for (var lane = 0; lane < lanes; lane++)
        {
            if (!masks.Slice(lane * ActionCount, ActionCount).Contains(true))
            {
                throw new ArgumentException(FormattableString.Invariant($"Lane {lane} has no action that is allowed."), nameof(masks));
            }
        }

        for (var lane = 0; lane < lanes; lane++)
        {
            var mask = masks.Slice(lane * ActionCount, ActionCount);
            var random = new RandomSource(key, acts, (ulong)lane);
            Score(observations.Slice(lane * ObservationLength, ObservationLength), mask, explore, ref random, scores);
            propensities[lane] = 1;
            actions[lane] = explore ? Choose(scores, mask, ref random, ref propensities[lane]) : Best(scores, mask);
        }

        acts += explore ? 1UL : 0;
    }

    /// <inheritdoc/>
    public void Learn(in TransitionBatch transitions)
    {
        var lanes = transitions.Count;
        Guard.SameLength(transitions.Observations.Length, lanes * ObservationLength, nameof(transitions));
        Guard.SameLength(transitions.Masks.Length, lanes * ActionCount, nameof(transitions));
        Guard.SameLength(transitions.Rewards.Length, lanes, nameof(transitions));
        CheckFinite(transitions.Observations, nameof(transitions));
        for (var lane = 0; lane < lanes; lane++)
        {
            var action = transitions.Actions[lane];
            if (!double.IsFinite(transitions.Rewards[lane]))
            {
                throw new ArgumentException(FormattableString.Invariant($"The reward of lane {lane} is {transitions.Rewards[lane]}; it must be finite."), nameof(transitions));
            }

            if (action < 0 || action >= ActionCount || !transitions.Masks[(lane * ActionCount) + action])
            {
                throw new ArgumentException(FormattableString.Invariant($"The action {action} of lane {lane} was masked or does not exist."), nameof(transitions));
            }
        }

        for (var lane = 0; lane < lanes; lane++)
        {
            Update(transitions.Observations.Slice(lane * ObservationLength, ObservationLength), transitions.Actions[lane], transitions.Rewards[lane]);
            StepCount++;
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe()
    {
        var settings = new JsonObject { ["observationLength"] = ObservationLength, ["actions"] = ActionCount, ["seed"] = key.Seed };
        DescribeSettings(settings);
        return settings;
    }

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(ObservationLength);
        writer.Write(ActionCount);
        writer.Write(acts);
        writer.Write(StepCount);
        Write(writer);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        BanditState.LoadOrRestore(reader, SaveState, source =>
        {
            BanditState.Expect(source, "observation entries", ObservationLength);
            BanditState.Expect(source, "actions", ActionCount);
            acts = source.ReadUInt64();
            StepCount = BanditState.ReadCount(source, long.MaxValue);
            Read(source);
        });
    }

    /// <summary>What each action would be chosen by at the next act.</summary>
    internal double[] Scores(ReadOnlySpan<double> observation)
    {
        var mask = new bool[ActionCount];
        mask.AsSpan().Fill(true);
        var random = new RandomSource(key, acts);
        var found = new double[ActionCount];
        Score(observation, mask, true, ref random, found);
        return found;
    }

    /// <summary>The best allowed action by score, the first on a tie.</summary>
    private protected static int Best(ReadOnlySpan<double> scores, ReadOnlySpan<bool> mask)
    {
        var best = -1;
        for (var action = 0; action < scores.Length; action++)
        {
            if (mask[action] && (best < 0 || scores[action] > scores[best]))
            {
                best = action;
            }
        }

        return best;
    }

    /// <summary>Writes the score of every allowed action: what its reward is thought to be, or with exploration what it is chosen by.</summary>
    private protected abstract void Score(
        ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, bool explore, ref RandomSource random, Span<double> scores);

    /// <summary>Chooses by the scores while learning; the propensity is 1 on entry.</summary>
    private protected virtual int Choose(ReadOnlySpan<double> scores, ReadOnlySpan<bool> mask, ref RandomSource random, ref double propensity) => Best(scores, mask);

    private protected abstract void Update(ReadOnlySpan<double> observation, int action, double reward);

    private protected abstract void DescribeSettings(JsonObject settings);

    private protected abstract void Write(BinaryWriter writer);

    private protected abstract void Read(BinaryReader reader);

    private void CheckFinite(ReadOnlySpan<double> observations, string name)
    {
        for (var i = 0; i < observations.Length; i++)
        {
            if (!double.IsFinite(observations[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Entry {i % ObservationLength} of the observation of lane {i / ObservationLength} is {observations[i]}; it must be finite."), name);
            }
        }
    }
}
