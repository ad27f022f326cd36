using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>Size of the KV cache of the first k layers; a layer with a sliding window keeps no more tokens than its window. Immutable.</summary>
internal sealed class KeyValueCacheSize
{
    // Bits per token of the layers before each split that keep every token, and of those that keep a window.
    private readonly double[] unlimited;
    private readonly double[] windowed;
    private readonly long window;

    internal KeyValueCacheSize(TransformerShape shape, NumberFormat keyValues)
    {
        unlimited = new double[shape.Layers + 1];
        windowed = new double[shape.Layers + 1];
        window = long.MaxValue;
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var bits = shape.KeyValueBitsPerToken(layer, keyValues);
            var isWindowed = shape.AttentionWindow(layer) < int.MaxValue;
            window = isWindowed ? shape.AttentionWindow(layer) : window;
            unlimited[layer + 1] = unlimited[layer] + (isWindowed ? 0 : bits);
            windowed[layer + 1] = windowed[layer] + (isWindowed ? bits : 0);
        }
    }

    /// <summary>Bits of the layers before a split, with a number of tokens seen.</summary>
    internal double BitsBefore(int splitPoint, long tokens) => (unlimited[splitPoint] * tokens) + (windowed[splitPoint] * Math.Min(tokens, window));

    /// <summary>Bits of the layers between two splits, in either order.</summary>
    internal double BitsBetween(int oneSplit, int otherSplit, long tokens) => Math.Abs(BitsBefore(oneSplit, tokens) - BitsBefore(otherSplit, tokens));
}
