namespace EdgeSplit.Agents.Learning;

/// <summary>How long <see cref="Training"/> runs, what it calls, and where it keeps checkpoints.</summary>
/// <remarks>Immutable but for the callbacks, which have states of their own.</remarks>
public sealed record TrainingOptions
{
    private readonly long steps = 100_000;
    private readonly long checkpointEverySteps = 10_000;
    private readonly IReadOnlyList<TrainingCallback> callbacks = [];

    /// <summary>Transitions in all, over all lanes and including those before a checkpoint that is taken up, at least 1. The last batch is done whole.</summary>
    /// <value>The default value is 100,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long Steps
    {
        get => steps;
        init => steps = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Must be at least 1.");
    }

    /// <summary>The seed with which the environments are reset; environment i has this plus i.</summary>
    /// <value>The default value is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>What is called after every batch of transitions, in this order.</summary>
    /// <value>The default value is none.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<TrainingCallback> Callbacks
    {
        get => callbacks;
        init => callbacks = value ?? throw new ArgumentNullException(nameof(Callbacks));
    }

    /// <summary>The file of the checkpoint, written whole or not at all; null for none. Where it exists, the training goes on from it.</summary>
    /// <value>The default value is null.</value>
    public string? CheckpointPath { get; init; }

    /// <summary>Transitions between two checkpoints, at least 1; one more is written at the end.</summary>
    /// <value>The default value is 10,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long CheckpointEverySteps
    {
        get => checkpointEverySteps;
        init => checkpointEverySteps = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(CheckpointEverySteps), value, "Must be at least 1.");
    }

    /// <summary>Receives the progress after every batch in which an episode ended, and at the end; null for no one.</summary>
    /// <value>The default value is null.</value>
    public IProgress<TrainingProgress>? Progress { get; init; }
}
