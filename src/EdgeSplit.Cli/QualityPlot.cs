using System.Globalization;
using System.Security;
using System.Text;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;

namespace EdgeSplit.Cli;

/// <summary>Draws perplexity against the split for each erasure probability, and leakage against the split, in SVG without scripts or fonts of its own.</summary>
internal static class QualityPlot
{
    private const double Width = 860;
    private const double Height = 400;
    private const double Left = 64;
    private const double Right = 190;
    private const double Top = 48;
    private const double Bottom = 52;
    private const int MostCurves = 8;

    // Okabe and Ito's palette: the curves stay apart for colour-blind readers; labels stand beside them as well.
    private static readonly string[] Colours = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999", "#000000"];

    private static readonly double[] ShareTicks = [0, 0.2, 0.4, 0.6, 0.8, 1];

    private static readonly int[] TickDigits = [1, 2, 5];

    /// <summary>Draws the plot: one panel, or two where the table holds leakage.</summary>
    /// <param name="table">The table.</param>
    internal static string Svg(QualityTable table)
    {
        var leakage = LeakageCurves(table);
        var height = leakage.Count > 0 ? 2 * Height : Height;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{height}\" fill=\"white\"/>\n");
        var curves = ErasureCurves(table);
        var values = curves.SelectMany(curve => curve.Points.Select(point => point.Value)).DefaultIfEmpty(1).ToArray();
        var ticks = LogarithmicTicks(values.Min(), values.Max());
        Panel(svg, 0, $"{table.Model.Name}: values erased after k layers", "perplexity", table.Model.Layers, curves, ticks, Math.Log);
        if (leakage.Count > 0)
        {
            Panel(svg, Height, $"{table.Model.Name}: prompt tokens recovered from the hidden state", "share recovered, at least", table.Model.Layers, leakage, ShareTicks, value => value);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static List<Curve> ErasureCurves(QualityTable table)
    {
        var cells = table.Cells
            .Where(cell => cell.Damage is { Pattern: ErasurePattern.Elements, Recovery: ErasureRecovery.Zero, SnrDb: null, Bits: null, ErasureProbability: > 0 and < 1 })
            .GroupBy(cell => cell.Damage.ErasureProbability).OrderBy(group => group.Key).ToArray();
        var curves = new List<Curve> { new("clean", [.. table.Cells.Select(cell => cell.Split).Distinct().Order().Select(split => (split, Math.Exp(table.Clean.Nll)))]) };

        // As many as there are colours for, the largest probability among them.
        var most = MostCurves - 1;
        for (var i = 0; i < Math.Min(most, cells.Length); i++)
        {
            var group = cells[cells.Length <= most ? i : i * (cells.Length - 1) / (most - 1)];
            curves.Add(new Curve(
                string.Create(CultureInfo.InvariantCulture, $"{100 * group.Key:0.###} % erased"), [.. group.OrderBy(cell => cell.Split).Select(cell => (cell.Split, Math.Exp(cell.Estimate.Nll)))]));
        }

        return curves;
    }

    private static List<Curve> LeakageCurves(QualityTable table) =>
    [
        .. table.Leakage.Where(cell => cell.Damage.IsNone).GroupBy(cell => cell.Attack).OrderBy(group => group.Key, StringComparer.Ordinal).Take(MostCurves)
            .Select(group => new Curve(group.Key, [.. group.OrderBy(cell => cell.Split).Select(cell => (cell.Split, cell.RecoveryRate))])),
    ];

    private static void Panel(StringBuilder svg, double offset, string title, string axis, int layers, List<Curve> curves, double[] ticks, Func<double, double> scale)
    {
        var (low, high) = (scale(ticks[0]), scale(ticks[^1]));
        double X(double split) => Left + (split / layers * (Width - Left - Right));
        double Y(double value) => offset + Height - Bottom - ((scale(value) - low) / (high - low) * (Height - Top - Bottom));

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{offset + 24}\" font-size=\"14\" font-weight=\"bold\">{SecurityElement.Escape(title)}</text>\n");
        foreach (var tick in ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.##}\" y2=\"{Y(tick):0.##}\" stroke=\"#dddddd\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.##}\" text-anchor=\"end\">{tick:0.###}</text>\n");
        }

        var step = Math.Max(1, (int)Math.Ceiling(layers / 20.0));
        for (var split = 0; split <= layers; split += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(split):0.##}\" y=\"{offset + Height - Bottom + 16}\" text-anchor=\"middle\">{split}</text>\n");
        }

        for (var i = 0; i < curves.Count; i++)
        {
            var (curve, colour) = (curves[i], Colours[i]);
            var path = string.Join(' ', curve.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Split):0.##},{Y(point.Value):0.##}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>");
            foreach (var point in curve.Points)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(point.Split):0.##}\" cy=\"{Y(point.Value):0.##}\" r=\"3\" fill=\"{colour}\"/>");
            }

            var legend = offset + Top + (18 * i);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Width - Right + 16}\" y=\"{legend:0.##}\" width=\"12\" height=\"12\" fill=\"{colour}\"/><text x=\"{Width - Right + 34}\" y=\"{legend + 11:0.##}\">{SecurityElement.Escape(curve.Name)}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{offset + Height - 10}\" text-anchor=\"middle\">split point k: layers on the device</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(16 {offset + ((Top + Height - Bottom) / 2)}) rotate(-90)\" text-anchor=\"middle\">{SecurityElement.Escape(axis)}</text>\n");
    }

    /// <summary>1, 2 and 5 of each decade around a range, at least two of them.</summary>
    private static double[] LogarithmicTicks(double least, double most)
    {
        var all = Enumerable.Range((int)Math.Floor(Math.Log10(least)), (int)Math.Ceiling(Math.Log10(most)) - (int)Math.Floor(Math.Log10(least)) + 2)
            .SelectMany(decade => TickDigits.Select(digit => digit * Math.Pow(10, decade))).ToArray();
        var first = Array.FindLastIndex(all, tick => tick <= least);
        var last = Array.FindIndex(all, tick => tick >= most);
        return all[Math.Max(0, first)..(Math.Max(last, first + 1) + 1)];
    }

    private sealed record Curve(string Name, IReadOnlyList<(int Split, double Value)> Points);
}
