namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>The parts of a <see cref="SplittingExperiment"/>.</summary>
[Flags]
public enum SplittingParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Returns of learners and references on the paper's reward surrogate.</summary>
    Returns = 1,

    /// <summary>The splits chosen against the noise level, on the paper's reward surrogate.</summary>
    ChosenSplits = 2,

    /// <summary>Returns and chosen splits on measured perplexity.</summary>
    Measured = 4,

    /// <summary>A learned curve of quality against interpolation.</summary>
    Quality = 8,

    /// <summary>All parts.</summary>
    All = Returns | ChosenSplits | Measured | Quality,
}
