using System.Text;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Tests.Simulation;

/// <summary>Recorded links of scenarios: files are found beside the scenario, formats are told apart, bad files and misplaced keys are refused.</summary>
public sealed class ScenarioTraceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgesplit-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", false)]
    [InlineData("\n", true)]
    [InlineData("\r\n", true)]
    public void Every_format_is_read_from_beside_the_scenario_whatever_its_line_ends_and_byte_order_mark(string lineEnd, bool hasMark)
    {
        Write("a.up", "1\n2\n2\n500\n", lineEnd, hasMark);
        Write("a.down", "10\n20\n", lineEnd, hasMark);
        Write("rows.txt", "0 2\n1 6\n2 1\n", lineEnd, hasMark);
        Write("irish.csv", "Timestamp,SNR,DL_bitrate\n2020.01.01_10.00.00,5,1000\n2020.01.01_10.00.01,-,3000\n", lineEnd, hasMark);
        Write("gophers.csv", "seq_num,throughput_mbps\n1,10\n2,30\n", lineEnd, hasMark);
        Write("path.csv", "block,start_seconds,block_seconds,spectral_efficiency\n0,0,0.5,2\n1,0.5,0.5,4\n", lineEnd, hasMark);

        var mahimahi = Read("\"uplinkTrace\": \"a.up\", \"downlinkTrace\": \"a.down\"");
        Assert.Equal((4 * 12_000 / 0.5, 2 * 12_000 / 0.02), (mahimahi.Uplink.MeanBitsPerSecond, mahimahi.Downlink.MeanBitsPerSecond));
        Assert.IsType<MahimahiTrace>(mahimahi.Uplink);
        Assert.Equal((3, 9e6), (Uplink("rows.txt", null).DurationSeconds, Uplink("rows.txt", null).Bits(0, 3)));
        Assert.Equal(4e6, Uplink("irish.csv", null).Bits(0, 2), 1e-3);
        Assert.Equal(40e6, Uplink("gophers.csv", "\"fiveGophers\"").Bits(0, 2), 1e-3);
        Assert.Equal(1e6 * 3, Uplink("path.csv", "\"recorded\", \"traceBandwidthHz\": 1e6").Bits(0, 1), 1e-6);
        Assert.Equal(9e6, Uplink("rows.txt", "\"timeRate\"").Bits(0, 3));
        Assert.All([mahimahi.Uplink, Uplink("rows.txt", null)], trace => Assert.Equal(TraceEnd.Wrap, trace.End));

        ICapacityTrace Uplink(string file, string? format) =>
            Read($"\"uplinkTrace\": \"{file}\", \"downlinkTrace\": \"{file}\"" + (format is null ? "" : ", \"traceFormat\": " + format)).Uplink;
    }

    [Fact]
    public void Paths_may_lead_into_folders_and_be_absolute()
    {
        folder.CreateSubdirectory("traces");
        Write(Path.Combine("traces", "a.txt"), "0 1\n5 2\n");
        var absolute = Path.Combine(folder.FullName, "traces", "a.txt").Replace('\\', '/');
        Assert.Equal(
            Read("\"uplinkTrace\": \"traces/a.txt\", \"downlinkTrace\": \"traces/a.txt\"").Uplink.MeanBitsPerSecond,
            Read($"\"uplinkTrace\": \"{absolute}\", \"downlinkTrace\": \"{absolute}\"").Uplink.MeanBitsPerSecond);
    }

    [Fact]
    public void Delays_radio_and_block_length_of_a_recorded_link_are_as_told()
    {
        Write("a.txt", "0 1\n5 2\n");
        const string traces = "\"uplinkTrace\": \"a.txt\", \"downlinkTrace\": \"a.txt\"";
        var usual = Read(traces);
        Assert.Equal((0.01, 5, 0.008, 0.0035), (usual.BlockSeconds, usual.WindowSeconds, usual.UplinkDelay.TotalSeconds, Math.Round(usual.DownlinkDelay.TotalSeconds, 9)));
        var told = Read(traces + ", \"traceBlockSeconds\": 0.25, \"uplinkDelaySeconds\": 0.5, \"downlinkDelaySeconds\": 0.75, \"radio\": \"" + Core.Wireless.Energy.RadioEnergyModel.WiFi.Name + "\"");
        Assert.Equal((0.25, 0.5, 0.75), (told.BlockSeconds, told.UplinkDelay.TotalSeconds, told.DownlinkDelay.TotalSeconds));
        Assert.Equal(Core.Wireless.Energy.RadioEnergyModel.WiFi, told.RadioEnergy);
        Assert.Equal(0.25, told.CreateSampler().Create(LinkDirection.Uplink, default).BlockSeconds);

        // A profile with one direction of one's own keeps the other.
        var mixed = Read("\"profile\": \"trace-lte-driving\", \"uplinkTrace\": \"a.txt\"");
        var known = (TraceLink)LinkCatalog.Find("trace-lte-driving").Link;
        Assert.Equal(10, mixed.Uplink.DurationSeconds);
        Assert.Same(known.Downlink, mixed.Downlink);
        Assert.Equal(known.UplinkDelay, mixed.UplinkDelay);
    }

    [Fact]
    public void A_whole_scenario_runs_on_a_trace()
    {
        Write("a.txt", "0 10\n5 20\n");
        var file = Path.Combine(folder.FullName, "scenario.json");
        File.WriteAllText(file, SmallScenario.With("link", "{ \"uplinkTrace\": \"a.txt\", \"downlinkTrace\": \"a.txt\" }"));
        var scenario = ScenarioFile.Load(file);
        Assert.Equal("inline", scenario.LinkName);
        Assert.Equal(scenario.Link.UplinkDelay, scenario.System.UplinkDelay);
        Assert.Equal(scenario.Settings.Requests, new ConversationSimulator(new World(scenario, 1), new Agents.Policies.FixedSplit(3)).Run().Count);
    }

    [Theory]
    [InlineData("a.up", "1\n2\nx\n", "line 3: milliseconds: found 'x'")]
    [InlineData("a.up", "1\n-2\n", "line 2: milliseconds: found '-2'")]
    [InlineData("a.up", "5\n3\n", "line 2: milliseconds: found '3'")]
    [InlineData("a.up", "1\n5000000000\n", "line 2: milliseconds: found '5000000000'")]
    [InlineData("a.up", "1\nNaN\n", "line 2: milliseconds: found 'NaN'")]
    [InlineData("a.up", "1\n20", "line 2: ")]
    [InlineData("a.up", "", "found no rows")]
    [InlineData("a.up", "0\n", "found a period of 0")]
    [InlineData("a.txt", "0 1\n1\n", "line 2: found '1'")]
    [InlineData("a.txt", "0 1\n1 NaN\n", "line 2: rate: found 'NaN'")]
    [InlineData("a.txt", "0 1\n1 -3\n", "line 2: rate: found '-3'")]
    [InlineData("a.txt", "0 1\n1 1e300\n", "line 2: rate: found '1e300'")]
    [InlineData("a.txt", "5 1\n1 3\n", "line 2: time: found '1'")]
    [InlineData("a.txt", "0 1\n-1 3\n", "line 2: time: found '-1'")]
    [InlineData("a.txt", "0 1\n1 2", "line 2: ")]
    [InlineData("a.txt", "0,1\n1,2\n", "line 1: ")]
    [InlineData("a.txt", "", "found no rows")]
    [InlineData("a.csv", "Timestamp,SNR,DL_bitrate\n2020.01.01_10.00.00,3\n", "line 2: ")]
    [InlineData("a.csv", "Timestamp,SNR,UL\n2020.01.01_10.00.00,3,1\n", "DL_bitrate")]
    [InlineData("a.csv", "Timestamp;DL_bitrate;SNR\n2020.01.01_10.00.00;1;5\n", "Timestamp")]
    [InlineData("a.csv", "", "found")]
    public void A_broken_trace_is_refused_with_file_line_and_key(string file, string text, string message)
    {
        Write(file, text);
        Write("good.txt", "0 1\n5 2\n");
        var error = Assert.Throws<ScenarioException>(() => Read($"\"uplinkTrace\": \"{file}\", \"downlinkTrace\": \"{file}\""));
        Assert.Equal("$.link.uplinkTrace", error.JsonPath);
        Assert.StartsWith($"a trace that cannot be used ({Path.Combine(folder.FullName, file)}: ", error.Found, StringComparison.Ordinal);
        Assert.Contains(message, error.Found, StringComparison.Ordinal);
        Assert.IsType<TraceException>(error.InnerException);
        if (file == "a.txt")
        {
            Assert.Equal("$.link.downlinkTrace", Assert.Throws<ScenarioException>(() => Read("\"uplinkTrace\": \"good.txt\", \"downlinkTrace\": \"a.txt\"")).JsonPath);
        }
    }

    [Theory]
    [InlineData("\"uplinkTrace\": \"no.up\", \"downlinkTrace\": \"no.up\"", "$.link.uplinkTrace", "no.up", "in the format mahimahi")]
    [InlineData("\"uplinkTrace\": \".\", \"downlinkTrace\": \"good.txt\"", "$.link.uplinkTrace", "a trace that cannot be used", "path of a trace")]
    [InlineData("\"uplinkTrace\": \"bad\\u0000name.txt\", \"downlinkTrace\": \"good.txt\"", "$.link.uplinkTrace", "", "path of a trace")]
    [InlineData("\"uplinkTrace\": \"\", \"downlinkTrace\": \"good.txt\"", "$.link.uplinkTrace", "the text \"\"", "the path of a trace file")]
    [InlineData("\"uplinkTrace\": \"good.txt\"", "$.link.downlinkTrace", "nothing (the key is required)", "beside uplinkTrace")]
    [InlineData("\"downlinkTrace\": \"good.txt\"", "$.link.uplinkTrace", "nothing (the key is required)", "beside downlinkTrace")]
    [InlineData("\"uplinkTrace\": \"zero.txt\", \"downlinkTrace\": \"good.txt\"", "$.link.uplinkTrace", "never carries anything", "a trace with capacity")]
    [InlineData("\"uplinkTrace\": \"good.txt\", \"downlinkTrace\": \"good.txt\", \"traceFormat\": \"pcap\"", "$.link.traceFormat", "the text \"pcap\"", "mahimahi, timeRate")]
    [InlineData("\"uplinkTrace\": \"good.txt\", \"downlinkTrace\": \"good.txt\", \"traceFormat\": \"recorded\"", "$.link.traceBandwidthHz", "nothing (the key is required)", "the bandwidth in hertz")]
    [InlineData("\"uplinkTrace\": \"good.txt\", \"downlinkTrace\": \"good.txt\", \"traceBandwidthHz\": 1e6", "$.link.traceBandwidthHz", "a bandwidth for a trace of rates", "recorded")]
    [InlineData("\"uplinkTrace\": \"good.txt\", \"downlinkTrace\": \"good.txt\", \"nakagamiShape\": 1", "$.link.nakagamiShape", "a radio parameter on a recorded link", "uplinkTrace")]
    [InlineData("\"profile\": \"trace-lte-driving\", \"bandwidthHz\": 1e6", "$.link.bandwidthHz", "a radio parameter on a recorded link", "uplinkTrace")]
    [InlineData("\"profile\": \"trace-lte-driving\", \"mobility\": \"static\"", "$.link.mobility", "a radio parameter on a recorded link", "uplinkTrace")]
    [InlineData("\"profile\": \"trace-lte-driving\", \"traceFormat\": \"mahimahi\"", "$.link.traceFormat", "a format without a trace", "uplinkTrace or downlinkTrace")]
    [InlineData("\"profile\": \"lte-20mhz-urban\", \"uplinkTrace\": \"good.txt\"", "$.link.uplinkTrace", "a trace on a radio link", "without a radio profile")]
    [InlineData("\"profile\": \"lte-20mhz-urban\", \"traceBlockSeconds\": 1", "$.link.traceBlockSeconds", "a trace on a radio link", "without a radio profile")]
    public void A_trace_that_is_missing_or_does_not_fit_is_refused(string keys, string path, string found, string allowed)
    {
        Write("good.txt", "0 1\n5 2\n");
        Write("zero.txt", "0 0\n5 0\n");
        var error = Assert.Throws<ScenarioException>(() => Read(keys));
        Assert.Equal(path, error.JsonPath);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Allowed, StringComparison.Ordinal);
    }

    private TraceLink Read(string keys) => Assert.IsType<TraceLink>(ScenarioFile.ParseLink("{ \"link\": { " + keys + " } }", Path.Combine(folder.FullName, "scenario.json")).Link);

    private void Write(string file, string text, string lineEnd = "\n", bool hasMark = false) =>
        File.WriteAllText(Path.Combine(folder.FullName, file), text.Replace("\n", lineEnd, StringComparison.Ordinal), new UTF8Encoding(hasMark));
}
