namespace EdgeSplit.Agents.Environments;

/// <summary>How episodes of a <see cref="SplitEnvironment"/> begin and are cut. Immutable.</summary>
public sealed record SplitEnvironmentOptions
{
    private readonly int stepLimit = int.MaxValue;
    private readonly int episodesPerWorld = 1;

    /// <summary>Steps after which an episode that has not ended is truncated, at least 1.</summary>
    /// <value>The default value is <see cref="int.MaxValue"/>: conversations are not cut.</value>
    public int StepLimit { get => stepLimit; init => stepLimit = Guard.AtLeast(value, 1); }

    /// <summary>Episodes (conversations) that a reset without a seed starts in the same world before the world of the next derived seed takes its place, at least 1.</summary>
    /// <remarks>1 meets new hidden errors in every episode; a large number stays with one device and its errors, as a real device does.</remarks>
    /// <value>The default value is 1.</value>
    public int EpisodesPerWorld { get => episodesPerWorld; init => episodesPerWorld = Guard.AtLeast(value, 1); }
}
