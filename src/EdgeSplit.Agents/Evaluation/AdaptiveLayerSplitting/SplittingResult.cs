namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>What came of a <see cref="SplittingExperiment"/>; parts that were not run are null. Immutable.</summary>
/// <param name="Options">How it was run.</param>
/// <param name="Returns">Returns on the paper's surrogate.</param>
/// <param name="ChosenSplits">Chosen splits on the paper's surrogate.</param>
/// <param name="Measured">Returns on measured perplexity.</param>
/// <param name="Quality">A learned curve of quality against interpolation.</param>
public sealed record SplittingResult(
    SplittingExperimentOptions Options, SplittingReturns? Returns, ChosenSplits? ChosenSplits, MeasuredReturns? Measured, IReadOnlyList<QualityHoldOut>? Quality);
