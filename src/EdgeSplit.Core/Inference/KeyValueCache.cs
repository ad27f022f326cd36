namespace EdgeSplit.Core.Inference;

/// <summary>Keys and values of the tokens so far, for the layers that one node runs and for one or more sequences of equal length.</summary>
/// <remarks>
/// <para>Kept in single precision: keys turned on their side, [head value, position], values as [position, head value], so that scores and sums run along vectors.
/// A layer with a sliding window keeps all positions too, and reads those in its window.</para>
/// <para>Not thread-safe: one pass at a time writes it.</para>
/// </remarks>
public sealed class KeyValueCache
{
    private readonly float[][] keys;
    private readonly float[][] values;
    private readonly int keyValueHeads;
    private readonly int headDimension;

    /// <summary>An empty cache.</summary>
    /// <param name="model">The model.</param>
    /// <param name="firstLayer">First layer of the node, 0-based.</param>
    /// <param name="endLayer">End of its layers, at least <paramref name="firstLayer"/>, at most the model's layers.</param>
    /// <param name="sequences">Independent sequences, at least 1.</param>
    /// <param name="capacity">Most positions per sequence, at least 1; at most the model's positions.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public KeyValueCache(LlamaModel model, int firstLayer, int endLayer, int sequences, int capacity)
    {
        ArgumentNullException.ThrowIfNull(model);
        var configuration = model.Configuration;
        EndLayer = Guard.InRange(endLayer, 0, configuration.Layers);
        FirstLayer = Guard.InRange(firstLayer, 0, endLayer);
        Sequences = Guard.AtLeast(sequences, 1);
        Capacity = Guard.InRange(capacity, 1, configuration.MaximumPositions);
        Stride = AttentionKernel.PaddedPositions(capacity);
        keyValueHeads = configuration.KeyValueHeads;
        headDimension = configuration.HeadDimension;
        keys = new float[endLayer - firstLayer][];
        values = new float[endLayer - firstLayer][];
        for (var layer = 0; layer < keys.Length; layer++)
        {
            keys[layer] = GC.AllocateArray<float>(checked(sequences * keyValueHeads * headDimension * Stride), pinned: true);
            values[layer] = GC.AllocateArray<float>(keys[layer].Length, pinned: true);
        }
    }

    /// <summary>First layer of the node, 0-based.</summary>
    public int FirstLayer { get; }

    /// <summary>End of the node's layers.</summary>
    public int EndLayer { get; }

    /// <summary>Independent sequences.</summary>
    public int Sequences { get; }

    /// <summary>Most positions per sequence.</summary>
    public int Capacity { get; }

    /// <summary>Positions that are filled in every sequence.</summary>
    public int Length { get; private set; }

    /// <summary>Positions per row of the storage: the capacity, rounded up to whole vectors.</summary>
    internal int Stride { get; }

    /// <summary>Counts the tokens of a pass that all layers of this cache have seen.</summary>
    /// <param name="tokens">Tokens per sequence, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cache would hold more than its capacity.</exception>
    public void Advance(int tokens) => Length += Guard.InRange(tokens, 0, Capacity - Length);

    /// <summary>Forgets all but the first positions.</summary>
    /// <param name="length">Positions to keep, 0 to <see cref="Length"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer positions.</exception>
    public void Truncate(int length) => Length = Guard.InRange(length, 0, Length);

    /// <summary>Takes over the positions of another cache.</summary>
    /// <param name="source">A cache of the same model, layers, sequences and capacity.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The other cache has another shape.</exception>
    public void CopyFrom(KeyValueCache source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Guard.InRange(source.FirstLayer, FirstLayer, FirstLayer, nameof(source));
        Guard.InRange(source.EndLayer, EndLayer, EndLayer, nameof(source));
        Guard.InRange(source.Capacity, Capacity, Capacity, nameof(source));
        for (var layer = 0; layer < keys.Length; layer++)
        {
            Guard.SameLength(source.keys[layer].Length, keys[layer].Length, nameof(source));
            source.keys[layer].CopyTo(keys[layer], 0);
            source.values[layer].CopyTo(values[layer], 0);
        }

        Length = source.Length;
    }

    /// <summary>Where a sequence's keys and values of a layer start, head after head.</summary>
    internal (float[] Keys, float[] Values, int Offset) Storage(int layer, int sequence) =>
        (keys[layer - FirstLayer], values[layer - FirstLayer], sequence * keyValueHeads * headDimension * Stride);
}
