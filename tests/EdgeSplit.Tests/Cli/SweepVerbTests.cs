using System.Text.Json;

namespace EdgeSplit.Tests.Cli;

public sealed class SweepVerbTests
{
    [Fact]
    public async Task A_table_has_one_line_per_split_and_the_conclusions()
    {
        using var run = new ToolRun();
        var lines = (await run.Succeed("sweep", run.Scenario())).Split('\n');
        Assert.Equal(13, lines.Count(line => line.StartsWith("|  ", StringComparison.Ordinal) || line.StartsWith("| 1", StringComparison.Ordinal)) - lines.Count(line => line.StartsWith("|  k ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("best split: k = 0 (server only), cost ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("why: an end of the range wins", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("| link loss", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("WARNING: Measured on LLaMA-7B, used for gpt2.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_csv_the_parts_of_the_latency_sum_to_it_and_one_split_is_best()
    {
        using var run = new ToolRun();
        var rows = CsvText.Read(await run.Succeed("sweep", run.Scenario(), "--format", "csv"));
        Assert.Equal(13, rows.Count);
        string[] parts =
        [
            "deviceHeadSeconds", "encodeSeconds", "uplinkWaitSeconds", "uplinkSeconds", "serverQueueSeconds", "serverComputeSeconds", "downlinkWaitSeconds",
            "downlinkSeconds", "decompressSeconds", "deviceTailSeconds", "keyValueMigrationSeconds", "weightLoadSeconds",
        ];
        Assert.All(rows, row => Assert.Equal(row.Number("latencySeconds"), parts.Sum(row.Number), 12));
        Assert.Equal(rows.MinBy(row => row.Number("costSeconds")), Assert.Single(rows, row => row["isBest"] == "true"));
    }

    [Fact]
    public async Task Json_and_csv_say_the_same()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var rows = CsvText.Read(await run.Succeed("sweep", file, "--format", "csv"));
        using var json = JsonDocument.Parse(await run.Succeed("sweep", file, "--format", "json"));
        var cell = Assert.Single(json.RootElement.GetProperty("cells").EnumerateArray().ToArray());
        var splits = cell.GetProperty("splits").EnumerateArray().ToArray();
        Assert.Equal(rows.Count, splits.Length);
        foreach (var (row, split) in rows.Zip(splits))
        {
            Assert.Equal(row.Number("costSeconds"), split.GetProperty("costSeconds").GetDouble());
            Assert.Equal(row.Number("serverBytes"), split.GetProperty("serverBytes").GetDouble());
            Assert.Equal(row["isPareto"], split.GetProperty("isPareto").GetBoolean() ? "true" : "false");
        }

        Assert.Equal(0, cell.GetProperty("bestSplit").GetInt32());
        Assert.Equal(6, cell.GetProperty("band").GetArrayLength());
        Assert.Contains(cell.GetProperty("sources").EnumerateArray(), source => source.GetProperty("what").GetString() == "leakage");
    }

    [Fact]
    public async Task Settings_span_a_grid_whose_first_path_varies_slowest()
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        string[] grid = ["sweep", file, "--set", "server.load.meanJobs=0,3", "--set", "device=raspberry-pi-5,jetson-agx-orin-64gb", "--set", "link.bandwidthHz=80e6"];
        var rows = CsvText.Read(await run.Succeed([.. grid, "--format", "csv"]));
        Assert.Equal(
            ["0 raspberry-pi-5 80e6", "0 jetson-agx-orin-64gb 80e6", "3 raspberry-pi-5 80e6", "3 jetson-agx-orin-64gb 80e6"],
            rows.Where(row => row["splitPoint"] == "0").Select(row => $"{row["server.load.meanJobs"]} {row["device"]} {row["link.bandwidthHz"]}"));
        Assert.Equal(4 * 13, rows.Count);

        // Each cell is what a sweep of that cell alone gives.
        var alone = CsvText.Read(await run.Succeed("sweep", file, "--set", "server.load.meanJobs=3", "--set", "device=jetson-agx-orin-64gb", "--set", "link.bandwidthHz=80e6", "--format", "csv"));
        Assert.Equal(alone.Select(row => row["costSeconds"]), rows.Skip(3 * 13).Select(row => row["costSeconds"]));

        using var json = JsonDocument.Parse(await run.Succeed([.. grid, "--format", "json"]));
        Assert.Equal(4, json.RootElement.GetProperty("cells").GetArrayLength());
        var table = await run.Succeed(grid);
        Assert.Contains("== server.load.meanJobs = 3, device = raspberry-pi-5, link.bandwidthHz = 80e6", table, StringComparison.Ordinal);
        Assert.Equal(table, await run.Succeed(grid));
    }

    [Fact]
    public async Task A_value_with_commas_in_brackets_is_one_value()
    {
        using var run = new ToolRun();
        var rows = CsvText.Read(await run.Succeed("sweep", run.Scenario(), "--set", "workload.promptTokens={\"uniform\":[5,9]},{\"constant\":700}", "--format", "csv"));
        Assert.Equal(["{\"uniform\":[5,9]}", "{\"constant\":700}"], rows.Select(row => row["workload.promptTokens"]).Distinct());
        Assert.True(rows[13].Number("latencySeconds") > rows[0].Number("latencySeconds"));
    }

    [Fact]
    public async Task A_cell_of_a_grid_may_have_no_feasible_split()
    {
        using var run = new ToolRun();
        var table = await run.Succeed("sweep", run.Scenario(), "--set", "device.memoryBytes=2e7,8e9", "--set", "server.memoryBytes=2e7");
        Assert.Contains("best split: none is feasible", table, StringComparison.Ordinal);
        Assert.Contains("best split: k = 12 (device only)", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_can_be_chosen()
    {
        using var run = new ToolRun();
        using var json = JsonDocument.Parse(await run.Succeed(
            "sweep", run.Scenario(), "--format", "json", "--prompt", "50", "--output", "4.5", "--context", "10", "--snr", "-3", "--jobs", "0"));
        var request = json.RootElement.GetProperty("cells")[0].GetProperty("request");
        Assert.Equal(50, request.GetProperty("promptTokens").GetInt32());
        Assert.Equal(4.5, request.GetProperty("outputTokens").GetDouble());
        Assert.Equal(10, request.GetProperty("contextTokens").GetInt32());
        Assert.Equal(-3, request.GetProperty("meanSnrDb").GetDouble());
        Assert.Equal(1, request.GetProperty("serverShare").GetDouble());
    }

    [Fact]
    public async Task A_plot_is_written_whole()
    {
        using var run = new ToolRun();
        await run.Succeed("sweep", run.Scenario(), "--plot", run.PathOf("plot.svg"));
        Assert.StartsWith("<svg", File.ReadAllText(run.PathOf("plot.svg")), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(run.Folder).Length);
    }
}
