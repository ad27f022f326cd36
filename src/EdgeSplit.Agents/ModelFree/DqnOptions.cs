using System.Collections.Immutable;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.Networks;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>The settings of <see cref="DqnAgent"/>. The defaults are those of Stable-Baselines3, but for the exploration, whose length is stated in steps.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record DqnOptions
{
    private readonly ImmutableArray<int> hiddenWidths = [64, 64];
    private readonly Activation activation = Activation.Rectifier;
    private readonly Schedule learningRate = 1e-4;
    private readonly Schedule explorationRate = Schedule.Linear(1, 0.05, 10_000);
    private readonly double discount = 0.99;
    private readonly int bufferSize = 1_000_000;
    private readonly int learningStarts = 100;
    private readonly int batchSize = 32;
    private readonly int trainEvery = 4;
    private readonly int gradientSteps = 1;
    private readonly int targetUpdateEvery = 10_000;
    private readonly double maximumGradientNorm = 10;
    private readonly double huberThreshold = 1;

    /// <summary>Widths of the hidden layers of the value network, each at least 1; none for a linear function.</summary>
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
    /// <value>The default value is the rectifier.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a named one.</exception>
    public Activation Activation
    {
        get => activation;
        init => activation = (Activation)Guard.InRange((int)value, (int)Activation.Rectifier, (int)Activation.HyperbolicTangent, nameof(Activation));
    }

    /// <summary>The step size of Adam, at the number of transitions learned from.</summary>
    /// <value>The default value is 0.0001, constant.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Schedule LearningRate
    {
        get => learningRate;
        init => learningRate = value ?? throw new ArgumentNullException(nameof(LearningRate));
    }

    /// <summary>The probability ε of a uniform draw from the allowed actions, at the number of transitions learned from; values above 1 count as 1, and it is 1 before
    /// <see cref="LearningStarts"/>.</summary>
    /// <value>The default value is linear from 1 to 0.05 over 10,000 steps.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Schedule ExplorationRate
    {
        get => explorationRate;
        init => explorationRate = value ?? throw new ArgumentNullException(nameof(ExplorationRate));
    }

    /// <summary>The discount γ of a reward one step later, in [0, 1].</summary>
    /// <value>The default value is 0.99.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or out of range.</exception>
    public double Discount
    {
        get => discount;
        init => discount = Guard.InRange(value, 0, 1, nameof(Discount));
    }

    /// <summary>The most transitions kept, at least 1; the oldest make room. Memory grows with the transitions kept.</summary>
    /// <value>The default value is 1,000,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BufferSize
    {
        get => bufferSize;
        init => bufferSize = Guard.AtLeast(value, 1, nameof(BufferSize));
    }

    /// <summary>Transitions before the first gradient step, drawn uniformly; at least 0.</summary>
    /// <value>The default value is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int LearningStarts
    {
        get => learningStarts;
        init => learningStarts = Guard.AtLeast(value, 0, nameof(LearningStarts));
    }

    /// <summary>Transitions of a gradient step, drawn with replacement, at least 1.</summary>
    /// <value>The default value is 32.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get => batchSize;
        init => batchSize = Guard.AtLeast(value, 1, nameof(BatchSize));
    }

    /// <summary>Batches of transitions (one transition per lane) between trainings, at least 1.</summary>
    /// <value>The default value is 4.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int TrainEvery
    {
        get => trainEvery;
        init => trainEvery = Guard.AtLeast(value, 1, nameof(TrainEvery));
    }

    /// <summary>Gradient steps of a training, at least 1.</summary>
    /// <value>The default value is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int GradientSteps
    {
        get => gradientSteps;
        init => gradientSteps = Guard.AtLeast(value, 1, nameof(GradientSteps));
    }

    /// <summary>Transitions between two copies of the network to the target network, at least 1; counted in transitions, not in gradient steps.</summary>
    /// <value>The default value is 10,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int TargetUpdateEvery
    {
        get => targetUpdateEvery;
        init => targetUpdateEvery = Guard.AtLeast(value, 1, nameof(TargetUpdateEvery));
    }

    /// <summary>The largest Euclidean norm of the gradient, positive; a larger one is shortened. Infinity for no limit.</summary>
    /// <value>The default value is 10.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or not positive.</exception>
    public double MaximumGradientNorm
    {
        get => maximumGradientNorm;
        init => maximumGradientNorm = Guard.InRange(value, double.Epsilon, double.PositiveInfinity, nameof(MaximumGradientNorm));
    }

    /// <summary>The error at which the Huber loss turns from a parabola to a line, in units of the return, positive.</summary>
    /// <value>The default value is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive and finite.</exception>
    public double HuberThreshold
    {
        get => huberThreshold;
        init => huberThreshold = Guard.Positive(value, nameof(HuberThreshold));
    }

    /// <summary>Whether the network being trained picks the next action and the target network values it (double Q-learning), rather than the target network doing both.</summary>
    /// <value>The default value is false.</value>
    public bool Double { get; init; }

    /// <summary>Whether the last layer gives a state value and one advantage per action (less their mean), rather than one value per action.</summary>
    /// <value>The default value is false.</value>
    public bool Dueling { get; init; }
}
