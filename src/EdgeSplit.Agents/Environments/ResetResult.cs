namespace EdgeSplit.Agents.Environments;

/// <summary>The start of an episode.</summary>
/// <param name="Observation">The first observation, a copy that stays as it is; shape [<see cref="BoxSpace.Length"/>].</param>
/// <param name="Info">What an agent does not see; <see cref="EnvironmentInfo.None"/> where there is nothing.</param>
public readonly record struct ResetResult(ReadOnlyMemory<double> Observation, EnvironmentInfo Info);
