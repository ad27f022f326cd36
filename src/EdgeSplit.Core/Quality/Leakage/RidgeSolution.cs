namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>A linear map that a ridge regression found.</summary>
/// <param name="Weights">Shape [dimension, outputs], row-major.</param>
/// <param name="Intercept">Shape [outputs].</param>
/// <param name="Tokens">The token of each output; empty where the outputs are values of an embedding.</param>
internal readonly record struct RidgeSolution(float[] Weights, float[] Intercept, int[] Tokens);
