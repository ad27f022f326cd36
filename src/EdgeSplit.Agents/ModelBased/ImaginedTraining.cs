using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.ModelFree;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>Rollouts of imagined and real lanes side by side, for the learner of a policy.</summary>
internal sealed class ImaginedTraining : IRestorable
{
    private readonly PpoAgent learner;
    private readonly ImaginedConversations imagined;
    private readonly RealTransitions real;
    private readonly int realLanes;
    private readonly double[] observations;
    private readonly double[] next;
    private readonly double[] final;
    private readonly bool[] masks;
    private readonly bool[] nextMasks;
    private readonly bool[] finalMasks;
    private readonly int[] actions;
    private readonly double[] propensities;
    private readonly double[] rewards;
    private readonly bool[] terminated;
    private readonly bool[] truncated;
    private DecisionContext? context;

    internal ImaginedTraining(PpoAgent learner, ImaginedConversations imagined, RealTransitions real, int realLanes)
    {
        this.learner = learner;
        this.imagined = imagined;
        this.real = real;
        this.realLanes = realLanes;
        var (lanes, width, splits) = (learner.LaneCount, learner.ObservationLength, learner.ActionCount);
        observations = new double[lanes * width];
        next = new double[lanes * width];
        final = new double[lanes * width];
        masks = new bool[lanes * splits];
        nextMasks = new bool[lanes * splits];
        finalMasks = new bool[lanes * splits];
        actions = new int[lanes];
        propensities = new double[lanes];
        rewards = new double[lanes];
        terminated = new bool[lanes];
        truncated = new bool[lanes];
    }

    internal long ImaginedSteps { get; private set; }

    /// <summary>The situation of a past request, as the agent saw it.</summary>
    internal DecisionContext Context(Belief belief, in Experience experience)
    {
        context ??= new DecisionContext(new SplitTotals(belief.Profile.Layers));
        belief.Predict(experience.Observation, experience.Observation.ExpectedOutputTokens, context.Belief);
        context.Set(experience.Request, experience.Conversation, experience.Observation);
        return context;
    }

    /// <summary>Trains for some updates. As long as there are too few real transitions the real lanes repeat the first imagined one as single turns.</summary>
    internal void Run(int updates)
    {
        var (width, splits, count) = (learner.ObservationLength, learner.ActionCount, imagined.Count);
        var replays = real.IsFull;
        imagined.Reset(null, observations.AsSpan(0, count * width), masks.AsSpan(0, count * splits));
        var until = learner.UpdateCount + updates;
        for (var step = 0; learner.UpdateCount < until; step++)
        {
            FillReal(replays, step);
            learner.Act(observations, masks, actions, propensities);
            ReplayReal(replays, step);
            imagined.Step(
                actions.AsSpan(0, count),
                next.AsSpan(0, count * width),
                rewards.AsSpan(0, count),
                terminated.AsSpan(0, count),
                truncated.AsSpan(0, count),
                nextMasks.AsSpan(0, count * splits),
                final.AsSpan(0, count * width),
                finalMasks.AsSpan(0, count * splits));
            ImaginedSteps += count;
            Learn(count, width, splits);
            next.AsSpan(0, count * width).CopyTo(observations);
            nextMasks.AsSpan(0, count * splits).CopyTo(masks);
        }
    }

    public void SaveState(BinaryWriter writer) => writer.Write(ImaginedSteps);

    public void LoadState(BinaryReader reader) => ImaginedSteps = reader.ReadInt64();

    private void FillReal(bool replays, int step)
    {
        var (width, splits) = (learner.ObservationLength, learner.ActionCount);
        for (var lane = 0; lane < realLanes; lane++)
        {
            var at = imagined.Count + lane;
            var observation = observations.AsSpan(at * width, width);
            var mask = masks.AsSpan(at * splits, splits);
            if (replays)
            {
                real.Copy((lane * StepsPerLane) + (step % StepsPerLane), observation, mask, out _, out _, out _);
            }
            else
            {
                observations.AsSpan(0, width).CopyTo(observation);
                masks.AsSpan(0, splits).CopyTo(mask);
            }
        }
    }

    private int StepsPerLane => learner.Options.StepsPerLane;

    private void ReplayReal(bool replays, int step)
    {
        var (width, splits) = (learner.ObservationLength, learner.ActionCount);
        for (var lane = 0; lane < realLanes; lane++)
        {
            var at = imagined.Count + lane;
            if (replays)
            {
                real.Copy(
                    (lane * StepsPerLane) + (step % StepsPerLane), observations.AsSpan(at * width, width), masks.AsSpan(at * splits, splits), out actions[at], out propensities[at], out rewards[at]);
            }
            else
            {
                // The first imagined lane again: better twice the same than a transition that means nothing.
                (actions[at], propensities[at]) = (actions[0], propensities[0]);
            }

            terminated[at] = true;
            truncated[at] = false;
        }
    }

    private void Learn(int count, int width, int splits)
    {
        if (!real.IsFull)
        {
            for (var lane = 0; lane < realLanes; lane++)
            {
                rewards[count + lane] = rewards[0];
            }
        }

        // The true successors: of the episodes that were cut, not the first observation of the next one.
        for (var lane = 0; lane < count; lane++)
        {
            if (!truncated[lane])
            {
                next.AsSpan(lane * width, width).CopyTo(final.AsSpan(lane * width));
                nextMasks.AsSpan(lane * splits, splits).CopyTo(finalMasks.AsSpan(lane * splits));
            }
        }

        learner.Learn(new TransitionBatch
        {
            Observations = observations,
            Masks = masks,
            Actions = actions,
            Propensities = propensities,
            Rewards = rewards,
            NextObservations = final,
            NextMasks = finalMasks,
            Terminated = terminated,
            Truncated = truncated,
        });
    }
}
