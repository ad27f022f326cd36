using System.Globalization;
using EdgeSplit.Core.Quality;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes quality tables: by split for people, one cell a row in CSV, the file itself in JSON.</summary>
internal static class MeasureOutput
{
    private const int MostLetters = 100;
    private const int LettersOfValue = 7;

    private static readonly Column<QualityTableRow>[] Rows =
    [
        new("kind", null, row => row.Kind),
        new("split", null, row => row.Split),
        new("layers", null, row => row.Layers),
        new("erasureProbability", null, row => row.Damage?.ErasureProbability),
        new("pattern", null, row => row.Damage is { ErasureProbability: > 0 } damage ? damage.Pattern.ToString() : null),
        new("recovery", null, row => row.Damage is { ErasureProbability: > 0 } damage ? damage.Recovery.ToString() : null),
        new("packetValues", null, row => row.Damage is { PacketValues: > 0 } damage ? damage.PacketValues : null),
        new("snrDb", null, row => row.Damage?.SnrDb),
        new("bits", null, row => row.Bits ?? row.Damage?.Bits),
        new("scale", null, row => row.Damage is { Bits: not null } damage ? damage.Scale.ToString() : null),
        new("groupSize", null, row => row.GroupSize),
        new("nll", null, row => row.Estimate?.Nll),
        new("nllStandardError", null, row => row.Estimate?.NllStandardError),
        new("perplexity", null, row => row.Estimate is { } estimate ? Math.Exp(estimate.Nll) : null),
        new("nllRise", null, row => row.Estimate?.NllRise),
        new("nllRiseStandardError", null, row => row.Estimate?.NllRiseStandardError),
        new("kl", null, row => row.Estimate?.Kl),
        new("klStandardError", null, row => row.Estimate?.KlStandardError),
        new("top1", null, row => row.Estimate?.Top1),
        new("top1StandardError", null, row => row.Estimate?.Top1StandardError),
        new("attack", null, row => row.Leakage?.Attack),
        new("recoveryRate", null, row => row.Leakage?.RecoveryRate),
        new("lower", null, row => row.Leakage?.Lower),
        new("upper", null, row => row.Leakage?.Upper),
        new("tokens", null, row => row.Leakage?.Tokens),
    ];

    internal static void Write(ToolConsole console, ResultFormat format, QualityTable table)
    {
        switch (format)
        {
            case ResultFormat.Json:
                console.Output.Write(table.ToJson());
                break;
            case ResultFormat.Csv:
                CsvOutput.Write(console.Output, Rows, QualityTableRow.Of(table));
                break;
            default:
                WriteTables(console, table);
                break;
        }
    }

    private static void WriteTables(ToolConsole console, QualityTable table)
    {
        var clean = table.Clean;
        var text = table.Text;
        Line(console, $"{table.Model.Name}: {table.Model.Layers} layers, {table.Model.HiddenSize} values per token, vocabulary {table.Model.Vocabulary}");
        Line(console, $"text: {text.Source}; {text.Windows} windows of {text.ContextTokens} tokens");
        Line(console, $"clean: {clean.Nll:0.0000} nats per token (standard error {clean.NllStandardError:0.0000}), perplexity {Math.Exp(clean.Nll):0.000}");
        var largest = table.Cells.Select(cell => cell.Estimate.NllRiseStandardError).DefaultIfEmpty(0).Max();
        Line(console, $"rises below have standard errors of at most {largest:0.0000} nats per token");
        foreach (var slice in QualitySlice.Of(table).Where(slice => slice.Rows.Count > 0))
        {
            foreach (var points in Narrow(slice))
            {
                Line(console, "");
                Line(console, slice.Title);
                TableOutput.Write(
                    console,
                    [new("split", slice.RowHeader, row => row), .. points.Select((point, index) => new Column<int>("p" + index, point.Header, row => point.Value(row), slice.NumberFormat))],
                    slice.Rows);
            }
        }
    }

    /// <summary>The columns in tables that are no wider than a page.</summary>
    private static IEnumerable<List<QualitySlice.Point>> Narrow(QualitySlice slice)
    {
        const int Frame = 3;
        var first = Frame + 1 + Math.Max(slice.RowHeader.Length, 4);
        var (part, letters) = (new List<QualitySlice.Point>(), first);
        foreach (var point in slice.Points)
        {
            var own = Math.Max(point.Header.Length, LettersOfValue) + Frame;
            if (letters + own > MostLetters && part.Count > 0)
            {
                yield return part;
                (part, letters) = ([], first);
            }

            part.Add(point);
            letters += own;
        }

        yield return part;
    }

    private static void Line(ToolConsole console, FormattableString text) => Line(console, text.ToString(CultureInfo.InvariantCulture));

    private static void Line(ToolConsole console, string text) => console.Output.WriteLine(text);
}
