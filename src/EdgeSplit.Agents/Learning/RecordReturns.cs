using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.Learning;

/// <summary>Keeps the return of every episode of a training, with the step at which it ended.</summary>
public sealed class RecordReturns : TrainingCallback, IRestorable
{
    private readonly List<(long Steps, double Return)> episodes = [];

    /// <summary>The episodes in the order of their ends: transitions so far, and undiscounted return.</summary>
    public IReadOnlyList<(long Steps, double Return)> Episodes => episodes;

    /// <inheritdoc/>
    public override bool OnStep(TrainingState training)
    {
        ArgumentNullException.ThrowIfNull(training);
        foreach (var value in training.EndedReturns)
        {
            episodes.Add((training.Steps, value));
        }

        return true;
    }

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(episodes.Count);
        foreach (var (steps, value) in episodes)
        {
            writer.Write(steps);
            writer.Write(value);
        }
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var read = new List<(long, double)>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            read.Add((reader.ReadInt64(), reader.ReadDouble()));
        }

        episodes.Clear();
        episodes.AddRange(read);
    }
}
