using System.Text;
using System.Text.RegularExpressions;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Reads llama-bench's Markdown tables, alone or among the lines of a console.</summary>
internal sealed partial class MarkdownBenchmarkReader(RowCollector<BenchmarkRow> rows)
{
    private readonly ConsoleDevices _console = new();
    private readonly LlamaBenchRecord _record = new();
    private LlamaBenchColumn?[]? _columns;
    private bool _isInterrupted;
    private string _firstModel = "";
    private int _firstUnbuilt = rows.Count;

    internal static void Read(ReadOnlySpan<byte> bytes, RowCollector<BenchmarkRow> rows)
    {
        var reader = new MarkdownBenchmarkReader(rows);
        var lines = new TextLines(bytes, 0, 1);
        while (lines.MoveNext())
        {
            var location = FormattableString.Invariant($"line {lines.Number}");
            if (lines.Line.Length <= BenchmarkBytes.MaxRowBytes)
            {
                reader.ReadLine(Encoding.UTF8.GetString(lines.Line), location);
            }
            else if (lines.Line.TrimStart(" \t>"u8) is [(byte)'|', ..])
            {
                rows.Skip(location, $"a row of more than {BenchmarkBytes.MaxRowBytes} bytes");
            }
        }
    }

    private void ReadLine(string line, string location)
    {
        line = (line.Contains('\e', StringComparison.Ordinal) ? TerminalCode().Replace(line, "") : line).Trim(' ', '\t', '>');
        if (!line.StartsWith('|'))
        {
            if (line.Length > 0)
            {
                _isInterrupted = true;
                Observe(line);
            }

            return;
        }

        var cells = MarkdownTable.Cells(line);
        if (MarkdownTable.Columns(cells) is { } columns)
        {
            _columns = columns;
            _isInterrupted = false;
            _firstModel = "";
            _console.StartTable();
        }
        else if (_columns is null)
        {
            _console.Observe(line);
        }
        else if (!MarkdownTable.IsRule(cells))
        {
            ReadRow(cells, line, location);
        }
    }

    private void Observe(string line)
    {
        if (BuildLine().Match(line) is { Success: true } build)
        {
            var source = LlamaBenchRow.Source(build.Groups[1].Value, build.Groups[2].Value);
            rows.ChangeFrom(_firstUnbuilt, row => row with { Source = source });
            _firstUnbuilt = rows.Count;
            _columns = null;
            return;
        }

        _console.Observe(line);
    }

    private void ReadRow(string[] cells, string line, string location)
    {
        if (MarkdownTable.Fit(cells, _columns!.Length) is not { } fitted)
        {
            if (_isInterrupted)
            {
                // A table of another kind stands behind this one.
                _columns = null;
                _console.Observe(line);
                return;
            }

            rows.Skip(location, FormattableString.Invariant($"{cells.Length} cells where the header has {_columns.Length}"));
            return;
        }

        _record.Clear();
        for (var i = 0; i < fitted.Length; i++)
        {
            if (_columns[i] is { } column && fitted[i].Length > 0)
            {
                _record.Set(column, fitted[i]);
            }
        }

        var model = _record[LlamaBenchColumn.ShownModel, LlamaBenchColumn.ModelType] ?? "";
        _firstModel = _firstModel.Length == 0 ? model : _firstModel;
        _console.Fill(_record, nameModel: model == _firstModel);
        if (LlamaBenchRow.From(_record, location, out var reason) is { } row)
        {
            rows.Add(_console.WithFoundDevices(row, _record), location);
        }
        else
        {
            rows.Skip(location, reason);
        }
    }

    [GeneratedRegex(@"\e\[[0-9;?]{0,16}[A-Za-z]", RegexOptions.CultureInvariant)]
    private static partial Regex TerminalCode();

    [GeneratedRegex(@"^build: ([0-9a-z]{4,40}) \((\d{1,9})\)", RegexOptions.CultureInvariant)]
    private static partial Regex BuildLine();
}
