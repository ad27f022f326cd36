namespace EdgeSplit.Core.Devices;

/// <summary>What an engine reaches on a kind of processor, before anything is known of the very device but its data sheet.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed record EngineModel
{
    /// <summary>The kind of processor.</summary>
    public required ProcessorClass Processor { get; init; }

    /// <summary>The engine.</summary>
    public required InferenceEngine Engine { get; init; }

    /// <summary>The parameters.</summary>
    public required EngineParameters Parameters { get; init; }

    /// <summary>How far one device of the kind usually lies from them: standard deviations of the logarithms, in the order of <see cref="EngineParameter"/>; 0 holds a parameter fixed.</summary>
    public required IReadOnlyList<double> Spread { get; init; }

    /// <summary>Tokens of a prompt that one pass takes.</summary>
    public int MicroBatchTokens { get; init => field = Guard.AtLeast(value, 1, nameof(MicroBatchTokens)); } = int.MaxValue;

    /// <summary>How far computing and reading overlap in a product.</summary>
    public double OverlapExponent { get; init; } = 2;

    /// <summary>Whether 16-bit products accumulate in 16 bits, so that GeForce cards run at their full rate: half the 8-bit rate of the data sheet.</summary>
    public bool HalfPrecisionAccumulation { get; init; }

    /// <summary>Standard deviation of ln(predicted / measured prefill speed) for a device known by its data sheet only.</summary>
    public double PrefillLogError { get; init => field = Guard.NonNegative(value, nameof(PrefillLogError)); }

    /// <summary>Standard deviation of ln(predicted / measured decode speed) for a device known by its data sheet only.</summary>
    public double DecodeLogError { get; init => field = Guard.NonNegative(value, nameof(DecodeLogError)); }

    /// <summary>What the parameters rest on: <c>12 devices, 185 rows</c>, or an assumption.</summary>
    public required string Basis { get; init => field = Guard.NotBlank(value, nameof(Basis)); }
}
