namespace EdgeSplit.Core.Inference;

/// <summary>How the values of a checkpoint's tensor are stored; the three formats that are read.</summary>
public enum TensorType
{
    /// <summary>IEEE 754 single precision, 4 bytes per value.</summary>
    F32,

    /// <summary>IEEE 754 half precision, 2 bytes per value.</summary>
    F16,

    /// <summary>The upper half of a single-precision number (brain floating point), 2 bytes per value.</summary>
    BF16,
}
