using System.Text.Json.Nodes;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Matching;
using EdgeSplit.Core.Devices.Operations;
using MathNet.Numerics.Statistics;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes predicted beside measured times of single operations.</summary>
internal static class LayerTimeOutput
{
    private static readonly Column<Group>[] Groups =
    [
        new("device", "device", row => row.Device),
        new("operation", "operation", row => row.Operation),
        new("rows", "rows", row => row.Rows),
        new("medianErrorPercent", "median error %", row => 100 * row.MedianError, "0.0"),
        new("ninetyErrorPercent", "90 % of errors below %", row => 100 * row.NinetyError, "0.0"),
        new("medianRatio", "predicted / measured", row => row.MedianRatio, "0.00"),
    ];

    private static readonly Column<Row>[] Rows =
    [
        new("location", "row", row => row.Measured.Location),
        new("device", "device", row => row.Measured.Device),
        new("model", "model", row => row.Measured.Model),
        new("tensor_parallel", null, row => row.Measured.TensorParallelDegree),
        new("op", "operation", row => row.Measured.Operation),
        new("tokens", "tokens", row => row.Measured.Tokens),
        new("time_us", "measured µs", row => 1e6 * row.Measured.Seconds, "0.0"),
        new("predicted_time_us", "predicted µs", row => row.Seconds is { } seconds ? 1e6 * seconds : null, "0.0"),
        new("relative_error", null, row => row.Seconds is { } seconds ? (seconds / row.Measured.Seconds) - 1 : null),
        new("unmatched_because", null, row => row.Reason),
    ];

    internal static void Write(ToolConsole console, ResultFormat format, LayerTimeFileContent content, int worst)
    {
        Row[] rows = [.. content.Rows.Select(Predict)];
        Row[] known = [.. rows.Where(row => row.Seconds is not null)];
        Group[] groups =
        [
            .. known.GroupBy(_ => ("all", "all")).Concat(known.GroupBy(row => (row.Measured.Device, "all"))).Concat(known.GroupBy(row => (row.Measured.Device, row.Kind.ToString()))).Select(Summarise),
        ];
        switch (format)
        {
            case ResultFormat.Json:
                JsonOutput.Write(console.Output, new JsonObject
                {
                    ["file"] = content.Name,
                    ["rows"] = rows.Length,
                    ["predicted"] = known.Length,
                    ["summary"] = JsonOutput.Rows(Groups, groups),
                    ["predictions"] = JsonOutput.Rows(Rows, rows),
                });
                break;
            case ResultFormat.Csv:
                CsvOutput.Write(console.Output, Rows, rows);
                break;
            default:
                console.Output.WriteLine(FormattableString.Invariant($"{content.Name}: {rows.Length} times of single operations, {known.Length} predicted"));
                console.Output.WriteLine();
                TableOutput.Write(console, Groups, groups);
                console.Output.WriteLine();
                TableOutput.Write(console, Rows, [.. known.OrderByDescending(row => Math.Abs(Math.Log(row.Seconds!.Value / row.Measured.Seconds))).Take(worst)]);
                foreach (var group in rows.Where(row => row.Seconds is null).GroupBy(row => row.Reason))
                {
                    console.Output.WriteLine(FormattableString.Invariant($"not predicted: {group.Count()} rows, {group.Key} ({group.First().Measured.Location})"));
                }

                break;
        }
    }

    private static Row Predict(LayerTimeRow row)
    {
        var device = DeviceMatcher.Match(row.Device, "vLLM");
        return device.Sheet is not { } sheet ? new Row(row, default, null, device.Reason ?? "unknown device")
            : LayerOperation.TryCreate(row, out var operation, out var reason)
                ? new Row(row, operation.Kind, LayerOperationTime.Seconds(sheet, operation, row.Source.Contains("vidur", StringComparison.OrdinalIgnoreCase) ? InferenceEngine.Eager : InferenceEngine.Serving), null)
                : new Row(row, default, null, reason);
    }

    private static Group Summarise(IGrouping<(string Device, string Operation), Row> rows)
    {
        double[] errors = [.. rows.Select(row => Math.Abs((row.Seconds!.Value / row.Measured.Seconds) - 1))];
        return new Group(rows.Key.Device, rows.Key.Operation, errors.Length, errors.Median(), errors.Quantile(0.9), rows.Select(row => row.Seconds!.Value / row.Measured.Seconds).Median());
    }

    private sealed record Row(LayerTimeRow Measured, LayerOperationKind Kind, double? Seconds, string? Reason);

    private sealed record Group(string Device, string Operation, int Rows, double MedianError, double NinetyError, double MedianRatio);
}
