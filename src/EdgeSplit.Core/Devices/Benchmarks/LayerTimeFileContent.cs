namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>What a file of times per operation holds: at least one row, and what could not be read.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
/// <param name="Name">The file's name as given by the caller.</param>
/// <param name="Rows">The measured times in the order of the file, at least one.</param>
/// <param name="Skipped">The rows left out, each with its reason; empty where all were read.</param>
public sealed record LayerTimeFileContent(string Name, IReadOnlyList<LayerTimeRow> Rows, IReadOnlyList<SkippedRow> Skipped);
