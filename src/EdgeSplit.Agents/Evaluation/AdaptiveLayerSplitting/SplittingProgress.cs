namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>How far a <see cref="SplittingExperiment"/> has come.</summary>
/// <param name="Finished">Trainings done.</param>
/// <param name="Total">Trainings in all.</param>
/// <param name="Current">The training that was done last: the learner's name.</param>
public readonly record struct SplittingProgress(int Finished, int Total, string Current);
