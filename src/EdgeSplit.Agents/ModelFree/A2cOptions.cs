namespace EdgeSplit.Agents.ModelFree;

/// <summary>The settings of <see cref="A2cAgent"/>. The defaults are those of Stable-Baselines3.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record A2cOptions : ActorCriticOptions
{
    private readonly double squareDecay = 0.99;
    private readonly double epsilon = 1e-5;

    /// <summary>Creates the default settings.</summary>
    public A2cOptions()
        : base(stepsPerLane: 5, learningRate: 7e-4, traceDecay: 1)
    {
    }

    /// <summary>The decay α of RMSprop's running mean of squared gradients, in [0, 0.999999].</summary>
    /// <value>The default value is 0.99.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or out of range.</exception>
    public double SquareDecay
    {
        get => squareDecay;
        init => squareDecay = Guard.InRange(value, 0, 0.999999, nameof(SquareDecay));
    }

    /// <summary>The constant ε of RMSprop, outside of the square root, positive.</summary>
    /// <value>The default value is 10⁻⁵.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive and finite.</exception>
    public double Epsilon
    {
        get => epsilon;
        init => epsilon = Guard.Positive(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override bool StandardiseAdvantages { get; init; }
}
