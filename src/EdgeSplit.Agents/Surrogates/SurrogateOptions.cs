namespace EdgeSplit.Agents.Surrogates;

/// <summary>Settings of an outcome surrogate. Immutable.</summary>
public sealed record SurrogateOptions
{
    private readonly int members = 5;
    private readonly int hiddenWidth = 64;
    private readonly double priorScale = 0.3;
    private readonly double networkPriorScale = 0.6;
    private readonly double learningRate = 1e-3;
    private readonly int batchSize = 128;
    private readonly int capacity = 4096;

    /// <summary>Members of the ensemble, at least 1.</summary>
    /// <value>The default value is 5.</value>
    public int Members { get => members; init => members = Guard.AtLeast(value, 1); }

    /// <summary>Width of both hidden layers, at least 1.</summary>
    /// <value>The default value is 64.</value>
    public int HiddenWidth { get => hiddenWidth; init => hiddenWidth = Guard.AtLeast(value, 1); }

    /// <summary>Scale of each member's fixed random prior, in the log of the factor: how far the world may lie from the public profile where nothing was tried. At least 0.</summary>
    /// <value>The default value is 0.3.</value>
    public double PriorScale { get => priorScale; init => priorScale = Guard.NonNegative(value); }

    /// <summary>The same for link time, which a wrong link budget moves farther than a wrong data sheet moves compute. At least 0.</summary>
    /// <value>The default value is 0.6.</value>
    public double NetworkPriorScale { get => networkPriorScale; init => networkPriorScale = Guard.NonNegative(value); }

    /// <summary>Step size of Adam, positive.</summary>
    /// <value>The default value is 0.001.</value>
    public double LearningRate { get => learningRate; init => learningRate = Guard.Positive(value); }

    /// <summary>Rows per training step, at least 1.</summary>
    /// <value>The default value is 128.</value>
    public int BatchSize { get => batchSize; init => batchSize = Guard.AtLeast(value, 1); }

    /// <summary>Requests remembered, at least 1.</summary>
    /// <value>The default value is 4096.</value>
    public int Capacity { get => capacity; init => capacity = Guard.AtLeast(value, 1); }
}
