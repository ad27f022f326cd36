using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>A roofline at one weight format: seconds per operation, FLOP and byte.</summary>
/// <param name="SecondsPerOperation">Overhead of one operation, seconds.</param>
/// <param name="SecondsPerMatrixFlop">Time of one FLOP of a matrix product, seconds.</param>
/// <param name="SecondsPerAttentionFlop">Time of one FLOP of attention or of an elementwise operation, seconds.</param>
/// <param name="SecondsPerByte">Time to move one byte of weights or activations, seconds.</param>
/// <param name="SecondsPerKeyValueByte">Time to move one byte of the KV cache, seconds.</param>
public readonly record struct RooflineRates(
    double SecondsPerOperation,
    double SecondsPerMatrixFlop,
    double SecondsPerAttentionFlop,
    double SecondsPerByte,
    double SecondsPerKeyValueByte)
{
    /// <summary>Time of one unit in one forward pass, seconds: overhead, and for matrix products, attention and elementwise work the slower of computing and moving.</summary>
    /// <param name="cost">What the unit computes and moves in the pass.</param>
    public double Seconds(in UnitCost cost) =>
        (cost.Operations * SecondsPerOperation)
        + Math.Max(cost.MatrixFlop * SecondsPerMatrixFlop, cost.WeightBytes * SecondsPerByte)
        + Math.Max(cost.AttentionFlop * SecondsPerAttentionFlop, (cost.KeyValueReadBytes + cost.KeyValueWriteBytes) * SecondsPerKeyValueByte)
        + Math.Max(cost.ElementwiseFlop * SecondsPerAttentionFlop, cost.ActivationBytes * SecondsPerByte);
}
