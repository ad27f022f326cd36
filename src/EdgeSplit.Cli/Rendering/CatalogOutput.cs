using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes the catalogues.</summary>
internal static class CatalogOutput
{
    private const int CodecDimension = 4096; // the payload columns are for hidden states of this size
    private const int CodecTokens = 1024;
    private const int MostWithSources = 30; // a table of more entries does not tell their sources as well

    private static readonly Column<ModelEntry>[] Models =
    [
        new("name", "name", entry => entry.Name),
        new("family", "family", entry => entry.Shape.Family),
        new("parameters", null, entry => entry.Shape.TotalParameters),
        new("parametersBillion", "parameters, 10^9", entry => entry.Shape.TotalParameters / 1e9, "0.000"),
        new("layers", "layers", entry => entry.Shape.Layers),
        new("hiddenSize", "hidden", entry => entry.Shape.HiddenSize),
        new("queryHeads", "heads", entry => entry.Shape.QueryHeads),
        new("keyValueHeads", "KV heads", entry => entry.Shape.KeyValueHeads),
        new("maximumPositions", "positions", entry => entry.Shape.MaximumPositions),
        new("source", "source", entry => entry.Source),
    ];

    private static readonly Column<DeviceEntry>[] Devices =
    [
        new("name", "name", entry => entry.Name),
        new("title", "device and engine", entry => entry.Title),
        new("kind", "kind", entry => entry.Kind),
        new("processor", "processor", entry => entry.Sheet.Processor),
        new("engine", null, entry => entry.Engine),
        new("measuredRows", "rows", entry => entry.Rows),
        new("prefillLogError", "prefill log error", entry => entry.PrefillLogError, "0.00"),
        new("decodeLogError", "decode log error", entry => entry.DecodeLogError, "0.00"),
        new("usualWeights", "usual weights", entry => entry.UsualWeights.Name),
        new("memoryBytes", null, entry => entry.Profile.MemoryBytes),
        new("memoryGigabytes", "memory GB", entry => entry.Profile.MemoryBytes / 1e9, "0.0"),
        new("usableMemoryBytes", null, entry => entry.Profile.UsableMemoryBytes),
        new("peakBytesPerSecond", null, entry => entry.Profile.PeakBytesPerSecond),
        new("peakGigabytesPerSecond", "GB/s", entry => entry.Profile.PeakBytesPerSecond / 1e9, "0"),
        new("matrixFlopPerSecond", null, entry => entry.Profile.MatrixFlopPerSecond(entry.UsualWeights)),
        new("matrixTeraFlopPerSecond", "reached TFLOP/s", entry => entry.Profile.MatrixFlopPerSecond(entry.UsualWeights) / 1e12, "0.00"),
        new("idleWatts", "idle W", entry => entry.Profile.IdleWatts),
        new("busyWatts", "busy W", entry => entry.Profile.BusyWatts),
        new("sources", null, entry => string.Join("; ", entry.Sources.Select(source => $"{source.Parameter} ({source.Origin}): {source.Text}"))),
    ];

    private static readonly Column<ActivationCodecEntry>[] Codecs =
    [
        new("name", "name", entry => entry.Name),
        new("meaning", "what it does", entry => entry.Meaning),
        new("valueBits", "bits per value", entry => entry.ValueBits),
        new("stepBitsPerValue", "in decode", entry => entry.Codec.ExpectedPayloadBits(1, CodecDimension) / CodecDimension),
        new("promptBitsPerValue", "in a prompt", entry => entry.Codec.ExpectedPayloadBits(CodecTokens, CodecDimension) / ((double)CodecTokens * CodecDimension)),
        new("hasFixedRate", "fixed rate", entry => entry.Codec.HasFixedRate),
        new("canBePriced", "in scenarios", entry => CodecDamage.TryFind(entry.Codec) is not null),
    ];

    private static readonly Column<LinkEntry>[] Links =
    [
        new("name", "name", entry => entry.Name),
        new("description", "description", entry => entry.Description),
        new("carrierHz", null, entry => Radio(entry)?.CarrierHz),
        new("carrierGigahertz", "GHz", entry => Radio(entry)?.CarrierHz / 1e9),
        new("uplinkBandwidthHz", null, entry => Radio(entry)?.Uplink.BandwidthHz),
        new("uplinkBandwidthMegahertz", "up MHz", entry => Radio(entry)?.Uplink.BandwidthHz / 1e6),
        new("downlinkBandwidthMegahertz", "down MHz", entry => Radio(entry)?.Downlink.BandwidthHz / 1e6),
        new("medianLevelDb", "median level dB", entry => entry.Link.MedianLevelDb, "0.0"),
        new("nominalUplinkMegabitsPerSecond", "up Mbit/s there", entry => NominalMegabits(entry, LinkDirection.Uplink), "0.0"),
        new("nominalDownlinkMegabitsPerSecond", "down Mbit/s there", entry => NominalMegabits(entry, LinkDirection.Downlink), "0.0"),
        new("uplinkDelaySeconds", "up delay s", entry => entry.Link.UplinkDelay.TotalSeconds, "0.0000"),
        new("downlinkDelaySeconds", "down delay s", entry => entry.Link.DownlinkDelay.TotalSeconds, "0.0000"),
        new("minimumDistanceMetres", "from m", entry => Radio(entry)?.MinimumDistanceMetres),
        new("maximumDistanceMetres", "to m", entry => Radio(entry)?.MaximumDistanceMetres),
        new("sources", null, entry => string.Join("; ", entry.Sources.Select(source => $"{source.Parameter}: {source.Text}"))),
    ];

