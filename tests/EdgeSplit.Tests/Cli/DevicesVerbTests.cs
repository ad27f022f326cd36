using System.Globalization;
using System.Text.Json;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Devices.Thermal;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Cli;

public sealed class DevicesVerbTests
{
    [Fact]
    public async Task Every_device_stands_in_the_catalogues_order_with_bands_around_its_speeds()
    {
        using var run = new ToolRun();
        var rows = CsvText.Read(await run.Succeed("devices", "llama-3-8b", "--format", "csv"));
        Assert.Equal(DeviceCatalog.All.Select(entry => entry.Name), rows.Select(row => row["name"]));
        foreach (var (row, entry) in rows.Zip(DeviceCatalog.All))
        {
            foreach (var phase in new[] { "prefill", "decode" })
            {
                var speed = row.Number(phase + "TokensPerSecond");
                Assert.True(row.Number(phase + "LowTokensPerSecond") < speed && speed < row.Number(phase + "HighTokensPerSecond"), entry.Name);
                Assert.Equal(entry.Profile.BusyWatts / speed, row.Number(phase + "JoulesPerToken"), 9);
            }

            Assert.Equal(row.Number("neededBytes") <= entry.Profile.UsableMemoryBytes, row["fits"] == "true");
            Assert.Equal(row["fits"] == "true", row["largestContext"].Length > 0 && row.Number("largestContext") >= 2048);
            Assert.Equal(entry.Rows, row.Number("measuredRows"));
            Assert.Equal(entry.UsualWeights.Name, row["weights"]);
        }

        Assert.Contains(rows, row => row["fits"] == "true");
        Assert.Contains(rows, row => row["fits"] == "false");
    }

