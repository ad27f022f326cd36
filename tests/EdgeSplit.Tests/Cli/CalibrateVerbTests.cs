using System.Text.Json;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Simulation;

namespace EdgeSplit.Tests.Cli;

public sealed class CalibrateVerbTests
{
    private static readonly string[] Parameters = Enum.GetNames<EngineParameter>();

    public static TheoryData<string> Files => ["runs.json", "runs.csv", "runs.md"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Parameters_that_made_the_speeds_are_found_again_from_every_format(string name)
    {
        using var run = new ToolRun();
        var device = run.PathOf("mine.json");
        using var json = JsonDocument.Parse(await run.Succeed("calibrate", Written(run, name), "--name", "mine", "--out", device, "--format", "json"));
        var root = json.RootElement;
        Assert.Equal(("mine", "rtx-4080", "LlamaCpp"), (root.GetProperty("name").GetString(), root.GetProperty("sheet").GetString(), root.GetProperty("engine").GetString()));
        Assert.Equal(Parameters, root.GetProperty("parameters").EnumerateArray().Select(row => row.GetProperty("parameter").GetString()));
        Assert.Equal(MadeUpRuns.All.Count, root.GetProperty("residuals").GetArrayLength());
        Assert.Empty(root.GetProperty("leftOut").EnumerateArray());

        var read = CalibrationFile.Load(device);
        Assert.InRange(read.Parameters[EngineParameter.BandwidthEfficiency] / MadeUpRuns.Truth[EngineParameter.BandwidthEfficiency], 0.95, 1.05);
        Assert.InRange(read.Parameters[EngineParameter.MatrixEfficiency] / MadeUpRuns.Truth[EngineParameter.MatrixEfficiency], 0.95, 1.05);
        Assert.All(read.Residuals, row => Assert.InRange(row.RelativeError, -0.02, 0.02));
        Assert.Equal(read.Estimates.Select(row => row.Value), root.GetProperty("parameters").EnumerateArray().Select(row => row.GetProperty("value").GetDouble()));
        Assert.Equal([device], Directory.GetFiles(run.Folder, "*mine*"));
    }

    [Fact]
    public async Task The_table_names_every_parameter_with_its_standard_error_every_row_and_what_the_rows_do_not_tell()
    {
        using var run = new ToolRun();
        var table = await run.Succeed("calibrate", Written(run, "runs.csv"), "--name", "mine", "--out", run.PathOf("mine.json"));
        Assert.Contains("mine: GeForce RTX 4080 with LlamaCpp, 12 rows", table, StringComparison.Ordinal);
        Assert.Contains("standard error", table, StringComparison.Ordinal);
        Assert.All(Parameters, name => Assert.Contains($"| {name} ", table, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(2, 12), line => Assert.Contains($"| line {line} ", table, StringComparison.Ordinal));
        Assert.Contains("the rows do not tell ", table, StringComparison.Ordinal);
        Assert.Contains("nine rows in ten like these measure between", table, StringComparison.Ordinal);
        Assert.DoesNotContain("left out because", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_and_csv_state_the_same_residuals()
    {
        using var run = new ToolRun();
        string[] line = ["calibrate", Written(run, "runs.csv"), "--name", "mine", "--out", run.PathOf("mine.json"), "--format"];
        var rows = CsvText.Read(await run.Succeed([.. line, "csv"]));
        using var json = JsonDocument.Parse(await run.Succeed([.. line, "json"]));
        var residuals = json.RootElement.GetProperty("residuals").EnumerateArray().ToArray();
        Assert.Equal(MadeUpRuns.All.Count, rows.Count);
        Assert.Equal(rows.Count, residuals.Length);
        foreach (var ((row, residual), made) in rows.Zip(residuals).Zip(MadeUpRuns.All))
        {
            Assert.Equal(row["location"], residual.GetProperty("location").GetString());
            Assert.Equal(made.Speed, row.Number("measuredTokensPerSecond"));
            Assert.Equal(row.Number("fittedTokensPerSecond"), residual.GetProperty("fittedTokensPerSecond").GetDouble());
            Assert.Equal((row.Number("fittedTokensPerSecond") / made.Speed) - 1, row.Number("relativeError"), 12);
        }
    }

    [Fact]
    public async Task Rows_of_several_files_count_together_and_unusable_ones_are_told()
    {
        using var run = new ToolRun();
        File.WriteAllText(run.PathOf("a.csv"), MadeUpRuns.Csv(MadeUpRuns.All.Take(6)));
        File.WriteAllText(run.PathOf("b.csv"), MadeUpRuns.Csv(MadeUpRuns.All.Skip(6).Append(MadeUpRuns.All[0] with { Type = "frobnicator 8B F16", Parameters = 0 })));
        using var json = JsonDocument.Parse(await run.Succeed("calibrate", run.PathOf("a.csv"), run.PathOf("b.csv"), "--name", "mine", "--out", run.PathOf("mine.json"), "--format", "json"));
        Assert.Equal(12, json.RootElement.GetProperty("residuals").GetArrayLength());
        var left = Assert.Single(json.RootElement.GetProperty("leftOut").EnumerateArray().ToArray());
        Assert.Equal("line 8", left.GetProperty("location").GetString());
        Assert.NotEqual("", left.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_scenario_names_the_file_and_runs_with_it()
    {
        using var run = new ToolRun();
        await run.Succeed("calibrate", Written(run, "runs.csv"), "--name", "mine", "--out", run.PathOf("mine.json"));
        var file = run.Scenario(SmallScenario.With("device", "{ \"profile\": \"mine.json\", \"weights\": \"Q4_0\" }"));
        Assert.Equal(CalibrationFile.Load(run.PathOf("mine.json")).Profile, ScenarioFile.Load(file).System.Device);
        var rows = CsvText.Read(await run.Succeed("sweep", file, "--format", "csv"));
        Assert.Equal(13, rows.Count);

        // The card is faster than the Raspberry Pi that it replaces, whatever else is equal.
        var before = CsvText.Read(await run.Succeed("sweep", file, "--set", "device.profile=raspberry-pi-5", "--format", "csv"));
        Assert.True(rows[12].Number("latencySeconds") < before[12].Number("latencySeconds"));
    }

    [Fact]
    public async Task A_device_of_ones_own_is_described_by_its_figures()
    {
        using var run = new ToolRun();
        File.WriteAllText(run.PathOf("own.csv"), MadeUpRuns.Csv(MadeUpRuns.All, gpu: "Frobnicator 9000"));
        string[] line = ["calibrate", run.PathOf("own.csv"), "--name", "my frobnicator", "--out", run.PathOf("own.json"), "--engine", "llamaCpp"];
        string[] figures = ["--kind", "desktop-gpu", "--peak-tflops", "97.5", "--bandwidth-gb", "716.8", "--memory-gib", "16", "--busy-watts", "320", "--idle-watts", "20"];
        await run.Succeed([.. line, .. figures]);
        var sheet = CalibrationFile.Load(run.PathOf("own.json")).Sheet;
        Assert.Equal(
            (DeviceKind.DesktopGpu, ProcessorClass.TensorGpu, 97.5e12, 716.8e9, 16.0 * (1L << 30), 320.0, 20.0),
            (sheet.Kind, sheet.Processor, sheet.PeakMatrixFlopPerSecond.Bits16, sheet.PeakBytesPerSecond, sheet.MemoryBytes, sheet.BusyWatts, sheet.IdleWatts));

        var error = await run.Refuse(line);
        Assert.Contains("--kind describes a device of your own", error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string[], string> Refused => new()
    {
        { "one.csv", [], "at least two runs that differ" },
        { "several.csv", [], "2 devices" },
        { "unknown.csv", [], "--kind describes a device of your own" },
        { "truncated.json", [], "truncated.json" },
        { "empty.csv", [], "empty.csv" },
        { "absent.csv", [], "no such file" },
        { ".", [], "a folder" },
        { "", [], "FILE: found \"\"" },
        { "runs.csv", ["--sheet", "rtx-4081"], "--sheet: found \"rtx-4081\"; allowed: did you mean \"rtx-4080\"?" },
        { "runs.csv", ["--engine", "lamaCpp"], "--engine: found \"lamaCpp\"; allowed: llamaCpp" },
        { "runs.csv", ["--select", "no such text"], "There are no usable rows" },
        { "runs.csv", ["--kind", "toaster"], "--kind: found \"toaster\"; allowed: phone" },
        { "runs.csv", ["--kind", "phone"], "--peak-tflops: found nothing" },
        { "runs.csv", ["--kind", "phone", "--peak-tflops", "3"], "--bandwidth-gb: found nothing" },
        { "runs.csv", ["--kind", "phone", "--peak-tflops", "3", "--bandwidth-gb", "50"], "--memory-gib: found nothing" },
        { "runs.csv", ["--kind", "phone", "--peak-tflops", "3", "--bandwidth-gb", "50", "--memory-gib", "8", "--idle-watts", "3"], "--busy-watts: found 0 W" },
        { "runs.csv", ["--kind", "phone", "--peak-tflops", "NaN"], "--peak-tflops: found \"NaN\"" },
        { "runs.csv", ["--peak-tflops", "3"], "--kind: found figures of a data sheet without it" },
        { "runs.csv", ["--busy-watts", "3"], "--kind: found figures of a data sheet without it" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_be_calibrated_is_refused_in_one_line_and_keeps_the_old_file(string name, string[] options, string message)
    {
        using var run = new ToolRun();
        Written(run, "runs.csv");
        File.WriteAllText(run.PathOf("one.csv"), MadeUpRuns.Csv(MadeUpRuns.All.Take(1)));
        File.WriteAllText(run.PathOf("several.csv"), MadeUpRuns.Csv(MadeUpRuns.All) + MadeUpRuns.Csv(MadeUpRuns.All, gpu: "NVIDIA GeForce RTX 3090").Split('\n', 2)[1]);
        File.WriteAllText(run.PathOf("unknown.csv"), MadeUpRuns.Csv(MadeUpRuns.All, gpu: "Frobnicator 9000"));
        File.WriteAllText(run.PathOf("truncated.json"), MadeUpRuns.Json(MadeUpRuns.All)[..40]);
        File.WriteAllText(run.PathOf("empty.csv"), "");
        File.WriteAllText(run.PathOf("mine.json"), "old");
        var before = Directory.GetFiles(run.Folder).Order().ToArray();
        var error = await run.Refuse(["calibrate", name.Length == 0 ? "" : run.PathOf(name), "--name", "mine", "--out", run.PathOf("mine.json"), .. options]);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.TrimEnd().Replace("\nRun 'edgesplit --help', or 'edgesplit VERB --help', for what is allowed.", "", StringComparison.Ordinal).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(run.PathOf("mine.json")));
        Assert.Equal(before, Directory.GetFiles(run.Folder).Order());
    }

    [Theory]
    [InlineData("--out", "no-such-folder/mine.json", "which cannot be written")]
    [InlineData("--out", "mine.txt", "a file name that ends in .json")]
    [InlineData("--out", "", "a file name that ends in .json")]
    [InlineData("--name", " ", "1 to 100 visible characters")]
    [InlineData("--name", "a\nb", "1 to 100 visible characters")]
    public async Task A_name_or_place_that_cannot_be_is_refused(string option, string value, string message)
    {
        using var run = new ToolRun();
        var file = Written(run, "runs.csv");
        string[] others = option == "--out" ? ["--name", "mine"] : ["--out", run.PathOf("mine.json")];
        var error = await run.Refuse(["calibrate", file, option, option == "--out" && value.Length > 0 ? run.PathOf(value) : value, .. others]);
        Assert.StartsWith($"edgesplit: {option}: found ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(run.Folder));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_file_is_refused_and_stays()
    {
        using var run = new ToolRun();
        Directory.CreateDirectory(run.PathOf("mine.json"));
        var error = await run.Refuse("calibrate", Written(run, "runs.csv"), "--name", "mine", "--out", run.PathOf("mine.json"));
        Assert.Contains("it is a folder", error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(run.PathOf("mine.json")));
    }

    private static string Written(ToolRun run, string name)
    {
        File.WriteAllText(run.PathOf(name), Path.GetExtension(name) switch
        {
            ".json" => MadeUpRuns.Json(MadeUpRuns.All),
            ".csv" => MadeUpRuns.Csv(MadeUpRuns.All),
            _ => MadeUpRuns.Markdown(MadeUpRuns.All),
        });
        return run.PathOf(name);
    }
}
