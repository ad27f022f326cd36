namespace EdgeSplit.Agents.ModelBased;

/// <summary>Settings of a <see cref="PlanningAgent"/>. Immutable.</summary>
public sealed record PlanningAgentOptions
{
    private readonly int horizon = 5;
    private readonly double discount = 1;
    private readonly int members = 5;
    private readonly int hiddenWidth = 64;
    private readonly double learningRate = 3e-3;
    private readonly int batchSize = 128;
    private readonly int capacity = 4096;
    private readonly int warmUpSteps = 200;
    private readonly int fitEvery = 500;
    private readonly int fitSteps = 4000;
    private readonly double epsilon = 0.1;

    /// <summary>Steps that are planned, at least 1.</summary>
    /// <value>The default value is 5.</value>
    public int Horizon { get => horizon; init => horizon = Guard.AtLeast(value, 1, nameof(Horizon)); }

    /// <summary>Weight of a reward against one a step earlier, in [0, 1].</summary>
    /// <value>The default value is 1.</value>
    public double Discount { get => discount; init => discount = Guard.InRange(value, 0, 1, nameof(Discount)); }

    /// <summary>Observations that differ by less than this are taken for one and the same state in a plan, one positive number per entry; <see cref="double.PositiveInfinity"/> for an entry
    /// that actions hardly move.</summary>
    /// <value>The default value is empty: a hundredth of each entry's range.</value>
    public IReadOnlyList<double> StateSpacing { get; init; } = [];

    /// <summary>Members of both ensembles, at least 1.</summary>
    /// <value>The default value is 5.</value>
    public int Members { get => members; init => members = Guard.AtLeast(value, 1, nameof(Members)); }

    /// <summary>Width of both hidden layers, at least 1.</summary>
    /// <value>The default value is 64.</value>
    public int HiddenWidth { get => hiddenWidth; init => hiddenWidth = Guard.AtLeast(value, 1, nameof(HiddenWidth)); }

    /// <summary>Step size of Adam at the start of a fit, positive; it falls to a hundredth of it by a cosine.</summary>
    /// <value>The default value is 0.003.</value>
    public double LearningRate { get => learningRate; init => learningRate = Guard.Positive(value, nameof(LearningRate)); }

    /// <summary>Rows per training step, at least 1.</summary>
    /// <value>The default value is 128.</value>
    public int BatchSize { get => batchSize; init => batchSize = Guard.AtLeast(value, 1, nameof(BatchSize)); }

    /// <summary>Transitions remembered, at least 1.</summary>
    /// <value>The default value is 4096.</value>
    public int Capacity { get => capacity; init => capacity = Guard.AtLeast(value, 1, nameof(Capacity)); }

    /// <summary>Steps with actions at random before the first fit, at least 1.</summary>
    /// <value>The default value is 200.</value>
    public int WarmUpSteps { get => warmUpSteps; init => warmUpSteps = Guard.AtLeast(value, 1, nameof(WarmUpSteps)); }

    /// <summary>Steps between two fits, at least 1.</summary>
    /// <value>The default value is 500.</value>
    public int FitEvery { get => fitEvery; init => fitEvery = Guard.AtLeast(value, 1, nameof(FitEvery)); }

    /// <summary>Training steps of a fit, at least 1.</summary>
    /// <value>The default value is 4000.</value>
    public int FitSteps { get => fitSteps; init => fitSteps = Guard.AtLeast(value, 1, nameof(FitSteps)); }

    /// <summary>Probability of an action at random after the first fit, in [0, 1].</summary>
    /// <value>The default value is 0.1.</value>
    public double Epsilon { get => epsilon; init => epsilon = Guard.InRange(value, 0, 1, nameof(Epsilon)); }
}
