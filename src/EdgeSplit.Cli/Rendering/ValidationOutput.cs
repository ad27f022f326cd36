using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes predicted beside measured speeds.</summary>
internal static class ValidationOutput
{
    private static readonly string[] Delimiters = [",", ";", "\t"];

    private static readonly Column<Row>[] Added =
    [
        new("predicted_tokens_per_s", "predicted", row => row.Prediction?.PredictedTokensPerSecond, "0.00"),
        new("predicted_low_tokens_per_s", "low", row => row.Prediction?.LowTokensPerSecond, "0.00"),
        new("predicted_high_tokens_per_s", "high", row => row.Prediction?.HighTokensPerSecond, "0.00"),
        new("relative_error", null, row => row.Prediction is { } found ? (found.PredictedTokensPerSecond / found.Sample.Row.TokensPerSecond) - 1 : null),
        new("matched_device", null, row => row.Match.Sample?.Sheet.Name),
        new("matched_processor", null, row => row.Match.Sample?.Sheet.Processor.ToString()),
        new("matched_engine", null, row => row.Match.Sample?.Engine.ToString()),
        new("matched_model", null, row => row.Match.Sample?.Model),
        new("matched_format", null, row => row.Match.Sample?.Format),
        new("unmatched_because", null, row => row.Prediction is null ? row.Match.Reason ?? "fewer than 8 rows of the device" : null),
    ];

    // For files that are no tables of this kind: the row as it was understood, in the columns of a table of measured speeds.
    private static readonly Column<Row>[] Understood =
    [
        new("location", null, row => row.Match.Row.Location),
        new("model", null, row => row.Match.Row.Model),
        new("quant", null, row => row.Match.Row.Format),
        new("device", null, row => row.Match.Row.Device),
        new("backend", null, row => row.Match.Row.Backend),
        new("phase", null, row => row.Match.Row.Phase.ToString().ToLowerInvariant()),
        new("prompt_tokens", null, row => row.Match.Row.PromptTokens),
        new("gen_tokens", null, row => row.Match.Row.GeneratedTokens),
        new("depth_tokens", null, row => row.Match.Row.DepthTokens),
        new("batch", null, row => row.Match.Row.Batch),
        new("tokens_per_s", null, row => row.Match.Row.TokensPerSecond),
    ];

    private static readonly Column<(SpeedSummary Own, SpeedSummary Plain)>[] Summary =
    [
        new("group", "group", row => row.Own.Group),
        new("phase", "phase", row => row.Own.Phase.ToString().ToLowerInvariant()),
        new("devices", "devices", row => row.Own.Devices),
        new("rows", "rows", row => row.Own.Rows),
        new("macroMedianErrorPercent", "median error %, mean over devices", row => 100 * row.Own.MacroMedianError, "0.0"),
        new("medianErrorPercent", "median error %", row => 100 * row.Own.MedianError, "0.0"),
        new("meanErrorPercent", "mean error %", row => 100 * row.Own.MeanError, "0.0"),
        new("medianRatio", "predicted / measured", row => row.Own.MedianRatio, "0.00"),
        new("coveragePercent", "in 90 % band, %", row => 100 * row.Own.Coverage, "0"),
        new("rooflineMacroMedianErrorPercent", "plain roofline: median error %, mean over devices", row => 100 * row.Plain.MacroMedianError, "0.0"),
    ];

    private static readonly Column<PredictedSpeed>[] Worst =
    [
        new("location", "row", row => row.Sample.Row.Location),
        new("device", "device", row => row.Sample.Row.Device),
        new("backend", "backend", row => row.Sample.Row.Backend),
        new("model", "model", row => row.Sample.Row.Model),
        new("format", "weights", row => row.Sample.Row.Format),
        new("phase", "phase", row => row.Sample.Row.Phase.ToString().ToLowerInvariant()),
        new("measured", "measured tok/s", row => row.Sample.Row.TokensPerSecond, "0.00"),
        new("predicted", "predicted tok/s", row => row.PredictedTokensPerSecond, "0.00"),
        new("relativeErrorPercent", "error %", row => 100 * ((row.PredictedTokensPerSecond / row.Sample.Row.TokensPerSecond) - 1), "+0;-0;0"),
        new("isCovered", "in band", row => row.IsCovered),
    ];

    private static readonly Column<(string Reason, int Count, string Example)>[] Unmatched =
    [
        new("reason", "not predicted because", row => row.Reason),
        new("rows", "rows", row => row.Count),
        new("example", "for example", row => row.Example),
    ];

