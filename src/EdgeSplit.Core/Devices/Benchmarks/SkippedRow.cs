namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>A row of a benchmark file that gives no measured speed, with the reason.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Location">Where it stands: <c>line 17</c>, <c>$[3]</c>.</param>
/// <param name="Reason">Why it was left out, a phrase without a full stop.</param>
public sealed record SkippedRow(string Location, string Reason);
