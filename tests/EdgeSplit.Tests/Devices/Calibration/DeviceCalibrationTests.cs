using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices.Calibration;

public sealed class DeviceCalibrationTests
{
    private static readonly EngineParameters Usual = SyntheticRuns.Engine.Parameters;

    private static DeviceCalibration Calibrated { get; } = DeviceCalibration.Run("my-card", SyntheticRuns.Full(Usual.With(EngineParameter.BandwidthEfficiency, 0.7), 0.02));

    [Fact]
    public void A_calibration_states_every_row_beside_its_fit()
    {
        Assert.Equal(32, Calibrated.Residuals.Count);
        Assert.All(Calibrated.Residuals, row => Assert.InRange(row.RelativeError, -0.1, 0.1));
        Assert.InRange(Calibrated.Parameters[EngineParameter.BandwidthEfficiency], 0.63, 0.77);
        Assert.InRange(Calibrated.PrefillLogError, 0.01, 0.08);
        Assert.InRange(Calibrated.DecodeLogError, 0.01, 0.08);
        Assert.Equal("my-card", Calibrated.Profile.Name);
    }

    [Fact]
    public void A_phase_without_rows_is_no_surer_than_the_data_sheet()
    {
        var decodeOnly = DeviceCalibration.Run("x", [.. SyntheticRuns.Full(Usual, 0.01).Where(sample => sample.Row.Phase == BenchmarkPhase.Decode)]);
        Assert.Equal(SyntheticRuns.Engine.PrefillLogError, decodeOnly.PrefillLogError);
        Assert.True(decodeOnly.DecodeLogError < SyntheticRuns.Engine.DecodeLogError);
        Assert.Contains(EngineParameter.ScoreBytes, decodeOnly.NotIdentified);
    }

    [Fact]
    public void Rows_that_cannot_identify_anything_are_refused_with_what_would_help()
    {
        var run = SyntheticRuns.Run(Usual, "llama-3-8b", NumberFormat.F16, BenchmarkPhase.Decode, 128, 0);
        Assert.Contains("no usable rows", Assert.Throws<CalibrationException>(() => DeviceCalibration.Run("x", [])).Message, StringComparison.Ordinal);
        Assert.Contains("at least two runs", Assert.Throws<CalibrationException>(() => DeviceCalibration.Run("x", [run])).Message, StringComparison.Ordinal);
        Assert.Contains("at least two runs", Assert.Throws<CalibrationException>(() => DeviceCalibration.Run("x", [run, run, run])).Message, StringComparison.Ordinal);
        var other = SyntheticRuns.Run(Usual, "llama-3-8b", NumberFormat.F16, BenchmarkPhase.Prefill, 128, 0, sheet: SyntheticRuns.Card with { Name = "another" });
        Assert.Contains("2 devices", Assert.Throws<CalibrationException>(() => DeviceCalibration.Run("x", [run, other])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DeviceCalibration.Run(" ", [run]));
    }

    [Fact]
    public void A_file_gives_back_what_was_written()
    {
        var text = CalibrationFile.ToJson(Calibrated);
        var back = CalibrationFile.Parse(text, "x.json");
        Assert.Equal(Calibrated.Profile, back.Profile);
        Assert.Equal(Calibrated.Estimates, back.Estimates);
        Assert.Equal(Calibrated.Residuals, back.Residuals);
        Assert.Equal((Calibrated.PrefillLogError, Calibrated.DecodeLogError, Calibrated.UsualWeights, Calibrated.Engine), (back.PrefillLogError, back.DecodeLogError, back.UsualWeights, back.Engine));
        Assert.Equal(text, CalibrationFile.ToJson(back));
    }

    [Fact]
    public void A_file_on_disk_is_replaced_whole_and_leaves_nothing_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory("edgesplit-");
        try
        {
            var path = Path.Combine(folder.FullName, "device.json");
            File.WriteAllText(path, "old");
            CalibrationFile.Save(Calibrated, path);
            Assert.Equal(Calibrated.Profile, CalibrationFile.Load(path).Profile);
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
            Assert.Throws<BenchmarkFileException>(() => CalibrationFile.Load(Path.Combine(folder.FullName, "absent.json")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("\"edgesplitDevice\": 1", "\"edgesplitDevice\": 2", "$.edgesplitDevice")]
    [InlineData("\"edgesplitDevice\": 1,", "", "no version")]
    [InlineData("\"engine\": \"llamaCpp\"", "\"engine\": \"fast\"", "$.engine")]
    [InlineData("\"engine\": \"llamaCpp\"", "\"engine\": 0", "$.engine")]
    [InlineData("\"peakBytesPerSecond\": 800000000000", "\"peakBytesPerSecond\": -1", "PeakBytesPerSecond")]
    [InlineData("\"busyWatts\": 300", "\"busyWatts\": 3", "BusyWatts")]
    [InlineData("\"usualWeights\": \"F16\"", "\"usualWeights\": \"F17\"", "F17")]
    [InlineData("\"name\": \"my-card\"", "\"name\": null", "$")]
    [InlineData("\"name\": \"my-card\"", "\"name\": \" \"", "Name")]
    [InlineData("\"name\": \"my-card\"", "\"nmae\": \"my-card\"", "nmae")]
    public void A_file_that_was_tampered_with_says_where(string found, string replaced, string message)
    {
        var text = CalibrationFile.ToJson(Calibrated);
        Assert.Contains(found, text, StringComparison.Ordinal);
        var error = Assert.Throws<BenchmarkFileException>(() => CalibrationFile.Parse(text.Replace(found, replaced, StringComparison.Ordinal), "device.json"));
        Assert.StartsWith("device.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_prefix_of_a_file_and_no_other_text_crashes()
    {
        var text = CalibrationFile.ToJson(Calibrated);
        foreach (var length in Enumerable.Range(0, text.Length / 37).Select(i => i * 37))
        {
            Assert.Throws<BenchmarkFileException>(() => CalibrationFile.Parse(text[..length], "x"));
        }

        foreach (var other in new[] { "[]", "null", "1", "\"x\"", "{}", "{\"edgesplitDevice\":1}", "{\"edgesplitDevice\":1,\"parameters\":[]}", new string('[', 10_000), "\0\0\0" })
        {
            Assert.Throws<BenchmarkFileException>(() => CalibrationFile.Parse(other, "x"));
        }
    }
}
