using EdgeSplit.Core.Devices.Sheets;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>One device of the catalogue with one engine: its data sheet, what the engine reaches on it, and how sure that is.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed record DeviceEntry
{
    /// <summary>Name of a source: the peak rate of matrix products.</summary>
    public const string PeakRate = "peak rate";

    /// <summary>Name of a source: the nominal memory bandwidth.</summary>
    public const string NominalBandwidth = "nominal bandwidth";

    /// <summary>Name of a source: memory and its usable share.</summary>
    public const string Memory = "memory";

    /// <summary>Name of a source: idle and busy power.</summary>
    public const string Power = "power";

    /// <summary>Name of a source: what the engine reaches of peak and bandwidth, and its overheads.</summary>
    public const string Reached = "efficiencies and overheads";

    /// <summary>The name by which scenarios call it, lower case with hyphens.</summary>
    public required string Name { get; init => field = Guard.NotBlank(value, nameof(Name)); }

    /// <summary>The data sheet.</summary>
    public required DeviceSheet Sheet { get; init; }

    /// <summary>The engine.</summary>
    public required InferenceEngine Engine { get; init; }

    /// <summary>What the engine reaches: fitted to measured speeds of the device, or usual for its kind.</summary>
    public required EngineParameters Parameters { get; init; }

    /// <summary>The weight format that its speeds were measured in or that is usual on it.</summary>
    public required NumberFormat UsualWeights { get; init; }

    /// <summary>Number of measured rows of this device and engine behind the parameters; 0 where there are none.</summary>
    public int Rows { get; init; }

    /// <summary>Standard deviation of ln(predicted / measured prefill speed) to expect.</summary>
    public required double PrefillLogError { get; init => field = Guard.NonNegative(value, nameof(PrefillLogError)); }

    /// <summary>Standard deviation of ln(predicted / measured decode speed) to expect.</summary>
    public required double DecodeLogError { get; init => field = Guard.NonNegative(value, nameof(DecodeLogError)); }

    /// <summary>The source of each figure.</summary>
    public required IReadOnlyList<ParameterSource> Sources { get; init => field = value?.Count > 0 ? value : throw new ArgumentException("Must name at least one source.", nameof(Sources)); }

    /// <summary>The device in full, with its engine.</summary>
    public string Title => $"{Sheet.Title} ({EngineText(Engine)})";

    /// <summary>The kind of hardware.</summary>
    public DeviceKind Kind => Sheet.Kind;

    /// <summary>The processor model.</summary>
    public RooflineProfile Profile => DataSheetProfile.Create(Sheet, EngineDefaults.Find(Sheet.Processor, Engine), Parameters, name: Name);

    /// <summary>The source of one figure.</summary>
    /// <param name="parameter">Its name, one of the constants of this type.</param>
    /// <exception cref="UnknownNameException">There is no such source; the error names the nearest.</exception>
    public ParameterSource SourceOf(string parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Sources.FirstOrDefault(source => source.Parameter == parameter)
            ?? throw new UnknownNameException("parameter", parameter, Sources.Select(source => source.Parameter));
    }

    private static string EngineText(InferenceEngine engine) => engine switch
    {
        InferenceEngine.LlamaCpp => "llama.cpp",
        InferenceEngine.LlamaCppVulkan => "llama.cpp, Vulkan",
        InferenceEngine.Early => "engine of 2023",
        InferenceEngine.Serving => "serving engine",
        InferenceEngine.Compiled => "compiled 4-bit kernels",
        InferenceEngine.Eager => "eager framework",
        InferenceEngine.VendorRuntime => "vendor's runtime",
        InferenceEngine.MobileRuntime => "mobile runtime",
        InferenceEngine.LookupTable => "table look-up",
        _ => engine.ToString(),
    };
}
