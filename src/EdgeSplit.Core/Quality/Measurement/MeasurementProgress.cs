namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>How far a measurement is.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Share">Share of the work that is done, taken up from an earlier run included, in [0, 1].</param>
/// <param name="Current">What is being measured, for a reader.</param>
public readonly record struct MeasurementProgress(double Share, string Current);
