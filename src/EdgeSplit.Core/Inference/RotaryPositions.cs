namespace EdgeSplit.Core.Inference;

/// <summary>Rotary position angles: cosine and sine of position times frequency, one per pair of a head's values.</summary>
/// <remarks>
/// <para>Frequency i of d / 2 is base^(-2 i / d). Linear scaling divides all by a factor; the scaling of Llama 3.1 divides the slow ones (wave longer than the
/// original context over the low factor), keeps the fast ones (shorter than it over the high factor), and blends between. Angles are computed in double precision.</para>
/// <para>Immutable but for the table, which grows on demand under a lock; safe to share between threads.</para>
/// <para>Sources: J. Su et al., "RoFormer", arXiv 2104.09864; the Llama 3.1 release (scaling factor 8, low 1, high 4, original context 8192).</para>
/// </remarks>
public sealed class RotaryPositions
{
    private const int FirstTable = 256;

    private readonly double[] frequencies;
    private readonly Lock growth = new();
    private volatile RotaryTable table;

    /// <summary>Prepares the angles of a model.</summary>
    /// <param name="configuration">The model.</param>
    /// <exception cref="ArgumentNullException"><paramref name="configuration"/> is null.</exception>
    public RotaryPositions(LlamaConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var half = configuration.HeadDimension / 2;
        frequencies = new double[half];
        for (var i = 0; i < half; i++)
        {
            frequencies[i] = configuration.Scaling.Scale(Math.Pow(configuration.RotaryBase, -2.0 * i / configuration.HeadDimension));
        }

        table = new RotaryTable(frequencies, FirstTable);
    }

    /// <summary>Frequencies, radians per position; shape [head dimension / 2].</summary>
    public ReadOnlySpan<double> Frequencies => frequencies;

    /// <summary>Cosines and sines for at least the first <paramref name="positions"/> positions.</summary>
    internal RotaryTable For(int positions)
    {
        var known = table;
        if (known.Positions >= positions)
        {
            return known;
        }

        lock (growth)
        {
            if (table.Positions < positions)
            {
                table = new RotaryTable(frequencies, (int)Math.Min(int.MaxValue, Math.Max(positions, 2L * table.Positions)));
            }

            return table;
        }
    }
}
