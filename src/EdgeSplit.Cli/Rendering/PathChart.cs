using System.Globalization;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Draws a quantity over time in plain text: for each column of characters the span from least to most, and the mean in it.</summary>
internal static class PathChart
{
    private const int Rows = 10;
    private const int LabelWidth = 10;

    /// <summary>Draws one chart.</summary>
    /// <param name="output">Receives the lines.</param>
    /// <param name="title">What is drawn, with its unit.</param>
    /// <param name="values">The values in order of time; those that are not finite leave gaps.</param>
    /// <param name="seconds">Length of the whole, seconds.</param>
    /// <param name="width">Characters per line, labels included.</param>
    internal static void Write(TextWriter output, string title, IReadOnlyList<double> values, double seconds, int width)
    {
        var columns = Math.Max(1, Math.Min(width - LabelWidth - 2, values.Count));
        var bins = Enumerable.Range(0, columns).Select(column => Bin(values, column, columns)).ToArray();
        output.WriteLine(title);
        var drawn = bins.Where(bin => !double.IsNaN(bin.Mean)).ToArray();
        if (drawn.Length == 0)
        {
            output.WriteLine("  (nothing to draw)");
            return;
        }

        var (low, high) = (drawn.Min(bin => bin.Least), drawn.Max(bin => bin.Most));
        if (!(high > low))
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        for (var row = Rows - 1; row >= 0; row--)
        {
            var label = row == Rows - 1 ? Text(high) : row == 0 ? Text(low) : row == Rows / 2 ? Text(low + ((high - low) * row / (Rows - 1))) : "";
            output.WriteLine(label.PadLeft(LabelWidth) + " |" + string.Concat(bins.Select(bin => Mark(bin, row))).TrimEnd());
        }

        output.WriteLine(new string(' ', LabelWidth) + " +" + new string('-', columns));
        var end = Text(seconds) + " s";
        output.WriteLine(new string(' ', LabelWidth + 2) + "0 s" + end.PadLeft(Math.Max(end.Length + 1, columns - 3)));

        char Mark((double Least, double Mean, double Most) bin, int row) =>
            double.IsNaN(bin.Mean) ? ' ' : row == RowOf(bin.Mean) ? '●' : row >= RowOf(bin.Least) && row <= RowOf(bin.Most) ? '│' : ' ';

        int RowOf(double value) => Math.Clamp((int)Math.Round((value - low) / (high - low) * (Rows - 1)), 0, Rows - 1);
    }

    private static (double Least, double Mean, double Most) Bin(IReadOnlyList<double> values, int column, int columns)
    {
        var (least, most, sum, count) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0);
        var end = (int)((long)(column + 1) * values.Count / columns);
        for (var i = (int)((long)column * values.Count / columns); i < end; i++)
        {
            if (double.IsFinite(values[i]))
            {
                (least, most) = (Math.Min(least, values[i]), Math.Max(most, values[i]));
                sum += values[i];
                count++;
            }
        }

        return count == 0 ? (double.NaN, double.NaN, double.NaN) : (least, sum / count, most);
    }

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 1 ? "0.0" : "0.###", CultureInfo.InvariantCulture);
}
