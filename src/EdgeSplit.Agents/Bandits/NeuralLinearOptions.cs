using System.Text.Json.Nodes;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Settings of <see cref="NeuralLinear"/>.</summary>
/// <remarks>Immutable. With tens of actions the defaults explore for long: no initial pulls, a larger ridge and a smaller noise prior suit a few thousand requests better. Defaults after the settings published with C. Riquelme, G. Tucker, J. Snoek, "Deep Bayesian bandits showdown", ICLR 2018.</remarks>
public sealed record NeuralLinearOptions
{
    private readonly int hiddenWidth = 50;
    private readonly int trainEvery = 50;
    private readonly int trainingSteps = 100;
    private readonly int batchSize = 64;
    private readonly int capacity = 4000;
    private readonly int initialPulls = 2;
    private readonly double learningRate = 1e-3;
    private readonly double ridge = 0.25;
    private readonly double noisePrior = 6;

    /// <summary>Width of the two hidden layers; the last one's activations are the context. At least 1.</summary>
    /// <value>The default value is 50.</value>
    public int HiddenWidth { get => hiddenWidth; init => hiddenWidth = Guard.AtLeast(value, 1, nameof(HiddenWidth)); }

    /// <summary>Transitions between two trainings of the network, at least 1.</summary>
    /// <value>The default value is 50.</value>
    public int TrainEvery { get => trainEvery; init => trainEvery = Guard.AtLeast(value, 1, nameof(TrainEvery)); }

    /// <summary>Gradient steps of one training, at least 1.</summary>
    /// <value>The default value is 100.</value>
    public int TrainingSteps { get => trainingSteps; init => trainingSteps = Guard.AtLeast(value, 1, nameof(TrainingSteps)); }

    /// <summary>Rows per gradient step, drawn with replacement, at least 1.</summary>
    /// <value>The default value is 64.</value>
    public int BatchSize { get => batchSize; init => batchSize = Guard.AtLeast(value, 1, nameof(BatchSize)); }

    /// <summary>Transitions remembered, the latest; at least 1.</summary>
    /// <value>The default value is 4,000.</value>
    public int Capacity { get => capacity; init => capacity = Guard.AtLeast(value, 1, nameof(Capacity)); }

    /// <summary>Times that each action is taken before anything else, where it is allowed; at least 0.</summary>
    /// <value>The default value is 2.</value>
    public int InitialPulls { get => initialPulls; init => initialPulls = Guard.AtLeast(value, 0, nameof(InitialPulls)); }

    /// <summary>Learning rate of Adam, positive.</summary>
    /// <value>The default value is 0.001.</value>
    public double LearningRate { get => learningRate; init => learningRate = Guard.Positive(value, nameof(LearningRate)); }

    /// <summary>Ridge λ of the regression on the last hidden layer, positive.</summary>
    /// <value>The default value is 0.25.</value>
    public double Ridge { get => ridge; init => ridge = Guard.Positive(value, nameof(Ridge)); }

    /// <summary>Both parameters of the inverse gamma prior of an action's noise variance, above 1: the variance is thought to be near 1 until about twice as many rewards are seen.</summary>
    /// <value>The default value is 6.</value>
    public double NoisePrior { get => noisePrior; init => noisePrior = Guard.InRange(value, 1, double.MaxValue, nameof(NoisePrior)); }

    internal void Describe(JsonObject settings)
    {
        settings["hiddenWidth"] = HiddenWidth;
        settings["trainEvery"] = TrainEvery;
        settings["trainingSteps"] = TrainingSteps;
        settings["batchSize"] = BatchSize;
        settings["capacity"] = Capacity;
        settings["initialPulls"] = InitialPulls;
        settings["learningRate"] = LearningRate;
        settings["ridge"] = Ridge;
        settings["noisePrior"] = NoisePrior;
    }
}
