using EdgeSplit.Agents.Learning;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>The settings of <see cref="PpoAgent"/>. The defaults are those of Stable-Baselines3.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record PpoOptions : ActorCriticOptions
{
    private readonly int batchSize = 64;
    private readonly int epochs = 10;
    private readonly Schedule clipRange = 0.2;
    private readonly double? valueClipRange;
    private readonly double? targetDivergence;
    private readonly double epsilon = 1e-5;

    /// <summary>Creates the default settings.</summary>
    public PpoOptions()
        : base(stepsPerLane: 2048, learningRate: 3e-4, traceDecay: 0.95)
    {
    }

    /// <summary>Transitions of a minibatch, at least 1. The last of an epoch is smaller where the transitions do not divide.</summary>
    /// <value>The default value is 64.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get => batchSize;
        init => batchSize = Guard.AtLeast(value, 1, nameof(BatchSize));
    }

    /// <summary>How often an update goes through its transitions, at least 1.</summary>
    /// <value>The default value is 10.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Epochs
    {
        get => epochs;
        init => epochs = Guard.AtLeast(value, 1, nameof(Epochs));
    }

    /// <summary>How far the ratio of new to old probability counts, as a distance from 1, at the number of transitions learned from when an update starts.</summary>
    /// <value>The default value is 0.2, constant.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Schedule ClipRange
    {
        get => clipRange;
        init => clipRange = value ?? throw new ArgumentNullException(nameof(ClipRange));
    }

    /// <summary>How far a value may move in an update before its loss stops falling, in units of the return, positive; null for no limit.</summary>
    /// <value>The default value is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive and finite.</exception>
    public double? ValueClipRange
    {
        get => valueClipRange;
        init => valueClipRange = value is { } range ? Guard.Positive(range, nameof(ValueClipRange)) : null;
    }

    /// <summary>The divergence from the old policy, in nats, positive; an update stops before the step at which 1.5 times this is exceeded. Null for no limit.</summary>
    /// <value>The default value is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive and finite.</exception>
    public double? TargetDivergence
    {
        get => targetDivergence;
        init => targetDivergence = value is { } target ? Guard.Positive(target, nameof(TargetDivergence)) : null;
    }

    /// <summary>The constant ε of Adam, positive.</summary>
    /// <value>The default value is 10⁻⁵.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive and finite.</exception>
    public double Epsilon
    {
        get => epsilon;
        init => epsilon = Guard.Positive(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override bool StandardiseAdvantages { get; init; } = true;
}
