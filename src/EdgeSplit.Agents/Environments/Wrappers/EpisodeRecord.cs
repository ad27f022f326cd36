namespace EdgeSplit.Agents.Environments.Wrappers;

/// <summary>One episode that has ended.</summary>
/// <param name="Environment">Index of the environment that it ran in.</param>
/// <param name="EndStep">Steps that this environment had taken in all when it ended, since the wrapper was made.</param>
/// <param name="Length">Steps of the episode.</param>
/// <param name="Return">Sum of its rewards, not discounted.</param>
/// <param name="IsTruncated">Whether an outside limit cut it; otherwise it terminated.</param>
public readonly record struct EpisodeRecord(int Environment, long EndStep, int Length, double Return, bool IsTruncated);
