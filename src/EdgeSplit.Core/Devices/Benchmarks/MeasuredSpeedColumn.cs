namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Columns of published speed measurements, the needed ones first.</summary>
internal enum MeasuredSpeedColumn
{
    Model,
    Format,
    Device,
    Backend,
    Phase,
    Speed,
    Source,
    WeightBytes,
    PromptTokens,
    GeneratedTokens,
    Context,
    Batch,
    Power,
    Confidence,
    Notes,
}
