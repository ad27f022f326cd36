using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Sheets;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>Writes and reads calibrated devices as JSON files that scenarios can name.</summary>
/// <remarks>A file holds the data sheet, the fitted parameters with their standard errors, what the rows could not identify, and every row beside its fitted speed, so that it can be read without this
/// library and checked against its rows. It is written beside its place and renamed: an interrupted run leaves no half file.</remarks>
public static class CalibrationFile
{
    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    private const int MostBytes = 64 * 1024 * 1024;

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        MaxDepth = 16,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>The text of a calibrated device.</summary>
    /// <param name="calibration">The device.</param>
    /// <exception cref="ArgumentNullException"><paramref name="calibration"/> is null.</exception>
    public static string ToJson(DeviceCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return JsonSerializer.Serialize(Document.Of(calibration), Written) + "\n";
    }

    /// <summary>Writes a calibrated device.</summary>
    /// <param name="calibration">The device.</param>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(DeviceCalibration calibration, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = ToJson(calibration);
        var part = path + ".part";
        try
        {
            File.WriteAllText(part, text);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Whether a name is that of a calibration file rather than of a catalogue device.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static bool IsFileName(string name) => (name ?? throw new ArgumentNullException(nameof(name))).EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a calibrated device.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="BenchmarkFileException">The file cannot be read or is not a calibrated device; the message names the JSON path, what was found and what is allowed.</exception>
    public static DeviceCalibration Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            var length = new FileInfo(path).Length;
            return length <= MostBytes ? Parse(File.ReadAllText(path), path)
                : throw new BenchmarkFileException(path, "$", FormattableString.Invariant($"{length} bytes"), FormattableString.Invariant($"at most {MostBytes} bytes"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new BenchmarkFileException(path, "$", "a file that cannot be read (" + error.Message.TrimEnd('.') + ")", "a device file written by edgesplit calibrate", error);
        }
    }

    /// <summary>Reads a calibrated device from text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">Name of the file, for errors.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="BenchmarkFileException">The text is not a calibrated device.</exception>
    public static DeviceCalibration Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            var version = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 16, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }) is JsonObject found
                && found.TryGetPropertyValue("edgesplitDevice", out var value) && value is JsonValue number && number.TryGetValue<int>(out var whole) ? whole : 0;
            if (version != Version)
            {
                throw new BenchmarkFileException(name, "$.edgesplitDevice", version == 0 ? "no version" : FormattableString.Invariant($"version {version}"), FormattableString.Invariant($"{Version}: a device file written by edgesplit calibrate"));
            }

            var document = JsonSerializer.Deserialize<Document>(json, Strict) ?? throw new JsonException("null");
            return document.ToCalibration();
        }
        catch (JsonException error)
        {
            throw new BenchmarkFileException(name, error.Path ?? "$", "text that does not fit (" + error.Message.Split(" Path:")[0].Replace("EdgeSplit.Core.Devices.Calibration.CalibrationFile+", "", StringComparison.Ordinal).TrimEnd('.') + ")", "a device file written by edgesplit calibrate", error);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException)
        {
            var field = error is ArgumentException { ParamName: { Length: > 0 } parameter } ? parameter + ": " : "";
            throw new BenchmarkFileException(name, "$", field + error.Message.Split(" (Parameter")[0].TrimEnd('.'), "a device file written by edgesplit calibrate", error);
        }
    }

    private sealed record SheetDocument(
        string Name,
        string Title,
        string Platform,
        DeviceKind Kind,
        ProcessorClass Processor,
        double PeakFlopPerSecond32,
        double PeakFlopPerSecond16,
        double PeakFlopPerSecond8,
        double PeakFlopPerSecondLowBit,
        double PeakBytesPerSecond,
        bool HighBandwidthMemory,
        double MemoryBytes,
        double UsableMemoryShare,
        double IdleWatts,
        double BusyWatts,
        int Cores,
        IReadOnlyList<ParameterSource> Sources)
    {
        internal static SheetDocument Of(DeviceSheet sheet) => new(
            sheet.Name, sheet.Title, sheet.Platform, sheet.Kind, sheet.Processor, sheet.PeakMatrixFlopPerSecond.Bits32, sheet.PeakMatrixFlopPerSecond.Bits16, sheet.PeakMatrixFlopPerSecond.Bits8,
            sheet.PeakMatrixFlopPerSecond.LowBit, sheet.PeakBytesPerSecond, sheet.HighBandwidthMemory, sheet.MemoryBytes, sheet.UsableMemoryShare, sheet.IdleWatts, sheet.BusyWatts, sheet.Cores, sheet.Sources);

        internal DeviceSheet ToSheet() => new()
        {
            Name = Name,
            Title = Title,
            Platform = Platform,
            Kind = Kind,
            Processor = Processor,
            PeakMatrixFlopPerSecond = new PerFormat(PeakFlopPerSecond32, PeakFlopPerSecond16, PeakFlopPerSecond8, PeakFlopPerSecondLowBit),
            PeakBytesPerSecond = PeakBytesPerSecond,
            HighBandwidthMemory = HighBandwidthMemory,
            MemoryBytes = MemoryBytes,
            UsableMemoryShare = UsableMemoryShare,
            IdleWatts = IdleWatts,
            BusyWatts = Guard.InRange(BusyWatts, IdleWatts, double.MaxValue, nameof(BusyWatts)),
            Cores = Cores,
            Sources = Sources,
        };
    }

    private sealed record EstimateDocument(EngineParameter Parameter, double Value, double Default, double LogStandardError, double LogPriorSpread, bool Identified);

    private sealed record Document(
        int EdgesplitDevice,
        string Name,
        InferenceEngine Engine,
        int? Threads,
        string UsualWeights,
        double PrefillLogError,
        double DecodeLogError,
        SheetDocument Sheet,
        IReadOnlyList<EstimateDocument> Parameters,
        IReadOnlyList<CalibrationResidual> Rows)
    {
        internal static Document Of(DeviceCalibration calibration) => new(
            Version,
            calibration.Name,
            calibration.Engine,
            calibration.Threads,
            calibration.UsualWeights,
            calibration.PrefillLogError,
            calibration.DecodeLogError,
            SheetDocument.Of(calibration.Sheet),
            [.. calibration.Estimates.Select(row => new EstimateDocument(row.Parameter, row.Value, row.Default, row.LogStandardError, row.LogPriorSpread, row.IsIdentified))],
            calibration.Residuals);

        internal DeviceCalibration ToCalibration()
        {
            if (Parameters.Count != EngineParameters.Length || Parameters.Where((row, i) => row.Parameter != (EngineParameter)i).Any())
            {
                throw new ArgumentException($"Parameters must hold the {EngineParameters.Length} parameters in their order.");
            }

            _ = new EngineParameters([.. Parameters.Select(row => row.Value)]);
            if (!NumberFormat.TryParse(UsualWeights, out _))
            {
                throw new ArgumentException($"Unknown number format \"{UsualWeights}\".");
            }

            return new DeviceCalibration
            {
                Name = Name,
                Sheet = Sheet.ToSheet(),
                Engine = Engine,
                Threads = Threads is { } count ? Guard.AtLeast(count, 1, nameof(Threads)) : null,
                UsualWeights = UsualWeights,
                PrefillLogError = PrefillLogError,
                DecodeLogError = DecodeLogError,
                Estimates = [.. Parameters.Select(row => new ParameterEstimate(row.Parameter, row.Value, row.Default, row.LogStandardError, row.LogPriorSpread))],
                Residuals = Rows,
            };
        }
    }
}
