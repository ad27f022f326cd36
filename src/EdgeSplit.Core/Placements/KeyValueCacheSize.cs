using System.Runtime.CompilerServices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>Size of the KV cache of the first k layers; a layer with a sliding window keeps no more tokens than its window. Immutable.</summary>
internal sealed class KeyValueCacheSize
{
    // Bytes per token of the layers before each split that keep every token, and of those that keep a window.
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
            var bytes = shape.KeyValueBitsPerToken(layer, keyValues) / 8;
            var isWindowed = shape.AttentionWindow(layer) < int.MaxValue;
            window = isWindowed ? shape.AttentionWindow(layer) : window;
            unlimited[layer + 1] = unlimited[layer] + (isWindowed ? 0 : bytes);
            windowed[layer + 1] = windowed[layer] + (isWindowed ? bytes : 0);
        }
    }

    /// <summary>The cache after a number of tokens.</summary>
    internal Filled After(long tokens) => new(this, tokens);

    /// <summary>Bits of the layers between two splits, in either order, after a number of tokens.</summary>
    internal double BitsBetween(int oneSplit, int otherSplit, long tokens)
    {
        var filled = After(tokens);
        return 8 * Math.Abs(filled.BytesBefore(oneSplit) - filled.BytesBefore(otherSplit));
    }

    /// <summary>The cache with its number of tokens settled, so that many splits can be asked.</summary>
    internal readonly struct Filled
    {
        private readonly double[] unlimited;
        private readonly double[] windowed;
        private readonly double tokens;
        private readonly double windowTokens;

        internal Filled(KeyValueCacheSize size, long tokens)
        {
            unlimited = size.unlimited;
            windowed = size.windowed;
            this.tokens = tokens;
            windowTokens = Math.Min(tokens, size.window);
        }

        /// <summary>Bytes of the layers before a split.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal double BytesBefore(int splitPoint) => (unlimited[splitPoint] * tokens) + (windowed[splitPoint] * windowTokens);
    }
}
