using System.Globalization;
using System.Text;

namespace EdgeSplit.Cli;

/// <summary>One bar of a split plot: what one split costs, by part.</summary>
/// <param name="SplitPoint">The split point k.</param>
/// <param name="DeviceSeconds">Device compute, seconds.</param>
/// <param name="NetworkSeconds">Link time, seconds.</param>
/// <param name="ServerSeconds">Server queue and compute, seconds.</param>
/// <param name="OtherSeconds">Cost beside latency (energy, server time, quality, leakage), seconds-equivalent.</param>
/// <param name="IsFeasible">Whether the split may be chosen.</param>
/// <param name="IsBest">Whether it is the cheapest feasible one.</param>
internal readonly record struct SplitPlotBar(
    int SplitPoint,
    double DeviceSeconds,
    double NetworkSeconds,
    double ServerSeconds,
    double OtherSeconds,
    bool IsFeasible,
    bool IsBest);

/// <summary>Draws the cost of every split point as stacked bars, in SVG without scripts or fonts of its own.</summary>
internal static class SplitPlot
{
    private const double Width = 860;
    private const double Height = 400;
    private const double Left = 64;
    private const double Right = 16;
    private const double Top = 64;
    private const double Bottom = 52;

    // Okabe and Ito's palette: the parts stay apart for colour-blind readers.
    private static readonly (string Name, string Colour)[] Parts =
    [
        ("device", "#0072B2"),
        ("link", "#E69F00"),
        ("server", "#009E73"),
        ("energy, server time, quality, leakage (weighted)", "#999999"),
    ];

    /// <summary>Draws the plot.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="bars">One bar per split point, in order; at least one.</param>
    internal static string Svg(string title, IReadOnlyList<SplitPlotBar> bars)
    {
        var highest = bars.Max(b => b.DeviceSeconds + b.NetworkSeconds + b.ServerSeconds + b.OtherSeconds);
        var step = TickStep(highest);
        var top = step * Math.Ceiling(highest / step);
        var slot = (Width - Left - Right) / bars.Count;
        double Y(double seconds) => Height - Bottom - (seconds / top * (Height - Top - Bottom));

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"20\" font-size=\"14\" font-weight=\"bold\">{Escape(title)}</text>\n");
        Legend(svg);
        for (var tick = 0.0; tick <= top + (step / 2); tick += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.##}\" y2=\"{Y(tick):0.##}\" stroke=\"#dddddd\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.##}\" text-anchor=\"end\">{tick:0.###}</text>\n");
        }

        for (var i = 0; i < bars.Count; i++)
        {
            Bar(svg, bars[i], Left + (i * slot), slot, Y, bars.Count);
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">split point k: layers on the device (pale: not feasible; star: cheapest feasible)</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(16 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">cost, seconds-equivalent</text>\n");
        return svg.Append("</svg>\n").ToString();
    }

    private static void Bar(StringBuilder svg, SplitPlotBar bar, double x, double slot, Func<double, double> y, int count)
    {
        double[] heights = [bar.DeviceSeconds, bar.NetworkSeconds, bar.ServerSeconds, bar.OtherSeconds];
        var sum = 0.0;
        svg.Append(CultureInfo.InvariantCulture, $"<g opacity=\"{(bar.IsFeasible ? "1" : "0.25")}\">");
        for (var part = 0; part < heights.Length; part++)
        {
            if (heights[part] > 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x + (0.1 * slot):0.##}\" width=\"{0.8 * slot:0.##}\" y=\"{y(sum + heights[part]):0.##}\" height=\"{y(sum) - y(sum + heights[part]):0.##}\" fill=\"{Parts[part].Colour}\"/>");
                sum += heights[part];
            }
        }

        svg.Append("</g>");
        if (bar.IsBest)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + (slot / 2):0.##}\" y=\"{y(sum) - 4:0.##}\" text-anchor=\"middle\" font-size=\"16\">★</text>");
        }

        if (count <= 20 || bar.SplitPoint % Math.Max(1, (int)Math.Ceiling(count / 20.0)) == 0 || bar.IsBest)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + (slot / 2):0.##}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{bar.SplitPoint}</text>");
        }

        svg.Append('\n');
    }

    private static void Legend(StringBuilder svg)
    {
        var x = Left;
        foreach (var (name, colour) in Parts)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"34\" width=\"12\" height=\"12\" fill=\"{colour}\"/><text x=\"{x + 18}\" y=\"45\">{name}</text>\n");
            x += 40 + (7 * name.Length);
        }
    }

    private static double TickStep(double highest)
    {
        if (!(highest > 0))
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        var scaled = highest / power;
        return power * (scaled <= 2 ? 0.25 : scaled <= 5 ? 0.5 : 1);
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
