using System.Text.Json.Nodes;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Devices.Memory;
using EdgeSplit.Core.Devices.Thermal;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes devices side by side for one model.</summary>
internal static class DevicesOutput
{
    private const double NinetyPercent = 1.6448536269514722;

    private static readonly Column<Row>[] Columns =
    [
        new("name", "name", row => row.Device.Name),
        new("title", null, row => row.Device.Title),
        new("kind", "kind", row => row.Device.Kind),
        new("weights", "weights", row => row.Weights.Name),
        new("fits", "fits", row => row.NeededBytes <= row.Profile.UsableMemoryBytes),
        new("neededBytes", null, row => row.NeededBytes),
        new("neededGigabytes", "needs GB", row => row.NeededBytes / 1e9, "0.0"),
        new("usableGigabytes", "usable GB", row => row.Profile.UsableMemoryBytes / 1e9, "0.0"),
        new("largestContext", "longest context", row => row.LargestContext < 0 ? null : row.LargestContext),
        new("prefillTokensPerSecond", "prefill tok/s", row => row.Prefill, "0"),
        new("prefillLowTokensPerSecond", null, row => row.Prefill * Math.Exp(-NinetyPercent * row.Device.PrefillLogError)),
        new("prefillHighTokensPerSecond", null, row => row.Prefill * Math.Exp(NinetyPercent * row.Device.PrefillLogError)),
        new("prefillBand", "90 % band", row => Band(row.Prefill, row.Device.PrefillLogError, "0")),
        new("decodeTokensPerSecond", "decode tok/s", row => row.Decode, "0.0"),
        new("decodeLowTokensPerSecond", null, row => row.Decode * Math.Exp(-NinetyPercent * row.Device.DecodeLogError)),
        new("decodeHighTokensPerSecond", null, row => row.Decode * Math.Exp(NinetyPercent * row.Device.DecodeLogError)),
        new("decodeBand", "90 % band ", row => Band(row.Decode, row.Device.DecodeLogError, "0.0")),
        new("prefillJoulesPerToken", "prefill J/tok", row => row.Profile.BusyWatts / row.Prefill, "0.000"),
        new("decodeJoulesPerToken", "decode J/tok", row => row.Profile.BusyWatts / row.Decode, "0.00"),
        new("measuredRows", "rows", row => row.Device.Rows),
    ];

    // Only where a case was chosen.
    private static readonly Column<Row>[] Warm =
    [
        new("sustainedSpeed", "speed kept", row => row.SustainedSpeed, "0.00"),
        new("sustainedDecodeTokensPerSecond", "decode tok/s then", row => row.Decode * row.SustainedSpeed, "0.0"),
    ];

    internal static void Write(ToolConsole console, ResultFormat format, ModelEntry model, NumberFormat? weights, IReadOnlyList<DeviceEntry> devices, int promptTokens, int contextTokens, ThermalEntry? cooling, double seconds)
    {
        Row[] rows = [.. devices.Select(device => Compare(device, model.Shape, weights ?? device.UsualWeights, promptTokens, contextTokens) with { SustainedSpeed = Sustained(device.Profile, cooling, seconds) })];
        Column<Row>[] columns = cooling is null ? Columns : [.. Columns, .. Warm];
        switch (format)
        {
            case ResultFormat.Json:
                JsonOutput.Write(console.Output, new JsonObject
                {
                    ["model"] = model.Name,
                    ["promptTokens"] = promptTokens,
                    ["contextTokens"] = contextTokens,
                    ["devices"] = JsonOutput.Rows(columns, rows),
                });
                break;
            case ResultFormat.Csv:
                CsvOutput.Write(console.Output, columns, rows);
                break;
            default:
                console.Output.WriteLine(FormattableString.Invariant($"{model.Name}: prompt of {promptTokens} tokens, generation at {contextTokens} tokens in the cache"));
                console.Output.WriteLine();
                TableOutput.Write(console, columns, rows);
                console.Output.WriteLine();
                console.Output.WriteLine("90 % band: nine speeds in ten lie within it. rows: measured speeds of the very device behind its parameters; 0 is its data sheet only. J/tok: busy power, which for most cards is the board's limit, an upper bound.");
                if (cooling is not null)
                {
                    console.Output.WriteLine(FormattableString.Invariant($"speed kept: mean over the last fifth of {seconds / 60:0.##} minutes of generating from {cooling.Envelope.Model.AmbientCelsius} degrees. {cooling.Title}: {cooling.Source}."));
                }

                break;
        }
    }

    private static double Sustained(RooflineProfile profile, ThermalEntry? cooling, double seconds) =>
        cooling?.Envelope.Work(cooling.Envelope.Model.Cold, profile.IdleWatts, profile.BusyWatts, seconds).SustainedSpeed ?? 1;

    private static string Band(double speed, double logError, string format)
    {
        var factor = Math.Exp(NinetyPercent * logError);
        return (speed / factor).ToString(format, System.Globalization.CultureInfo.InvariantCulture) + " to " + (speed * factor).ToString(format, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Row Compare(DeviceEntry device, TransformerShape shape, NumberFormat weights, int promptTokens, int contextTokens)
    {
        var profile = device.Profile;
        var memory = new RuntimeMemory { Shape = shape, Weights = weights, MicroBatchTokens = Math.Min(promptTokens, Math.Min(profile.MicroBatchTokens, 2048)) };
        return new Row(
            device,
            profile,
            weights,
            memory.At(contextTokens).TotalBytes,
            memory.LargestContext(profile.UsableMemoryBytes),
            ModelWork.Prefill(shape, weights, promptTokens, 0, profile.MicroBatchTokens).TokensPerSecond(profile),
            ModelWork.Decode(shape, weights, contextTokens, 1).TokensPerSecond(profile));
    }

    private sealed record Row(DeviceEntry Device, RooflineProfile Profile, NumberFormat Weights, double NeededBytes, int LargestContext, double Prefill, double Decode)
    {
        internal double SustainedSpeed { get; init; } = 1;
    }
}
