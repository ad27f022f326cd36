namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Columns of times per operation, the needed ones first.</summary>
internal enum LayerTimeColumn
{
    Device,
    Operation,
    Phase,
    Time,
    Model,
    Format,
    TensorParallel,
    Tokens,
    PrefillChunk,
    PrefillCached,
    DecodeSequences,
    DecodeCached,
    ProductRows,
    ProductInner,
    ProductColumns,
    ActivatedExperts,
    Flop,
    WeightBytes,
    Notes,
    Source,
}
