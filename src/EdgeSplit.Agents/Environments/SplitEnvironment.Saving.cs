using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Environments;

/// <content>Saving and loading: where the conversation stands is written down, its world is drawn again from its seed.</content>
public sealed partial class SplitEnvironment
{
    private const int StateVersion = 1;

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SavedState.WriteMark(writer, nameof(SplitEnvironment), StateVersion, ActionSpace.Count, options.StepLimit, options.EpisodesPerWorld);
        writer.Write(scenario.Name);
        writer.Write(world is not null);
        writer.Write(isRunning);
        writer.Write(seed);
        writer.Write(worldNumber);
        SavedState.Write(writer, [episodesInWorld, request, steps]);
        SavedState.Write(writer, Values());
    }

    /// <inheritdoc/>
    /// <remarks>The scenario and the options must be those with which it was saved; of the scenario, only its name and number of layers are compared.</remarks>
    public void LoadState(BinaryReader reader)
    {
        var read = SavedState.Read(reader, from =>
        {
            SavedState.ReadMark(from, nameof(SplitEnvironment), StateVersion, ActionSpace.Count, options.StepLimit, options.EpisodesPerWorld);
            SavedState.ExpectScenario(from.ReadString(), scenario.Name);
            return (HasWorld: from.ReadBoolean(),
                IsRunning: from.ReadBoolean(),
                Seed: from.ReadUInt64(),
                WorldNumber: from.ReadUInt64(),
                Counts: SavedState.ReadInt32s(from, 3),
                Values: SavedState.ReadDoubles(from, Observation.Length));
        });
        if (read.Counts[1] < 0)
        {
            throw new InvalidDataException(FormattableString.Invariant($"The state is damaged: its request is {read.Counts[1]}."));
        }

        var loaded = read.HasWorld ? CreateWorld(EpisodeSeeds.OfWorld(read.Seed, read.WorldNumber), read.Counts[1], InitialRequests) : null;
        world = loaded;
        simulator = loaded is null ? null : new TurnSimulator(loaded);
        (isRunning, seed, worldNumber) = (read.IsRunning, read.Seed, read.WorldNumber);
        (episodesInWorld, request, steps) = (read.Counts[0], read.Counts[1], read.Counts[2]);
        var v = read.Values;
        observation = new Observation(v[0], v[1], v[2], (int)v[3], v[4], (int)v[5], (int)v[6], (int)v[7], (int)v[8]);
        if (loaded is not null)
        {
            MaskActions();
        }
    }
}
