namespace EdgeSplit.Core.Transformers;

/// <summary>What one unit does in one forward pass, split by what a device does at different speeds.</summary>
/// <remarks>
/// Conventions are those of <see cref="TransformerCost"/>. Costs of several units add.
/// Counts are held in doubles and are exact below 2^53.
/// </remarks>
/// <param name="MatrixFlop">Floating-point operations of weight matrices: 2 x inputs x outputs per token.</param>
/// <param name="AttentionFlop">Floating-point operations of queries with keys and of probabilities with values.</param>
/// <param name="ElementwiseFlop">Floating-point operations of softmax, norms, activations, residual and bias adds.</param>
/// <param name="WeightBytes">Weights read, in bytes at the true bits per weight of the format.</param>
/// <param name="ActivationBytes">Activations read and written, in bytes, attention fused.</param>
/// <param name="KeyValueReadBytes">Cached keys and values read, in bytes, each once per pass.</param>
/// <param name="KeyValueWriteBytes">New keys and values written, in bytes.</param>
/// <param name="Operations">Operations (kernel launches) of the unit; each pays a device's fixed overhead.</param>
public readonly record struct UnitCost(
    double MatrixFlop,
    double AttentionFlop,
    double ElementwiseFlop,
    double WeightBytes,
    double ActivationBytes,
    double KeyValueReadBytes,
    double KeyValueWriteBytes,
    int Operations)
{
    /// <summary>Attention scores, one per query head and (query, key) pair: what softmax reads and writes where attention is not fused.</summary>
    public double AttentionScores { get; init; }

    /// <summary>All floating-point operations.</summary>
    public double TotalFlop => MatrixFlop + AttentionFlop + ElementwiseFlop;

    /// <summary>All bytes moved: weights, activations, keys and values.</summary>
    public double TotalBytes => WeightBytes + ActivationBytes + KeyValueReadBytes + KeyValueWriteBytes;

    /// <summary>The cost of both, one after the other.</summary>
    /// <param name="left">One cost.</param>
    /// <param name="right">Another cost.</param>
    public static UnitCost operator +(in UnitCost left, in UnitCost right) => new(
        left.MatrixFlop + right.MatrixFlop,
        left.AttentionFlop + right.AttentionFlop,
        left.ElementwiseFlop + right.ElementwiseFlop,
        left.WeightBytes + right.WeightBytes,
        left.ActivationBytes + right.ActivationBytes,
        left.KeyValueReadBytes + right.KeyValueReadBytes,
        left.KeyValueWriteBytes + right.KeyValueWriteBytes,
        left.Operations + right.Operations)
    { AttentionScores = left.AttentionScores + right.AttentionScores };

    /// <summary>The cost of several equal units, one after the other.</summary>
    /// <param name="cost">One unit's cost.</param>
    /// <param name="count">How many there are, at least 0.</param>
    public static UnitCost operator *(in UnitCost cost, int count) => new(
        cost.MatrixFlop * count,
        cost.AttentionFlop * count,
        cost.ElementwiseFlop * count,
        cost.WeightBytes * count,
        cost.ActivationBytes * count,
        cost.KeyValueReadBytes * count,
        cost.KeyValueWriteBytes * count,
        cost.Operations * count)
    { AttentionScores = cost.AttentionScores * count };

    /// <summary>The cost of several equal units, one after the other.</summary>
    /// <param name="count">How many there are, at least 0.</param>
    public UnitCost Multiply(int count) => this * count;

    /// <summary>The cost of both, one after the other.</summary>
    /// <param name="other">Another cost.</param>
    public UnitCost Add(in UnitCost other) => this + other;
}
