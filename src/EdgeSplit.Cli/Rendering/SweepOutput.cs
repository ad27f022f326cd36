using System.Globalization;
using System.Text.Json.Nodes;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Cli.Rendering;

/// <summary>One cell of a sweep's grid.</summary>
internal sealed record SweepCell(IReadOnlyList<(string Path, string Json)> Settings, SplitSweep Sweep);

/// <summary>Writes sweeps.</summary>
internal static class SweepOutput
{
    private static readonly Column<SweepRow>[] Columns =
    [
        new("splitPoint", "k", row => row.Breakdown.SplitPoint),
        new("costSeconds", "cost s", row => row.Cost, "0.000"),
        new("latencySeconds", "latency s", row => row.Breakdown.Latency.TotalSeconds, "0.000"),
        new("deviceHeadSeconds", "device s", row => row.Breakdown.Latency.DeviceHeadSeconds, "0.000"),
        new("encodeSeconds", "encode s", row => row.Breakdown.Latency.EncodeSeconds, "0.000"),
        new("uplinkWaitSeconds", "up wait s", row => row.Breakdown.Latency.UplinkWaitSeconds, "0.000"),
        new("uplinkSeconds", "up s", row => row.Breakdown.Latency.UplinkSeconds, "0.000"),
        new("serverQueueSeconds", "queue s", row => row.Breakdown.Latency.ServerQueueSeconds, "0.000"),
        new("serverComputeSeconds", "server s", row => row.Breakdown.Latency.ServerComputeSeconds, "0.000"),
        new("downlinkWaitSeconds", "down wait s", row => row.Breakdown.Latency.DownlinkWaitSeconds, "0.000"),
        new("downlinkSeconds", "down s", row => row.Breakdown.Latency.DownlinkSeconds, "0.000"),
        new("decompressSeconds", "decode s", row => row.Breakdown.Latency.DecompressSeconds, "0.000"),
        new("deviceTailSeconds", null, row => row.Breakdown.Latency.DeviceTailSeconds),
        new("keyValueMigrationSeconds", null, row => row.Breakdown.Latency.KeyValueMigrationSeconds),
        new("weightLoadSeconds", null, row => row.Breakdown.Latency.WeightLoadSeconds),
        new("timeToFirstTokenSeconds", "TTFT s", row => row.Breakdown.TimeToFirstTokenSeconds, "0.000"),
        new("timePerOutputTokenSeconds", "TPOT s", row => row.Breakdown.TimePerOutputTokenSeconds, "0.0000"),
        new("deviceJoules", "device J", row => row.Breakdown.Energy.DeviceJoules, "0.0"),
        new("deviceComputeJoules", null, row => row.Breakdown.Energy.DeviceComputeJoules),
        new("radioJoules", null, row => row.Breakdown.Energy.RadioJoules),
        new("deviceIdleJoules", null, row => row.Breakdown.Energy.DeviceIdleJoules),
        new("serverJoules", null, row => row.Breakdown.Energy.ServerJoules),
        new("serverGpuSeconds", null, row => row.Breakdown.Energy.ServerGpuSeconds),
        new("uplinkBits", null, row => row.Breakdown.UplinkBits),
        new("uplinkMegabytes", "up MB", row => row.Breakdown.UplinkBits / 8e6, "0.000"),
        new("downlinkBits", null, row => row.Breakdown.DownlinkBits),
        new("deviceBytes", null, row => row.Breakdown.DeviceBytes),
        new("deviceGigabytes", "device GB", row => row.Breakdown.DeviceBytes / 1e9, "0.00"),
        new("serverBytes", null, row => row.Breakdown.ServerBytes),
        new("serverGigabytes", "server GB", row => row.Breakdown.ServerBytes / 1e9, "0.00"),
        new("negativeLogLikelihoodIncrease", "+nats/token", row => row.Breakdown.NegativeLogLikelihoodIncrease, "0.0000"),
        new("tokenRecoveryRate", "recovery >=", row => row.Breakdown.TokenRecoveryRate, "0.00"),
        new("isFeasible", null, row => row.IsFeasible),
        new("isPareto", "Pareto", row => row.IsPareto),
        new("infeasibility", "masked by", row => InfeasibleRange.Words(row.Infeasibility)),
    ];

