namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>One measured speed as a benchmark file states it, names as written there.</summary>
/// <remarks>Immutable. A value out of its range throws <see cref="ArgumentException"/> with the name of the property.</remarks>
public sealed record BenchmarkRow
{
    /// <summary>Where it stands: <c>line 17</c>, <c>$[3]</c>, with the file's name before it where several files are read.</summary>
    public required string Location { get; init => field = Guard.NotBlank(value, nameof(Location)); }

    /// <summary>The model as written.</summary>
    public required string Model { get; init => field = Guard.NotBlank(value, nameof(Model)); }

    /// <summary>Name of the weights file without its folders, such as <c>Qwen2.5-7B-Instruct-Q4_K_M.gguf</c>, which often says more than <see cref="Model"/>; empty where not stated.</summary>
    public string ModelFile { get; init; } = "";

    /// <summary>The weight format as written: <c>Q4_K_M</c>, <c>Q4_K - Medium</c>, <c>w4a16</c>. Empty where the file names none.</summary>
    public required string Format { get; init; }

    /// <summary>The device as written, named once where several equal ones run together; empty where the file names none.</summary>
    public required string Device { get; init; }

    /// <summary>The engine and backend as written; empty where the file names none.</summary>
    public required string Backend { get; init; }

    /// <summary>What was measured.</summary>
    public required BenchmarkPhase Phase { get; init; }

    /// <summary>Measured speed, tokens per second, positive; of all sequences of a batch together.</summary>
    public required double TokensPerSecond { get; init => field = Guard.Positive(value, nameof(TokensPerSecond)); }

    /// <summary>Standard deviation of the speed over repetitions, tokens per second, at least 0; null where not stated.</summary>
    public double? StandardDeviation { get; init => field = value is { } v ? Guard.NonNegative(v, nameof(StandardDeviation)) : null; }

    /// <summary>New tokens of the prompt in a prefill row, at least 1; null where not stated.</summary>
    public int? PromptTokens { get; init => field = AtLeast(value, 1, nameof(PromptTokens)); }

    /// <summary>Tokens generated in a decode row, at least 1; null where not stated.</summary>
    public int? GeneratedTokens { get; init => field = AtLeast(value, 1, nameof(GeneratedTokens)); }

    /// <summary>Tokens in the cache before the measured ones, at least 0; null where not stated.</summary>
    public int? DepthTokens { get; init => field = AtLeast(value, 0, nameof(DepthTokens)); }

    /// <summary>Length for which the KV cache was compiled, so that every step reads all of it, tokens, at least 1; null for a cache that grows.</summary>
    public int? CompiledContextTokens { get; init => field = AtLeast(value, 1, nameof(CompiledContextTokens)); }

    /// <summary>Sequences that run together, at least 1.</summary>
    public int Batch { get; init => field = Guard.AtLeast(value, 1, nameof(Batch)); } = 1;

    /// <summary>Tokens of a prompt that one forward pass takes at most, at least 1; null for the engine's default.</summary>
    public int? MicroBatchTokens { get; init => field = AtLeast(value, 1, nameof(MicroBatchTokens)); }

    /// <summary>Processor threads, at least 1; null where not stated.</summary>
    public int? Threads { get; init => field = AtLeast(value, 1, nameof(Threads)); }

    /// <summary>Equal devices that share the model, at least 1; 2 where a cluster names no number.</summary>
    public int Devices { get; init => field = Guard.AtLeast(value, 1, nameof(Devices)); } = 1;

    /// <summary>Layers that the engine was told to run on the GPU, at least 0, often more than the model has; null where not stated or all.</summary>
    public int? GpuLayers { get; init => field = AtLeast(value, 0, nameof(GpuLayers)); }

    /// <summary>Whether attention was fused; null where not stated.</summary>
    public bool? FlashAttention { get; init; }

    /// <summary>Format of cached keys as written; null for 16 bits.</summary>
    public string? KeyFormat { get; init; }

    /// <summary>Format of cached values as written; null for 16 bits.</summary>
    public string? ValueFormat { get; init; }

    /// <summary>Bytes of the weights file, positive; null where not stated.</summary>
    public double? WeightBytes { get; init => field = Positive(value, nameof(WeightBytes)); }

    /// <summary>Parameters of the model as the file states them, positive; null where not stated.</summary>
    public double? Parameters { get; init => field = Positive(value, nameof(Parameters)); }

    /// <summary>Measured power, watts, positive; null where not stated.</summary>
    public double? Watts { get; init => field = Positive(value, nameof(Watts)); }

    /// <summary>How the figure was obtained, as written; empty where not stated.</summary>
    public string Confidence { get; init; } = "";

    /// <summary>Notes as written; for llama-bench, the settings that no other property holds, such as <c>n_cpu_moe 20</c>.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Where the figure comes from, as written; <c>llama-bench</c> with its build for that program; empty where not stated.</summary>
    public string Source { get; init; } = "";

    /// <summary>Whether the notes flag the figure as an outlier (<c>OUTLIER</c>).</summary>
    public bool IsOutlier => Notes.Contains("OUTLIER", StringComparison.Ordinal);

    /// <summary>Whether the notes say that the figure mixes the phases (<c>not pure decode</c>, <c>includes prefill</c>).</summary>
    public bool IsMixed =>
        Notes.Contains("not pure", StringComparison.OrdinalIgnoreCase)
        || Notes.Contains("includes prefill", StringComparison.OrdinalIgnoreCase)
        || Notes.Contains("including prefill", StringComparison.OrdinalIgnoreCase);

    private static int? AtLeast(int? value, int min, string name) => value is { } v ? Guard.AtLeast(v, min, name) : null;

    private static double? Positive(double? value, string name) => value is { } v ? Guard.Positive(v, name) : null;
}
