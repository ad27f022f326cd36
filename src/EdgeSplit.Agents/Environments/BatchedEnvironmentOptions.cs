namespace EdgeSplit.Agents.Environments;

/// <summary>Size, physics and episodes of a <see cref="BatchedSplitEnvironment"/>. Immutable.</summary>
public sealed record BatchedEnvironmentOptions
{
    private readonly int environments = 64;
    private readonly int stepLimit = int.MaxValue;
    private readonly int episodesPerWorld = int.MaxValue;

    /// <summary>Number N of environments, at least 1.</summary>
    /// <value>The default value is 64.</value>
    public int Environments { get => environments; init => environments = Guard.AtLeast(value, 1); }

    /// <summary>How much of a request's inner life is simulated.</summary>
    /// <value>The default value is <see cref="RequestPhysics.Full"/>.</value>
    public RequestPhysics Physics { get; init; } = RequestPhysics.Full;

    /// <summary>Steps after which an episode that has not ended is truncated, at least 1.</summary>
    /// <value>The default value is <see cref="int.MaxValue"/>: conversations are not cut.</value>
    public int StepLimit { get => stepLimit; init => stepLimit = Guard.AtLeast(value, 1); }

    /// <summary>Episodes (conversations) that an environment spends in one world before the world of its next derived seed takes its place, at least 1.</summary>
    /// <remarks>A real device keeps its hidden errors, and so does an environment by default: N environments are N devices. A new world costs microseconds and
    /// a few kilobytes; within a world nothing is allocated.</remarks>
    /// <value>The default value is <see cref="int.MaxValue"/>: one world for ever.</value>
    public int EpisodesPerWorld { get => episodesPerWorld; init => episodesPerWorld = Guard.AtLeast(value, 1); }
}
