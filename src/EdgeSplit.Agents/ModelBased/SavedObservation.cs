using EdgeSplit.Core.Decisions;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>An observation in a saved state.</summary>
internal static class SavedObservation
{
    internal static void Write(BinaryWriter writer, in Observation observation)
    {
        Span<double> values = stackalloc double[Observation.Length];
        observation.CopyTo(values);
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    internal static Observation Read(BinaryReader reader)
    {
        Span<double> values = stackalloc double[Observation.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadDouble();
            if (!double.IsFinite(values[i]))
            {
                throw new InvalidDataException("A remembered observation is not finite: the state is damaged.");
            }
        }

        return new Observation(values[0], values[1], values[2], (int)values[3], values[4], (int)values[5], (int)values[6], (int)values[7], (int)values[8]);
    }
}
