namespace EdgeSplit.Agents.Networks;

/// <summary>Scratch memory of the passes of a <see cref="DenseNetwork"/>: activations, gradients, a transposed matrix.</summary>
/// <remarks>Create it with <see cref="DenseNetwork.CreateWorkspace"/> and keep it. Not thread-safe: one per thread.</remarks>
public sealed class DenseWorkspace
{
    private readonly int[] widths;
    private readonly float[][] activations;
    private readonly float[][] gradients;
    private readonly float[] transposed;

    internal DenseWorkspace(int[] widths, int maximumBatch)
    {
        this.widths = widths;
        MaximumBatch = Guard.AtLeast(maximumBatch, 1);
        activations = new float[widths.Length - 2][];
        var widest = 0;
        var largest = 0;
        for (var layer = 0; layer + 1 < widths.Length; layer++)
        {
            largest = Math.Max(largest, widths[layer] * widths[layer + 1]);
            if (layer > 0)
            {
                activations[layer - 1] = new float[checked(maximumBatch * widths[layer])];
                widest = Math.Max(widest, widths[layer]);
            }
        }

        gradients = [new float[maximumBatch * widest], new float[maximumBatch * widest]];
        transposed = new float[largest];
    }

    /// <summary>The largest batch of a pass.</summary>
    public int MaximumBatch { get; }

    internal Span<float> Transposed => transposed;

    /// <summary>The outputs of hidden layer <paramref name="layer"/>, from 0.</summary>
    internal Span<float> Activations(int layer) => activations[layer];

    /// <summary>The gradients of the inputs of a layer; neighbouring layers use different memory.</summary>
    internal Span<float> Gradients(int layer) => gradients[layer & 1];

    internal void Check(int[] expected, int batch, string name)
    {
        Guard.InRange(batch, 0, MaximumBatch);
        if (!ReferenceEquals(widths, expected) && !widths.AsSpan().SequenceEqual(expected))
        {
            throw new ArgumentException(
                $"The workspace is for widths {string.Join('-', widths)}, the network has {string.Join('-', expected)}.", name);
        }
    }
}
