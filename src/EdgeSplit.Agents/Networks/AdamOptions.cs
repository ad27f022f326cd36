namespace EdgeSplit.Agents.Networks;

/// <summary>The settings of <see cref="Adam"/>.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record AdamOptions
{
    private readonly double learningRate = 1e-3;
    private readonly double firstDecay = 0.9;
    private readonly double secondDecay = 0.999;
    private readonly double epsilon = 1e-8;
    private readonly double weightDecay;
    private readonly double maximumGradientNorm = double.PositiveInfinity;

    /// <summary>The step size α, dimensionless, at least 0.</summary>
    /// <value>The default value is 0.001.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => learningRate;
        init => learningRate = Guard.NonNegative(value, nameof(LearningRate));
    }

    /// <summary>The decay β₁ of the running mean of gradients, in [0, 0.999999].</summary>
    /// <value>The default value is 0.9.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or out of range.</exception>
    public double FirstDecay
    {
        get => firstDecay;
        init => firstDecay = Guard.InRange(value, 0, 0.999999, nameof(FirstDecay));
    }

    /// <summary>The decay β₂ of the running mean of squared gradients, in [0, 0.999999].</summary>
    /// <value>The default value is 0.999.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or out of range.</exception>
    public double SecondDecay
    {
        get => secondDecay;
        init => secondDecay = Guard.InRange(value, 0, 0.999999, nameof(SecondDecay));
    }

    /// <summary>The constant ε outside the square root, positive.</summary>
    /// <value>The default value is 10⁻⁸; PPO uses 10⁻⁵.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive and finite.</exception>
    public double Epsilon
    {
        get => epsilon;
        init => epsilon = Guard.Positive(value, nameof(Epsilon));
    }

    /// <summary>The decoupled weight decay λ, at least 0: parameters first shrink by the factor 1 - α·λ (AdamW).</summary>
    /// <value>The default value is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double WeightDecay
    {
        get => weightDecay;
        init => weightDecay = Guard.NonNegative(value, nameof(WeightDecay));
    }

    /// <summary>The largest Euclidean norm of the whole gradient, positive; a larger gradient is multiplied by norm limit/(norm + 10⁻⁶).</summary>
    /// <value>The default value is infinity: no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or not positive.</exception>
    public double MaximumGradientNorm
    {
        get => maximumGradientNorm;
        init => maximumGradientNorm = Guard.InRange(value, double.Epsilon, double.PositiveInfinity, nameof(MaximumGradientNorm));
    }
}
