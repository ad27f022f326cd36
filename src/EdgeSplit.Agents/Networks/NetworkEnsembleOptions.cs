namespace EdgeSplit.Agents.Networks;

/// <summary>The shape and the training of a <see cref="NetworkEnsemble"/>.</summary>
/// <remarks>Immutable as long as the lists given to it are not changed, so safe to share between threads. What is per output is a list of
/// one value (for all outputs) or of as many values as outputs.</remarks>
public sealed record NetworkEnsembleOptions
{
    private readonly int memberCount = 5;

    /// <summary>Inputs, hidden widths, outputs of every member and of every prior; at least two values, each at least 1.</summary>
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>The number of members, at least 1.</summary>
    /// <value>The default value is 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MemberCount
    {
        get => memberCount;
        init => memberCount = Guard.AtLeast(value, 1, nameof(MemberCount));
    }

    /// <summary>The factor β of the prior's output, per output, finite, in units of the output; 0 leaves the priors out.</summary>
    /// <value>The default value is 1 for all outputs.</value>
    public IReadOnlyList<double> PriorScales { get; init; } = [1];

    /// <summary>A constant added to every member's output, per output, finite: what is believed before any data, without the disagreement.</summary>
    /// <value>The default value is 0 for all outputs.</value>
    public IReadOnlyList<double> OutputOffsets { get; init; } = [0];

    /// <summary>The training loss, per output.</summary>
    /// <value>The default value is <see cref="SquaredLoss"/> for all outputs.</value>
    public IReadOnlyList<ILoss> Losses { get; init; } = [new SquaredLoss()];

    /// <summary>The settings of every member's optimiser.</summary>
    /// <value>The default value is that of <see cref="AdamOptions"/>.</value>
    public AdamOptions Optimiser { get; init; } = new();

    /// <summary>The random start of the trainable networks.</summary>
    /// <value>The default value is that of <see cref="NetworkInitialisation"/>.</value>
    public NetworkInitialisation Initialisation { get; init; } = new();

    /// <summary>The random draw of the fixed priors.</summary>
    /// <value>The default value has a bias deviation of 0.5, so that the priors bend away from the origin too.</value>
    public NetworkInitialisation PriorInitialisation { get; init; } = new() { BiasDeviation = 0.5 };
}
