using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>The latest real turns as transitions that end with the turn, for the real lanes of a training rollout.</summary>
internal sealed class RealTransitions(int observationLength, int actionCount, int capacity) : IRestorable
{
    private readonly double[] observations = new double[Math.Max(1, capacity) * observationLength];
    private readonly bool[] masks = new bool[Math.Max(1, capacity) * actionCount];
    private readonly int[] actions = new int[Math.Max(1, capacity)];
    private readonly double[] propensities = new double[Math.Max(1, capacity)];
    private readonly double[] rewards = new double[Math.Max(1, capacity)];
    private long added;

    /// <summary>Whether there are enough for the real lanes of one rollout.</summary>
    internal bool IsFull => capacity > 0 && added >= capacity;

    internal void Add(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, int action, double propensity, double reward)
    {
        var at = (int)(added++ % capacity);
        observation.CopyTo(observations.AsSpan(at * observationLength));
        mask.CopyTo(masks.AsSpan(at * actionCount));
        (actions[at], propensities[at], rewards[at]) = (action, propensity, reward);
    }

    internal void Copy(int index, Span<double> observation, Span<bool> mask, out int action, out double propensity, out double reward)
    {
        var at = (int)((added + index) % capacity);
        observations.AsSpan(at * observationLength, observationLength).CopyTo(observation);
        masks.AsSpan(at * actionCount, actionCount).CopyTo(mask);
        (action, propensity, reward) = (actions[at], propensities[at], rewards[at]);
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(added);
        for (var at = 0; at < Math.Min(added, capacity); at++)
        {
            writer.Write(actions[at]);
            writer.Write(propensities[at]);
            writer.Write(rewards[at]);
            foreach (var value in observations.AsSpan(at * observationLength, observationLength))
            {
                writer.Write(value);
            }

            foreach (var allowed in masks.AsSpan(at * actionCount, actionCount))
            {
                writer.Write(allowed);
            }
        }
    }

    public void LoadState(BinaryReader reader)
    {
        added = reader.ReadInt64();
        for (var at = 0; at < Math.Min(added, capacity); at++)
        {
            (actions[at], propensities[at], rewards[at]) = (reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble());
            foreach (ref var value in observations.AsSpan(at * observationLength, observationLength))
            {
                value = reader.ReadDouble();
            }

            foreach (ref var allowed in masks.AsSpan(at * actionCount, actionCount))
            {
                allowed = reader.ReadBoolean();
            }
        }
    }
}
