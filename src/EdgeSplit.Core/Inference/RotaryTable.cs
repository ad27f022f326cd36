namespace EdgeSplit.Core.Inference;

/// <summary>Cosines and sines of the first positions; rows of half a head. Immutable.</summary>
internal sealed class RotaryTable
{
    internal RotaryTable(ReadOnlySpan<double> frequencies, int positions)
    {
        Positions = positions;
        Cosines = GC.AllocateUninitializedArray<float>(checked(positions * frequencies.Length), pinned: true);
        Sines = GC.AllocateUninitializedArray<float>(Cosines.Length, pinned: true);
        for (var position = 0; position < positions; position++)
        {
            for (var i = 0; i < frequencies.Length; i++)
            {
                var (sine, cosine) = Math.SinCos(position * frequencies[i]);
                Cosines[(position * frequencies.Length) + i] = (float)cosine;
                Sines[(position * frequencies.Length) + i] = (float)sine;
            }
        }
    }

    internal int Positions { get; }

    internal float[] Cosines { get; }

    internal float[] Sines { get; }
}