    internal static void Write(
        ToolConsole console,
        ResultFormat format,
        BenchmarkFileContent content,
        IReadOnlyList<BenchmarkMatch> matches,
        IReadOnlyList<PredictedSpeed> predictions,
        IReadOnlyList<PredictedSpeed> plain,
        int worst)
    {
        var bySample = new Dictionary<SpeedSample, PredictedSpeed>(ReferenceEqualityComparer.Instance);
        foreach (var prediction in predictions)
        {
            bySample.Add(prediction.Sample, prediction);
        }

        Row[] rows = [.. matches.Select(match => new Row(match, match.Sample is { } sample ? bySample.GetValueOrDefault(sample) : null))];
        (SpeedSummary, SpeedSummary)[] summary = [.. SpeedSummary.Of(predictions).Zip(SpeedSummary.Of(plain))];
        PredictedSpeed[] worstRows = [.. predictions.OrderByDescending(row => Math.Abs(row.LogError)).Take(worst)];
        (string, int, string)[] left =
        [
            .. rows.Where(row => row.Prediction is null).GroupBy(row => row.Match.Reason ?? "fewer than 8 rows of the device").OrderByDescending(group => group.Count())
                .Select(group => (group.Key, group.Count(), Example(group.First().Match.Row))),
            .. content.Skipped.GroupBy(row => row.Reason).Select(group => (group.Key, group.Count(), group.First().Location)),
        ];
        switch (format)
        {
            case ResultFormat.Json:
                JsonOutput.Write(console.Output, new JsonObject
                {
                    ["file"] = content.Name,
                    ["rows"] = rows.Length,
                    ["predicted"] = predictions.Count,
                    ["summary"] = JsonOutput.Rows(Summary, summary),
                    ["worst"] = JsonOutput.Rows(Worst, worstRows),
                    ["notPredicted"] = JsonOutput.Rows(Unmatched, left),
                    ["predictions"] = JsonOutput.Rows([.. Understood, .. Added], rows),
                });
                break;
            case ResultFormat.Csv:
                WriteCsv(console.Output, content, rows);
                break;
            default:
                console.Output.WriteLine(FormattableString.Invariant($"{content.Name}: {rows.Length} rows, {predictions.Count} predicted"));
                console.Output.WriteLine();
                if (summary.Length > 0)
                {
                    TableOutput.Write(console, Summary, summary);
                    console.Output.WriteLine();
                }

                if (worstRows.Length > 0)
                {
                    TableOutput.Write(console, Worst, worstRows);
                    console.Output.WriteLine();
                }

                if (left.Length > 0)
                {
                    TableOutput.Write(console, Unmatched, left);
                }

                break;
        }
    }

    private static string Example(BenchmarkRow row) => $"{row.Location}: {row.Device}, {row.Backend}, {row.Model} {row.Format}";

    // A CSV file comes back as it was, with the columns added; other formats as they were understood. Rows that could not be read come back too, with the reason.
    private static void WriteCsv(TextWriter output, BenchmarkFileContent content, Row[] rows)
    {
        if (Delimiters.Select(delimiter => Records(content, delimiter)).FirstOrDefault(records => Holds(records, rows)) is not { } found)
        {
            CsvOutput.Write(output, [.. Understood, .. Added], rows);
            return;
        }

        var byLocation = rows.ToDictionary(row => row.Match.Row.Location, StringComparer.Ordinal);
        var skipped = content.Skipped.GroupBy(row => row.Location).ToDictionary(group => group.Key, group => group.First().Reason, StringComparer.Ordinal);
        var header = found[0].Fields;

        // What an earlier run added is replaced.
        var kept = Enumerable.Range(0, header.Length).Where(i => Added.All(column => column.Key != header[i].Trim())).ToArray();
        using var csv = new CsvWriter(output, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        Write(header, Added.Select(column => column.Key));
        foreach (var (location, fields) in found.Skip(1))
        {
            if (byLocation.TryGetValue(location, out var row))
            {
                Write(fields, Added.Select(column => column.Csv(row)));
            }
            else if (skipped.TryGetValue(location, out var reason))
            {
                Write(fields, Added.Select((_, i) => i == Added.Length - 1 ? reason : ""));
            }
        }

        void Write(string[] fields, IEnumerable<string> added)
        {
            foreach (var i in kept)
            {
                csv.WriteField(i < fields.Length ? fields[i] : "");
            }

            foreach (var field in added)
            {
                csv.WriteField(field);
            }

            csv.NextRecord();
        }
    }

    private static bool Holds(List<(string Location, string[] Fields)> records, Row[] rows)
    {
        var locations = records.Skip(1).Select(record => record.Location).ToHashSet(StringComparer.Ordinal);
        return records.Count > 0 && records[0].Fields.Length > 1 && rows.All(row => locations.Contains(row.Match.Row.Location));
    }

    private static List<(string Location, string[] Fields)> Records(BenchmarkFileContent content, string delimiter)
    {
        var records = new List<(string Location, string[] Fields)>();
        if (!content.Format.EndsWith("csv", StringComparison.Ordinal))
        {
            return records;
        }

        using var reader = new StreamReader(content.Name);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, Delimiter = delimiter });
        while (parser.Read())
        {
            records.Add((FormattableString.Invariant($"line {parser.RawRow}"), parser.Record ?? []));
        }

        return records;
    }

    private sealed record Row(BenchmarkMatch Match, PredictedSpeed? Prediction);
}
