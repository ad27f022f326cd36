using System.Runtime.InteropServices;
using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.Learning;

/// <summary>The buffers between an agent and a batch of environments, and one step of both. A step allocates nothing.</summary>
internal sealed class TrainingLoop
{
    private readonly IBatchedEnvironment environment;
    private readonly int width;
    private readonly int actionCount;
    private readonly int[] actions;
    private readonly double[] propensities;
    private readonly double[] rewards;
    private readonly bool[] terminated;
    private readonly bool[] truncated;
    private readonly double[] successors;
    private readonly bool[] successorMasks;
    private double[] observations;
    private double[] nextObservations;
    private bool[] masks;
    private bool[] nextMasks;

    internal TrainingLoop(IBatchedEnvironment environment)
    {
        this.environment = environment;
        var lanes = environment.Count;
        width = environment.ObservationSpace.Length;
        actionCount = environment.ActionSpace.Count;
        actions = new int[lanes];
        propensities = new double[lanes];
        rewards = new double[lanes];
        terminated = new bool[lanes];
        truncated = new bool[lanes];
        successors = new double[checked(lanes * width)];
        observations = new double[successors.Length];
        nextObservations = new double[successors.Length];
        successorMasks = new bool[checked(lanes * actionCount)];
        masks = new bool[successorMasks.Length];
        nextMasks = new bool[successorMasks.Length];
    }

    internal void Reset(ulong seed) => environment.Reset(seed, observations, masks);

    internal void Step(IAgent agent, TrainingState state)
    {
        agent.Act(observations, masks, actions, propensities);
        environment.Step(actions, nextObservations, rewards, terminated, truncated, nextMasks, successors, successorMasks);

        // Lanes that go on have the next observation as their successor; those that have ended have had theirs written by the environment.
        for (var lane = 0; lane < actions.Length; lane++)
        {
            if (!terminated[lane] && !truncated[lane])
            {
                nextObservations.AsSpan(lane * width, width).CopyTo(successors.AsSpan(lane * width));
                nextMasks.AsSpan(lane * actionCount, actionCount).CopyTo(successorMasks.AsSpan(lane * actionCount));
            }
        }

        agent.Learn(new TransitionBatch
        {
            Observations = observations,
            Masks = masks,
            Actions = actions,
            Propensities = propensities,
            Rewards = rewards,
            NextObservations = successors,
            NextMasks = successorMasks,
            Terminated = terminated,
            Truncated = truncated,
        });
        state.Add(rewards, terminated, truncated);
        (observations, nextObservations) = (nextObservations, observations);
        (masks, nextMasks) = (nextMasks, masks);
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(MemoryMarshal.AsBytes<double>(observations));
        writer.Write(MemoryMarshal.AsBytes<bool>(masks));
    }

    internal void Load(BinaryReader reader)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(observations.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(masks.AsSpan()));
    }
}
