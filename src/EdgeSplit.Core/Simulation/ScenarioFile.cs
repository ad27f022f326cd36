using System.Text.Json.Nodes;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Core.Simulation;

/// <summary>Reads scenarios from JSON files: one object with model, device, server, link, workload, objective and simulation.</summary>
/// <remarks>
/// <para>Model, device, server, link and workload are each the name of a catalogue entry or an object that names one and overrides fields. Comments and
/// trailing commas are allowed. Unknown and duplicate keys, wrong types, numbers out of range, and a typical request without a feasible
/// split are errors. Units are part of the keys. The keys and their meanings: <c>docs/scenario.schema.json</c>, and <see cref="Keys"/>.</para>
/// <para>Safe to call from any thread.</para>
/// </remarks>
public static class ScenarioFile
{
    private static readonly Dictionary<string, NumberFormat> ActivationFormats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["F32"] = NumberFormat.F32,
        ["F16"] = NumberFormat.F16,
        ["BF16"] = NumberFormat.BF16,
    };

    /// <summary>Every key of the format, by the JSON path of the object that holds it.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Keys => ScenarioKeys.ByPath;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="overrides">Fields to set before reading, in order: a dotted path such as <c>link.bandwidthHz</c>, and JSON or a bare word.</param>
    /// <param name="allowInfeasible">Whether a scenario is accepted whose typical request has no feasible split.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ScenarioException">The file is missing or unreadable, is not JSON, or is not a usable scenario.</exception>
    public static Scenario Load(string path, IEnumerable<(string Path, string Json)>? overrides = null, bool allowInfeasible = false) =>
        Parse(TextOf(path), path, overrides, allowInfeasible);

    /// <summary>Reads the link of a file alone; the rest of the scenario need not be there.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="overrides">Fields to set before reading, as for <see cref="Load"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ScenarioException">The file is missing or unreadable, is not JSON, or holds no usable link.</exception>
    public static (ILink Link, string Name) LoadLink(string path, IEnumerable<(string Path, string Json)>? overrides = null) => ParseLink(TextOf(path), path, overrides);

    /// <summary>Reads the link of the text of a scenario alone.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="file">The file it is from: named in errors, and relative paths in it start from its folder.</param>
    /// <param name="overrides">Fields to set before reading, as for <see cref="Load"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> or <paramref name="file"/> is null.</exception>
    /// <exception cref="ScenarioException">The text is not JSON, or holds no usable link.</exception>
    public static (ILink Link, string Name) ParseLink(string text, string file, IEnumerable<(string Path, string Json)>? overrides = null) =>
        Link(new ScenarioSection(file, "$", Json(text, file, overrides)).RequiredSection("link"));

    /// <summary>Reads the text of a scenario.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="file">The file it is from: named in errors, and relative paths in it start from its folder.</param>
    /// <param name="overrides">Fields to set before reading, as for <see cref="Load"/>.</param>
    /// <param name="allowInfeasible">Whether a scenario is accepted whose typical request has no feasible split.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> or <paramref name="file"/> is null.</exception>
    /// <exception cref="ScenarioException">The text is not JSON, or is not a usable scenario.</exception>
    public static Scenario Parse(string text, string file, IEnumerable<(string Path, string Json)>? overrides = null, bool allowInfeasible = false)
    {
        var scenario = Read(file, Json(text, file, overrides));
        Check(file, scenario, allowInfeasible);
        return scenario;
    }

    private static string TextOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ScenarioException(path, "$", "no readable file (" + error.Message.TrimEnd('.') + ")", "the path of a scenario file", error);
        }
    }

    private static JsonObject Json(string text, string file, IEnumerable<(string Path, string Json)>? overrides)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(file);
        var json = ScenarioText.Parse(file, text);
        foreach (var (path, value) in overrides ?? [])
        {
            ScenarioText.Set(file, json, path, value);
        }

        return json;
    }

    private static Scenario Read(string file, JsonObject json)
    {
        var root = new ScenarioSection(file, "$", json);
        _ = root.Text("$schema", "the address of the schema");
        var shape = Model(root.RequiredSection("model"));
        var device = ScenarioProcessor.Read(root.RequiredSection("device"), isDevice: true);
        var serverSection = root.RequiredSection("server");
        var server = ScenarioProcessor.Read(serverSection, isDevice: false);
        var linkSection = root.RequiredSection("link");
        var (link, linkName) = ScenarioLink.Read(linkSection);
        var codec = ScenarioQuality.Codec(root);
        var erasure = ScenarioQuality.Erasure(linkSection, ScenarioQuality.LossOf(link));
        var objective = new ScenarioObjective(root.Section("objective"), root, ScenarioQuality.IsDamaged(codec, erasure));
        objective.CheckCovered(device.Weights, root, "device");
        objective.CheckCovered(server.Weights, root, "server");
        return new Scenario
        {
            Name = root.Text("name", "a name") ?? Path.GetFileNameWithoutExtension(file),
            Description = root.Text("description", "a text") ?? "",
            System = new SplitSystem
            {
                Shape = shape,
                Device = device.Profile,
                Server = server.Profile,
                DeviceWeights = device.Weights,
                ServerWeights = server.Weights,
                Activations = ActivationFormat(root, "activations"),
                Codec = codec,
                UplinkErasure = erasure,
                KeyValues = ActivationFormat(root, "keyValues"),
                UplinkDelay = link.UplinkDelay,
                DownlinkDelay = link.DownlinkDelay,
                Radio = link.RadioEnergy,
                FormatLoss = objective.FormatLoss,
                SplitLoss = objective.SplitLoss,
                Leakage = objective.Leakage,
            },
            Limits = objective.Limits,
            Link = link,
            LinkName = linkName,
            ServerLoad = ScenarioProcessor.ReadLoad(serverSection.Section("load")),
            Workload = ScenarioWorkload.Read(root.RequiredSection("workload")),
            Objective = objective.Weights,
            Settings = ScenarioSettings.Read(root.Section("simulation"), device, server),
        };
    }

    private static (ILink Link, string Name) Link(ScenarioSection section)
    {
        var (link, name) = ScenarioLink.Read(section);
        if (section.Has("erasure"))
        {
            _ = ScenarioQuality.Erasure(section, ScenarioQuality.LossOf(link));
        }

        return (link, name);
    }

    private static TransformerShape Model(ScenarioSection section)
    {
        if (section.Text("config", "the path of a Hugging Face config.json") is { } config)
        {
            if (section.Has("profile"))
            {
                throw section.Error("config", "a second model beside \"profile\"", "either \"profile\" or \"config\"");
            }

            try
            {
                return HuggingFaceConfig.Read(Path.Combine(Path.GetDirectoryName(section.File) ?? "", config));
            }
            catch (TransformerConfigException error)
            {
                throw section.Error("config", "a model configuration that cannot be used (" + error.Message.TrimEnd('.') + ")", "a Hugging Face config.json", error);
            }
        }

        var names = ModelCatalog.All.Select(entry => entry.Name);
        var name = section.Text("profile", ScenarioSection.Names("model", names)) ?? throw section.Missing("profile", ScenarioSection.Names("model", names));
        try
        {
            return ModelCatalog.Find(name).Shape;
        }
        catch (UnknownNameException)
        {
            throw section.Unknown("profile", "model", name, names);
        }
    }

    private static NumberFormat ActivationFormat(ScenarioSection root, string key)
    {
        const string allowed = "F32, F16 or BF16 (no measured quality source covers lower formats in memory yet; what crosses may have a $.codec)";
        return root.Text(key, allowed) is not { } name ? NumberFormat.F16
            : ActivationFormats.TryGetValue(name, out var format) ? format
            : throw root.Error(key, allowed);
    }

    private static void Check(string file, Scenario scenario, bool allowInfeasible)
    {
        var positions = scenario.System.Shape.MaximumPositions;
        var maximumOutput = scenario.Workload.MaximumOutputTokens;
        if (maximumOutput >= positions)
        {
            throw new ScenarioException(
                file, "$.workload.maximumOutputTokens", FormattableString.Invariant($"{maximumOutput}"), FormattableString.Invariant($"less than the {positions} positions of the model {scenario.System.Shape.Name}"));
        }

        ScenarioQuality.CheckCovered(file, scenario.System);
        SplitProfile profile;
        try
        {
            profile = new SplitProfile(scenario.System, scenario.Limits);
        }
        catch (ArgumentException error)
        {
            throw new ScenarioException(file, "$.model", "a model that cannot be split (" + error.Message.Split(" (Parameter")[0].TrimEnd('.') + ")", "a model with at most 64 kinds of layers", error);
        }

        if (!allowInfeasible)
        {
            var work = TypicalRequest.Of(scenario).Work;
            var infeasibility = new SplitInfeasibility[profile.Layers + 1];
            profile.Mask(work, infeasibility);
            if (!infeasibility.Contains(SplitInfeasibility.None))
            {
                throw new ScenarioException(
                    file,
                    "$",
                    FormattableString.Invariant($"no feasible split for a typical request of {work.PromptTokens} prompt tokens and at most {work.MaximumOutputTokens} output tokens: {InfeasibleRange.Describe(profile, work)}"),
                    "a model, memories and limits that leave at least one split");
            }
        }
    }
}