    // Two columns of zeros would be two too many.
    private static readonly Column<SweepRow>[] WithoutCodec = [.. Columns.Where(column => column.Key is not ("encodeSeconds" or "decompressSeconds"))];

    private static readonly Column<QualityShift>[] QualityColumns =
    [
        new("bestSplitAtHalfQualityLoss", "half the loss: best k", shift => shift.BestAtHalf),
        new("lossAtHalfQualityLossSeconds", "keeping k loses s", shift => Finite(shift.LossAtHalf), "0.000"),
        new("bestSplitAtTwiceQualityLoss", "twice the loss: best k", shift => shift.BestAtTwice),
        new("lossAtTwiceQualityLossSeconds", "keeping it loses s", shift => Finite(shift.LossAtTwice), "0.000"),
    ];

    private static readonly Column<BeliefShift>[] BandColumns =
    [
        new("what", "if this is wrong", shift => shift.What),
        new("standardDeviation", "by one sd", shift => shift.StandardDeviation),
        new("bestSplitBelow", "better: best k", shift => shift.BestBelow),
        new("lossBelowSeconds", "keeping k loses s", shift => shift.LossBelow, "0.000"),
        new("bestSplitAbove", "worse: best k", shift => shift.BestAbove),
        new("lossAboveSeconds", "keeping it loses s", shift => shift.LossAbove, "0.000"),
    ];

    internal static void Write(ToolConsole console, ResultFormat format, IReadOnlyList<string> paths, IReadOnlyList<SweepCell> cells)
    {
        switch (format)
        {
            case ResultFormat.Json:
                JsonOutput.Write(console.Output, new JsonObject { ["cells"] = new JsonArray([.. cells.Select(Json)]) });
                break;
            case ResultFormat.Csv:
                WriteCsv(console, paths, cells);
                break;
            default:
                foreach (var cell in cells)
                {
                    WriteTable(console, cell);
                }

                break;
        }
    }

    /// <summary>The splits as bars of a plot.</summary>
    internal static IReadOnlyList<SplitPlotBar> Bars(SplitSweep sweep)
    {
        var weight = sweep.Scenario.Objective.LatencyWeight;
        return [.. sweep.Rows.Select(row =>
        {
            var latency = row.Breakdown.Latency;
            return new SplitPlotBar(
                row.Breakdown.SplitPoint,
                weight * latency.DeviceSeconds,
                weight * latency.NetworkSeconds,
                weight * latency.ServerSeconds,
                row.Cost - (weight * latency.TotalSeconds),
                row.IsFeasible,
                row.Breakdown.SplitPoint == sweep.Best);
        })];
    }

    private static void WriteCsv(ToolConsole console, IReadOnlyList<string> paths, IReadOnlyList<SweepCell> cells)
    {
        var columns = new List<Column<(SweepCell Cell, SweepRow Row)>>();
        columns.AddRange(paths.Select((path, i) => new Column<(SweepCell Cell, SweepRow Row)>(path, null, pair => pair.Cell.Settings[i].Json)));
        columns.AddRange(Columns.Select(column => new Column<(SweepCell Cell, SweepRow Row)>(column.Key, null, pair => column.Value(pair.Row))));
        columns.Add(new Column<(SweepCell Cell, SweepRow Row)>("hiddenStateCodec", null, pair => SweepText.Codec(pair.Cell.Sweep.Scenario.System)));
        columns.AddRange(QualityColumns.Select(column => new Column<(SweepCell Cell, SweepRow Row)>(
            column.Key, null, pair => pair.Cell.Sweep.QualityShift is { } shift ? column.Value(shift) : null)));
        columns.Add(new Column<(SweepCell Cell, SweepRow Row)>("isBest", null, pair => pair.Row.Breakdown.SplitPoint == pair.Cell.Sweep.Best));
        CsvOutput.Write(console.Output, columns, cells.SelectMany(cell => cell.Sweep.Rows.Select(row => (cell, row))));
    }

