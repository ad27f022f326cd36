using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Tests.Devices.Calibration;

namespace EdgeSplit.Tests.Simulation;

/// <summary>Devices and servers of a scenario: calibrated files, data sheets with an engine, a busy device, a second processor for single tokens.</summary>
public sealed class ScenarioProcessorTests : IDisposable
{
    private const string Figures = "\"peakMatrixFlopPerSecond\": 2e13, \"peakBytesPerSecond\": 1e11, \"memoryBytes\": 8e9, \"idleWatts\": 1, \"busyWatts\": 9";

    private static readonly OperatingPoint Point = new(20e6, 60e6, 0.5);

    private static readonly DeviceCalibration Calibrated = DeviceCalibration.Run(
        "mine", [.. SyntheticRuns.Full(SyntheticRuns.Engine.Parameters.With(EngineParameter.BandwidthEfficiency, 0.6), 0.05).Where(sample => sample.Format == "Q4_K_M")]);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgesplit-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_calibrated_file_gives_its_profile_its_usual_weights_and_its_errors()
    {
        var scenario = Load("{ \"profile\": \"mine.json\" }");
        Assert.Equal(Calibrated.Profile, scenario.System.Device);
        Assert.Equal("Q4_K_M", scenario.System.DeviceWeights.Name);
        Assert.Equal((Calibrated.PrefillLogError, Calibrated.DecodeLogError), (scenario.Settings.Errors.DeviceCompute, scenario.Settings.Errors.DeviceBandwidth));
        Assert.Equal(scenario.System.Device, Load("\"mine.json\"").System.Device);
        Assert.Equal(scenario.System.Device, Load("{ \"profile\": \"MINE.JSON\" }", name: "MINE.JSON").System.Device);

        // A server's weights are F16 unless it is told otherwise, whatever the rows were measured in.
        var server = Load("{ \"profile\": \"mine.json\" }", section: "server");
        Assert.Equal((Calibrated.Profile, NumberFormat.F16), (server.System.Server, server.System.ServerWeights));
        Assert.Equal(Calibrated.DecodeLogError, server.Settings.Errors.ServerBandwidth);
    }

