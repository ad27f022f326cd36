using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Simulation;

public sealed class ScenarioFileTests
{
    public static TheoryData<int> Bad => [.. Enumerable.Range(0, BadScenarios.All.Count)];

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_scenario_is_refused_with_file_path_found_and_allowed(int index)
    {
        var bad = BadScenarios.All[index];
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(bad.Text, SmallScenario.FileName));
        Assert.Equal(bad.Path, error.JsonPath);
        Assert.Contains(bad.Found, error.Found, StringComparison.Ordinal);
        Assert.Contains(bad.Allowed, error.Allowed, StringComparison.Ordinal);
        Assert.StartsWith($"{SmallScenario.FileName}: {bad.Path}: found ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_and_an_object_with_that_name_mean_the_same()
    {
        var byName = SmallScenario.Read();
        var byObject = SmallScenario.Read("link", "{ \"profile\": \"wifi-5ghz-indoor\" }");
        Assert.Equal(byName.Link, byObject.Link);
        Assert.Equal(byName.Settings, byObject.Settings);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed()
    {
        var text = SmallScenario.With().Replace("{\n  \"name\"", "{ // a comment\n /* another */ \"name\"", StringComparison.Ordinal).Replace("}\n}", "},\n}", StringComparison.Ordinal);
        Assert.Equal("small", ScenarioFile.Parse(text, SmallScenario.FileName).Name);
    }

    [Fact]
    public void Every_field_arrives_where_it_belongs()
    {
        var link = SmallScenario.Read("link", """
            { "profile": "wifi-5ghz-indoor", "uplinkBandwidthHz": 1e7, "downlinkBandwidthHz": 2e7, "transmitPowerDbm": 17, "downlinkTransmitPowerDbm": 21, "otherLossDb": 3,
              "minimumDistanceMetres": 2, "maximumDistanceMetres": 20, "shadowingStandardDeviationDb": 5, "nakagamiShape": 2, "coherenceSeconds": 0.1,
              "uplinkDelaySeconds": 0.004, "downlinkDelaySeconds": 0.003 }
            """);
        Assert.Equal((1e7, 17, 3), (link.RadioLink.Uplink.BandwidthHz, link.RadioLink.Uplink.TransmitPowerDbm, link.RadioLink.Uplink.OtherLossDb));
        Assert.Equal((2e7, 21, 3), (link.RadioLink.Downlink.BandwidthHz, link.RadioLink.Downlink.TransmitPowerDbm, link.RadioLink.Downlink.OtherLossDb));
        Assert.Equal((2, 20, 5), (link.RadioLink.MinimumDistanceMetres, link.RadioLink.MaximumDistanceMetres, link.RadioLink.ShadowingStandardDeviationDb));
        Assert.Equal((2, 0.1), (link.RadioLink.NakagamiShape, link.RadioLink.CoherenceSeconds));
        Assert.Equal((0.004, 0.003), (link.System.UplinkDelay.TotalSeconds, link.System.DownlinkDelay.TotalSeconds));

        var server = SmallScenario.Read("server", """{ "profile": "a100-sxm-80gb", "weights": "Q8_0", "load": { "meanJobs": 2, "meanJobSeconds": 3, "reportAgeSeconds": 4, "blockSeconds": 0.5 } }""");
        Assert.Equal(new ServerLoadModel { MeanJobs = 2, MeanJobSeconds = 3, ReportAgeSeconds = 4, BlockSeconds = 0.5 }, server.ServerLoad);
        Assert.Equal(NumberFormat.Q8_0, server.System.ServerWeights);

        var objective = SmallScenario.Read("objective", """
            { "latencyWeight": 2, "deviceJouleSeconds": 3, "serverGpuSecondSeconds": 4, "qualityNatSeconds": 5, "leakageSeconds": 6, "latencyLimitSeconds": 7,
              "missedLimitPenaltySeconds": 8, "maximumTokenRecoveryRate": 0.9, "maximumNegativeLogLikelihoodIncrease": 0.2 }
            """);
        var weights = objective.Objective;
        Assert.Equal((2, 3, 4, 5, 6, 7, 8), (weights.LatencyWeight, weights.DeviceJouleSeconds, weights.ServerGpuSecondSeconds, weights.QualityNatSeconds, weights.LeakageSeconds, weights.LatencyLimitSeconds, weights.MissedLimitPenaltySeconds));
        Assert.Equal((0.9, 0.2), (objective.Limits.MaximumTokenRecoveryRate, objective.Limits.MaximumNegativeLogLikelihoodIncrease));

        var settings = SmallScenario.Read("simulation", """{ "requests": 9, "evaluatedRequests": 4, "seeds": 3, "firstSeed": 18446744073709551615, "channelEstimateErrorDb": 1, "errors": { "linkBiasDb": 2 } }""").Settings;
        Assert.Equal((9, 4, 3, ulong.MaxValue, 1), (settings.Requests, settings.EvaluatedRequests, settings.Seeds, settings.FirstSeed, settings.ChannelEstimateErrorDb));
        Assert.Equal(2, settings.Errors.LinkBiasDb);
        Assert.True(settings.Errors.DeviceCompute > 0);

        var workload = SmallScenario.Read("workload", """
            { "trace": "azure-code", "outputTokens": { "exponentialMean": 20 }, "arrivalsPerSecond": 0.1, "meanTurns": 2, "maximumTurns": 4, "meanThinkSeconds": 5, "maximumOutputTokens": 64 }
            """).Workload;
        Assert.Equal((0.1, 2, 4, 5, 64), (workload.ArrivalsPerSecond, workload.MeanTurns, workload.MaximumTurns, workload.MeanThinkSeconds, workload.MaximumOutputTokens));
        Assert.Equal(20, workload.OutputTokens.Mean, 9);
        Assert.Equal(WorkloadCatalog.Find("azure-code").PromptTokens, workload.PromptTokens);
    }

    [Fact]
    public void A_device_of_ones_own_has_the_efficiencies_of_its_kind_and_the_larger_errors_of_a_data_sheet()
    {
        var scenario = SmallScenario.Read("device", """
            { "name": "my-phone", "kind": "phone", "weights": "Q8_0", "peakMatrixFlopPerSecond": { "bits32": 1e12, "bits16": 2e12, "bits8": 4e12, "lowBit": 5e12 },
              "peakBytesPerSecond": 5e10, "memoryBytes": 8e9, "idleWatts": 1, "busyWatts": 4, "usableMemoryShare": 0.4 }
            """);
        var sheet = DataSheetProfile.Create("my-phone", DeviceKind.Phone, new PerFormat(1e12, 2e12, 4e12, 5e12), 5e10, 8e9, 1, 4) with { UsableMemoryShare = 0.4 };
        Assert.Equal(sheet, scenario.System.Device);
        Assert.Equal(
            EngineDefaults.Find(ProcessorClass.NeuralProcessor, InferenceEngine.VendorRuntime).PrefillLogError,
            scenario.Settings.Errors.DeviceCompute);
    }

    [Fact]
    public void A_prior_is_perturbed_unless_it_is_said_to_be_exact()
    {
        Assert.NotEqual(PriorErrors.Exact, SmallScenario.Read("simulation").Settings.Errors);
        Assert.Equal(PriorErrors.Exact, SmallScenario.Read("simulation", "{ \"prior\": \"exact\" }").Settings.Errors);
        var errors = PriorErrors.FromPredictions(0.1, 0.2, 0.3, 0.4);
        Assert.Equal((0.1, 0.2, 0.3, 0.4), (errors.DeviceCompute, errors.DeviceBandwidth, errors.ServerCompute, errors.ServerBandwidth));
        Assert.Equal((3, 0.3), (errors.LinkBiasDb, errors.ServerLoad));
    }

    [Fact]
    public void An_override_sets_a_field_beside_a_name()
    {
        var scenario = ScenarioFile.Parse(SmallScenario.With(), SmallScenario.FileName, [("$.link.bandwidthHz", "1e7"), ("model", "opt-1.3b"), ("simulation.errors.linkBiasDb", "1")]);
        Assert.Equal(1e7, scenario.RadioLink.Uplink.BandwidthHz);
        Assert.Equal("opt-1.3b", scenario.System.Shape.Name);
        Assert.Equal(1, scenario.Settings.Errors.LinkBiasDb);
    }

    [Theory]
    [InlineData("link.bandwithHz", "1", "$.link.bandwithHz")]
    [InlineData("link.bandwidthHz", "wide", "$.link.bandwidthHz")]
    [InlineData("name.first", "x", "$.name")]
    [InlineData("link..bandwidthHz", "1", "link..bandwidthHz")]
    [InlineData("server.load", "{\"meanJobs\":1,\"meanJobs\":2}", "$.server.load.meanJobs")]
    public void A_bad_override_is_refused_like_a_bad_file(string path, string json, string errorPath)
    {
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(SmallScenario.With(), SmallScenario.FileName, [(path, json)]));
        Assert.Equal(errorPath, error.JsonPath);
    }

    [Fact]
    public void Where_no_split_is_feasible_the_error_says_why_by_range()
    {
        var text = SmallScenario.With("objective", "{ \"maximumTokenRecoveryRate\": 0.5 }");
        (string, string)[] tooSmall = [("device.memoryBytes", "2e7")];
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(text, SmallScenario.FileName, tooSmall));
        Assert.Equal("$", error.JsonPath);
        Assert.Matches(@"no feasible split .*: k = 0 privacy limit \(.*\); k = 1\.\.4 device memory \(.*\), privacy limit \(.*\); k = 5\.\.12 device memory", error.Found);
        Assert.NotNull(ScenarioFile.Parse(text, SmallScenario.FileName, tooSmall, allowInfeasible: true));
    }

    [Fact]
    public void A_model_of_ones_own_is_found_beside_the_scenario()
    {
        var folder = Directory.CreateTempSubdirectory("edgesplit-test-");
        try
        {
            const string config = """
                { "model_type": "llama", "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 4, "num_attention_heads": 4, "num_key_value_heads": 2,
                  "vocab_size": 1000, "max_position_embeddings": 2048 }
                """;
            File.WriteAllText(Path.Combine(folder.FullName, "tiny.json"), config);
            var file = Path.Combine(folder.FullName, "scenario.json");
            File.WriteAllText(file, SmallScenario.With("model", "{ \"config\": \"tiny.json\" }"));
            Assert.Equal(4, ScenarioFile.Load(file).System.Layers);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_scenario_of_the_repository_can_be_read()
    {
        var files = Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "scenarios"), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(Path.GetFileNameWithoutExtension(file), ScenarioFile.Load(file).Name));
    }
}
