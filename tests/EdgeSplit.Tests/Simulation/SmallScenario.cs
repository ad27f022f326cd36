using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Simulation;

/// <summary>A small scenario as text, whose sections tests replace one at a time.</summary>
public static class SmallScenario
{
    public const string FileName = "small.json";

    private static readonly Dictionary<string, string> Sections = new()
    {
        ["name"] = "\"small\"",
        ["model"] = "\"gpt2\"",
        ["device"] = "{ \"profile\": \"raspberry-pi-5\", \"weights\": \"Q4_0\" }",
        ["server"] = "{ \"profile\": \"a100-sxm-80gb\", \"weights\": \"F16\", \"load\": { \"meanJobs\": 1.5 } }",
        ["link"] = "\"wifi-5ghz-indoor\"",
        ["workload"] = "{ \"promptTokens\": { \"uniform\": [100, 300] }, \"outputTokens\": { \"constant\": 8 }, \"maximumOutputTokens\": 16 }",
        ["objective"] = "{ \"latencyWeight\": 1, \"deviceJouleSeconds\": 0.05, \"serverGpuSecondSeconds\": 1, \"leakageSeconds\": 0.1 }",
        ["simulation"] = "{ \"requests\": 40, \"evaluatedRequests\": 20, \"seeds\": 2 }",
    };

    /// <summary>The text with one section replaced, or added; null takes it away.</summary>
    public static string With(string? section = null, string? json = null)
    {
        var sections = new Dictionary<string, string>(Sections);
        if (section is not null)
        {
            sections.Remove(section);
            if (json is not null)
            {
                sections[section] = json;
            }
        }

        return "{\n" + string.Join(",\n", sections.Select(pair => $"  \"{pair.Key}\": {pair.Value}")) + "\n}\n";
    }

    public static Scenario Read(string? section = null, string? json = null) => ScenarioFile.Parse(With(section, json), FileName);
}