    private static void WriteTable(ToolConsole console, SweepCell cell)
    {
        var sweep = cell.Sweep;
        var system = sweep.Scenario.System;
        if (cell.Settings.Count > 0)
        {
            Line(console, "== " + string.Join(", ", cell.Settings.Select(setting => $"{setting.Path} = {setting.Json}")));
        }

        Line(console, string.Create(CultureInfo.InvariantCulture, $"{sweep.Scenario.Name}: {system.Shape.Name}, {system.Layers} layers; {system.Device.Name} ({system.DeviceWeights}) to {system.Server.Name} ({system.ServerWeights}) over {sweep.Scenario.LinkName}"));
        Line(console, SweepText.Request(sweep));
        foreach (var line in SweepText.HiddenState(system))
        {
            Line(console, line);
        }

        Line(console, "");
        TableOutput.Write(console, system.HasCodecWork ? Columns : WithoutCodec, sweep.Rows);
        Line(console, "");
        foreach (var line in SweepText.Conclusions(sweep))
        {
            Line(console, line);
        }

        if (sweep.Band.Count > 0)
        {
            Line(console, "");
            TableOutput.Write(console, BandColumns, sweep.Band);
        }

        if (sweep.QualityShift is { } shift)
        {
            Line(console, "");
            Line(console, SweepText.Quality(sweep, shift));
        }

        Line(console, "");
        SweepText.WriteSources(console.Output, sweep.Scenario);

        Line(console, "");
    }

    // Where a limit forbids the split that was kept, there is no number.
    private static double? Finite(double loss) => double.IsFinite(loss) ? loss : null;

    private static void Line(ToolConsole console, string text) => console.Output.WriteLine(text);

    private static JsonObject Json(SweepCell cell)
    {
        var sweep = cell.Sweep;
        var settings = new JsonObject();
        foreach (var (path, json) in cell.Settings)
        {
            settings[path] = json;
        }

        return new JsonObject
        {
            ["scenario"] = sweep.Scenario.Name,
            ["set"] = settings,
            ["request"] = new JsonObject
            {
                ["promptTokens"] = sweep.Request.PromptTokens,
                ["contextTokens"] = sweep.Request.ContextTokens,
                ["outputTokens"] = sweep.Request.OutputTokens,
                ["maximumOutputTokens"] = sweep.Request.MaximumOutputTokens,
                ["meanSnrDb"] = sweep.Request.LevelDb,
                ["otherJobs"] = sweep.Request.OtherJobs,
                ["uplinkBitsPerSecond"] = sweep.Point.UplinkBitsPerSecond,
                ["downlinkBitsPerSecond"] = sweep.Point.DownlinkBitsPerSecond,
                ["serverShare"] = sweep.Point.ServerShare,
            },
            ["hiddenStateCodec"] = SweepText.Codec(sweep.Scenario.System),
            ["bestSplit"] = sweep.Best,
            ["reason"] = new JsonObject
            {
                ["isMiddle"] = sweep.Reason.IsMiddle,
                ["without"] = new JsonArray([.. sweep.Reason.Removals.Select(removal => new JsonObject
                {
                    ["what"] = removal.What,
                    ["bestSplit"] = removal.BestWithout,
                    ["isDecisive"] = removal.IsDecisive,
                })]),
            },
            ["splits"] = JsonOutput.Rows(Columns, sweep.Rows),
            ["band"] = JsonOutput.Rows(BandColumns, sweep.Band),
            ["qualityLoss"] = sweep.QualityShift is { } shift ? JsonOutput.Row(QualityColumns, shift) : null,
            ["sources"] = new JsonArray([.. SweepText.Sources(sweep.Scenario).Select(source => new JsonObject
            {
                ["what"] = source.What,
                ["source"] = source.Source,
                ["warning"] = source.Warning,
            })]),
        };
    }
}
