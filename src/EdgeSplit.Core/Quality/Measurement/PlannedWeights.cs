namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Quantised weights to measure: the first layers in a format of few bits.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Layers">Layers 1..this are quantised, 1..L.</param>
/// <param name="Bits">Bits per weight, 2..8, without the scales.</param>
/// <param name="GroupSize">Weights of a row that share a scale, at least 1; 0 for whole rows.</param>
public readonly record struct PlannedWeights(int Layers, int Bits, int GroupSize);
