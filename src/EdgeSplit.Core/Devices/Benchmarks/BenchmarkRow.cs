namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>One measured speed as a benchmark file states it, names as written there.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BenchmarkRow
{
    /// <summary>Where it stands: <c>line 17</c>, <c>$[3]</c>, with the file's name before it where several files are read.</summary>
    public required string Location { get; init => field = Guard.NotBlank(value, nameof(Location)); }

    /// <summary>The model as written.</summary>
    public required string Model { get; init => field = Guard.NotBlank(value, nameof(Model)); }

    /// <summary>The weight format as written: <c>Q4_K_M</c>, <c>Q4_K - Medium</c>, <c>w4a16</c>. Empty where the file names none.</summary>
    public required string Format { get; init; }

    /// <summary>The device as written; empty where the file names none.</summary>
    public required string Device { get; init; }

    /// <summary>The engine and backend as written; empty where the file names none.</summary>
    public required string Backend { get; init; }

    /// <summary>What was measured.</summary>
    public required BenchmarkPhase Phase { get; init; }

    /// <summary>Measured speed, tokens per second, positive; of all sequences of a batch together.</summary>
    public required double TokensPerSecond { get; init => field = Guard.Positive(value, nameof(TokensPerSecond)); }

    /// <summary>Standard deviation of the speed over repetitions, tokens per second; null where not stated.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>New tokens of the prompt in a prefill row; null where not stated.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens generated in a decode row; null where not stated.</summary>
    public int? GeneratedTokens { get; init; }

    /// <summary>Tokens in the cache before the measured ones; null where not stated.</summary>
    public int? DepthTokens { get; init; }

    /// <summary>Length for which the KV cache was compiled, so that every step reads all of it, tokens; null for a cache that grows.</summary>
    public int? CompiledContextTokens { get; init; }

    /// <summary>Sequences that run together, at least 1.</summary>
    public int Batch { get; init => field = Guard.AtLeast(value, 1, nameof(Batch)); } = 1;

    /// <summary>Tokens of a prompt that one forward pass takes at most; null for the engine's default.</summary>
    public int? MicroBatchTokens { get; init; }

    /// <summary>Processor threads; null where not stated.</summary>
    public int? Threads { get; init; }

    /// <summary>Equal devices that share the model, at least 1.</summary>
    public int Devices { get; init => field = Guard.AtLeast(value, 1, nameof(Devices)); } = 1;

    /// <summary>Layers that ran on the GPU; null where not stated or all.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>Whether attention was fused; null where not stated.</summary>
    public bool? FlashAttention { get; init; }

    /// <summary>Format of cached keys as written; null for 16 bits.</summary>
    public string? KeyFormat { get; init; }

    /// <summary>Format of cached values as written; null for 16 bits.</summary>
    public string? ValueFormat { get; init; }

    /// <summary>Bytes of the weights file; null where not stated.</summary>
    public double? WeightBytes { get; init; }

    /// <summary>Parameters of the model as the file states them; null where not stated.</summary>
    public double? Parameters { get; init; }

    /// <summary>Measured power, watts; null where not stated.</summary>
    public double? Watts { get; init; }

    /// <summary>How the figure was obtained, as written; empty where not stated.</summary>
    public string Confidence { get; init; } = "";

    /// <summary>Notes as written.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Where the figure comes from, as written; empty where not stated.</summary>
    public string Source { get; init; } = "";
}
