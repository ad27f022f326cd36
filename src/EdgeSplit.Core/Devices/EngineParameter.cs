namespace EdgeSplit.Core.Devices;

/// <summary>The parameters of an engine on a kind of processor: what a data sheet does not say. Each is a factor that fits vary by its logarithm.</summary>
public enum EngineParameter
{
    /// <summary>Share of the peak that products with weights of at least 10 bits reach.</summary>
    MatrixEfficiency,

    /// <summary>Share of the peak that products with packed weights reach.</summary>
    PackedMatrixEfficiency,

    /// <summary>Share of the bandwidth that reading weights of at least 10 bits reaches.</summary>
    BandwidthEfficiency,

    /// <summary>Bandwidth of reading packed weights, as a multiple of that.</summary>
    PackedBandwidthFactor,

    /// <summary>Factor on both for stacked memory.</summary>
    StackedMemoryFactor,

    /// <summary>Arithmetic of unpacking a packed weight, FLOP of the 16-bit peak.</summary>
    UnpackFlopPerWeight,

    /// <summary>Memory traffic of unpacking a packed weight ahead of a product, bytes.</summary>
    UnpackBytesPerWeight,

    /// <summary>Share of the bandwidth that reading the KV cache reaches.</summary>
    KeyValueBandwidthEfficiency,

    /// <summary>Share of the 16-bit peak that attention products reach.</summary>
    AttentionEfficiency,

    /// <summary>Memory traffic of an attention score, bytes.</summary>
    ScoreBytes,

    /// <summary>Overhead of an operation, seconds.</summary>
    OverheadSecondsPerOperation,

    /// <summary>Overhead of a pass, seconds.</summary>
    OverheadSecondsPerPass,
}
