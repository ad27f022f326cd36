using System.Text;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Tests.Wireless.Traces;

/// <summary>Texts and random traces for the laws of this room.</summary>
internal static class TraceText
{
    internal static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    internal static MahimahiTrace Mahimahi(string text, TraceEnd end = TraceEnd.Wrap) => MahimahiTrace.Parse(Stream(text), "file", end);

    internal static RateTrace Rate(string text, double? durationSeconds = null, TraceEnd end = TraceEnd.Wrap) =>
        RateTrace.Parse(Stream(text), "file", durationSeconds: durationSeconds, end: end);

    internal static ChannelTrace Channel(string text, TraceColumns columns) => ChannelTrace.Parse(Stream(text), "file", columns);

    /// <summary>A ragged rate trace with outages and repeated instants.</summary>
    internal static RateTrace Ragged(int rows, ulong seed, TraceEnd end)
    {
        var random = new RandomSource(StreamKey.Create(seed, "trace/ragged"));
        var (times, rates, time) = (new double[rows], new double[rows], 0.0);
        for (var i = 0; i < rows; i++)
        {
            times[i] = time;
            rates[i] = random.NextUniform() < 0.3 ? 0.0 : 1e6 * random.NextUniform();
            time += random.NextUniform() < 0.1 ? 0.0 : random.NextUniform();
        }

        return new RateTrace(times, rates, time + 0.5, end);
    }

    /// <summary>Random starts and sizes, the sizes from a few bits to several periods.</summary>
    internal static IEnumerable<(double Start, double Bits)> Transfers(int count, double latestStart, double largestBits)
    {
        var random = new RandomSource(StreamKey.Create(7, "trace/transfers"));
        for (var i = 0; i < count; i++)
        {
            yield return (latestStart * random.NextUniform(), Math.Exp(Math.Log(largestBits) * random.NextUniform()));
        }
    }
}
