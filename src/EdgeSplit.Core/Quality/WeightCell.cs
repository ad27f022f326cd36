namespace EdgeSplit.Core.Quality;

/// <summary>The measured quality of a model whose first layers hold quantised weights.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Layers">Layers 1..this hold quantised weights, 1..L; the others are as in the checkpoint.</param>
/// <param name="Bits">Bits per weight, 1..16, without its scale.</param>
/// <param name="GroupSize">Weights that share one scale, at least 1; 0 where a whole row of a matrix does.</param>
/// <param name="Estimate">What it made of the predictions.</param>
public sealed record WeightCell(int Layers, int Bits, int GroupSize, QualityEstimate Estimate);
