using System.Globalization;
using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Benchmarks;

/// <summary>Files of 100 MB, made in a temporary folder: time to load, and all bytes ever allocated meanwhile, which bounds the peak.</summary>
[MemoryDiagnoser]
public class TraceLoadBenchmark
{
    private const long FileBytes = 100_000_000;

    private DirectoryInfo _folder = null!;

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("edgesplit-traces");
        var random = new RandomSource(StreamKey.Create(1, "benchmark"));
        var milliseconds = 0L;
        Write("mahimahi", "", _ =>
        {
            milliseconds += random.NextUniform() < 0.3 ? 1 : 0;
            return string.Create(CultureInfo.InvariantCulture, $"{milliseconds}\n");
        });
        Write("rows", "", row => string.Create(CultureInfo.InvariantCulture, $"{row}\t{100 * random.NextUniform():F1}\n"));
        Write("digits", "", row => string.Create(CultureInfo.InvariantCulture, $"{row + random.NextUniform()} {100 * random.NextUniform()}\n"));
        var start = new DateTime(2019, 12, 16, 12, 27, 5, DateTimeKind.Unspecified);
        Write(
            "irish",
            "Timestamp,Longitude,Latitude,Speed,Operatorname,CellID,NetworkMode,RSRP,RSRQ,SNR,CQI,RSSI,DL_bitrate,UL_bitrate,State,PINGAVG,PINGMIN,PINGMAX,PINGSTDEV,PINGLOSS,CELLHEX,NODEHEX,LACHEX,RAWCELLID,NRxRSRP,NRxRSRQ\n",
            row => string.Create(
                CultureInfo.InvariantCulture,
                $"{start.AddSeconds(row):yyyy.MM.dd_HH.mm.ss},-8.388209,51.935592,0,B,12,5G,-100,-11,{(row % 7 == 0 ? "-" : "5.0")},12,-90,{random.NextInt32(300_000)},8,D,-,-,-,-,-,C,A4DF,9CBA,10805003,-86.0,-17.0\n"));
    }

    [GlobalCleanup]
    public void Cleanup() => _folder.Delete(recursive: true);

    [Benchmark]
    public int Mahimahi() => MahimahiTrace.Load(PathOf("mahimahi")).Opportunities;

    /// <summary>Whole seconds and one decimal.</summary>
    [Benchmark]
    public int TimeAndRate() => RateTrace.Load(PathOf("rows")).Rows;

    /// <summary>Some 17 digits in both columns: the slow way of reading a number.</summary>
    [Benchmark]
    public int TimeAndRateOfSeventeenDigits() => RateTrace.Load(PathOf("digits")).Rows;

    [Benchmark]
    public int Irish5G() => ChannelTrace.Load(PathOf("irish"), TraceColumns.Irish5G).Rate.Rows;

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string header, Func<long, string> row)
    {
        using var writer = new StreamWriter(PathOf(name));
        writer.Write(header);
        var written = (long)header.Length;
        for (var i = 0L; written < FileBytes; i++)
        {
            var text = row(i);
            writer.Write(text);
            written += text.Length;
        }
    }
}
