namespace EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

/// <summary>The rules of the paper's environments that can be chosen. Immutable.</summary>
public sealed record SplittingRules
{
    private readonly double inferenceFactor = 10;
    private readonly double loadFactor = 1;
    private readonly int stepLimit = 5;

    /// <summary>Weight of the relative gain in perplexity, at least 0. The paper's code has 10 with the surrogate and 10.5 with measured perplexity.</summary>
    /// <value>The default value is 10.</value>
    public double InferenceFactor { get => inferenceFactor; init => inferenceFactor = Guard.NonNegative(value); }

    /// <summary>Weight of the layers taken off the device, (10 - split) / 10; at least 0.</summary>
    /// <value>The default value is 1.</value>
    public double LoadFactor { get => loadFactor; init => loadFactor = Guard.NonNegative(value); }

    /// <summary>Steps after which an episode is truncated, at least 1. Nothing terminates.</summary>
    /// <value>The default value is 5.</value>
    public int StepLimit { get => stepLimit; init => stepLimit = Guard.AtLeast(value, 1); }

    /// <summary>Whether a move of +3 layers multiplies the noise level by 0.9995, as in the released code, and not by 0.9985, as its other moves suggest (0.0005 a layer).</summary>
    /// <remarks>Published optima and returns of the released environment are those of the released code: set it to compare with them.</remarks>
    /// <value>The default value is false.</value>
    public bool AsReleased { get; init; }
}
