namespace EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

/// <summary>A state of the paper's environments.</summary>
/// <param name="NoiseLevel">Share of the hidden state's values that the channel erases, in [0, 0.3].</param>
/// <param name="Split">Layers on the device, in [1, 10].</param>
public readonly record struct SplittingState(double NoiseLevel, int Split);
