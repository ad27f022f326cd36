using System.Globalization;
using System.Text.Json.Nodes;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes the sample path of a link.</summary>
internal static class ChannelOutput
{
    private const int ChartWidth = 100;

    private static readonly Column<ChannelRow>[] Columns =
    [
        new("timeSeconds", null, row => row.Point.Seconds),
        new("snrDb", null, row => double.IsNaN(row.Point.SnrDb) ? null : row.Point.SnrDb),
        new("spectralEfficiency", null, row => row.Point.SpectralEfficiency),
        new("bitsPerSecond", null, row => row.Point.BitsPerSecond),
        new("packets", null, row => row.Packets),
        new("lossShare", null, row => row.Packets > 0 ? row.Lost / (double)row.Packets : null),
    ];

    internal static void Write(ToolConsole console, ResultFormat format, ChannelPath path)
    {
        switch (format)
        {
            case ResultFormat.Json:
                JsonOutput.Write(console.Output, new JsonObject
                {
                    ["link"] = path.Link,
                    ["direction"] = path.Direction,
                    ["seed"] = path.Seed,
                    ["user"] = path.User,
                    ["levelDb"] = JsonOutput.Number(path.LevelDb),
                    ["grantedHz"] = JsonOutput.Number(path.GrantedHz),
                    ["path"] = JsonOutput.Rows(Columns, path.Rows),
                });
                break;
            case ResultFormat.Csv:
                CsvOutput.Write(console.Output, Columns, path.Rows);
                break;
            default:
                WriteCharts(console.Output, path);
                break;
        }
    }

    private static void WriteCharts(TextWriter output, ChannelPath path)
    {
        var rows = path.Rows;
        var seconds = path.StepSeconds * rows.Count;
        var granted = path.GrantedHz == 1 ? "" : FormattableString.Invariant($", {path.GrantedHz:0} Hz granted"); // a recorded rate needs none
        string Invariant(FormattableString text) => FormattableString.Invariant(text);
        output.WriteLine(Invariant($"{path.Link}, {path.Direction}: user {path.User} of seed {path.Seed}, level {path.LevelDb:0.0} dB{granted}, {seconds:0.###} s in steps of {path.StepSeconds:0.######} s"));
        output.WriteLine();
        if (rows.Any(row => !double.IsNaN(row.Point.SnrDb)))
        {
            PathChart.Write(output, "SNR, dB", [.. rows.Select(row => row.Point.SnrDb)], seconds, ChartWidth);
            output.WriteLine();
        }

        PathChart.Write(output, "rate, Mbit/s (● mean, │ from least to most)", [.. rows.Select(row => row.Point.BitsPerSecond / 1e6)], seconds, ChartWidth);
        output.WriteLine();
        if (path.HasLoss)
        {
            PathChart.Write(output, "lost packets, share", [.. rows.Select(row => row.Packets > 0 ? row.Lost / (double)row.Packets : double.NaN)], seconds, ChartWidth);
            output.WriteLine();
        }

        var rates = rows.Select(row => row.Point.BitsPerSecond / 1e6).Order().ToArray();
        output.WriteLine(Invariant($"rate: mean {rates.Average():0.###} Mbit/s, least {rates[0]:0.###}, 10 % below {rates[(rates.Length - 1) / 10]:0.###}, median {rates[(rates.Length - 1) / 2]:0.###}, most {rates[^1]:0.###}; {rates.Count(rate => rate <= 0) / (double)rates.Length:P1} of the steps carry nothing"));
        var packets = rows.Sum(row => (long)row.Packets);
        output.WriteLine(path.HasLoss && packets > 0
            ? Invariant($"loss: {rows.Sum(row => (long)row.Lost)} of {packets} packets of {ChannelPath.PacketBytes} bytes, {rows.Sum(row => (double)row.Lost) / packets:P2}")
            : "loss: none; the link repeats what is lost, which takes time and shows as rate");
    }
}

/// <summary>A sample path with its losses.</summary>
internal sealed record ChannelPath(string Link, string Direction, ulong Seed, int User, double LevelDb, double GrantedHz, double StepSeconds, bool HasLoss, IReadOnlyList<ChannelRow> Rows)
{
    internal const int PacketBytes = 1500;
}

/// <summary>One step: what it carries, and how many of the packets sent in it are lost.</summary>
internal readonly record struct ChannelRow(SamplePoint Point, int Packets, int Lost);
