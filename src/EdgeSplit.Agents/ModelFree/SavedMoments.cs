using EdgeSplit.Agents.Networks;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>The state of an <see cref="Adam"/> as read, before it is taken over.</summary>
internal readonly record struct SavedMoments(long StepCount, float[] First, float[] Second)
{
    internal static SavedMoments Read(BinaryReader reader, int count) =>
        new(SavedNumbers.AtLeastZero(reader.ReadInt64(), "number of optimiser steps"), SavedNumbers.Read<float>(reader, count), SavedNumbers.Read<float>(reader, count));

    internal void Restore(Adam adam) => adam.Restore(StepCount, First, Second);
}
