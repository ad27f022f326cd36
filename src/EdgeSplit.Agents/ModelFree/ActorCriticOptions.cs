using System.Collections.Immutable;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.Networks;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>The settings that <see cref="PpoAgent"/> and <see cref="A2cAgent"/> share.</summary>
/// <remarks>Immutable, so safe to share between threads. Meanings are those of Stable-Baselines3, so that its settings carry over.</remarks>
public abstract record ActorCriticOptions
{
    private readonly ImmutableArray<int> hiddenWidths = [64, 64];
    private readonly Activation activation = Activation.HyperbolicTangent;
    private readonly int stepsPerLane;
    private readonly Schedule learningRate;
    private readonly double discount = 0.99;
    private readonly double traceDecay;
    private readonly double entropyCoefficient;
    private readonly double valueCoefficient = 0.5;
    private readonly double maximumGradientNorm = 0.5;

    private protected ActorCriticOptions(int stepsPerLane, double learningRate, double traceDecay)
    {
        this.stepsPerLane = stepsPerLane;
        this.learningRate = learningRate;
        this.traceDecay = traceDecay;
    }

    /// <summary>Widths of the hidden layers of the policy network and of the value network, each at least 1; none for linear functions.</summary>
    /// <value>The default value is 64, 64.</value>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public ImmutableArray<int> HiddenWidths
    {
        get => hiddenWidths;
        init
        {
            foreach (var width in value)
            {
                Guard.AtLeast(width, 1, nameof(HiddenWidths));
            }

            hiddenWidths = value;
        }
    }

    /// <summary>What follows the sums of the hidden layers.</summary>
    /// <value>The default value is the hyperbolic tangent.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a named one.</exception>
    public Activation Activation
    {
        get => activation;
        init => activation = (Activation)Guard.InRange((int)value, (int)Activation.Rectifier, (int)Activation.HyperbolicTangent, nameof(Activation));
    }

    /// <summary>Transitions of each lane between two updates, at least 1.</summary>
    /// <value>The default value is 2048 for PPO and 5 for A2C.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int StepsPerLane
    {
        get => stepsPerLane;
        init => stepsPerLane = Guard.AtLeast(value, 1, nameof(StepsPerLane));
    }

    /// <summary>The step size of the optimiser, at the number of transitions learned from when an update starts.</summary>
    /// <value>The default value is 0.0003 for PPO and 0.0007 for A2C, constant.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Schedule LearningRate
    {
        get => learningRate;
        init => learningRate = value ?? throw new ArgumentNullException(nameof(LearningRate));
    }

    /// <summary>The discount γ of a reward one step later, in [0, 1].</summary>
    /// <value>The default value is 0.99.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or out of range.</exception>
    public double Discount
    {
        get => discount;
        init => discount = Guard.InRange(value, 0, 1, nameof(Discount));
    }

    /// <summary>The decay λ of the trace of generalised advantage estimation, in [0, 1]: 0 trusts the value network, 1 the rewards.</summary>
    /// <value>The default value is 0.95 for PPO and 1 for A2C.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or out of range.</exception>
    public double TraceDecay
    {
        get => traceDecay;
        init => traceDecay = Guard.InRange(value, 0, 1, nameof(TraceDecay));
    }

    /// <summary>The weight of the policy's entropy, which is maximised, in reward per nat, at least 0.</summary>
    /// <value>The default value is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double EntropyCoefficient
    {
        get => entropyCoefficient;
        init => entropyCoefficient = Guard.NonNegative(value, nameof(EntropyCoefficient));
    }

    /// <summary>The weight of the mean squared error of the values, at least 0.</summary>
    /// <value>The default value is 0.5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double ValueCoefficient
    {
        get => valueCoefficient;
        init => valueCoefficient = Guard.NonNegative(value, nameof(ValueCoefficient));
    }

    /// <summary>The largest Euclidean norm of the gradient of both networks together, positive; a larger one is shortened. Infinity for no limit.</summary>
    /// <value>The default value is 0.5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or not positive.</exception>
    public double MaximumGradientNorm
    {
        get => maximumGradientNorm;
        init => maximumGradientNorm = Guard.InRange(value, double.Epsilon, double.PositiveInfinity, nameof(MaximumGradientNorm));
    }

    /// <summary>Whether advantages are standardised within a minibatch: mean 0, standard deviation 1.</summary>
    /// <value>The default value is true for PPO and false for A2C.</value>
    public abstract bool StandardiseAdvantages { get; init; }
}
