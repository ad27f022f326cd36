using System.Text.Json;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Tests.Simulation;

public sealed class ScenarioSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "scenario.schema.json"))).RootElement;

    // What must stand beside a key so that its own range decides.
    private static readonly Dictionary<string, (string, string)[]> Beside = new()
    {
        ["$.device.idleWatts"] = [("device.busyWatts", "1e6")],
        ["$.server.idleWatts"] = [("server.busyWatts", "1e6")],
        ["$.device.decode.idleWatts"] = [("device.decode.busyWatts", "1e6")],
        ["$.device.decode.busyWatts"] = [("device.decode.idleWatts", "0")],
        ["$.device.busyWatts"] = [("device.idleWatts", "0")],
        ["$.server.busyWatts"] = [("server.idleWatts", "0")],
        ["$.link.minimumDistanceMetres"] = [("link.maximumDistanceMetres", "1e7")],
        ["$.simulation.evaluatedRequests"] = [("simulation.requests", "10000000")],
        ["$.objective.latencyWeight"] = [("objective.leakageSeconds", "1")],
        ["$.objective.missedLimitPenaltySeconds"] = [("objective.latencyLimitSeconds", "1")],
    };

    // The first prefix that fits: the section with which a key of the link has a meaning.
    private static readonly (string Prefix, string Set, string Json)[] LinkSections =
    [
        ("$.link.pathLoss.e", "link.pathLoss", "{\"model\":\"logDistance\"}"),
        ("$.link.pathLoss.reference", "link.pathLoss", "{\"model\":\"logDistance\",\"exponent\":2}"),
        ("$.link.pathLoss.", "link.pathLoss", "{\"model\":\"urbanMicro\"}"),
        ("$.link.mobility.maximum", "link.mobility", "{\"model\":\"randomWaypoint\",\"speedMetresPerSecond\":1}"),
        ("$.link.mobility.pause", "link.mobility", "{\"model\":\"randomWaypoint\"}"),
        ("$.link.mobility.", "link.mobility", "{\"model\":\"gaussMarkov\"}"),
        ("$.link.loss.p", "link.loss", "{\"model\":\"independent\"}"),
        ("$.link.loss.", "link.loss", "{\"model\":\"gilbertElliott\",\"probability\":0.1,\"meanBurstPackets\":2}"),
        ("$.link.wideband.", "link.wideband", "{\"delaySpreadSeconds\":1e-7}"),
        ("$.link.timeDivision.", "link.timeDivision", "{\"pattern\":\"DSU\"}"),
        ("$.link.adaptation.", "link.adaptation", "{}"),
        ("$.link.traceBandwidth", "link", "{\"uplinkTrace\":\"no.csv\",\"downlinkTrace\":\"no.csv\",\"traceFormat\":\"recorded\"}"),
        ("$.link.downlinkTraceBandwidth", "link", "{\"uplinkTrace\":\"no.csv\",\"downlinkTrace\":\"no.csv\",\"traceFormat\":\"recorded\",\"traceBandwidthHz\":1e6}"),
        ("$.link.traceBlock", "link", "{\"profile\":\"trace-lte-driving\"}"),
    ];

    [Fact]
    public void The_schema_has_the_keys_that_the_reader_knows()
    {
        var found = Objects("$", Schema).ToDictionary(pair => pair.Path, pair => pair.Object.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order().ToArray());
        Assert.Equal(ScenarioFile.Keys.Keys.Order(), found.Keys.Order());
        Assert.All(ScenarioFile.Keys, pair => Assert.Equal(pair.Value.Order(), found[pair.Key]));
        Assert.All(Objects("$", Schema), pair => Assert.False(pair.Object.GetProperty("additionalProperties").GetBoolean()));
    }

    [Fact]
    public void The_schema_has_the_names_of_the_catalogues()
    {
        Assert.Equal(ModelCatalog.All.Select(entry => entry.Name), Names("modelName"));
        Assert.Equal(DeviceCatalog.All.Select(entry => entry.Name), Names("deviceName"));
        Assert.Equal(LinkCatalog.All.Select(entry => entry.Name), Names("linkName"));
        Assert.Equal(WorkloadCatalog.All.Select(entry => entry.Name), Names("traceName"));
        Assert.Equal(NumberFormat.All.Select(format => format.Name), Names("formatName"));
    }

    [Fact]
    public void Every_key_says_what_it_means() => Assert.All(
        Objects("$", Schema).SelectMany(pair => pair.Object.GetProperty("properties").EnumerateObject()),
        property => Assert.False(string.IsNullOrWhiteSpace(property.Value.GetProperty("description").GetString())));

    [Fact]
    public void The_reader_refuses_numbers_just_outside_of_the_schemas_range_and_takes_its_ends()
    {
        var seen = 0;
        foreach (var (path, schema) in Objects("$", Schema))
        {
            foreach (var property in schema.GetProperty("properties").EnumerateObject().Where(p => IsNumber(p.Value)))
            {
                var key = $"{path}.{property.Name}";
                foreach (var (value, isAllowed) in Ends(property.Value))
                {
                    if (key == "$.workload.maximumOutputTokens" && isAllowed && value != "1")
                    {
                        // No model of the catalogue has that many positions.
                        continue;
                    }

                    seen++;
                    Assert.True(isAllowed == (PathOfError(key, value) != key), $"{key} = {value}: {(isAllowed ? "allowed" : "refused")} by the schema only");
                }
            }
        }

        Assert.True(seen > 150, $"only {seen} ends");
    }

    [Fact]
    public void Every_key_is_read()
    {
        foreach (var (path, keys) in ScenarioFile.Keys)
        {
            foreach (var key in keys)
            {
                // A value that no key takes; keys that only a device of one's own has are refused beside a profile, which is reading, too.
                Assert.StartsWith($"{path}.{key}", PathOfError($"{path}.{key}", "[[[]]]"), StringComparison.Ordinal);
            }
        }
    }

    private static bool IsNumber(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.GetString() is "number" or "integer";

    private static IEnumerable<(string Value, bool IsAllowed)> Ends(JsonElement schema)
    {
        if (schema.TryGetProperty("minimum", out var minimum))
        {
            yield return (minimum.GetRawText(), true);
            yield return (Text(minimum.GetDouble() - Step(minimum)), false);
        }

        if (schema.TryGetProperty("exclusiveMinimum", out var exclusive))
        {
            yield return (exclusive.GetRawText(), false);
        }

        if (schema.TryGetProperty("maximum", out var maximum))
        {
            yield return (maximum.GetRawText(), true);
            yield return (Text(maximum.GetDouble() + Step(maximum)), false);
        }
    }

    private static double Step(JsonElement end) => Math.Abs(end.GetDouble()) >= 1 ? Math.Ceiling(1e-6 * Math.Abs(end.GetDouble())) : 1e-4;

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    // The section around the key is one that lacks nothing, so that the key decides.
    private static string PathOfError(string path, string value)
    {
        var isPeak = path.Contains(".peakMatrixFlopPerSecond.", StringComparison.Ordinal);
        var isLength = path.StartsWith("$.workload.promptTokens.", StringComparison.Ordinal) || path.StartsWith("$.workload.outputTokens.", StringComparison.Ordinal);
        var parent = path[..path.LastIndexOf('.')];
        var before = new List<(string, string)>(Beside.GetValueOrDefault(path, []));
        if (path.StartsWith("$.device.decode.", StringComparison.Ordinal))
        {
            // A second processor needs to be one before its keys can be overrides.
            before.Insert(0, ("device.decode", "{\"profile\":\"raspberry-pi-5\"}"));
        }

        if (isPeak)
        {
            before.Add((parent, "{\"bits32\":1e12,\"bits16\":1e12,\"bits8\":1e12,\"lowBit\":1e12}"));
        }

        if (isLength)
        {
            before.Add((parent, "{}"));
        }

        if (LinkSections.FirstOrDefault(section => path.StartsWith(section.Prefix, StringComparison.Ordinal)) is { Prefix: not null } link)
        {
            before.Add((link.Set, link.Json));
        }

        try
        {
            ScenarioFile.Parse(SmallScenario.With(), SmallScenario.FileName, [.. before, (path, value)], allowInfeasible: true);
            return "";
        }
        catch (ScenarioException error)
        {
            return error.JsonPath;
        }
    }

    private static IEnumerable<string> Names(string definition) => Schema.GetProperty("$defs").GetProperty(definition).GetProperty("enum").EnumerateArray().Select(name => name.GetString()!);

    private static IEnumerable<(string Path, JsonElement Object)> Objects(string path, JsonElement schema)
    {
        if (schema.TryGetProperty("anyOf", out var forms))
        {
            return forms.EnumerateArray().SelectMany(form => Objects(path, form));
        }

        return schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().SelectMany(property => Objects($"{path}.{property.Name}", property.Value)).Prepend((path, schema))
            : [];
    }
}
