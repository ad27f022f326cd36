namespace EdgeSplit.Agents.Environments;

/// <summary>What came of one action.</summary>
/// <param name="Observation">The next observation, a copy that stays as it is; shape [<see cref="BoxSpace.Length"/>].</param>
/// <param name="Reward">The reward; in this library the negative cost in seconds-equivalent. Finite.</param>
/// <param name="Terminated">The process has ended: no value may be bootstrapped from <paramref name="Observation"/>.</param>
/// <param name="Truncated">An outside limit cut the episode: the value of <paramref name="Observation"/> still counts. Never together with <paramref name="Terminated"/>.</param>
/// <param name="Info">What an agent does not see; <see cref="EnvironmentInfo.None"/> where there is nothing.</param>
public readonly record struct StepResult(ReadOnlyMemory<double> Observation, double Reward, bool Terminated, bool Truncated, EnvironmentInfo Info)
{
    /// <summary>Whether the episode is over, for either reason: a reset must follow. Not a reason to drop the value of the observation; see <see cref="Terminated"/>.</summary>
    public bool HasEnded => Terminated || Truncated;
}
