namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>The measured time of one operation of a model, names as written.</summary>
/// <remarks>Immutable. A value out of its range throws <see cref="ArgumentException"/> with the name of the property.</remarks>
public sealed record LayerTimeRow
{
    /// <summary>Where it stands: <c>line 17</c>.</summary>
    public required string Location { get; init => field = Guard.NotBlank(value, nameof(Location)); }

    /// <summary>The device as written.</summary>
    public required string Device { get; init => field = Guard.NotBlank(value, nameof(Device)); }

    /// <summary>The model as written; empty for a bare matrix product.</summary>
    public required string Model { get; init; }

    /// <summary>Format of weights and activations as written, such as <c>fp16</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Devices that share each layer, at least 1; the time is of one of them. 1 where not stated.</summary>
    public int TensorParallelDegree { get; init => field = Guard.AtLeast(value, 1, nameof(TensorParallelDegree)); } = 1;

    /// <summary>The operation as written, such as <c>mlp_up_proj</c>.</summary>
    public required string Operation { get; init => field = Guard.NotBlank(value, nameof(Operation)); }

    /// <summary>The pass.</summary>
    public required LayerTimePhase Phase { get; init; }

    /// <summary>Tokens that go through, at least 1; null where the operation is stated otherwise.</summary>
    public int? Tokens { get; init => field = AtLeast(value, 1, nameof(Tokens)); }

    /// <summary>New tokens of the prompt, at least 0; null where not stated.</summary>
    public int? PrefillChunkTokens { get; init => field = AtLeast(value, 0, nameof(PrefillChunkTokens)); }

    /// <summary>Tokens in the cache before the prompt, at least 0; null where not stated.</summary>
    public int? PrefillCachedTokens { get; init => field = AtLeast(value, 0, nameof(PrefillCachedTokens)); }

    /// <summary>Sequences that decode, at least 0; null where not stated.</summary>
    public int? DecodeSequences { get; init => field = AtLeast(value, 0, nameof(DecodeSequences)); }

    /// <summary>Tokens in the cache of each sequence that decodes, at least 0; null where not stated.</summary>
    public int? DecodeCachedTokens { get; init => field = AtLeast(value, 0, nameof(DecodeCachedTokens)); }

    /// <summary>Rows of a bare matrix product, M, at least 1; null for other operations.</summary>
    public int? ProductRows { get; init => field = AtLeast(value, 1, nameof(ProductRows)); }

    /// <summary>Inner size of a bare matrix product, K, at least 1; null for other operations.</summary>
    public int? ProductInner { get; init => field = AtLeast(value, 1, nameof(ProductInner)); }

    /// <summary>Columns of a bare matrix product, N, at least 1; null for other operations.</summary>
    public int? ProductColumns { get; init => field = AtLeast(value, 1, nameof(ProductColumns)); }

    /// <summary>Distinct experts that were read, at least 1; null where the layer has none.</summary>
    public int? ActivatedExperts { get; init => field = AtLeast(value, 1, nameof(ActivatedExperts)); }

    /// <summary>Measured time, seconds, positive.</summary>
    public required double Seconds { get; init => field = Guard.Positive(value, nameof(Seconds)); }

    /// <summary>FLOP of the operation as the file counts them, positive; null where not stated.</summary>
    public double? Flop { get; init => field = Positive(value, nameof(Flop)); }

    /// <summary>Bytes of its weights as the file counts them, positive; null where not stated.</summary>
    public double? WeightBytes { get; init => field = Positive(value, nameof(WeightBytes)); }

    /// <summary>Notes as written.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Where the figure comes from, as written; empty where not stated.</summary>
    public string Source { get; init; } = "";

    private static int? AtLeast(int? value, int min, string name) => value is { } v ? Guard.AtLeast(v, min, name) : null;

    private static double? Positive(double? value, string name) => value is { } v ? Guard.Positive(v, name) : null;
}
