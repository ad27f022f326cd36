namespace EdgeSplit.Agents.Environments;

/// <summary>What an environment tells beside observation and reward: for reports and checks, not for an agent's decision. Derive from it to carry more.</summary>
/// <remarks>Immutable, compared by value: equal seeds and actions give equal infos.</remarks>
public abstract record EnvironmentInfo
{
    /// <summary>Nothing to tell.</summary>
    public static EnvironmentInfo None { get; } = new Nothing();

    private sealed record Nothing : EnvironmentInfo;
}