    [Fact]
    public void The_path_starts_from_the_folder_of_the_scenario_and_overrides_stand_beside_it()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "devices"));
        var scenario = Load("{ \"profile\": \"devices/mine.json\", \"memoryBytes\": 5e9, \"idleWatts\": 2, \"weights\": \"Q8_0\" }", name: "devices/mine.json");
        Assert.Equal(Calibrated.Profile with { MemoryBytes = 5e9, IdleWatts = 2, WattsAboveIdle = Calibrated.Profile.BusyWatts - 2 }, scenario.System.Device);
        Assert.Equal(NumberFormat.Q8_0, scenario.System.DeviceWeights);

        var absolute = Path.Combine(folder.FullName, "devices", "mine.json").Replace("\\", "/", StringComparison.Ordinal);
        Assert.Equal(Calibrated.Profile, Load($"{{ \"profile\": \"{absolute}\" }}").System.Device);
    }

    [Theory]
    [InlineData("absent.json", "absent.json")]
    [InlineData("bad.json", "$.edgesplitDevice")]
    [InlineData("folder.json", "folder.json")]
    [InlineData("a\\u0000b.json", "cannot be read")]
    [InlineData(".json", ".json")]
    public void A_bad_file_names_the_path_the_file_and_what_is_wrong(string name, string found)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "bad.json"), "{ \"edgesplitDevice\": 99 }");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "folder.json"));
        foreach (var (section, path) in new[] { ("device", "$.device.profile"), ("server", "$.server.profile") })
        {
            var error = Assert.Throws<ScenarioException>(() => Load($"{{ \"profile\": \"{name}\" }}", section: section));
            Assert.Equal(path, error.JsonPath);
            Assert.Contains(found, error.Message, StringComparison.Ordinal);
            Assert.Contains("edgesplit calibrate", error.Allowed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Processor_and_engine_beside_a_kind_pick_what_is_usual_for_them()
    {
        foreach (var processor in Enum.GetValues<ProcessorClass>())
        {
            foreach (var engine in Enum.GetValues<InferenceEngine>())
            {
                var device = (RooflineProfile)SmallScenario.Read("device", $"{{ \"kind\": \"phone\", \"processor\": \"{Camel(processor)}\", \"engine\": \"{Camel(engine)}\", {Figures} }}").System.Device;
                var model = EngineDefaults.Find(processor, engine);
                Assert.Equal(model.MicroBatchTokens, device.MicroBatchTokens);
                Assert.Equal(model.Parameters[EngineParameter.AttentionEfficiency], device.AttentionEfficiency);
                Assert.Equal(model.Parameters[EngineParameter.OverheadSecondsPerPass], device.OverheadSecondsPerPass);
                Assert.Equal(DeviceKind.Phone, device.Kind);
            }
        }

        // Alone, each leaves the other to what is usual.
        var gpu = SmallScenario.Read("device", $"{{ \"kind\": \"jetson\", \"engine\": \"compiled\", {Figures} }}");
        Assert.Equal(EngineDefaults.Find(ProcessorClass.EmbeddedGpu, InferenceEngine.Compiled).DecodeLogError, gpu.Settings.Errors.DeviceBandwidth);
        var cores = SmallScenario.Read("device", $"{{ \"kind\": \"phone\", \"processor\": \"mobileCpu\", {Figures} }}");
        Assert.Equal(EngineDefaults.Find(ProcessorClass.MobileCpu, InferenceEngine.LlamaCpp).PrefillLogError, cores.Settings.Errors.DeviceCompute);
    }

    [Theory]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"processor\": \"mobileCpu\" }", "$.device.processor", "either \"profile\"")]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"engine\": \"llamaCpp\" }", "$.device.engine", "either \"profile\"")]
    [InlineData("{ \"profile\": \"mine.json\", \"engine\": \"llamaCpp\" }", "$.device.engine", "either \"profile\"")]
    [InlineData("{ \"kind\": \"phone\", \"processor\": \"mobilCpu\" }", "$.device.processor", "did you mean \"mobileCpu\"?")]
    [InlineData("{ \"kind\": \"phone\", \"engine\": 3 }", "$.device.engine", "llamaCpp")]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"otherProgramsShare\": 1 }", "$.device.otherProgramsShare", "at most 0.99")]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"otherProgramsShare\": -0.1 }", "$.device.otherProgramsShare", "at least 0")]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"decode\": 3 }", "$.device.decode", "a name or an object")]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"decode\": {} }", "$.device.decode.profile", "the name of a device")]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"decode\": \"raspbery-pi-5\" }", "$.device.decode.profile", "did you mean \"raspberry-pi-5\"?")]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"decode\": { \"profile\": \"a40\", \"weights\": \"Q4_0\" } }", "$.device.decode.weights", "no such key")]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"decode\": { \"profile\": \"a40\", \"memoryBytes\": 1e9 } }", "$.device.decode.memoryBytes", "no such key")]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"decode\": { \"profile\": \"a40\", \"usableMemoryShare\": 0.5 } }", "$.device.decode.usableMemoryShare", "no such key")]
    [InlineData("{ \"profile\": \"raspberry-pi-5\", \"decode\": { \"profile\": \"a40\", \"decode\": \"a40\" } }", "$.device.decode.decode", "one of profile")]
    public void What_does_not_belong_together_is_refused(string json, string path, string allowed)
    {
        var error = Assert.Throws<ScenarioException>(() => SmallScenario.Read("device", json));
        Assert.Equal(path, error.JsonPath);
        Assert.Contains(allowed, error.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_has_no_second_processor() =>
        Assert.Equal("$.server.decode", Assert.Throws<ScenarioException>(() => SmallScenario.Read("server", "{ \"profile\": \"a40\", \"decode\": \"a40\" }")).JsonPath);

    [Fact]
    public void Other_programs_that_take_nothing_change_nothing_and_those_that_take_half_double_all_compute()
    {
        foreach (var (section, name) in new[] { ("device", "raspberry-pi-5"), ("device", "snapdragon-8-gen-3"), ("server", "a100-sxm-80gb-vllm") })
        {
            var alone = SmallScenario.Read(section, $"{{ \"profile\": \"{name}\" }}");
            Assert.Equal(alone.System, SmallScenario.Read(section, $"{{ \"profile\": \"{name}\", \"otherProgramsShare\": 0 }}").System);
            var shared = SmallScenario.Read(section, $"{{ \"profile\": \"{name}\", \"otherProgramsShare\": 0.5 }}");
            Assert.Equal(alone.Settings.Errors, shared.Settings.Errors);
            var (fast, slow) = (Totals(alone, new TurnWork(700, 30, 20, 20)), Totals(shared, new TurnWork(700, 30, 20, 20)));
            for (var k = 0; k <= alone.System.Layers; k++)
            {
                Assert.Equal((section == "device" ? 2 : 1) * fast.DeviceSeconds[k], slow.DeviceSeconds[k]);
                Assert.Equal((section == "server" ? 2 : 1) * fast.ServerSeconds[k], slow.ServerSeconds[k]);
            }
        }
    }

    [Fact]
    public void Prompts_run_on_the_device_and_single_tokens_on_its_second_processor()
    {
        const string both = "{ \"profile\": \"snapdragon-8-gen-3\", \"weights\": \"INT4\", \"decode\": \"snapdragon-8-gen-3-cpu\" }";
        var joined = SmallScenario.Read("device", both);
        var prompts = SmallScenario.Read("device", "{ \"profile\": \"snapdragon-8-gen-3\", \"weights\": \"INT4\" }");
        var tokens = SmallScenario.Read("device", "{ \"profile\": \"snapdragon-8-gen-3-cpu\", \"weights\": \"INT4\" }");
        Assert.Equal(NumberFormat.Int4, joined.System.DeviceWeights);
        Assert.Equal((prompts.System.Device.MemoryBytes, prompts.System.Device.UsableMemoryBytes), (joined.System.Device.MemoryBytes, joined.System.Device.UsableMemoryBytes));
        Assert.Equal(
            (prompts.Settings.Errors.DeviceCompute, tokens.Settings.Errors.DeviceBandwidth), (joined.Settings.Errors.DeviceCompute, joined.Settings.Errors.DeviceBandwidth));

        // A turn of one output token has no decode steps; what 30 add to it are the steps alone.
        var (first, whole) = (new TurnWork(600, 100, 1, 30), new TurnWork(600, 100, 30, 30));
        var (prefill, short1, long1, sum) = (Totals(prompts, first), Totals(tokens, first), Totals(tokens, whole), Totals(joined, whole));
        for (var k = 1; k <= joined.System.Layers; k++)
        {
            Assert.Equal(prefill.DeviceSeconds[k], Totals(joined, first).DeviceSeconds[k], 1e-12);
            Assert.Equal(prefill.DeviceSeconds[k] + long1.DeviceSeconds[k] - short1.DeviceSeconds[k], sum.DeviceSeconds[k], 1e-12);
        }

        // A prompt of a single token is a pass of one token.
        Assert.Equal(Totals(tokens, new TurnWork(1, 100, 1, 1)).DeviceSeconds[5], Totals(joined, new TurnWork(1, 100, 1, 1)).DeviceSeconds[5], 1e-15);

        // The same memory, hence the same splits fit.
        Assert.Equal(new SplitProfile(prompts.System).DeviceBytes(7, whole), new SplitProfile(joined.System).DeviceBytes(7, whole));
    }

    [Fact]
    public void A_second_processor_may_be_calibrated_busy_or_of_ones_own()
    {
        var file = Load("{ \"profile\": \"raspberry-pi-5\", \"weights\": \"Q4_0\", \"decode\": { \"profile\": \"mine.json\", \"otherProgramsShare\": 0.5 } }");
        Assert.Equal(Calibrated.DecodeLogError, file.Settings.Errors.DeviceBandwidth);
        var half = Calibrated.Profile.Perturbed(2, 2, 2) with { WattsAboveIdle = Calibrated.Profile.WattsAboveIdle / 2 }; // the other program's half is its own
        Assert.Equal(half, file.System.Device.ForPass(1));
        Assert.Equal(DeviceCatalog.Find("raspberry-pi-5").Profile, file.System.Device.ForPass(2));

        // Its figures, but for the memory, which is that of the device.
        var own = SmallScenario.Read("device", """
            { "profile": "snapdragon-8-gen-3", "weights": "Q4_0",
              "decode": { "kind": "phone", "processor": "mobileCpu", "peakMatrixFlopPerSecond": 1e12, "peakBytesPerSecond": 7e10, "idleWatts": 1, "busyWatts": 20 } }
            """);
        Assert.Equal(7e10, ((RooflineProfile)own.System.Device.ForPass(1)).PeakBytesPerSecond);
        Assert.Equal(DeviceCatalog.Find("snapdragon-8-gen-3").Profile.MemoryBytes, own.System.Device.MemoryBytes);
        Assert.Equal(EngineDefaults.Find(ProcessorClass.MobileCpu, InferenceEngine.LlamaCpp).DecodeLogError, own.Settings.Errors.DeviceBandwidth);
        Assert.Equal(20, own.System.Device.BusyWatts);
    }

    [Fact]
    public void The_prior_is_as_wide_as_the_predictions_were_off_and_as_a_data_sheets_where_a_speed_is_replaced()
    {
        var (device, server) = (DeviceCatalog.Find("raspberry-pi-5"), DeviceCatalog.Find("a100-sxm-80gb"));
        var errors = SmallScenario.Read().Settings.Errors;
        Assert.Equal((device.PrefillLogError, device.DecodeLogError), (errors.DeviceCompute, errors.DeviceBandwidth));
        Assert.Equal((server.PrefillLogError, server.DecodeLogError), (errors.ServerCompute, errors.ServerBandwidth));

        var sheet = EngineDefaults.Find(device.Sheet.Processor, device.Engine);
        foreach (var (key, isPrefill) in new[] { ("peakMatrixFlopPerSecond", true), ("matrixEfficiency", true), ("peakBytesPerSecond", false), ("bandwidthEfficiency", false) })
        {
            var value = key.StartsWith("peak", StringComparison.Ordinal) ? "1e10" : "0.5";
            var replaced = SmallScenario.Read("device", $"{{ \"profile\": \"raspberry-pi-5\", \"weights\": \"Q4_0\", \"{key}\": {value} }}").Settings.Errors;
            Assert.Equal(isPrefill ? sheet.PrefillLogError : device.PrefillLogError, replaced.DeviceCompute);
            Assert.Equal(isPrefill ? device.DecodeLogError : sheet.DecodeLogError, replaced.DeviceBandwidth);
        }

        var own = Load("{ \"profile\": \"mine.json\", \"weights\": \"Q4_0\", \"bandwidthEfficiency\": 0.5 }").Settings.Errors;
        Assert.Equal((Calibrated.PrefillLogError, SyntheticRuns.Engine.DecodeLogError), (own.DeviceCompute, own.DeviceBandwidth));

        // Memory and power say nothing about speed.
        Assert.Equal(errors, SmallScenario.Read("device", "{ \"profile\": \"raspberry-pi-5\", \"weights\": \"Q4_0\", \"memoryBytes\": 4e9, \"busyWatts\": 20 }").Settings.Errors);
    }

    private static string Camel<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    private static SplitTotals Totals(Scenario scenario, TurnWork work)
    {
        var profile = new SplitProfile(scenario.System, scenario.Limits);
        var totals = new SplitTotals(profile.Layers);
        profile.Totals(work, Point, totals);
        return totals;
    }

    private Scenario Load(string json, string section = "device", string name = "mine.json")
    {
        File.WriteAllText(Path.Combine(folder.FullName, name), CalibrationFile.ToJson(Calibrated));
        var file = Path.Combine(folder.FullName, "scenario.json");
        File.WriteAllText(file, SmallScenario.With(section, json));
        return ScenarioFile.Load(file, allowInfeasible: true);
    }
}
