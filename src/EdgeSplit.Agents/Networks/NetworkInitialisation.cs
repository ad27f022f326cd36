namespace EdgeSplit.Agents.Networks;

/// <summary>How the weights of a new <see cref="DenseNetwork"/> are drawn.</summary>
public enum WeightDistribution
{
    /// <summary>Independent normal weights of standard deviation gain/√inputs (He et al., 2015, with gain √2).</summary>
    Normal,

    /// <summary>A random matrix with orthonormal rows or columns, whichever are fewer, times the gain (Saxe et al., 2014).</summary>
    Orthogonal,
}

/// <summary>The random start of a <see cref="DenseNetwork"/>: weights by distribution and gain, biases normal.</summary>
/// <remarks>Immutable, so safe to share between threads. Sources: K. He et al., "Delving deep into rectifiers", ICCV 2015; A. Saxe et al.,
/// "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", ICLR 2014.</remarks>
public sealed record NetworkInitialisation
{
    private readonly double hiddenGain = Math.Sqrt(2);
    private readonly double outputGain = 1;
    private readonly double biasDeviation;

    /// <summary>The distribution of the weights.</summary>
    /// <value>The default value is <see cref="WeightDistribution.Normal"/>.</value>
    public WeightDistribution Weights { get; init; } = WeightDistribution.Normal;

    /// <summary>The gain of the hidden layers, dimensionless, at least 0.</summary>
    /// <value>The default value is √2, which keeps the size of the activations through ReLU layers.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double HiddenGain
    {
        get => hiddenGain;
        init => hiddenGain = Guard.NonNegative(value, nameof(HiddenGain));
    }

    /// <summary>The gain of the output layer, dimensionless, at least 0; policies use 0.01, 0 starts with an output of the bias alone.</summary>
    /// <value>The default value is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double OutputGain
    {
        get => outputGain;
        init => outputGain = Guard.NonNegative(value, nameof(OutputGain));
    }

    /// <summary>The standard deviation of the hidden biases, at least 0; output biases start at 0.</summary>
    /// <value>The default value is 0. Random priors want it positive, so that their bends do not all pass through the origin.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double BiasDeviation
    {
        get => biasDeviation;
        init => biasDeviation = Guard.NonNegative(value, nameof(BiasDeviation));
    }
}
