using System.Globalization;
using System.Text;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;

namespace EdgeSplit.Cli;

/// <summary>Draws predicted against measured speeds on logarithmic axes, in SVG without scripts or fonts of its own.</summary>
internal static class ParityPlot
{
    private const double Width = 620;
    private const double Height = 620;
    private const double Left = 70;
    private const double Right = 16;
    private const double Top = 70;
    private const double Bottom = 56;

    // Okabe and Ito's palette: the groups stay apart for colour-blind readers; phases differ by shape as well.
    private static readonly (string Name, BenchmarkPhase Phase, bool IsGpu, string Colour)[] Groups =
    [
        ("GPUs, decode", BenchmarkPhase.Decode, true, "#0072B2"),
        ("GPUs, prefill", BenchmarkPhase.Prefill, true, "#56B4E9"),
        ("phones, CPUs, boards, decode", BenchmarkPhase.Decode, false, "#D55E00"),
        ("phones, CPUs, boards, prefill", BenchmarkPhase.Prefill, false, "#E69F00"),
    ];

    /// <summary>Draws the plot.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="rows">The predictions; at least one.</param>
    internal static string Svg(string title, IReadOnlyList<PredictedSpeed> rows)
    {
        var least = Math.Floor(rows.Min(row => Math.Log10(Math.Min(row.PredictedTokensPerSecond, row.Sample.Row.TokensPerSecond))));
        var most = Math.Max(least + 1, Math.Ceiling(rows.Max(row => Math.Log10(Math.Max(row.PredictedTokensPerSecond, row.Sample.Row.TokensPerSecond)))));
        double X(double speed) => Left + ((Math.Log10(speed) - least) / (most - least) * (Width - Left - Right));
        double Y(double speed) => Height - Bottom - ((Math.Log10(speed) - least) / (most - least) * (Height - Top - Bottom));

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"20\" font-size=\"14\" font-weight=\"bold\">{Escape(title)}</text>\n");
        for (var decade = least; decade <= most; decade++)
        {
            var (x, y, label) = (X(Math.Pow(10, decade)), Y(Math.Pow(10, decade)), Math.Pow(10, decade));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.##}\" x2=\"{x:0.##}\" y1=\"{Top}\" y2=\"{Height - Bottom}\" stroke=\"#dddddd\"/><line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.##}\" y2=\"{y:0.##}\" stroke=\"#dddddd\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.##}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{label:0.####}</text><text x=\"{Left - 6}\" y=\"{y + 4:0.##}\" text-anchor=\"end\">{label:0.####}</text>\n");
        }

        double low = Math.Pow(10, least), high = Math.Pow(10, most);
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(low):0.##}\" y1=\"{Y(low):0.##}\" x2=\"{X(high):0.##}\" y2=\"{Y(high):0.##}\" stroke=\"#444444\"/>");
        foreach (var factor in new[] { 1.3, 1 / 1.3 })
        {
            // The line of a constant ratio, clipped to the frame.
            var (from, to) = factor > 1 ? (low, high / factor) : (low / factor, high);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(from):0.##}\" y1=\"{Y(from * factor):0.##}\" x2=\"{X(to):0.##}\" y2=\"{Y(to * factor):0.##}\" stroke=\"#999999\" stroke-dasharray=\"4 3\"/>\n");
        }

        for (var i = 0; i < Groups.Length; i++)
        {
            var (name, phase, isGpu, colour) = Groups[i];
            var own = rows.Where(row => row.Sample.Row.Phase == phase && SpeedSummary.IsGpu(row.Sample.Sheet.Processor) == isGpu).ToArray();
            var (legendX, legendY) = (Left + (i % 2 * 230), 38 + (i / 2 * 18));
            svg.Append(Mark(legendX, legendY, phase, colour)).Append(CultureInfo.InvariantCulture, $"<text x=\"{legendX + 10}\" y=\"{legendY + 4}\">{Escape(name)} ({own.Length})</text>\n");
            foreach (var row in own)
            {
                svg.Append(Mark(X(row.Sample.Row.TokensPerSecond), Y(row.PredictedTokensPerSecond), phase, colour));
            }

            svg.Append('\n');
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">measured, tokens/s (dashed: predicted 30 % too fast or too slow)</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(16 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">predicted, tokens/s</text>\n");
        return svg.Append("</svg>\n").ToString();
    }

    private static string Mark(double x, double y, BenchmarkPhase phase, string colour) => phase == BenchmarkPhase.Decode
        ? string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"3\" fill=\"{colour}\" fill-opacity=\"0.65\"/>")
        : string.Create(CultureInfo.InvariantCulture, $"<rect x=\"{x - 2.6:0.##}\" y=\"{y - 2.6:0.##}\" width=\"5.2\" height=\"5.2\" fill=\"{colour}\" fill-opacity=\"0.65\"/>");

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);
}
