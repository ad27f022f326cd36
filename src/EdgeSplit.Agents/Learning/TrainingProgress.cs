namespace EdgeSplit.Agents.Learning;

/// <summary>How far a training has come.</summary>
/// <param name="Steps">Transitions so far.</param>
/// <param name="TotalSteps">Transitions in all.</param>
/// <param name="Episodes">Episodes that have ended.</param>
/// <param name="MeanReturn">The mean undiscounted return of the last 100 episodes; NaN before the first.</param>
public readonly record struct TrainingProgress(long Steps, long TotalSteps, long Episodes, double MeanReturn);
