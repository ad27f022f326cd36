namespace EdgeSplit.Core.Transformers;

/// <summary>Which layers of a model have a trait (a sliding window, experts): a pattern of flags that repeats over the layers.</summary>
/// <remarks>Immutable, compared by value, safe to share between threads. Layers are counted from 0.</remarks>
public sealed class LayerPattern : IEquatable<LayerPattern>
{
    private readonly bool[] _flags;

    private LayerPattern(bool[] flags) => _flags = flags;

    /// <summary>No layer.</summary>
    public static LayerPattern None { get; } = new([false]);

    /// <summary>Every layer.</summary>
    public static LayerPattern All { get; } = new([true]);

    /// <summary>Layers n-1, 2n-1, ... are left out, all others are in: 2 is Gemma 2's windows, 6 Gemma 3's.</summary>
    /// <param name="period">Length n of the pattern, at least 1; 1 leaves every layer out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="period"/> is below 1 or above 65,536.</exception>
    public static LayerPattern AllButEvery(int period)
    {
        var flags = new bool[Guard.InRange(period, 1, 65_536)];
        Array.Fill(flags, true);
        flags[^1] = false;
        return new LayerPattern(flags);
    }

    /// <summary>A pattern given by its flags, repeated as often as the model has layers.</summary>
    /// <param name="flags">One flag per layer of one period; at least one. Copied.</param>
    /// <exception cref="ArgumentException"><paramref name="flags"/> is empty.</exception>
    public static LayerPattern Repeat(ReadOnlySpan<bool> flags) =>
        flags.IsEmpty ? throw new ArgumentException("Must hold at least one flag.", nameof(flags))
        : !flags.Contains(true) ? None
        : !flags.Contains(false) ? All
        : new LayerPattern(flags.ToArray());

    /// <summary>Whether the layer has the trait.</summary>
    /// <param name="layer">Layer index, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is negative.</exception>
    public bool Contains(int layer) => _flags[Guard.AtLeast(layer, 0) % _flags.Length];

    /// <inheritdoc/>
    public bool Equals(LayerPattern? other) => other is not null && _flags.AsSpan().SequenceEqual(other._flags);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LayerPattern);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var flag in _flags)
        {
            hash = unchecked((hash * 31) + (flag ? 1 : 2));
        }

        return hash;
    }
}
