namespace EdgeSplit.Agents.Surrogates;

/// <summary>Split points that have enough in common to be judged together: the ends, where something does not happen at all, and the thirds between.</summary>
public enum SplitGroup
{
    /// <summary>k = 0: all on the server.</summary>
    ServerOnly,

    /// <summary>The first third of the cuts between.</summary>
    Shallow,

    /// <summary>The second third.</summary>
    Middle,

    /// <summary>The last third.</summary>
    Deep,

    /// <summary>k = L: all on the device.</summary>
    DeviceOnly,
}

/// <summary>Which group a split point belongs to.</summary>
public static class SplitGroups
{
    /// <summary>Number of groups.</summary>
    public const int Count = 5;

    /// <summary>The group of a split point.</summary>
    /// <param name="splitPoint">The split point, 0 .. <paramref name="layers"/>.</param>
    /// <param name="layers">Layers L, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static SplitGroup Of(int splitPoint, int layers)
    {
        Guard.AtLeast(layers, 1);
        Guard.InRange(splitPoint, 0, layers);
        return splitPoint == 0 ? SplitGroup.ServerOnly
            : splitPoint == layers ? SplitGroup.DeviceOnly
            : SplitGroup.Shallow + (3 * (splitPoint - 1) / Math.Max(1, layers - 1));
    }
}
