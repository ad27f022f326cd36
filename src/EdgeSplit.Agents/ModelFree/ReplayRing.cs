using EdgeSplit.Agents.Learning;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>The last transitions, of which the oldest make room. Memory doubles until the capacity is reached.</summary>
internal sealed class ReplayRing(int capacity, int observationLength, int actionCount)
{
    private float[] observations = [];
    private float[] nextObservations = [];
    private bool[] nextMasks = [];
    private int[] actions = [];
    private float[] rewards = [];
    private bool[] terminated = [];
    private int next;

    internal int Count { get; private set; }

    internal ReadOnlySpan<float> Observation(int row) => observations.AsSpan(row * observationLength, observationLength);

    internal ReadOnlySpan<float> NextObservation(int row) => nextObservations.AsSpan(row * observationLength, observationLength);

    internal ReadOnlySpan<bool> NextMask(int row) => nextMasks.AsSpan(row * actionCount, actionCount);

    internal int Action(int row) => actions[row];

    internal float Reward(int row) => rewards[row];

    internal bool Terminated(int row) => terminated[row];

    internal void Add(in TransitionBatch transitions)
    {
        for (var lane = 0; lane < transitions.Count; lane++)
        {
            if (next == actions.Length)
            {
                Resize((int)Math.Min(capacity, Math.Max(1024, 2L * actions.Length)));
            }

            ToSingle(transitions.Observations.Slice(lane * observationLength, observationLength), observations.AsSpan(next * observationLength));
            var successor = nextObservations.AsSpan(next * observationLength, observationLength);
            var mask = nextMasks.AsSpan(next * actionCount, actionCount);
            if (transitions.Terminated[lane])
            {
                successor.Clear();
                mask.Fill(true);
            }
            else
            {
                ToSingle(transitions.NextObservations.Slice(lane * observationLength, observationLength), successor);
                transitions.NextMasks.Slice(lane * actionCount, actionCount).CopyTo(mask);
            }

            actions[next] = transitions.Actions[lane];
            rewards[next] = (float)transitions.Rewards[lane];
            terminated[next] = transitions.Terminated[lane];
            Count = Math.Max(Count, next + 1);
            next = next + 1 == capacity ? 0 : next + 1;
        }
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(next);
        SavedNumbers.Write<float>(writer, observations.AsSpan(0, Count * observationLength));
        SavedNumbers.Write<float>(writer, nextObservations.AsSpan(0, Count * observationLength));
        SavedNumbers.Write<bool>(writer, nextMasks.AsSpan(0, Count * actionCount));
        SavedNumbers.Write<int>(writer, actions.AsSpan(0, Count));
        SavedNumbers.Write<float>(writer, rewards.AsSpan(0, Count));
        SavedNumbers.Write<bool>(writer, terminated.AsSpan(0, Count));
    }

    /// <summary>Reads into this ring, which must be a new one: on an error it is of no use.</summary>
    internal void Load(BinaryReader reader)
    {
        Count = SavedNumbers.InRange(reader.ReadInt32(), 0, capacity, "number of kept transitions");
        next = SavedNumbers.InRange(reader.ReadInt32(), 0, Count, "place of the next transition");
        observations = SavedNumbers.Read<float>(reader, checked(Count * observationLength));
        nextObservations = SavedNumbers.Read<float>(reader, Count * observationLength);
        nextMasks = SavedNumbers.Read<bool>(reader, checked(Count * actionCount));
        actions = SavedNumbers.Read<int>(reader, Count);
        rewards = SavedNumbers.Read<float>(reader, Count);
        terminated = SavedNumbers.Read<bool>(reader, Count);
        foreach (var action in actions)
        {
            SavedNumbers.InRange(action, 0, actionCount - 1, "action");
        }
    }

    private void Resize(int rows)
    {
        Array.Resize(ref observations, checked(rows * observationLength));
        Array.Resize(ref nextObservations, rows * observationLength);
        Array.Resize(ref nextMasks, checked(rows * actionCount));
        Array.Resize(ref actions, rows);
        Array.Resize(ref rewards, rows);
        Array.Resize(ref terminated, rows);
    }

    private static void ToSingle(ReadOnlySpan<double> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = (float)source[i];
        }
    }
}
