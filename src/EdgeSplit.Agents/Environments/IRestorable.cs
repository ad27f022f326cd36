namespace EdgeSplit.Agents.Environments;

/// <summary>Something whose whole state can be written down and taken up again, so that training which was interrupted goes on bit for bit as if it had not been.</summary>
public interface IRestorable
{
    /// <summary>Writes the state.</summary>
    /// <param name="writer">The writer to write to.</param>
    void SaveState(BinaryWriter writer);

    /// <summary>Replaces the state by a saved one; on an error nothing is changed.</summary>
    /// <param name="reader">The reader, positioned where <see cref="SaveState"/> began.</param>
    /// <exception cref="InvalidDataException">The state is of something else, or damaged.</exception>
    void LoadState(BinaryReader reader);
}