    [Fact]
    public async Task A_case_slows_a_phone_down_to_what_its_thermal_model_keeps_and_a_longer_run_never_speeds_it_up()
    {
        using var run = new ToolRun();
        async Task<IReadOnlyDictionary<string, string>> After(params string[] options) =>
            Assert.Single(CsvText.Read(await run.Succeed(["devices", "llama-3.2-3b", "--only", "snapdragon-8-gen-3-cpu", "--format", "csv", .. options])));
        var profile = DeviceCatalog.Find("snapdragon-8-gen-3-cpu").Profile;
        var phone = ThermalCatalog.Find("phone").Envelope;
        var cold = await After();
        Assert.False(cold.ContainsKey("sustainedSpeed"));
        var last = 1.0;
        foreach (var minutes in new[] { 0.1, 5, 30 })
        {
            var row = await After("--cooling", "phone", "--minutes", minutes.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(phone.Work(phone.Model.Cold, profile.IdleWatts, profile.BusyWatts, 60 * minutes).SustainedSpeed, row.Number("sustainedSpeed"), 12);
            Assert.Equal(row.Number("sustainedSpeed") * cold.Number("decodeTokensPerSecond"), row.Number("sustainedDecodeTokensPerSecond"), 9);
            Assert.True(row.Number("sustainedSpeed") <= last);
            last = row.Number("sustainedSpeed");
        }

        Assert.InRange(last, 0.3, 0.99);
        Assert.Contains("--minutes: found without --cooling", (await run.Run("devices", "gpt2", "--minutes", "3")).Error, StringComparison.Ordinal);
        var error = await run.Refuse("devices", "gpt2", "--cooling", "fridge");
        Assert.Contains("--cooling: found \"fridge\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speeds_are_those_of_the_profile_at_the_chosen_prompt_and_context()
    {
        using var run = new ToolRun();
        var row = Assert.Single(CsvText.Read(await run.Succeed("devices", "llama-3-8b", "--only", "rtx-4090-vllm", "--weights", "Q8_0", "--prompt", "777", "--context", "3333", "--format", "csv")));
        var (shape, profile) = (ModelCatalog.Find("llama-3-8b").Shape, DeviceCatalog.Find("rtx-4090-vllm").Profile);
        Assert.Equal(ModelWork.Prefill(shape, NumberFormat.Q8_0, 777, 0, profile.MicroBatchTokens).TokensPerSecond(profile), row.Number("prefillTokensPerSecond"));
        Assert.Equal(ModelWork.Decode(shape, NumberFormat.Q8_0, 3333, 1).TokensPerSecond(profile), row.Number("decodeTokensPerSecond"));
        Assert.Equal("Q8_0", row["weights"]);
    }

    [Fact]
    public async Task Longer_contexts_need_more_memory_and_slow_generation_down()
    {
        using var run = new ToolRun();
        async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> At(string context) =>
            CsvText.Read(await run.Succeed("devices", "llama-3.1-8b", "--context", context, "--only", "snapdragon", "--format", "csv"));
        foreach (var (near, far) in (await At("100")).Zip(await At("100000")))
        {
            Assert.True(far.Number("neededBytes") > near.Number("neededBytes"));
            Assert.True(far.Number("decodeTokensPerSecond") < near.Number("decodeTokensPerSecond"));
            Assert.Equal(near["prefillTokensPerSecond"], far["prefillTokensPerSecond"]);
        }
    }

    [Fact]
    public async Task A_model_of_few_positions_is_compared_within_them()
    {
        using var run = new ToolRun();
        using var json = JsonDocument.Parse(await run.Succeed("devices", "gpt2", "--only", "raspberry-pi-5", "--format", "json"));
        Assert.Equal((512, 1024), (json.RootElement.GetProperty("promptTokens").GetInt32(), json.RootElement.GetProperty("contextTokens").GetInt32()));
        Assert.True(json.RootElement.GetProperty("devices")[0].GetProperty("fits").GetBoolean());
        foreach (var option in new[] { "--prompt", "--context" })
        {
            var error = await run.Refuse("devices", "gpt2", option, "1025");
            Assert.Contains($"{option}: found 1025; allowed: at most the 1024 positions of gpt2.", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_and_measured_choose_devices()
    {
        using var run = new ToolRun();
        var measured = CsvText.Read(await run.Succeed("devices", "llama-3-8b", "--measured", "--format", "csv"));
        Assert.Equal(DeviceCatalog.All.Where(entry => entry.Rows > 0).Select(entry => entry.Name), measured.Select(row => row["name"]));
        var phones = CsvText.Read(await run.Succeed("devices", "llama-3-8b", "--only", "PHONE", "--format", "csv"));
        Assert.All(DeviceCatalog.All.Where(entry => entry.Kind == DeviceKind.Phone), entry => Assert.Contains(phones, row => row["name"] == entry.Name));
        Assert.All(phones, row => Assert.True(row["kind"] == "Phone" || row["name"].Contains("phone", StringComparison.OrdinalIgnoreCase) || row["title"].Contains("phone", StringComparison.OrdinalIgnoreCase)));
        Assert.True(phones.Count < DeviceCatalog.All.Count);
    }

    [Fact]
    public async Task Json_csv_and_table_agree()
    {
        using var run = new ToolRun();
        string[] line = ["devices", "qwen2.5-1.5b", "--only", "jetson"];
        var rows = CsvText.Read(await run.Succeed([.. line, "--format", "csv"]));
        using var json = JsonDocument.Parse(await run.Succeed([.. line, "--format", "json"]));
        Assert.Equal("qwen2.5-1.5b", json.RootElement.GetProperty("model").GetString());
        var devices = json.RootElement.GetProperty("devices").EnumerateArray().ToArray();
        var table = (await run.Succeed(line)).Split('\n');
        Assert.Equal(rows.Count, devices.Length);
        foreach (var (row, device) in rows.Zip(devices))
        {
            Assert.Equal(row["name"], device.GetProperty("name").GetString());
            Assert.Equal(row.Number("decodeTokensPerSecond"), device.GetProperty("decodeTokensPerSecond").GetDouble());
            Assert.Equal(row["fits"], device.GetProperty("fits").GetBoolean() ? "true" : "false");
            var shown = Assert.Single(table, text => text.StartsWith($"| {row["name"]} ", StringComparison.Ordinal));
            Assert.Contains($" {row.Number("decodeTokensPerSecond").ToString("0.0", CultureInfo.InvariantCulture)} |", shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("MODEL: found \"lama-3-8b\"; allowed: did you mean \"llama-3-8b\"?", "lama-3-8b")]
    [InlineData("... and ", "no such model")]
    [InlineData("--weights: found \"Q4\"; allowed: ", "llama-3-8b", "--weights", "Q4")]
    [InlineData("--only: found \"frobnicator\", which no device of the catalogue contains", "llama-3-8b", "--only", "frobnicator")]
    [InlineData("--only: found \"frobnicator\", which no device with measured rows contains", "llama-3-8b", "--only", "frobnicator", "--measured")]
    [InlineData("--prompt: found \"0\"", "llama-3-8b", "--prompt", "0")]
    [InlineData("--context: found \"x\"", "llama-3-8b", "--context", "x")]
    public async Task Bad_input_ends_with_code_2_and_says_what_is_allowed(string message, params string[] arguments)
    {
        using var run = new ToolRun();
        var error = await run.Refuse(["devices", .. arguments]);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.True(error.Length < 1500, error);
    }
}
