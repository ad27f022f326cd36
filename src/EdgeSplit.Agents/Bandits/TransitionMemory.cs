namespace EdgeSplit.Agents.Bandits;

/// <summary>The latest observations, actions and rewards: a ring in which the oldest is overwritten.</summary>
internal sealed class TransitionMemory(int capacity, int observationLength)
{
    private readonly double[] observations = new double[capacity * observationLength];
    private readonly int[] actions = new int[capacity];
    private readonly double[] rewards = new double[capacity];
    private int next;

    internal int Count { get; private set; }

    internal int Action(int row) => actions[row];

    internal double Reward(int row) => rewards[row];

    internal ReadOnlySpan<double> Observation(int row) => observations.AsSpan(row * observationLength, observationLength);

    internal void CopyObservation(int row, Span<float> destination)
    {
        var observation = Observation(row);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)observation[i];
        }
    }

    internal void Add(ReadOnlySpan<double> observation, int action, double reward)
    {
        observation.CopyTo(observations.AsSpan(next * observationLength, observationLength));
        (actions[next], rewards[next]) = (action, reward);
        next = (next + 1) % capacity;
        Count = Math.Min(Count + 1, capacity);
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(next);
        writer.Write(Count);
        BanditState.Write(writer, observations.AsSpan(0, Count * observationLength));
        BanditState.Write(writer, rewards.AsSpan(0, Count));
        foreach (var action in actions.AsSpan(0, Count))
        {
            writer.Write(action);
        }
    }

    internal void Load(BinaryReader reader, int actionCount)
    {
        (next, Count) = (reader.ReadInt32(), reader.ReadInt32());
        if (next < 0 || next >= capacity || Count < 0 || Count > capacity || (Count < capacity && next != Count))
        {
            throw new InvalidDataException(FormattableString.Invariant($"The memory holds {Count} rows, the next at {next}; {capacity} fit."));
        }

        BanditState.Read(reader, observations.AsSpan(0, Count * observationLength));
        BanditState.Read(reader, rewards.AsSpan(0, Count));
        foreach (ref var action in actions.AsSpan(0, Count))
        {
            action = reader.ReadInt32();
            if (action < 0 || action >= actionCount)
            {
                throw new InvalidDataException(FormattableString.Invariant($"The memory holds action {action}; 0 to {actionCount - 1} is allowed."));
            }
        }
    }
}
