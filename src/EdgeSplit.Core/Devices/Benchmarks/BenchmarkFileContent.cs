namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>What a benchmark file holds: at least one row, and what could not be read.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
/// <param name="Name">The file's name as given by the caller.</param>
/// <param name="Format">What was recognised, one of <see cref="BenchmarkFile.Formats"/>.</param>
/// <param name="Rows">The measured speeds in the order of the file, at least one.</param>
/// <param name="Skipped">The rows left out, each with its reason; empty where all were read.</param>
public sealed record BenchmarkFileContent(string Name, string Format, IReadOnlyList<BenchmarkRow> Rows, IReadOnlyList<SkippedRow> Skipped);