    private static readonly Column<WorkloadEntry>[] Workloads =
    [
        new("name", "name", entry => entry.Name),
        new("description", "description", entry => entry.Description),
        new("meanPromptTokens", "mean prompt", entry => entry.PromptTokens.Mean, "0"),
        new("meanOutputTokens", "mean output", entry => entry.OutputTokens.Mean, "0"),
        new("source", "source", entry => entry.Source),
    ];

    private static readonly Column<NumberFormat>[] Formats =
    [
        new("name", "name", format => format.Name),
        new("bitsPerValue", "bits per value", format => format.BitsPerValue),
        new("llama7BNatsPerToken", "LLaMA-7B: +nats/token", format => Loss(PublishedFormatLoss.Llama7B, format), "0.0000"),
        new("llama7BSource", "source", format => Loss(PublishedFormatLoss.Llama7B, format) is null ? "no published figure" : PublishedFormatLoss.Llama7B.ProvenanceOf(format).Source),
        new("llama38BNatsPerToken", "Llama-3-8B: +nats/token", format => Loss(PublishedFormatLoss.Llama3With8B, format), "0.0000"),
        new("llama38BSource", "source ", format => Loss(PublishedFormatLoss.Llama3With8B, format) is null ? "no published figure" : PublishedFormatLoss.Llama3With8B.ProvenanceOf(format).Source),
    ];

    private static readonly Column<AgentEntry>[] Agents =
    [
        new("name", "name", entry => entry.Name),
        new("isReference", "reference", entry => entry.IsReference),
        new("learns", "learns", entry => entry.Learns),
        new("usesPrior", "needs the prior", entry => entry.UsesPrior),
        new("description", "what it does", entry => entry.Description),
        new("source", "source", entry => entry.Source),
    ];

    /// <summary>What can be listed.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["models", "devices", "links", "workloads", "formats", "codecs", "agents"];

    /// <summary>Writes one catalogue.</summary>
    /// <param name="console">Receives it.</param>
    /// <param name="format">How.</param>
    /// <param name="what">One of <see cref="Names"/>.</param>
    /// <param name="only">Only entries that contain this text; all where null.</param>
    internal static int Write(ToolConsole console, ResultFormat format, string what, string? only) => what switch
    {
        "models" => Write(console, format, what, only, Models, ModelCatalog.All, entry => [entry.Name, entry.Shape.Family]),
        "devices" => Write(
            console, format, what, only, Devices, DeviceCatalog.All, entry => [entry.Name, entry.Title, entry.Kind.ToString(), entry.Sheet.Processor.ToString()],
            entry => (entry.Name, entry.Sources.Select(source => $"{source.Parameter} ({source.Origin}): {source.Text}"))),
        "links" => Write(
            console, format, what, only, Links, LinkCatalog.All, entry => [entry.Name, entry.Description], entry => (entry.Name, entry.Sources.Select(source => $"{source.Parameter}: {source.Text}"))),
        "workloads" => Write(console, format, what, only, Workloads, WorkloadCatalog.All, entry => [entry.Name, entry.Description]),
        "formats" => Write(console, format, what, only, Formats, NumberFormat.All, entry => [entry.Name]),
        "codecs" => Write(console, format, what, only, Codecs, ActivationCodecs.All, entry => [entry.Name, entry.Meaning]),
        _ => Write(console, format, what, only, Agents, AgentCatalog.All, entry => [entry.Name, entry.Description]),
    };

    private static int Write<T>(
        ToolConsole console,
        ResultFormat format,
        string what,
        string? only,
        IReadOnlyList<Column<T>> columns,
        IReadOnlyList<T> all,
        Func<T, string[]> searched,
        Func<T, (string Name, IEnumerable<string> Sources)>? sources = null)
    {
        IReadOnlyList<T> rows = only is null ? all : [.. all.Where(entry => searched(entry).Any(text => text.Contains(only, StringComparison.OrdinalIgnoreCase)))];
        if (rows.Count == 0)
        {
            throw new BadInputException($"--only: found \"{only}\", which none of the {what} contains; allowed: a part of a name of edgesplit list {what}.");
        }

        switch (format)
        {
            case ResultFormat.Json:
                JsonOutput.Write(console.Output, JsonOutput.Rows(columns, rows));
                break;
            case ResultFormat.Csv:
                CsvOutput.Write(console.Output, columns, rows);
                break;
            default:
                TableOutput.Write(console, columns, rows);
                if (sources is not null && rows.Count > MostWithSources)
                {
                    console.Output.WriteLine();
                    console.Output.WriteLine(FormattableString.Invariant($"{rows.Count} {what}; sources: edgesplit list {what} --only TEXT with a text that at most {MostWithSources} of them contain, or --format csv"));
                    break;
                }

                foreach (var (name, texts) in sources is null ? [] : rows.Select(sources))
                {
                    console.Output.WriteLine();
                    console.Output.WriteLine(name);
                    foreach (var text in texts)
                    {
                        console.Output.WriteLine("  " + text);
                    }
                }

                break;
        }

        return ExitCodes.Done;
    }

    private static LinkParameters? Radio(LinkEntry entry) => entry.Link as LinkParameters;

    private static double NominalMegabits(LinkEntry entry, LinkDirection direction)
    {
        var link = entry.Link;
        return direction == LinkDirection.Uplink
            ? link.UplinkGrantedHz * link.Nominal(direction).At(link.MedianLevelDb) / 1e6
            : link.DownlinkGrantedHz * link.Nominal(direction).At(link.MedianLevelDb + link.DownlinkOffsetDb) / 1e6;
    }

    private static double? Loss(PublishedFormatLoss source, NumberFormat format)
    {
        try
        {
            return source.NegativeLogLikelihoodIncreaseNats(format);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
