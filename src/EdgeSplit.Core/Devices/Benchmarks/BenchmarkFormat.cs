namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Kinds of benchmark text.</summary>
internal enum BenchmarkFormat
{
    Json,
    LlamaBenchCsv,
    MeasuredCsv,
    Markdown,
    Sql,
}
