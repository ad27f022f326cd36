namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>How a <see cref="SplittingExperiment"/> runs. Immutable.</summary>
public sealed record SplittingExperimentOptions
{
    private readonly int seeds = 10;
    private readonly int steps = 240_000;
    private readonly int maximumThreads = Environment.ProcessorCount;

    /// <summary>Seeds 1, 2, ... of every learner, at least 1.</summary>
    /// <value>The default value is 10.</value>
    public int Seeds { get => seeds; init => seeds = Guard.AtLeast(value, 1, nameof(Seeds)); }

    /// <summary>Training steps of a model-free learner on the paper's surrogate, at least 400. On measured perplexity a fortieth of it, as in the paper's code; the planning agent takes at most 2,000.</summary>
    /// <value>The default value is 240,000, as in the paper's code.</value>
    public int Steps { get => steps; init => steps = Guard.AtLeast(value, 400, nameof(Steps)); }

    /// <summary>Threads, at least 1. Results do not depend on it.</summary>
    /// <value>The default value is the number of processors.</value>
    public int MaximumThreads { get => maximumThreads; init => maximumThreads = Guard.AtLeast(value, 1, nameof(MaximumThreads)); }

    /// <summary>Whether learners take the end after five steps as final, with nothing to come, as the paper's released code does; otherwise as a limit on their time, beyond which they bootstrap.</summary>
    /// <value>The default value is false.</value>
    public bool EndsAreFinal { get; init; }

    /// <summary>What is run.</summary>
    /// <value>The default value is everything.</value>
    public SplittingParts Parts { get; init; } = SplittingParts.All;

    /// <summary>Called around every training on the paper's surrogate with the learner's name and the training, which it must run once: to measure how long it takes. Called from several threads.</summary>
    /// <value>The default value is null.</value>
    public Action<string, Action>? Observer { get; init; }
}
