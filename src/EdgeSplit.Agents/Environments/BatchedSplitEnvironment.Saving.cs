namespace EdgeSplit.Agents.Environments;

/// <content>Saving and loading: the lanes are written down, their worlds are drawn again from their seeds.</content>
public sealed partial class BatchedSplitEnvironment
{
    private const int StateVersion = 1;

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WriteMark(writer);
        writer.Write(nextSeed);
        writer.Write(isRunning);
        foreach (ref readonly var lane in lanes.AsSpan())
        {
            lane.Save(writer);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The scenario and the options must be those with which it was saved; of the scenario, only its name and number of layers are compared.</remarks>
    public void LoadState(BinaryReader reader)
    {
        var (seed, wasRunning, read) = SavedState.Read(reader, from =>
        {
            ReadMark(from);
            var own = (from.ReadUInt64(), from.ReadBoolean(), new BatchLane[lanes.Length]);
            foreach (ref var lane in own.Item3.AsSpan())
            {
                lane = BatchLane.Read(from);
                PrepareWorld(ref lane);
            }

            return own;
        });
        (nextSeed, isRunning) = (seed, wasRunning);
        read.CopyTo(lanes, 0);
    }

    private void WriteMark(BinaryWriter writer)
    {
        SavedState.WriteMark(writer, nameof(BatchedSplitEnvironment), StateVersion, Count, ActionSpace.Count, options.StepLimit, options.EpisodesPerWorld, (long)options.Physics);
        writer.Write(scenarioName);
    }

    private void ReadMark(BinaryReader reader)
    {
        SavedState.ReadMark(reader, nameof(BatchedSplitEnvironment), StateVersion, Count, ActionSpace.Count, options.StepLimit, options.EpisodesPerWorld, (long)options.Physics);
        SavedState.ExpectScenario(reader.ReadString(), scenarioName);
    }
}
