using System.Globalization;
using System.Text.Json;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Traces;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Tests.Simulation;

namespace EdgeSplit.Tests.Cli;

public sealed class ChannelVerbTests
{
    private const string Urban = "5g-n78-20mhz-urban";
    private const string Street = "5g-n78-100mhz-street";
    private const string Driving = "trace-lte-driving";

    public static TheoryData<string> Names => [.. LinkCatalog.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Csv_and_json_say_the_same_and_the_rates_sum_to_the_bits_of_the_link(string name)
    {
        using var run = new ToolRun();
        string[] args = ["channel", name, "--seconds", "0.5", "--step", "0.01", "--seed", "7", "--user", "3", "--downlink"];
        var text = await run.Succeed([.. args, "--format", "csv"]);
        Assert.StartsWith("timeSeconds,snrDb,spectralEfficiency,bitsPerSecond,packets,lossShare", text, StringComparison.Ordinal);
        var rows = CsvText.Read(text);
        Assert.Equal(50, rows.Count);
        using var json = JsonDocument.Parse(await run.Succeed([.. args, "--format", "json"]));
        var root = json.RootElement;
        Assert.Equal((name, "downlink"), (root.GetProperty("link").GetString(), root.GetProperty("direction").GetString()));
        Assert.Equal((7, 3), (root.GetProperty("seed").GetInt32(), root.GetProperty("user").GetInt32()));
        foreach (var (row, point) in rows.Zip(root.GetProperty("path").EnumerateArray(), (row, point) => (row, point)))
        {
            Assert.Equal(row.Keys, point.EnumerateObject().Select(property => property.Name));
            Assert.All(row, cell => Assert.Equal(cell.Value.Length == 0 ? null : double.Parse(cell.Value, CultureInfo.InvariantCulture), Value(point.GetProperty(cell.Key))));
        }

        var link = LinkCatalog.Find(name).Link;
        Assert.Equal(link is TraceLink, rows.All(row => row["snrDb"].Length == 0));
        var sampler = link.CreateSampler();
        var session = new LinkSession(7, 3, 3, 0, sampler.LevelDb(7, 3, 0), 0, 0);
        Assert.Equal(session.LevelDb, root.GetProperty("levelDb").GetDouble(), 1e-9);
        var timeline = new LinkTimeline(sampler.Create(LinkDirection.Downlink, session));
        var bits = link.DownlinkGrantedHz * timeline.BitsPerHertz(0, 0.5);
        Assert.Equal(bits, rows.Sum(row => row.Number("bitsPerSecond") * 0.01), 1e-6 * bits);
        for (var i = 0; i < rows.Count; i++)
        {
            Assert.Equal(0.01 * i, rows[i].Number("timeSeconds"), 1e-12);
            Assert.Equal(rows[i].Number("spectralEfficiency") * link.DownlinkGrantedHz, rows[i].Number("bitsPerSecond"), 1e-6 * (1 + rows[i].Number("bitsPerSecond")));
            Assert.Equal(rows[i].Number("packets") > 0 ? "0" : "", rows[i]["lossShare"]);
        }

        // Whole packets of what has been carried so far.
        Assert.Equal(Math.Floor(bits / 12_000), rows.Sum(row => row.Number("packets")), 1.0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_chart_fits_a_terminal_and_says_what_it_shows(string name)
    {
        using var run = new ToolRun();
        var text = await run.Succeed("channel", name, "--seconds", "2");
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\r', text);
        var lines = text.Split('\n');
        Assert.StartsWith($"{name}, uplink: user 0 of seed 1, level ", lines[0], StringComparison.Ordinal);
        Assert.Equal(LinkCatalog.Find(name).Link is not TraceLink, lines.Contains("SNR, dB"));
        var chart = lines.Where(line => line.Contains(" |", StringComparison.Ordinal) || line.Contains(" +-", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(chart);
        Assert.All(chart, line => Assert.InRange(line.Length, 12, 100));
        Assert.Contains('●', string.Concat(chart));
        Assert.Contains(lines, line => line.StartsWith("rate, Mbit/s", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.TrimStart().StartsWith("0 s ", StringComparison.Ordinal) && line.EndsWith(" 2.0 s", StringComparison.Ordinal) && line.Length == 100);
        Assert.Contains(lines, line => line.StartsWith("rate: mean ", StringComparison.Ordinal));
        Assert.Contains("loss: none; the link repeats what is lost, which takes time and shows as rate", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("lost packets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_top_and_bottom_labels_of_a_chart_are_the_most_and_the_least()
    {
        using var run = new ToolRun();
        string[] args = ["channel", Urban, "--seconds", "3"];
        var rows = CsvText.Read(await run.Succeed([.. args, "--format", "csv"]));
        var lines = (await run.Succeed(args)).Split('\n');
        var snr = lines.SkipWhile(line => line != "SNR, dB").Skip(1).Take(10).ToArray();
        Assert.Equal(rows.Max(row => row.Number("snrDb")), Label(snr[0]), 0.06);
        Assert.Equal(rows.Min(row => row.Number("snrDb")), Label(snr[9]), 0.06);
        var summary = lines.Single(line => line.StartsWith("rate: mean ", StringComparison.Ordinal));
        Assert.StartsWith(FormattableString.Invariant($"rate: mean {rows.Average(row => row.Number("bitsPerSecond")) / 1e6:0.###} Mbit/s"), summary, StringComparison.Ordinal);

        static double Label(string line) => double.Parse(line[..10], CultureInfo.InvariantCulture);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Equal_seeds_and_users_give_equal_paths_and_others_others(string name)
    {
        using var run = new ToolRun();
        string[] args = ["channel", name, "--seconds", "1", "--step", "0.05", "--format", "csv"];
        var usual = await run.Succeed(args);
        Assert.Equal(usual, await run.Succeed([.. args, "--seed", "1", "--user", "0"]));
        var others = new[] { await run.Succeed([.. args, "--seed", "2"]), await run.Succeed([.. args, "--user", "1"]), await run.Succeed([.. args, "--downlink"]) };
        Assert.DoesNotContain(usual, others);
        Assert.Equal(3, others.Distinct().Count());
    }

    [Fact]
    public async Task A_level_can_be_chosen_and_shifts_the_whole_path()
    {
        using var run = new ToolRun();
        string[] args = ["channel", Urban, "--seconds", "1", "--format", "csv", "--level"];
        var (low, high) = (CsvText.Read(await run.Succeed([.. args, "5"])), CsvText.Read(await run.Succeed([.. args, "12.5"])));
        Assert.All(low.Zip(high), pair => Assert.Equal(7.5, pair.Second.Number("snrDb") - pair.First.Number("snrDb"), 1e-9));
        using var json = JsonDocument.Parse(await run.Succeed("channel", Urban, "--seconds", "1", "--format", "json", "--level", "-3"));
        Assert.Equal(-3, json.RootElement.GetProperty("levelDb").GetDouble());
    }

    [Fact]
    public async Task Without_a_step_a_path_has_a_thousand_and_without_a_length_ten_seconds()
    {
        using var run = new ToolRun();
        var usual = CsvText.Read(await run.Succeed("channel", Urban, "--format", "csv"));
        Assert.Equal((1000, 9.99), (usual.Count, Math.Round(usual[^1].Number("timeSeconds"), 9)));
        var short_ = CsvText.Read(await run.Succeed("channel", Urban, "--format", "csv", "--seconds", "0.1"));
        Assert.Equal((1000, 0.0999), (short_.Count, Math.Round(short_[^1].Number("timeSeconds"), 9)));
        var coarse = CsvText.Read(await run.Succeed("channel", Urban, "--format", "csv", "--step", "2.5"));
        Assert.Equal([0, 2.5, 5, 7.5], coarse.Select(row => row.Number("timeSeconds")));

        // Longer steps average what the shorter ones carry.
        var fine = CsvText.Read(await run.Succeed("channel", Urban, "--format", "csv", "--step", "0.5"));
        Assert.All(coarse.Select((row, i) => (row, i)), pair => Assert.Equal(
            fine.Skip(5 * pair.i).Take(5).Average(row => row.Number("bitsPerSecond")), pair.row.Number("bitsPerSecond"), 1e-6 * pair.row.Number("bitsPerSecond")));
    }

    [Theory]
    [InlineData(Urban, false)]
    [InlineData(Street, true)]
    [InlineData(Driving, false)]
    public async Task A_recorded_path_is_the_link_bit_for_bit_and_can_be_replayed(string name, bool downlink)
    {
        using var run = new ToolRun();
        var file = run.PathOf("path.csv");
        string[] direction = downlink ? ["--downlink"] : [];
        var rows = CsvText.Read(await run.Succeed(["channel", name, "--seconds", "4", "--seed", "5", "--user", "2", "--record", file, "--format", "csv", .. direction]));
        Assert.Equal([file], Directory.GetFiles(run.Folder));

        var link = LinkCatalog.Find(name).Link;
        var sampler = link.CreateSampler();
        var process = sampler.Create(downlink ? LinkDirection.Downlink : LinkDirection.Uplink, new LinkSession(5, 2, 2, 0, sampler.LevelDb(5, 2, 0), 0, 0));
        var recorded = RecordedLink.Load(file);
        Assert.Equal(process.BlockSeconds, recorded.BlockSeconds);
        Assert.Equal((int)Math.Ceiling(4 / process.BlockSeconds), recorded.Blocks);
        var (real, replayed) = (new double[recorded.Blocks], new double[recorded.Blocks]);
        process.Fill(0, real);
        recorded.Fill(0, replayed);
        Assert.Equal(real, replayed);
        Assert.Equal(link is not TraceLink, recorded.HasSnr);
        if (process is ISnrProcess snr)
        {
            snr.FillSnr(0, real);
            recorded.FillSnr(0, replayed);
            Assert.Equal(real, replayed);
        }

        // The recording as the link of a scenario: at each time of the trace, what the first run showed.
        var hertz = downlink ? link.DownlinkGrantedHz : link.UplinkGrantedHz;
        var scenario = run.Scenario(SmallScenario.With("link", FormattableString.Invariant(
            $"{{ \"uplinkTrace\": \"path.csv\", \"downlinkTrace\": \"path.csv\", \"traceFormat\": \"recorded\", \"traceBandwidthHz\": {hertz:R} }}")));
        var replay = Assert.IsType<TraceLink>(ScenarioFile.LoadLink(scenario).Link);
        Assert.Equal(Math.Ceiling(4 / process.BlockSeconds) * process.BlockSeconds, replay.Uplink.DurationSeconds, 1e-9);
        Assert.All(rows.Take(rows.Count - 1), row => Assert.Equal(
            row.Number("bitsPerSecond"), replay.Uplink.Bits(row.Number("timeSeconds"), row.Number("timeSeconds") + 0.004) / 0.004, 1e-6 * (1 + row.Number("bitsPerSecond"))));
        Assert.Equal(100, CsvText.Read(await run.Succeed("channel", scenario, "--format", "csv", "--seconds", "1", "--step", "0.01")).Count);
    }

    [Theory]
    [InlineData("{\"model\":\"independent\",\"probability\":0.1}", 0.1, 1)]
    [InlineData("{\"model\":\"independent\",\"probability\":1}", 1, 1)]
    [InlineData("{\"model\":\"gilbertElliott\",\"probability\":0.2,\"meanBurstPackets\":5}", 0.2, 9)]
    [InlineData("none", 0, 1)]
    public async Task The_share_of_lost_packets_is_that_of_the_model(string loss, double probability, double varianceFactor)
    {
        using var run = new ToolRun();
        string[] args = ["channel", Urban, "--set", "link.loss=" + loss, "--level", "20", "--seconds", "20"];
        var rows = CsvText.Read(await run.Succeed([.. args, "--format", "csv"]));
        var packets = rows.Sum(row => row.Number("packets"));
        var lost = rows.Where(row => row["lossShare"].Length > 0).Sum(row => row.Number("packets") * row.Number("lossShare"));
        Assert.True(packets > 10_000, $"only {packets} packets");
        Assert.Equal(probability, lost / packets, (5 * Math.Sqrt(varianceFactor * probability * (1 - probability) / packets)) + 1e-9);
        Assert.All(rows.Where(row => row["lossShare"].Length > 0), row => Assert.InRange(row.Number("lossShare"), 0, 1));

        var lines = (await run.Succeed(args)).Split('\n');
        Assert.Contains("lost packets, share", lines);
        Assert.Contains(FormattableString.Invariant($"loss: {Math.Round(lost)} of {packets} packets of 1500 bytes, {lost / packets:P2}"), lines);
    }

    [Fact]
    public async Task Losses_do_not_move_the_channel()
    {
        using var run = new ToolRun();
        string[] args = ["channel", Street, "--seconds", "1", "--format", "csv"];
        var (reliable, lossy) = (CsvText.Read(await run.Succeed(args)), CsvText.Read(await run.Succeed([.. args, "--set", "link.loss={\"model\":\"independent\",\"probability\":0.5}"])));
        Assert.Equal(reliable.Select(row => row["bitsPerSecond"]), lossy.Select(row => row["bitsPerSecond"]));
    }

    [Fact]
    public async Task A_scenario_file_gives_its_link_and_may_hold_nothing_else()
    {
        using var run = new ToolRun();
        var byName = await run.Succeed("channel", "wifi-5ghz-indoor", "--format", "csv");
        Assert.Equal(byName, await run.Succeed("channel", "WiFi-5GHz-indoor", "--format", "csv"));
        Assert.Equal(byName, await run.Succeed("channel", run.Scenario(), "--format", "csv"));
        Assert.Equal(byName, await run.Succeed("channel", run.Scenario("{ \"link\": \"wifi-5ghz-indoor\" }"), "--format", "csv"));
        Assert.NotEqual(byName, await run.Succeed("channel", "wifi-5ghz-indoor", "--format", "csv", "--set", "link.bandwidthHz=4e7"));
        Assert.Equal(byName, await run.Succeed("channel", "wifi-5ghz-indoor", "--format", "csv", "--set", "$.link.bandwidthHz=80e6"));
    }

    [Fact]
    public async Task Another_culture_gives_the_same_bytes()
    {
        using var run = new ToolRun();
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone(); // tests run without the cultures of the system
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator, german.NumberFormat.PercentDecimalSeparator) = (",", ".", ",");
        german.NumberFormat.NegativeSign = "~";
        foreach (var format in new[] { "table", "csv", "json" })
        {
            string[] args = ["channel", Street, "--seconds", "0.5", "--format", format, "--set", "link.loss={\"model\":\"independent\",\"probability\":0.25}", "--record", run.PathOf("record.csv")];
            var usual = await run.Succeed(args);
            var record = File.ReadAllBytes(run.PathOf("record.csv"));
            var culture = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = german;
                Assert.Equal(usual, await run.Succeed(args));
                Assert.Equal(record, File.ReadAllBytes(run.PathOf("record.csv")));
            }
            finally
            {
                CultureInfo.CurrentCulture = culture;
            }
        }
    }

    public static TheoryData<string[], string> BadCommandLines => new()
    {
        { ["channel"], "Required argument missing" },
        { ["channel", "no-such-file.json"], "no-such-file.json: $: found no readable file" },
        { ["channel", "5g-n78-20mhz-urbn"], "LINK: found \"5g-n78-20mhz-urbn\", neither a file nor a link of the catalogue; allowed: did you mean \"5g-n78-20mhz-urban\"?" },
        { ["channel", "xyzzy"], "allowed: a scenario file, or one of 5g-n78-20mhz-urban, lte-20mhz-urban" },
        { ["channel", Urban, "--seconds", "0"], "--seconds: found \"0\"; allowed: a number in [0.001, 86400]." },
        { ["channel", Urban, "--seconds", "NaN"], "--seconds: found \"NaN\"; allowed: a number in [0.001, 86400]." },
        { ["channel", Urban, "--seconds", "1e9"], "--seconds: found \"1e9\"; allowed: a number" },
        { ["channel", Urban, "--step", "0"], "--step: found \"0\"; allowed: a number in [1E-06, 3600]." },
        { ["channel", Urban, "--step", "NaN"], "--step: found \"NaN\"" },
        { ["channel", Urban, "--step", "-1"], "--step: found \"-1\"" },
        { ["channel", Urban, "--step", "1000"], "--step: found 1000 s for a path of 10 s; allowed: a whole number of steps, 1 to 10000000." },
        { ["channel", Urban, "--step", "1e-6", "--seconds", "3600"], "--step: found 1E-06 s for a path of 3600 s; allowed: a whole number of steps, 1 to 10000000." },
        { ["channel", Urban, "--level", "NaN"], "--level: found \"NaN\"; allowed: a number in [-60, 80]." },
        { ["channel", Urban, "--level", "81"], "--level: found \"81\"" },
        { ["channel", Street, "--level", "10"], "--level: found a level for a link whose level follows the user's way or trace; allowed: only links on which users stand still." },
        { ["channel", Driving, "--level", "0"], "--level: found a level for a link whose level follows the user's way or trace" },
        { ["channel", Urban, "--seed", "-1"], "--seed: found \"-1\"; allowed: a whole number in [0, 2147483647]." },
        { ["channel", Urban, "--user", "1.5"], "--user: found \"1.5\"; allowed: a whole number in [0, 2147483647]." },
        { ["channel", Urban, "--record", "no-such-folder/path.csv"], "--record: found \"no-such-folder/path.csv\", which cannot be written" },
        { ["channel", Urban, "--record", ""], "--record: found \"\", which cannot be written" },
        { ["channel", Urban, "--format", "xml"], "--format: found \"xml\"; allowed: table, json, csv." },
        { ["channel", Urban, "--set", "link.bandwidthHz=1e6,2e6"], "--set: found a grid of 2 cells; allowed: one value for each path" },
        { ["channel", Urban, "--set", "link.bandwithHz=1e6"], "$.link.bandwithHz: found an unknown key; allowed: did you mean \"bandwidthHz\"?" },
        { ["channel", Urban, "--set", "link.profile=lte-20mhz-urbn"], "$.link.profile: found the unknown link \"lte-20mhz-urbn\"; allowed: did you mean \"lte-20mhz-urban\"?" },
        { ["channel", Urban, "--set", "link.wideband={}"], "$.link.wideband.delaySpreadSeconds: found nothing (the key is required)" },
        { ["sweep", "@", "--set", "link.loss={\"model\":\"independent\",\"probability\":0.1}", "--set", "objective.quality=none.json"], "$.objective.quality: found a table that cannot be used" },
        { ["compare", "@", "--set", "link.loss={\"model\":\"independent\",\"probability\":0.995}"], "$.link.loss: found a mean loss of 0.995; allowed: at most 0.99" },
    };

    [Theory]
    [MemberData(nameof(BadCommandLines))]
    public async Task A_bad_command_line_ends_with_code_2_and_says_what_is_allowed(string[] args, string message)
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var error = await run.Refuse([.. args.Select(arg => arg == "@" ? file : arg)]);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(run.Folder));
    }

    [Fact]
    public async Task A_link_that_covers_nothing_says_so()
    {
        using var run = new ToolRun();
        var (code, _, error) = await run.Run("channel", Urban, "--set", "link.transmitPowerDbm=-50", "--set", "link.otherLossDb=100");
        Assert.NotEqual(0, code);
        Assert.Contains("at least 1 % of its cell", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_where_a_folder_stands_is_refused_and_leaves_nothing_behind()
    {
        using var run = new ToolRun();
        Directory.CreateDirectory(run.PathOf("folder"));
        var error = await run.Refuse("channel", Urban, "--record", run.PathOf("folder"));
        Assert.Contains("which cannot be written", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(run.Folder));
    }

    private static double? Value(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetDouble();
}
