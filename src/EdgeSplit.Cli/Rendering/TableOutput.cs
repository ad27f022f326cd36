using Spectre.Console;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Draws tables: framed on a terminal, plain Markdown without colours or line breaks elsewhere.</summary>
internal static class TableOutput
{
    private const int WideEnough = 100_000;

    internal static void Write<T>(ToolConsole console, IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows)
    {
        var table = new Table { Border = console.IsOutputTerminal ? TableBorder.Simple : TableBorder.Markdown };
        var shown = columns.Where(column => column.Header is not null).ToArray();
        foreach (var column in shown)
        {
            var drawn = new TableColumn(new Text(column.Header!)) { NoWrap = !console.IsOutputTerminal };
            if (rows.Any(column.IsNumber))
            {
                drawn.RightAligned();
            }

            table.AddColumn(drawn);
        }

        foreach (var row in rows)
        {
            table.AddRow(shown.Select(column => new Text(column.Text(row))));
        }

        // Drawn aside, so that lines can lose the blanks that pad the last column.
        using var drawing = new StringWriter();
        var settings = new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(drawing),
        };
        var spectre = AnsiConsole.Create(settings);
        spectre.Profile.Width = console.IsOutputTerminal ? Math.Max(40, Console.WindowWidth) : WideEnough;
        spectre.Write(table);
        foreach (var line in drawing.ToString().ReplaceLineEndings("\n").Split('\n'))
        {
            var text = line.Trim();
            if (text.Length > 0)
            {
                console.Output.WriteLine(text);
            }
        }
    }
}
