using System.Runtime.InteropServices;
using EdgeSplit.Agents.Learning;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>The transitions of all lanes between two updates, lane by lane in the order of time: row = lane·steps + step.</summary>
internal sealed class RolloutBuffer
{
    private readonly int lanes;
    private readonly int steps;
    private readonly int observationLength;
    private readonly int actionCount;

    internal RolloutBuffer(int lanes, int steps, int observationLength, int actionCount)
    {
        (this.lanes, this.steps, this.observationLength, this.actionCount) = (lanes, steps, observationLength, actionCount);
        var rows = checked(lanes * steps);
        Observations = new float[checked(rows * observationLength)];
        NextObservations = new float[rows * observationLength];
        Masks = new bool[checked(rows * actionCount)];
        Actions = new int[rows];
        LogProbabilities = new double[rows];
        Rewards = new double[rows];
        Terminated = new bool[rows];
        Truncated = new bool[rows];
        Values = new double[rows];
        NextValues = new double[rows];
        Advantages = new double[rows];
        Returns = new double[rows];
    }

    internal int Rows => Actions.Length;

    /// <summary>Steps taken by each lane since the last update.</summary>
    internal int Filled { get; private set; }

    internal bool IsFull => Filled == steps;

    internal float[] Observations { get; }

    internal float[] NextObservations { get; }

    internal bool[] Masks { get; }

    internal int[] Actions { get; }

    internal double[] LogProbabilities { get; }

    internal double[] Rewards { get; }

    internal bool[] Terminated { get; }

    internal bool[] Truncated { get; }

    internal double[] Values { get; }

    internal double[] NextValues { get; }

    internal double[] Advantages { get; }

    internal double[] Returns { get; }

    internal void Add(in TransitionBatch transitions)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            var row = (lane * steps) + Filled;
            ToSingle(transitions.Observations.Slice(lane * observationLength, observationLength), Observations.AsSpan(row * observationLength));
            if (!transitions.Terminated[lane])
            {
                ToSingle(transitions.NextObservations.Slice(lane * observationLength, observationLength), NextObservations.AsSpan(row * observationLength));
            }

            transitions.Masks.Slice(lane * actionCount, actionCount).CopyTo(Masks.AsSpan(row * actionCount));
            Actions[row] = transitions.Actions[lane];
            LogProbabilities[row] = Math.Log(transitions.Propensities[lane]);
            Rewards[row] = transitions.Rewards[lane];
            Terminated[row] = transitions.Terminated[lane];
            Truncated[row] = transitions.Truncated[lane];
        }

        Filled++;
    }

    internal void Clear() => Filled = 0;

    /// <summary>Fills values, advantages and returns.</summary>
    /// <remarks>The value of a true successor is that of the lane's next row, but for truncated rows and the last one, whose successors are evaluated themselves.</remarks>
    internal void Evaluate(ActorCriticNetworks networks, double discount, double traceDecay)
    {
        networks.Values(Observations, Rows, Values);
        for (var row = 0; row < Rows; row++)
        {
            NextValues[row] = Terminated[row] ? 0
                : Truncated[row] || (row + 1) % steps == 0 ? networks.ValueOf(NextObservations.AsSpan(row * observationLength, observationLength))
                : Values[row + 1];
        }

        for (var first = 0; first < Rows; first += steps)
        {
            AdvantageEstimation.Estimate(
                Rewards.AsSpan(first, steps),
                Values.AsSpan(first, steps),
                NextValues.AsSpan(first, steps),
                Terminated.AsSpan(first, steps),
                Truncated.AsSpan(first, steps),
                discount,
                traceDecay,
                Advantages.AsSpan(first, steps),
                Returns.AsSpan(first, steps));
        }
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Filled);
        writer.Write(MemoryMarshal.AsBytes<float>(Observations));
        writer.Write(MemoryMarshal.AsBytes<float>(NextObservations));
        writer.Write(MemoryMarshal.AsBytes<bool>(Masks));
        writer.Write(MemoryMarshal.AsBytes<int>(Actions));
        writer.Write(MemoryMarshal.AsBytes<double>(LogProbabilities));
        writer.Write(MemoryMarshal.AsBytes<double>(Rewards));
        writer.Write(MemoryMarshal.AsBytes<bool>(Terminated));
        writer.Write(MemoryMarshal.AsBytes<bool>(Truncated));
    }

    /// <summary>Reads into this buffer, which must be a new one: on an error it is of no use.</summary>
    internal void Load(BinaryReader reader)
    {
        Filled = SavedNumbers.InRange(reader.ReadInt32(), 0, steps - 1, "rows of the rollout");
        SavedNumbers.Read(reader, Observations);
        SavedNumbers.Read(reader, NextObservations);
        SavedNumbers.Read(reader, Masks);
        SavedNumbers.Read(reader, Actions);
        SavedNumbers.Read(reader, LogProbabilities);
        SavedNumbers.Read(reader, Rewards);
        SavedNumbers.Read(reader, Terminated);
        SavedNumbers.Read(reader, Truncated);
        foreach (var action in Actions)
        {
            SavedNumbers.InRange(action, 0, actionCount - 1, "action");
        }
    }

    private static void ToSingle(ReadOnlySpan<double> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = (float)source[i];
        }
    }
}
