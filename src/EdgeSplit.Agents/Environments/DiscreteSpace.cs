namespace EdgeSplit.Agents.Environments;

/// <summary>The whole numbers 0, 1, …, <see cref="Count"/> - 1.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DiscreteSpace
{
    /// <summary>Creates a space.</summary>
    /// <param name="count">Number of actions, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public DiscreteSpace(int count) => Count = Guard.AtLeast(count, 1);

    /// <summary>Number of actions.</summary>
    public int Count { get; }

    /// <summary>Whether the space has this action.</summary>
    /// <param name="action">The action.</param>
    public bool Contains(int action) => action >= 0 && action < Count;
}
