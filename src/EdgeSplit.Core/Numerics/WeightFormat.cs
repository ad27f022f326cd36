namespace EdgeSplit.Core.Numerics;

/// <summary>How the values of a stored matrix lie in memory, little-endian.</summary>
internal enum WeightFormat
{
    /// <summary>IEEE 754 single precision.</summary>
    Single,

    /// <summary>IEEE 754 half precision.</summary>
    Half,

    /// <summary>The upper half of a single: bfloat16.</summary>
    Brain,
}
