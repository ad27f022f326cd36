namespace EdgeSplit.Core.Transformers;

/// <summary>What a weight matrix is for: the rules of a mixed file go by it.</summary>
internal enum WeightRole
{
    Query,
    Key,
    Value,
    FusedQueryKeyValue,
    LatentProjection,
    AttentionOutput,
    Gate,
    Up,
    Down,
}
