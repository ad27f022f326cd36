using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Environments;

/// <summary>What stands behind an observation of a <see cref="SplitEnvironment"/>, and what the last action cost.</summary>
/// <param name="WorldSeed">Seed of the world that the episode runs in.</param>
/// <param name="Turn">The turn that the observation shows, as the world has it; after the end of a conversation, its last one.</param>
/// <param name="Observation">The observation as named fields.</param>
/// <param name="Outcome">What the last action led to; null after a reset.</param>
/// <param name="Cost">Cost of the last action, seconds-equivalent: the negative reward; 0 after a reset.</param>
public sealed record SplitInfo(ulong WorldSeed, ScheduledTurn Turn, Observation Observation, Outcome? Outcome, double Cost) : EnvironmentInfo
{
    /// <summary>Everything that the last action cost; null after a reset.</summary>
    public SplitBreakdown? Breakdown => Outcome?.Breakdown;
}
