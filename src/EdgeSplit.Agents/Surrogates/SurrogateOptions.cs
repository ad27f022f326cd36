using EdgeSplit.Agents.Networks;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>Settings of an outcome surrogate. Immutable.</summary>
public sealed record SurrogateOptions
{
    private static readonly int[] DoublingSchedule = [8, 16, 32, 64, 128, 256, 512, 1024];

    private readonly int members = 5;
    private readonly int hiddenWidth = 64;
    private readonly double priorScale = 0.3;
    private readonly double networkPriorScale = 0.6;
    private readonly double learningRate = 1e-3;
    private readonly int batchSize = 128;
    private readonly int capacity = 4096;
    private readonly int stepsPerRequest = 1;
    private readonly int refitEpochs = 40;
    private readonly int refitPatience = 5;
    private readonly int stepsAfterDrift = 400;
    private readonly double driftAllowance = 0.75;
    private readonly IReadOnlyList<int>? refitAt;
    private readonly double driftThreshold = 12;

    /// <summary>Settings for an agent that may not use the public profile: members that differ by a factor of e where nothing was tried.</summary>
    public static SurrogateOptions WithoutPrior { get; } = new() { UsesPrior = false, PriorScale = 1, NetworkPriorScale = 1 };

    /// <summary>Members of the ensemble, at least 1.</summary>
    /// <value>The default value is 5.</value>
    public int Members { get => members; init => members = Guard.AtLeast(value, 1, nameof(Members)); }

    /// <summary>Width of both hidden layers, at least 1.</summary>
    /// <value>The default value is 64.</value>
    public int HiddenWidth { get => hiddenWidth; init => hiddenWidth = Guard.AtLeast(value, 1, nameof(HiddenWidth)); }

    /// <summary>Scale of each member's fixed random prior, in the log of the factor: how far the world may lie from the public profile where nothing was tried. At least 0.</summary>
    /// <value>The default value is 0.3.</value>
    public double PriorScale { get => priorScale; init => priorScale = Guard.NonNegative(value, nameof(PriorScale)); }

    /// <summary>The same for link time, which a wrong link budget moves farther than a wrong data sheet moves compute. At least 0.</summary>
    /// <value>The default value is 0.6.</value>
    public double NetworkPriorScale { get => networkPriorScale; init => networkPriorScale = Guard.NonNegative(value, nameof(NetworkPriorScale)); }

    /// <summary>Step size of Adam, positive.</summary>
    /// <value>The default value is 0.001.</value>
    public double LearningRate { get => learningRate; init => learningRate = Guard.Positive(value, nameof(LearningRate)); }

    /// <summary>Rows per training step, at least 1.</summary>
    /// <value>The default value is 128.</value>
    public int BatchSize { get => batchSize; init => batchSize = Guard.AtLeast(value, 1, nameof(BatchSize)); }

    /// <summary>Requests remembered, at least 1.</summary>
    /// <value>The default value is 4096.</value>
    public int Capacity { get => capacity; init => capacity = Guard.AtLeast(value, 1, nameof(Capacity)); }

    /// <summary>Training steps after each finished request, at least 0.</summary>
    /// <value>The default value is 1.</value>
    public int StepsPerRequest { get => stepsPerRequest; init => stepsPerRequest = Guard.AtLeast(value, 0, nameof(StepsPerRequest)); }

    /// <summary>Numbers of finished requests at which the networks are trained anew until the held-out loss no longer falls, beside refits after a drift; see <see cref="RefitEpochs"/>.</summary>
    /// <value>The default value is empty with the public profile, from which there is not far to go; without it 8, 16, 32 and so on to 1024.</value>
    public IReadOnlyList<int> RefitAt { get => refitAt ?? (UsesPrior ? [] : DoublingSchedule); init => refitAt = value; }

    /// <summary>The most passes over the data of a refit, at least 1.</summary>
    /// <value>The default value is 40.</value>
    public int RefitEpochs { get => refitEpochs; init => refitEpochs = Guard.AtLeast(value, 1, nameof(RefitEpochs)); }

    /// <summary>Passes without an improvement of the held-out loss by a hundredth after which a refit stops, at least 1.</summary>
    /// <value>The default value is 5.</value>
    public int RefitPatience { get => refitPatience; init => refitPatience = Guard.AtLeast(value, 1, nameof(RefitPatience)); }

    /// <summary>Threshold of the <see cref="DriftDetector"/> of each part of the outcome, positive; infinity for none.</summary>
    /// <value>The default value is 12.</value>
    public double DriftThreshold { get => driftThreshold; init => driftThreshold = Guard.InRange(value, double.Epsilon, double.PositiveInfinity, nameof(DriftThreshold)); }

    /// <summary>Whether predictions start from the public profile; if not, the agent knows of it what is feasible, and must learn all else.</summary>
    /// <value>The default value is true.</value>
    public bool UsesPrior { get; init; } = true;

    /// <summary>The shift per request that the <see cref="DriftDetector"/> lets pass, in standard deviations, at least 0.</summary>
    /// <value>The default value is 0.75: members differ from the world by a little for ever.</value>
    public double DriftAllowance { get => driftAllowance; init => driftAllowance = Guard.NonNegative(value, nameof(DriftAllowance)); }

    /// <summary>Whether each outcome is compared with its predicted distribution, so that intervals can be recalibrated; takes as long as learning it.</summary>
    /// <value>The default value is false.</value>
    public bool KeepsCalibration { get; init; }

    /// <summary>Training steps after a drift in whose batches every second row is one since then, at least 0.</summary>
    /// <value>The default value is 400.</value>
    public int StepsAfterDrift { get => stepsAfterDrift; init => stepsAfterDrift = Guard.AtLeast(value, 0, nameof(StepsAfterDrift)); }
}
