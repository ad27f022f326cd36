using System.Text.Json.Nodes;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes a calibration: parameters, residuals, what could not be told and what could not be used.</summary>
internal static class CalibrationOutput
{
    private static readonly Column<ParameterEstimate>[] Parameters =
    [
        new("parameter", "parameter", row => row.Parameter.ToString()),
        new("value", "value", row => row.Value, "0.#####e0"),
        new("standardError", "standard error", row => row.LogPriorSpread > 0 ? row.StandardError : null, "0.##e0"),
        new("default", "usual", row => row.Default, "0.#####e0"),
        new("identified", "told by the rows", row => row.LogPriorSpread > 0 ? row.IsIdentified : null),
    ];

    private static readonly Column<CalibrationResidual>[] Residuals =
    [
        new("location", "row", row => row.Location),
        new("model", "model", row => row.Model),
        new("format", "weights", row => row.Format),
        new("phase", "phase", row => row.Phase.ToString().ToLowerInvariant()),
        new("measuredTokensPerSecond", "measured tok/s", row => row.MeasuredTokensPerSecond, "0.00"),
        new("fittedTokensPerSecond", "fitted tok/s", row => row.FittedTokensPerSecond, "0.00"),
        new("relativeError", null, row => row.RelativeError),
        new("relativeErrorPercent", "error %", row => 100 * row.RelativeError, "+0.0;-0.0;0.0"),
    ];

    private static readonly Column<(string Location, string Reason)>[] Left =
    [
        new("location", "row", row => row.Location),
        new("reason", "left out because", row => row.Reason),
    ];

    internal static void Write(ToolConsole console, ResultFormat format, DeviceCalibration calibration, IReadOnlyList<BenchmarkMatch> matches, IReadOnlyList<SkippedRow> skipped)
    {
        (string, string)[] left = [.. matches.Where(match => match.Sample is null).Select(match => (match.Row.Location, match.Reason ?? "")), .. skipped.Select(row => (row.Location, row.Reason))];
        switch (format)
        {
            case ResultFormat.Json:
                JsonOutput.Write(console.Output, new JsonObject
                {
                    ["name"] = calibration.Name,
                    ["sheet"] = calibration.Sheet.Name,
                    ["engine"] = calibration.Engine.ToString(),
                    ["threads"] = calibration.Threads,
                    ["usualWeights"] = calibration.UsualWeights,
                    ["prefillLogError"] = calibration.PrefillLogError,
                    ["decodeLogError"] = calibration.DecodeLogError,
                    ["parameters"] = JsonOutput.Rows(Parameters, calibration.Estimates),
                    ["residuals"] = JsonOutput.Rows(Residuals, calibration.Residuals),
                    ["leftOut"] = JsonOutput.Rows(Left, left),
                });
                break;
            case ResultFormat.Csv:
                CsvOutput.Write(console.Output, Residuals, calibration.Residuals);
                break;
            default:
                WriteTables(console, calibration, left);
                break;
        }
    }

    private static void WriteTables(ToolConsole console, DeviceCalibration calibration, (string, string)[] left)
    {
        var output = console.Output;
        var threads = calibration.Threads is { } count ? FormattableString.Invariant($" on {count} threads") : "";
        output.WriteLine(FormattableString.Invariant($"{calibration.Name}: {calibration.Sheet.Title} with {calibration.Engine}{threads}, {calibration.Residuals.Count} rows"));
        output.WriteLine();
        TableOutput.Write(console, Parameters, calibration.Estimates);
        output.WriteLine();
        TableOutput.Write(console, Residuals, calibration.Residuals);
        output.WriteLine();
        foreach (var (phase, error) in new[] { (BenchmarkPhase.Prefill, calibration.PrefillLogError), (BenchmarkPhase.Decode, calibration.DecodeLogError) })
        {
            output.WriteLine(calibration.Residuals.Any(row => row.Phase == phase)
                ? FormattableString.Invariant($"{phase.ToString().ToLowerInvariant()}: nine rows in ten like these measure between {Math.Exp(-1.645 * error):0.00} and {Math.Exp(1.645 * error):0.00} of what is predicted")
                : FormattableString.Invariant($"{phase.ToString().ToLowerInvariant()}: no row, so no better than the data sheet: nine in ten measure between {Math.Exp(-1.645 * error):0.00} and {Math.Exp(1.645 * error):0.00} of what is predicted"));
        }

        var open = calibration.NotIdentified.ToArray();
        if (open.Length > 0)
        {
            output.WriteLine("the rows do not tell " + string.Join(", ", open) + ": these stay near what is usual for the engine");
        }

        if (left.Length > 0)
        {
            output.WriteLine();
            TableOutput.Write(console, Left, left);
        }
    }
}
